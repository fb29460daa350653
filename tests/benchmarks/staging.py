"""How long a long list takes to be read and staged, and in how much memory: `python -m tests.benchmarks.staging`.

In: numbers of rows. Out: processor seconds and peak memory of the reading child and of this process, for a posting
list and a roster. Every value is made up.
"""

from __future__ import annotations

import argparse
import resource
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

import xlsxwriter

from jobs_feed.staging import Task, stage
from matcher.reference.divisions import load_gazetteer
from tests.jobs_feed.books import POSTING_HEADERS, WORKER_HEADERS, Cell, id_number

_AS_OF = date(2026, 6, 24)
_MB = 1024


def posting_rows(count: int) -> Iterator[Sequence[Cell]]:
    """A posting list."""
    yield (*POSTING_HEADERS, "岗位描述", "联系电话")
    for number in range(count):
        yield (
            f"GW-{number:06d}",
            ("保洁员", "焊工", "收银员", "服务员")[number % 4],
            f"示例{number % 3000}公司",
            "奈曼旗大沁他拉镇",
            f"{number % 9 + 1}人",
            f"{2000 + number % 3000}-{5000 + number % 3000}元/月",
            "2026-06-01",
            "2026-07-31",
            f"负责第{number}号区域的清扫，早八点到晚五点，包午饭",
            f"138{number:08d}",
        )


def roster_rows(count: int) -> Iterator[Sequence[Cell]]:
    """A roster."""
    yield WORKER_HEADERS
    for number in range(count):
        born = f"{1965 + number % 40}{1 + number % 12:02d}{1 + number % 28:02d}"
        place = ("奈曼旗", "大沁他拉镇", f"示例{number % 300}嘎查")
        phone = f"139{number:08d}"
        yield (f"NM-{number:06d}", "示例", id_number(number % 999, born), phone, *place, "初中", "想找离家近的活")


def measure(kind: str, rows: Iterator[Sequence[Cell]], folder: Path) -> str:
    """One line of figures."""
    path = folder / f"{kind}.xlsx"
    with xlsxwriter.Workbook(path, {"constant_memory": True}) as book:
        sheet = book.add_worksheet()
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)
    gazetteer, begun = load_gazetteer(), process_time()
    task = Task(kind=kind, path=path, sender="bench", as_of=_AS_OF, gazetteer=gazetteer, remembered={})
    staged = stage(task)
    own, child = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return (
        f"{kind}: {len(staged.drafts)} drafts; here {process_time() - begun:.1f} CPU s, {own.ru_maxrss // _MB} MB; "
        f"children so far {child.ru_utime + child.ru_stime:.1f} CPU s, {child.ru_maxrss // _MB} MB at most"
    )


def main() -> None:
    """Both kinds."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, default=100_000)
    count: int = parser.parse_args().rows
    with TemporaryDirectory() as folder:
        for kind, rows in (("postings", posting_rows(count)), ("workers", roster_rows(count))):
            print(measure(kind, rows, Path(folder)))  # noqa: T201


if __name__ == "__main__":
    main()
