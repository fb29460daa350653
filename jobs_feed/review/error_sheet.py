"""The sheet of refused rows: put right in a spreadsheet program, handed in again.

In: refused rows. Out: an .xlsx with every column as delivered and, behind them, the row of the original sheet and what
is wrong; wrong cells are coloured. Nothing in it is a formula or a link: what could be taken for one is quoted.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import datetime
from itertools import groupby
from pathlib import Path
from tempfile import mkstemp

import xlsxwriter

from jobs_feed.cells import CellValue, plain
from jobs_feed.review.refused import RefusedRow
from matcher.wording import Wording

ROW_HEADER, PROBLEM_HEADER = "行号", "问题"
"""Headers of the two columns that are added; the import reads neither."""
_RISKY = ("=", "+", "-", "@", "\t", "\r")
_LONGEST_NAME = 31
_WIDTH, _PROBLEM_WIDTH = 16, 60
_EXACT_DIGITS = 15
"""A spreadsheet program keeps so many digits of a number."""


def write_error_sheet(path: Path, rows: Sequence[RefusedRow], wording: Wording) -> None:
    """Writes the refused rows, sheet by sheet; the file appears whole or not at all."""
    handle, temporary = mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".xlsx")
    os.close(handle)
    try:
        options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        with xlsxwriter.Workbook(temporary, options) as book:
            book.set_properties({"created": datetime(2026, 1, 1)})
            for name, group in groupby(rows, key=lambda row: (row.sheet, row.headers)):
                _write(book, name[0], list(group), wording)
        os.replace(temporary, path)
    finally:
        Path(temporary).unlink(missing_ok=True)


def _write(book: xlsxwriter.Workbook, name: str, rows: Sequence[RefusedRow], wording: Wording) -> None:
    """One sheet."""
    taken = {sheet.get_name() for sheet in book.worksheets()}
    sheet = book.add_worksheet(_sheet_name(name, taken))
    head = book.add_format({"bold": True, "bg_color": "#EDEDED", "border": 1, "text_wrap": True})
    text = book.add_format({"num_format": "@", "valign": "top"})
    wrong = book.add_format({"num_format": "@", "valign": "top", "bg_color": "#FFC7CE", "font_color": "#9C0006"})
    note = book.add_format({"valign": "top", "text_wrap": True})
    headers = rows[0].headers
    width = len(headers)
    for index, header in enumerate((*headers, ROW_HEADER, PROBLEM_HEADER)):
        sheet.write_string(0, index, _inert(header), head)
    sheet.set_column(0, width, _WIDTH, text)
    sheet.set_column(width + 1, width + 1, _PROBLEM_WIDTH, note)
    sheet.freeze_panes(1, 0)
    for line, row in enumerate(rows, start=1):
        marked = {cell.column for cell in row.wrong}
        for index, value in enumerate(row.cells):
            _put(sheet, line, index, value, wrong if index + 1 in marked else text)
        sheet.write_number(line, width, row.row, note)
        sheet.write_string(line, width + 1, _inert(_problems(row, wording)), note)


def _put(
    sheet: xlsxwriter.worksheet.Worksheet, line: int, index: int, value: CellValue, style: xlsxwriter.format.Format
) -> None:
    """One cell as it was delivered; long numbers as text, so that no digit is lost again."""
    if isinstance(value, int | float) and not isinstance(value, bool) and len(plain(value)) <= _EXACT_DIGITS:
        sheet.write_number(line, index, value, style)
    elif plain(value):
        sheet.write_string(line, index, _inert(plain(value)), style)
    else:
        sheet.write_blank(line, index, None, style)


def _problems(row: RefusedRow, wording: Wording) -> str:
    """Everything that is wrong with a row."""
    sentences = []
    for cell in row.wrong:
        where = wording.text("IMPORT_COLUMN", field=row.headers[cell.column - 1]) if cell.column else ""
        sentences.append(f"{where}{wording.say(cell.phrase)}")
    return "；".join(dict.fromkeys(sentences))


def _inert(text: str) -> str:
    """A text no spreadsheet program takes for a formula."""
    return f"'{text}" if text.startswith(_RISKY) else text


def _sheet_name(name: str, taken: set[str]) -> str:
    """A name a workbook allows, once."""
    allowed = "".join("_" if sign in "[]:*?/\\" else sign for sign in name).strip("'")[:_LONGEST_NAME] or "1"
    number, fresh = 2, allowed
    while fresh.lower() in {one.lower() for one in taken}:
        fresh, number = f"{allowed[: _LONGEST_NAME - 4]} {number}", number + 1
    return fresh
