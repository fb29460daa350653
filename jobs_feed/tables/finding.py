"""All tables of a sheet.

In: `SheetRows`, the names of one kind of file. Out: `Table`s from top to bottom; a second header further down
begins a table of its own.
"""

from __future__ import annotations

from dataclasses import replace

from jobs_feed.cells import NumberedRow, SheetRows, plain
from jobs_feed.tables.body import Body
from jobs_feed.tables.header import Header, find_header
from jobs_feed.tables.table import KnownNames, Table, texts_of

_LEAST_NAMES = 3
"""Names a row needs to be a second header."""


def find_tables(sheet: SheetRows, names: KnownNames) -> list[Table]:
    """The tables of a sheet, at least one, though it may be without rows."""
    header = find_header(sheet, names)
    below = sheet.rows[header.place + header.height :]
    cut = _next_header(below, header, names) if names.required <= names.fields(header.names) else len(below)
    number = sheet.rows[header.place][0] if sheet.rows else 0
    own = replace(sheet, bad={row: code for row, code in sheet.bad.items() if cut == len(below) or row < below[cut][0]})
    table = Table(own, header.names, number, header.score, broken=_broken(sheet, header))
    Body(table, header, names, sheet.rows[: header.place + header.height]).take(below[:cut])
    _unfold(table, names)
    if sheet.hidden_rows:
        table.tell("IMPORT_ROWS_HIDDEN", rows=sheet.hidden_rows)
    if sheet.hidden_columns:
        table.tell("IMPORT_COLUMNS_HIDDEN", columns=sheet.hidden_columns)
    if cut == len(below):
        return [table]
    bad = {row: code for row, code in sheet.bad.items() if row >= below[cut][0]}
    rest = replace(sheet, rows=below[cut:], bad=bad, hidden_rows=0, hidden_columns=0)
    return [table, *find_tables(rest, names)]


def _unfold(table: Table, names: KnownNames) -> None:
    """Lists printed side by side (姓名 电话 姓名 电话) become one list: every part of a row is a record."""
    width = _period(table.headers)
    if not width or not names.required <= names.fields(table.headers[:width]):
        return
    parts = [(number, cells[at : at + width]) for number, cells in table.rows for at in range(0, len(cells), width)]
    table.rows = [(number, part) for number, part in parts if any(plain(cell) for cell in part)]
    table.headers = table.headers[:width]
    table.broken = frozenset((row, (column - 1) % width + 1) for row, column in table.broken)
    table.tell("IMPORT_SIDE_BY_SIDE")


def _period(headers: tuple[str, ...]) -> int:
    """After how many columns the header says the same again from its first name on, 0 where it does not."""
    last = max((index for index, name in enumerate(headers, start=1) if name), default=0)
    for width in range(2, (last + 1) // 2 + 1):
        if headers[0] and all(headers[index] == headers[index % width] for index in range(width, last)):
            return width if last % width == 0 or not any(headers[last % width : width]) else 0
    return 0


def _next_header(rows: list[NumberedRow], header: Header, names: KnownNames) -> int:
    """Where another header with other names begins; the number of rows where none does."""
    columns = [i for i, name in enumerate(header.names) if names.field(name) in names.required]
    known = set(header.names)
    for place, (_, cells) in enumerate(rows):
        if not any(index < len(cells) and names.field(plain(cells[index])) for index in columns):
            continue
        filled = [text for text in texts_of(cells) if text]
        found = names.fields(filled)
        enough = len(found) >= min(_LEAST_NAMES, len(filled)) and len(found) * 2 > len(filled)
        if enough and names.required <= found and not known.issuperset(filled):
            return place
    return len(rows)


def _broken(sheet: SheetRows, header: Header) -> frozenset[tuple[int, int]]:
    """Broken cells as the rows of the table number them: a second line stands behind the first."""
    if header.lines == 1:
        return sheet.broken
    width = len(header.names) // 2
    numbers = [number for number, _ in sheet.rows[header.place + header.height :]]
    upper = dict(zip(numbers[1::2], numbers[::2], strict=False))
    return frozenset((upper.get(row, row), column + width * (row in upper)) for row, column in sheet.broken)
