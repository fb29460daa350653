"""Where a header stands: one row, two or three rows of groups and names, or two rows for records of two lines.

In: the rows of a sheet. Out: `Header`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from jobs_feed.cells import CellValue, SheetRows
from jobs_feed.tables.table import KnownNames, texts_of

HEADER_WITHIN = 50
"""Rows among which the header is looked for."""
_TALLEST = 3
_OTHER_PERSON = re.compile(r"配偶|家属|子女|父亲|母亲|监护人|紧急|户主|亲属")


@dataclass(frozen=True, slots=True)
class Header:
    """A header: its names by column, the row it begins at and how many rows it and each record take."""

    names: tuple[str, ...]
    place: int
    height: int
    score: int
    lines: int = 1


def find_header(sheet: SheetRows, names: KnownNames) -> Header:
    """The row, or rows, that name the most fields; of equals the first and lowest."""
    best = Header((), 0, 0, -1)
    rows = [cells for _, cells in sheet.rows[: HEADER_WITHIN + _TALLEST]]
    for place in range(min(len(rows), HEADER_WITHIN)):
        for header in _headers_at(rows, place, names):
            if header.score > best.score:
                best = header
    return best


def _headers_at(rows: Sequence[Sequence[CellValue]], place: int, names: KnownNames) -> list[Header]:
    """The headers that may begin at a row."""
    joined = texts_of(rows[place])
    found = [Header(joined, place, 1, names.score(joined))]
    if place + 1 < len(rows) and (stacked := _two_lines(joined, texts_of(rows[place + 1]), names)):
        found.append(Header(stacked, place, 2, names.score(stacked), lines=2))
    for height in range(2, _TALLEST + 1):
        if place + height > len(rows):
            break
        below = texts_of(rows[place + height - 1])
        joined = _joined(joined, below, names)
        if not joined:
            break
        score = names.score(joined)
        if score > max(names.score(below), max(header.score for header in found)):
            found.append(Header(joined, place, height, score))
    return found


def _two_lines(top: tuple[str, ...], below: tuple[str, ...], names: KnownNames) -> tuple[str, ...]:
    """Two rows full of names that each say something of their own: every record takes two rows."""
    pairs = [(high, low) for high, low in zip(top, below, strict=False) if high and low and high != low]
    if sum(bool(names.field(high) and names.field(low)) for high, low in pairs) < 2:
        return ()
    upper, lower = names.fields(top), names.fields(below)
    if len(lower - upper) < 2 or len(upper - lower) < 2:
        return ()
    width = max(len(top), len(below))
    return (*top, *[""] * (width - len(top)), *below, *[""] * (width - len(below)))


def _joined(top: tuple[str, ...], below: tuple[str, ...], names: KnownNames) -> tuple[str, ...]:
    """Headers of two rows as one, () where the lower row cannot be the lower half of a header."""
    width = max(len(top), len(below))
    high = top + ("",) * (width - len(top))
    low = below + ("",) * (width - len(below))
    if all(high[i] for i in range(width) if low[i]) and not any(high[i] == low[i] != "" for i in range(width)):
        return ()
    if not names.fields(below):
        return ()
    found, group = [], ""
    for above, under in zip(high, low, strict=True):
        group = above or (group if under else "")
        found.append(_named(group if under else above, under, names))
    return tuple(found)


def _named(group: str, name: str, names: KnownNames) -> str:
    """The name under a group: 住址 over 嘎查村 is 嘎查村, 类型 keeps its group, 配偶 over 姓名 too."""
    if not name or name == group:
        return group
    if group and _OTHER_PERSON.search(group) and not _OTHER_PERSON.search(name):
        return group + name
    if group and not names.field(name) and names.field(group + name):
        return group + name
    return name
