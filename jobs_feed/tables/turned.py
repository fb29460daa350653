"""Tables on their side and forms: names in a column, or beside each value.

In: a sheet whose rows make no table. Out: the same cells as rows under a header, None where they make none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from jobs_feed.cells import CellValue, SheetRows, plain
from jobs_feed.tables.table import KnownNames, Table

_NAMES_WITHIN = 100
"""Rows looked at for names; a form is not longer."""
_FIRST_COLUMNS = 3

Label = tuple[int, int, str]
"""Place of the row, column, name."""


def find_turned(sheet: SheetRows, names: KnownNames) -> Table | None:
    """A form (one record), or a table on its side (a record a column)."""
    labels = list(_labels(sheet, names))
    if not names.required <= names.fields([name for *_, name in labels]):
        return None
    columns = sorted({column for _, column, _ in labels})
    if len(columns) > 1 and (form := _form(sheet, labels, names)) is not None:
        return form
    best = max(columns[:_FIRST_COLUMNS], key=lambda column: sum(place[1] == column for place in labels))
    own = [label for label in labels if label[1] == best]
    return _on_its_side(sheet, own, names) if names.required <= names.fields([name for *_, name in own]) else None


def _labels(sheet: SheetRows, names: KnownNames) -> Iterator[Label]:
    """The cells that name a field; a row full of names is a header, not a form."""
    for place, (_, cells) in enumerate(sheet.rows[:_NAMES_WITHIN]):
        texts = [plain(cell) for cell in cells]
        for column, text in enumerate(texts):
            if names.field(text):
                yield place, column, text


def _form(sheet: SheetRows, labels: Sequence[Label], names: KnownNames) -> Table | None:
    """One record whose values stand to the right of their names; every name once."""
    places = {(place, column) for place, column, _ in labels}
    headers: list[str] = []
    values: list[CellValue] = []
    seen: set[str] = set()
    for place, column, name in labels:
        if name in seen:
            return None
        seen.add(name)
        headers.append(name)
        values.append(_value_beside(sheet.rows[place][1], place, column, places))
    filled = sum(value is not None for value in values)
    if filled * 2 < len(values):
        return None
    first = sheet.rows[labels[0][0]][0]
    table = Table(sheet, tuple(headers), first, names.score(headers), rows=[(first, values)])
    table.tell("IMPORT_FORM")
    return table


def _value_beside(cells: Sequence[CellValue], place: int, column: int, labels: set[tuple[int, int]]) -> CellValue:
    """The next value to the right, unless another name comes first."""
    for index in range(column + 1, len(cells)):
        if (place, index) in labels:
            return None
        if plain(cells[index]):
            return cells[index]
    return None


def _on_its_side(sheet: SheetRows, labels: Sequence[Label], names: KnownNames) -> Table:
    """A record a column; records are numbered by their column, counted from 1."""
    first, column = labels[0][0], labels[0][1]
    lines = sheet.rows[first:]
    headers = tuple(plain(cells[column]) if column < len(cells) else "" for _, cells in lines)
    width = max(len(cells) for _, cells in lines)
    table = Table(replace(sheet, wide={}, down={}), headers, sheet.rows[first][0], names.score(headers))
    for index in range(column + 1, width):
        record = [cells[index] if index < len(cells) else None for _, cells in lines]
        if any(plain(cell) for cell in record):
            table.rows.append((index + 1, record))
    turned = {number: at for at, (number, _) in enumerate(lines, start=1)}
    table.broken = frozenset((column, turned[row]) for row, column in sheet.broken if row in turned)
    table.tell("IMPORT_TURNED")
    return table
