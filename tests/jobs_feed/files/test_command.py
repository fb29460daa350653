"""A dozen of the files through the command itself: exit codes, the JSON of the contract, memory, time."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.jobs_feed.books import id_number, new_office, postings, workbook, workers
from tests.jobs_feed.files import hostile, layouts, old_books, texts

WALL_SECONDS = 60
MOST_MEMORY = 500 * 2**20
PEAK = """
import resource, subprocess, sys
done = subprocess.run(sys.argv[1:])
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024, file=sys.stderr)
sys.exit(done.returncode)
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An office made once."""
    folder = tmp_path_factory.mktemp("office")
    new_office(folder).close()
    return folder


class Done:
    """A finished command."""

    def __init__(self, folder: Path, made: Path, kind: str, *files: Path) -> None:
        shutil.copytree(made / "home", folder / "home")
        command = [sys.executable, "-m", "web.cli", "--home", str(folder / "home"), "import", kind, *map(str, files)]
        run = subprocess.run(
            [sys.executable, "-c", PEAK, *command, "--as-of", "2026-06-24", "--json"],
            capture_output=True,
            env=os.environ | {"JOB131_KEY_FILE": str(made / "keys" / "key")},
            timeout=WALL_SECONDS,
            check=False,
        )
        self.code = run.returncode
        self.words = run.stderr.decode()
        self.lines: list[dict[str, Any]] = [json.loads(line) for line in run.stdout.decode().splitlines()]
        self.peak = int(self.words.split()[-1])


def test_good_files_end_with_nothing_refused(tmp_path: Path, made: Path) -> None:
    files = [
        make(tmp_path)
        for make in (
            layouts.transposed,
            old_books.old_book,
            old_books.page_of_excel,
            old_books.archive_of_pages,
            hostile.stray_cell,
        )
    ]
    done = Done(tmp_path, made, "postings", *files)
    assert done.code == 0
    assert [line["file"] for line in done.lines] == [path.name for path in files]
    assert all(line["errors"] == [] and line["stored"] + line["updated"] > 0 for line in done.lines)
    assert done.peak < MOST_MEMORY


def test_refused_rows_end_with_three_and_are_named(tmp_path: Path, made: Path) -> None:
    wrong = id_number(2)[:-1] + ("1" if id_number(2)[-1] != "1" else "2")
    path = workbook(tmp_path / "roster.xlsx", workers(2, 身份证号=wrong), sheet="名册")
    done = Done(tmp_path, made, "workers", path)
    (line,) = done.lines
    assert done.code == 3
    assert line.keys() >= {"file", "stored", "updated", "unchanged", "rows", "errors", "notices", "message"}
    assert (line["stored"], line["rows"]) == (1, 2)
    assert [(error["sheet"], error["row"], error["field"]) for error in line["errors"]] == [("名册", 3, "身份证号")]
    assert wrong not in done.words and wrong not in json.dumps(done.lines)


def test_a_refused_file_ends_with_one_and_stores_nothing(tmp_path: Path, made: Path) -> None:
    (tmp_path / "apart").mkdir()
    files = [
        hostile.overlapping(tmp_path),
        hostile.cut(tmp_path / "apart"),
        old_books.endless_ods(tmp_path),
        texts.CASES[-1].make(tmp_path),
        workbook(tmp_path / "good.xlsx", postings(2)),
    ]
    done = Done(tmp_path, made, "postings", *files)
    assert done.code == 1
    assert [line["stored"] for line in done.lines] == [0, 0, 0, 0, 2]
    assert all(line["message"] and line["errors"] == [] for line in done.lines)
    assert "Traceback" not in done.words
    assert done.peak < MOST_MEMORY
