"""Rosters for these tests: each person a dictionary of cells; everybody is made up, with unassigned county codes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from jobs_feed.pipeline import run_import
from jobs_feed.report import ImportReport
from matcher.office import Office
from matcher.store.workers import StoredWorker
from tests.jobs_feed.books import Cell, csv_file, id_number

AS_OF = date(2026, 6, 24)
BAO: dict[str, Cell] = {
    "编号": "NM-1",
    "姓名": "包雪梅",
    "身份证号": id_number(2),
    "出生日期": None,
    "联系电话": "13800001111",
    "旗县": "奈曼旗",
    "苏木乡镇": "大沁他拉镇",
    "嘎查村": "示例嘎查",
    "情况说明": "想找离家近的活",
}


def person(**changes: Cell) -> dict[str, Cell]:
    """包雪梅, with other cells."""
    return BAO | changes


def roll(people: Sequence[Mapping[str, Cell]]) -> list[list[Cell]]:
    """A sheet with every column somebody has."""
    headers = list(dict.fromkeys(name for one in people for name in one))
    return [list(headers), *([one.get(name) for name in headers] for one in people)]


def take(
    office: Office, *people: Mapping[str, Cell], sender: str = "local", as_of: date = AS_OF, dry_run: bool = False
) -> ImportReport:
    """Imports people as one file."""
    with TemporaryDirectory() as folder:
        path = csv_file(Path(folder) / "in.csv", roll(people))
        return run_import(office, "workers", path, sender=sender, as_of=as_of, actor="tester", dry_run=dry_run)


def stored(office: Office) -> list[StoredWorker]:
    """Everybody who is stored."""
    with office.reading() as unit:
        return list(unit.workers.all_for_planning())


def outcome(report: ImportReport) -> tuple[int, int, int, int]:
    """New, updated, unchanged, refused."""
    return report.stored, report.updated, report.unchanged, report.refused_rows


def codes(report: ImportReport) -> list[str]:
    """Why rows were refused."""
    return [problem.phrase.code for problem in report.problems]
