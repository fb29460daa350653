"""Rows in, ordinary .xlsx files out: a title that says the data are made up, the header, then the rows.

Long numbers are text cells and the creation date is the sample's own, so that the same sample gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from pathlib import Path

from xlsxwriter import Workbook

MARK = "（示例数据，均为虚构，请勿当真）"


def write_sheet(
    path: Path,
    title: str,
    columns: list[tuple[str, int]],
    rows: Iterable[Mapping[str, str]],
    *,
    as_of: date,
) -> int:
    """Write `rows` under `columns` to `path`; returns how many rows there were."""
    book = Workbook(str(path), {"constant_memory": True, "strings_to_numbers": False, "strings_to_urls": False})
    book.set_properties({"title": title + MARK, "created": datetime.combine(as_of, time(9))})
    sheet = book.add_worksheet(title)
    text = book.add_format({"num_format": "@"})
    head = book.add_format({"bold": True, "bg_color": "#DDE7F0", "border": 1, "num_format": "@"})
    for place, (_, width) in enumerate(columns):
        sheet.set_column(place, place, width, text)
    sheet.freeze_panes(2, 2)
    sheet.write_string(0, 0, title + MARK, book.add_format({"bold": True, "font_size": 14}))
    for place, (column, _) in enumerate(columns):
        sheet.write_string(1, place, column, head)
    names = [column for column, _ in columns]
    line = 1
    for line, row in enumerate(rows, start=2):
        for place, name in enumerate(names):
            value = row.get(name, "")
            if value:
                sheet.write_string(line, place, value, text)
    book.close()
    return line - 1
