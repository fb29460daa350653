"""An import, or its undo, killed at every statement it sends leaves everything of itself or nothing."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

VICTIM = """
import os, shutil, signal, sys
from datetime import date
from pathlib import Path
from sqlalchemy import event
from jobs_feed import staging
from jobs_feed.cells import SheetRows
from jobs_feed.pipeline import run_import
from jobs_feed.sources.upload import ReadFile
from jobs_feed.undo import undo_import
from matcher.office import Office, OfficeConfig
from tests.jobs_feed.books import new_office, postings

folder, verb = Path(sys.argv[1]), sys.argv[2]
rows = {"first": postings(30), "second": postings(40, 薪资待遇="4000元")}
rows["second"][1:20] = [[*row[:5], "3900元", *row[6:]] for row in rows["second"][1:20]]


def take(office, name):
    sheet = SheetRows("a", rows=list(enumerate(rows[name], start=1)))
    staging.read_file = lambda *_, **__: ReadFile("text", [sheet])
    return run_import(office, "postings", folder / "a.csv", as_of=date(2026, 6, 22))


def act(office):
    return take(office, "second") if verb == "import" else undo_import(office, 2)


def stored(config):
    office = Office.open(config)
    with office.reading() as unit:
        found = {one.value.ref: one.value.wage_text for one in unit.postings.all_for_planning(only_open=False)}
        facts = len(unit.imports.recent()), len(unit.versions.undone([1, 2])), unit.audit.broken_link()
    office.close()
    return found, facts


def killed_at(config, number):
    office, seen = Office.open(config), [0]

    def strike(*_):
        seen[0] += 1
        if seen[0] == number:
            os.kill(os.getpid(), signal.SIGKILL)

    engine = office.store._engine
    for name in ("before_cursor_execute", "commit"):
        event.listen(engine, name, strike)
    act(office)
    os._exit(0)


(folder / "a.csv").write_text("x")
office = new_office(folder / "made")
take(office, "first")
if verb == "undo":
    take(office, "second")
office.close()
made = folder / "made"
before, after, points = None, None, 0
for number in range(1, 1000):
    shutil.rmtree(folder / "try", ignore_errors=True)
    shutil.copytree(made, folder / "try")
    config = OfficeConfig(home=folder / "try" / "home", key_file=folder / "try" / "keys" / "key")
    if before is None:
        before = stored(config)
    child = os.fork()
    if child == 0:
        killed_at(config, number)
    status = os.waitpid(child, 0)[1]
    now = stored(config)
    if now != before:
        assert after in (None, now), number
        after = now
    if os.WIFEXITED(status):
        assert os.WEXITSTATUS(status) == 0
        break
    points += 1
assert after not in (None, before)
print(points)
"""


@pytest.mark.parametrize(("verb", "points"), [("import", 25), ("undo", 20)])
def test_a_killed_import_or_undo_leaves_all_or_nothing(tmp_path: Path, verb: str, points: int) -> None:
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-c", VICTIM, str(tmp_path), verb]
    ended = subprocess.run(command, cwd=root, timeout=120, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr[-2000:]
    assert int(ended.stdout) >= points
