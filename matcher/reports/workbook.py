"""A table of a report as a spreadsheet: numbers are numbers, no text is ever a formula.

In: a title, headers, rows, footnotes. Out: the bytes of an .xlsx.
"""

from __future__ import annotations

from collections.abc import Sequence
from io import BytesIO

import xlsxwriter

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SIGNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_LONGEST = 32_767
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}

Value = str | int | float | None


def write_report(
    title: str, headers: Sequence[str], rows: Sequence[Sequence[Value]], notes: Sequence[str], *, sheet_name: str
) -> bytes:
    """Title, headers, rows, and under them what every figure means."""
    stream = BytesIO()
    with xlsxwriter.Workbook(stream, _OPTIONS) as book:
        sheet = book.add_worksheet(sheet_name[:31])
        bold, head = (
            book.add_format({"bold": True, "font_size": 14}),
            book.add_format({"bold": True, "border": 1, "bg_color": "#EDEDED", "text_wrap": True, "valign": "vcenter"}),
        )
        cell, note = book.add_format({"border": 1}), book.add_format({"text_wrap": True, "valign": "top"})
        sheet.set_column(0, 0, 24)
        sheet.set_column(1, max(1, len(headers) - 1), 14)
        sheet.write_string(0, 0, inert(title), bold)
        for column, header in enumerate(headers):
            sheet.write_string(1, column, inert(header), head)
        for number, row in enumerate(rows, start=2):
            for column, value in enumerate(row):
                _write(sheet, number, column, value, cell)
        for number, text in enumerate(notes, start=len(rows) + 3):
            sheet.merge_range(number, 0, number, max(1, len(headers) - 1), inert(text), note)
            sheet.set_row(number, 32)
        sheet.freeze_panes(2, 1)
    return stream.getvalue()


def _write(sheet: xlsxwriter.worksheet.Worksheet, row: int, column: int, value: Value, style: object) -> None:
    """One cell: a number, a text, or nothing."""
    if value is None:
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, str):
        sheet.write_string(row, column, inert(value), style)
    else:
        sheet.write_number(row, column, value, style)


def inert(text: str) -> str:
    """A text no program computes: an apostrophe before signs that begin a formula, cut where a cell ends."""
    return (f"'{text}" if text.startswith(_SIGNS) else text)[:_LONGEST]
