"""A table of a report as a spreadsheet: numbers are numbers, no text is ever a formula.

In: a title, headers, rows, footnotes. Out: the bytes of an .xlsx.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

import xlsxwriter

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SIGNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'"))
_LONGEST = 32_767
_OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}

Value = str | int | float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """One sheet of a workbook: a title, headers, rows, and under them what every figure means."""

    name: str
    title: str
    headers: Sequence[str]
    rows: Sequence[Sequence[Value]]
    notes: Sequence[str] = ()
    first_wide: int = 24


def write_report(
    title: str, headers: Sequence[str], rows: Sequence[Sequence[Value]], notes: Sequence[str], *, sheet_name: str
) -> bytes:
    """Title, headers, rows, and under them what every figure means."""
    return write_leaves([Leaf(name=sheet_name, title=title, headers=headers, rows=rows, notes=notes)])


def write_leaves(leaves: Sequence[Leaf]) -> bytes:
    """A workbook of several sheets, in order; names are cut and told apart as spreadsheets need them."""
    stream, used = BytesIO(), set[str]()
    with xlsxwriter.Workbook(stream, _OPTIONS) as book:
        for leaf in leaves:
            _write_leaf(book, book.add_worksheet(_free(leaf.name, used)), leaf)
    return stream.getvalue()


def _free(name: str, used: set[str]) -> str:
    """A name no other sheet has, without the signs a spreadsheet forbids."""
    plain = name.translate(_FORBIDDEN)[:31] or "1"
    number = 1
    while plain in used:
        number += 1
        plain = f"{name.translate(_FORBIDDEN)[:27]} {number}"
    used.add(plain)
    return plain


def _write_leaf(book: xlsxwriter.Workbook, sheet: xlsxwriter.worksheet.Worksheet, leaf: Leaf) -> None:
    """One sheet."""
    bold, head = (
        book.add_format({"bold": True, "font_size": 14}),
        book.add_format({"bold": True, "border": 1, "bg_color": "#EDEDED", "text_wrap": True, "valign": "vcenter"}),
    )
    cell, note = book.add_format({"border": 1}), book.add_format({"text_wrap": True, "valign": "top"})
    sheet.set_column(0, 0, leaf.first_wide)
    sheet.set_column(1, max(1, len(leaf.headers) - 1), 14)
    sheet.write_string(0, 0, inert(leaf.title), bold)
    for column, header in enumerate(leaf.headers):
        sheet.write_string(1, column, inert(header), head)
    for number, row in enumerate(leaf.rows, start=2):
        for column, value in enumerate(row):
            _write(sheet, number, column, value, cell)
    for number, text in enumerate(leaf.notes, start=len(leaf.rows) + 3):
        sheet.merge_range(number, 0, number, max(1, len(leaf.headers) - 1), inert(text), note)
        sheet.set_row(number, 32)
    sheet.freeze_panes(2, 1)


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
