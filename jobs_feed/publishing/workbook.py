"""Adverts as a spreadsheet in the columns of the template.

In: rows of fields. Out: the bytes of an .xlsx, the same for the same rows; every cell is text and begins with nothing
a spreadsheet program would take for a formula.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from io import BytesIO

import xlsxwriter

from jobs_feed.publishing.adverts import POSTING_FIELDS
from jobs_feed.reference import rows_of
from jobs_feed.templates import SHEETS

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MOST_ROWS = 200_000
_MADE = datetime(2000, 1, 1)
"""Stands in the file instead of the moment of writing, which would make every copy another one."""
_LONGEST = 32_767
_FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


def write_rows(rows: Iterable[Mapping[str, str]]) -> bytes:
    """A sheet of postings."""
    stream = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties({"created": _MADE, "author": "", "title": ""})
        sheet = book.add_worksheet(SHEETS["postings"])
        text = book.add_format({"num_format": "@", "valign": "top"})
        head = book.add_format({"bold": True, "bg_color": "#EDEDED", "border": 1})
        widths = {row["field"]: int(row["width"]) for row in rows_of("fields") if row["kind"] == "postings"}
        sheet.freeze_panes(1, 0)
        for column, name in enumerate(POSTING_FIELDS):
            sheet.set_column(column, column, widths[name], text)
            sheet.write_string(0, column, name, head)
        for number, row in enumerate(rows, start=1):
            for column, name in enumerate(POSTING_FIELDS):
                if row[name]:
                    sheet.write_string(number, column, inert(row[name]), text)
    return stream.getvalue()


def inert(text: str) -> str:
    """A text no program computes: an apostrophe before signs that begin a formula, cut where a cell ends."""
    return (f"'{text}" if text.startswith(_FORMULA_SIGNS) else text)[:_LONGEST]
