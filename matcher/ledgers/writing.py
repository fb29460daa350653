"""Rows into a file as they come: a workbook that is printed on A4, or text set off by commas; no cell computes.

In: headings and rows, one after the other. Out: the file; memory does not grow with the rows.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from datetime import date
from pathlib import Path
from typing import Protocol, TextIO

import xlsxwriter

from matcher.domain.errors import InputRefused
from matcher.ledgers.forms import Cell
from matcher.reports.workbook import inert

ENDINGS = ("xlsx", "csv")
PAPER = "pdf"
"""Written by who can typeset: the pages hand the opener in."""
_OPTIONS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_LONGEST_SHEET_NAME = 31
_PAPER_A4 = 9


class Writer(Protocol):
    """Takes rows, and at the end what is to be said about them."""

    def add(self, row: Sequence[Cell]) -> None:
        """One more row."""

    def close(self, notes: Sequence[str]) -> None:
        """No more rows come; the notes say who is left out and what the sheet is."""


OnPaper = Callable[[Path, str, Sequence[str], Sequence[int], date], AbstractContextManager[Writer]]
"""Opens a file for the printer: path, title, headings, widths, the day of making."""


@contextmanager
def opened(path: Path, name: str, title: str, headers: Sequence[str], widths: Sequence[int]) -> Iterator[Writer]:
    """A writer for a file whose ending says which; the file is there once it is closed."""
    ending = path.suffix.removeprefix(".").lower()
    if ending == "xlsx":
        book = _Workbook(path, name, title, headers, widths)
        try:
            yield book
        finally:
            book.end()
    elif ending == "csv":
        with path.open("w", encoding="utf-8-sig", newline="") as stream:
            yield _Text(stream, title, headers)
    else:
        raise InputRefused(f"不认得文件类型“{path.suffix}”：请用 .xlsx 或 .csv，什么都没有导出")


class _Workbook:
    """A workbook: title, header, rows, notes; laid out for A4 paper."""

    def __init__(self, path: Path, name: str, title: str, headers: Sequence[str], widths: Sequence[int]) -> None:
        self._book = xlsxwriter.Workbook(str(path), _OPTIONS)
        sheet = self._sheet = self._book.add_worksheet(name[:_LONGEST_SHEET_NAME])
        self._text = self._book.add_format({"border": 1, "num_format": "@", "text_wrap": True, "valign": "top"})
        self._number = self._book.add_format({"border": 1, "valign": "top"})
        bold = self._book.add_format({"bold": True, "font_size": 14})
        head = {"bold": True, "border": 1, "bg_color": "#EDEDED", "text_wrap": True, "valign": "vcenter"}
        for number, width in enumerate(widths):
            sheet.set_column(number, number, width)
        sheet.set_landscape()
        sheet.set_paper(_PAPER_A4)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0, 1)
        sheet.set_footer("&R&P / &N")
        sheet.freeze_panes(2, 2)
        sheet.write_string(0, 0, inert(title), bold)
        self._header(headers, self._book.add_format(head))
        self._row = 2

    def _header(self, headers: Sequence[str], style: object) -> None:
        """The second row."""
        for number, header in enumerate(headers):
            self._sheet.write_string(1, number, inert(header), style)

    def add(self, row: Sequence[Cell]) -> None:
        """One more row."""
        for number, cell in enumerate(row):
            if cell is None or cell == "":
                self._sheet.write_blank(self._row, number, None, self._text)
            elif isinstance(cell, str):
                self._sheet.write_string(self._row, number, inert(cell), self._text)
            else:
                self._sheet.write_number(self._row, number, cell, self._number)
        self._row += 1

    def close(self, notes: Sequence[str]) -> None:
        """Under the rows, after an empty one; no importer takes them for data."""
        for number, note in enumerate(notes, start=self._row + 1):
            self._sheet.write_string(number, 0, inert(note))

    def end(self) -> None:
        """The file is written."""
        self._book.close()


class _Text:
    """Rows set off by commas."""

    def __init__(self, stream: TextIO, title: str, headers: Sequence[str]) -> None:
        self._writer = csv.writer(stream)
        self._put([title])
        self._put(headers)

    def _put(self, cells: Sequence[Cell]) -> None:
        """One line."""
        plain = ["" if cell is None else inert(cell) if isinstance(cell, str) else cell for cell in cells]
        self._writer.writerow(plain)

    def add(self, row: Sequence[Cell]) -> None:
        """One more row."""
        self._put(row)

    def close(self, notes: Sequence[str]) -> None:
        """Under the rows, after an empty one."""
        self._put([])
        for note in notes:
            self._put([note])
