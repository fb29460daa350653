"""A row of a table → its cells by field.

In: a table, its columns, one row. Out: `TableRow`: the main column of each field, beside it what other columns join,
two ends of a range as one text, the same header again where the first one is silent.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from jobs_feed.cells import CellValue, TableRow, plain
from jobs_feed.columns import Column, field_named
from jobs_feed.fields import folded, words_of
from jobs_feed.tables import Table

_ANSWERS = {
    "是否": ("", "不"),
    "可否": ("可", "不可"),
    "能否": ("能", "不能"),
    "有无": ("有", "没有"),
    "愿否": ("愿", "不愿"),
}
"""Words a header asks with → how yes and no begin."""
_COLON, _WORK_PLACE = "：", "务工所在"
_QUESTION = re.compile("|".join(_ANSWERS))


@dataclass(slots=True)
class _Parts:
    """What was gathered of one row."""

    values: dict[str, CellValue] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    broken: set[str] = field(default_factory=set)
    extra: dict[str, list[str]] = field(default_factory=dict)
    ends: dict[str, dict[str, tuple[str, Column]]] = field(default_factory=dict)

    def take(self, column: Column, value: CellValue, told_in: Mapping[str, str], *, broken: bool) -> None:
        """One cell; fields `told_in` a text join that text, too."""
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
            if (text_field := told_in.get(name, "")) and (text := plain(value)):
                self.extra.setdefault(text_field, []).append(labelled(column.header, text))

    def untold(self) -> dict[str, list[str]]:
        """What joins a text without what that text says already: a sheet of ours that is read in again adds nothing."""
        return {name: [line for line in lines if not self._says(name, line)] for name, lines in self.extra.items()}

    def _says(self, name: str, line: str) -> bool:
        """Whether the text of a field has a line about the same field, or about the same place in other cells."""
        topic = topic_of(line)
        return bool(topic) and any(topic_of(said) == topic for said in plain(self.values.get(name)).split("\n"))

    def settle_ranges(self) -> None:
        """Ends of a range as the value of their field where it has none of its own."""
        for name, ends in self.ends.items():
            if not plain(self.values.get(name)):
                self.values[name] = _range(ends)
                self.headers.setdefault(name, next(iter(ends.values()))[1].header)


def topic_of(line: str) -> str:
    """What a line such as 务工所在省：北京市 is about, "" where it is no such line."""
    header, colon, _ = line.partition(_COLON)
    field = field_named("workers", header) if colon else ""
    return _WORK_PLACE if field.startswith(_WORK_PLACE) else field


def table_row(
    table: Table, columns: Sequence[Column], number: int, cells: Sequence[CellValue], told_in: Mapping[str, str]
) -> TableRow:
    """The cells of a row by field; fields `told_in` a text join that text, too."""
    parts = _Parts()
    for column in columns:
        if column.field:
            value = cells[column.index] if column.index < len(cells) else None
            parts.take(column, value, told_in, broken=(number, column.index + 1) in table.broken)
    if parts.ends:
        parts.settle_ranges()
    joined = {name: "\n".join(texts) for name, texts in parts.untold().items()}
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
    """A value that joins another column's text: 是否会讲普通话 with 否 is 不会讲普通话, else header：value."""
    asked = _QUESTION.match(header)
    answer = words_of("是否").get(folded(value))
    if answer is None or (asked is None and not header.startswith("会")):
        return f"{header}：{value}"
    told = header[asked.end() :] if asked else header
    yes, no = _ANSWERS[asked.group() if asked else "是否"]
    if answer == "是":
        return yes + told
    return f"没{told}" if told.startswith("有") else no + told
