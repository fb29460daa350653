"""One file: how it is made, what must be stored of it, and which rows must be refused at which place.

In: generators marked with `file_of`. Out: `Case`, collected by the module that runs them all.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import openpyxl
from openpyxl.worksheet.worksheet import Worksheet

from tests.jobs_feed.books import Cell, csv_text, id_number

Stored = Mapping[str, object]
Make = Callable[[Path], Path]

POSTING = ("编号", "岗位名称", "用人单位", "工作地点", "招聘人数", "薪资待遇")
WORKER = ("编号", "姓名", "身份证号", "联系电话", "旗县", "嘎查村")


@dataclass(frozen=True, slots=True)
class Case:
    """What a file is and must come to."""

    name: str
    kind: str
    make: Make
    stored: Sequence[Stored] = ()
    refused: Mapping[int, str] = field(default_factory=dict)
    """Row as the sheet shows it → code of the reason."""
    file_code: str | tuple[str, ...] = ""
    """The reason (or one of several) to refuse the whole file."""
    notices: Sequence[str] = ()
    """Codes that must be told."""


def refs(prefix: str, count: int) -> tuple[Stored, ...]:
    """Records that are known by their reference alone."""
    return tuple({"ref": f"{prefix}-{number}"} for number in range(1, count + 1))


def posting_row(number: int, **changes: Cell) -> list[Cell]:
    """One row of a posting list under `POSTING`."""
    row: dict[str, Cell] = {
        "编号": f"P-{number}",
        "岗位名称": "保洁员",
        "用人单位": f"示例物业{number}公司",
        "工作地点": "奈曼旗大沁他拉镇",
        "招聘人数": 3,
        "薪资待遇": "2800-3200元/月",
    }
    return [changes.get(name, row[name]) for name in POSTING]


def worker_row(number: int, **changes: Cell) -> list[Cell]:
    """One row of a roster under `WORKER`."""
    row: dict[str, Cell] = {
        "编号": f"W-{number}",
        "姓名": f"示例{'一二三四五六七八九'[number % 9]}",
        "身份证号": id_number(number),
        "联系电话": f"138000{number:05d}",
        "旗县": "奈曼旗",
        "嘎查村": "示例嘎查",
    }
    return [changes.get(name, row[name]) for name in WORKER]


def posting_list(count: int = 2) -> list[list[Cell]]:
    """A header and rows P-1, P-2 …"""
    return [list(POSTING), *(posting_row(number) for number in range(1, count + 1))]


def roster(count: int = 2) -> list[list[Cell]]:
    """A header and rows W-1, W-2 …"""
    return [list(WORKER), *(worker_row(number) for number in range(1, count + 1))]


def book_with(path: Path, fill: Callable[[Worksheet], None], *, name: str = "表一") -> Path:
    """A workbook whose one sheet is filled by a function."""
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    sheet.title = name
    fill(sheet)
    book.save(path)
    return path


def append(sheet: Worksheet, rows: Sequence[Sequence[Cell]]) -> None:
    """Rows at the end of a sheet; an empty row stays an empty row."""
    for row in rows:
        sheet.append(list(row))


def simple(rows: Sequence[Sequence[Cell]]) -> Make:
    """A plain workbook of one sheet."""

    def make(folder: Path) -> Path:
        return book_with(folder / "file.xlsx", lambda sheet: append(sheet, rows))

    return make


def raw(data: bytes, name: str = "file.csv") -> Make:
    """A file of given bytes."""

    def make(folder: Path) -> Path:
        (folder / name).write_bytes(data)
        return folder / name

    return make


def csv_bytes(rows: Sequence[Sequence[Cell]], *, encoding: str = "utf-8") -> Make:
    """A text file of rows."""
    return raw(csv_text(rows).encode(encoding))
