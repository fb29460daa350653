"""A plan run, or a print job, killed at many points leaves everything of itself or nothing, and goes through when begun
again."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

VICTIM = """
import os, shutil, signal, sys
from pathlib import Path
from sqlalchemy import event
from jobs_feed.pipeline import run_import
from matcher.casework import plan_people
from matcher.domain.papers.records import PrintOrder, PrintState
from matcher.domain.run import RunState
from matcher.domain.settings import SettingName
from matcher.office import Office, OfficeConfig
from tests.jobs_feed.books import csv_file, new_office, postings, workers
from web.papers.printing import order_papers
from web.printing.desk import file_of
from web.printing.work import work_off_order

folder, verb, most = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])


def act(office):
    if verb == "plan":
        plan_people(office)
    else:
        work_off_order(office, 1)


def stored(config):
    office = Office.open(config)
    with office.reading() as unit:
        plans = sorted(one.plan.worker_key for one in unit.plans.current_bodies())
        done = [run.state for run in unit.runs.recent(9)].count(RunState.DONE)
        papers = 0
        if verb == "print":
            printing = unit.printings.get(1)
            written = file_of(config, printing).is_file() and file_of(config, printing).read_bytes()[-6:].strip()
            papers = (printing.state is PrintState.DONE, printing.sheets, written)
            if printing.state is PrintState.DONE:
                assert written == b"%%EOF", written
        assert len(plans) == len(set(plans)) and unit.audit.broken_link() is None
    office.close()
    return plans, done, papers if not papers or papers[0] else ()


def watched(config, strike):
    office, seen = Office.open(config), [0]

    def count(*_):
        seen[0] += 1
        if seen[0] == strike:
            os.kill(os.getpid(), signal.SIGKILL)

    for name in ("before_cursor_execute", "commit"):
        event.listen(office.store._engine, name, count)
    act(office)
    os.write(told[1], str(seen[0]).encode())
    os._exit(0)


def tried(strike):
    shutil.rmtree(folder / "try", ignore_errors=True)
    shutil.copytree(folder / "made", folder / "try")
    config = OfficeConfig(home=folder / "try" / "home", key_file=folder / "try" / "keys" / "key")
    child = os.fork()
    if child == 0:
        watched(config, strike)
    status = os.waitpid(child, 0)[1]
    return config, os.WIFEXITED(status) and os.WEXITSTATUS(status) == 0


told = os.pipe()
office = new_office(folder / "made")
run_import(office, "postings", csv_file(folder / "p.csv", postings(12)))
run_import(office, "workers", csv_file(folder / "w.csv", workers(4)))
if verb == "print":
    with office.unit() as unit:
        unit.settings.put(SettingName.OFFICE_PHONE, "0475-8888131")
        unit.settings.put(SettingName.OFFICE_NAME, "示例就业服务中心")
    plan_people(office)
    order_papers(office, PrintOrder(worker_key=1))
office.close()
made = OfficeConfig(home=folder / "made" / "home", key_file=folder / "made" / "keys" / "key")
before = stored(made)
config, whole = tried(0)
assert whole
after, last = stored(config), int(os.read(told[0], 20))
assert after != before, (after, before)
points = sorted({1 + round(number * (last - 1) / (most - 1)) for number in range(most)})
for point in points:
    config, whole = tried(point)
    assert not whole, point
    now = stored(config)
    assert now in (before, after), (point, now)
    if verb == "plan" and now == before and point in points[:: max(1, len(points) // 2)]:
        office = Office.open(config)
        act(office)
        office.close()
        assert stored(config) == after, point
print(len(points))
"""


@pytest.mark.parametrize(("verb", "points"), [("plan", 40), ("print", 12)])
def test_a_killed_plan_run_or_print_job_leaves_all_or_nothing(tmp_path: Path, verb: str, points: int) -> None:
    root = Path(__file__).resolve().parents[2]
    command = [sys.executable, "-c", VICTIM, str(tmp_path), verb, str(points)]
    ended = subprocess.run(command, cwd=root, timeout=120, capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr[-2000:]
    assert int(ended.stdout.split()[-1]) > points // 2
