"""A row of a table → its cells by field.

In: a table, its columns, one row. Out: `TableRow`: the main column of each field, beside it what other columns join,
two ends of a range as one text, the same header again where the first one is silent.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from jobs_feed.cells import CellValue, TableRow, plain
from jobs_feed.columns import Column
from jobs_feed.tables import Table


@dataclass(slots=True)
class _Parts:
    """What was gathered of one row."""

    values: dict[str, CellValue] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    extra: dict[str, list[str]] = field(default_factory=dict)
    ends: dict[str, dict[str, tuple[str, Column]]] = field(default_factory=dict)

    def take(self, column: Column, value: CellValue, *, broken: bool) -> None:
        """One cell."""
        name = column.field
        if column.spare and plain(self.values.get(name)):
            return
        if broken:
            self.broken.add(name)
        if column.end:
            if text := plain(value):
                self.ends.setdefault(name, {})[column.end] = (text, column)
        elif column.joined:
            if text := plain(value):
                self.extra.setdefault(name, []).append(labelled(column.header, text))
        else:
            self.values[name], self.headers[name] = value, column.header

    def settle_ranges(self) -> None:
        """Ends of a range as the value of their field where it has none of its own."""
        for name, ends in self.ends.items():
            if not plain(self.values.get(name)):
                self.values[name] = _range(ends)
                self.headers.setdefault(name, next(iter(ends.values()))[1].header)


def table_row(table: Table, columns: Sequence[Column], number: int, cells: Sequence[CellValue]) -> TableRow:
    """The cells of a row by field."""
    parts = _Parts()
    for column in columns:
        if column.field:
            value = cells[column.index] if column.index < len(cells) else None
            parts.take(column, value, broken=(number, column.index + 1) in table.broken)
    if parts.ends:
        parts.settle_ranges()
    joined = {name: "\n".join(texts) for name, texts in parts.extra.items()}
    sheet = table.sheet
    return TableRow(sheet.name, number, parts.values, parts.headers, frozenset(parts.broken), joined, sheet.since_1904)


def _range(ends: dict[str, tuple[str, Column]]) -> str:
    """3000 and 4000 as 3000-4000, with the unit of the header; one end alone says which it is."""
    low, high = (ends.get(end, ("", None))[0] for end in ("low", "high"))
    unit = next(iter(ends.values()))[1].unit
    if low and high:
        return f"{low}-{high}{unit}" if low != high else f"{low}{unit}"
    return f"{low}{unit}以上" if low else f"{high}{unit}以下"


def labelled(header: str, value: str) -> str:
    """A value that joins another column's text: 会讲普通话 with 否 becomes 不会讲普通话, else header：value."""
    ability = header.removeprefix("是否")
    if ability.startswith("会") and value in {"是", "否"}:
        return ability if value == "是" else f"不{ability}"
    return f"{header}：{value}"
