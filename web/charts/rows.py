"""Charts of rows: the name above, the bar below it, the number at its end; any number of rows, nothing overlaps.

In: rows with numbers and the words beside them. Out: SVG.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from web.charts.frame import WIDE, Sheet, fitted, largest, round_top, wide

ROW = 40.0
BAR = 14.0
_TOP = 6.0
_NAME = 14.0


@dataclass(frozen=True, slots=True)
class Segment:
    """A part of a bar; `mark` a solid, b striped, c dotted, d empty."""

    mark: str
    value: float


@dataclass(frozen=True, slots=True)
class Row:
    """A name, the parts of its bar, and what is said at its end."""

    label: str
    parts: tuple[Segment, ...]
    said: str


@dataclass(frozen=True, slots=True)
class TargetRow:
    """Two ways to count the same against a target; None = not known."""

    label: str
    listed: float | None
    recorded: float | None
    target: float | None
    said: str


@dataclass(frozen=True, slots=True)
class PairRow:
    """Two values on one axis; None = not known."""

    label: str
    first: float | None
    second: float | None
    said: str


def _named(sheet: Sheet, y: float, label: str, said: str) -> None:
    """The name at the left, the words at the right, never over each other."""
    room = min(wide(said), WIDE * 0.55)
    sheet.text(WIDE, y + _NAME, fitted(said, WIDE * 0.55), kind="said", anchor="end")
    sheet.text(0, y + _NAME, fitted(label, WIDE - room - 12))


def bar_rows(rows: Sequence[Row], title: str, desc: str, *, whole: float | None = None) -> Markup:
    """Bars of parts; `whole` is the value of a full bar, where None every row is a full bar of its own."""
    sheet = Sheet()
    for place, row in enumerate(rows):
        y = _TOP + place * ROW
        _named(sheet, y, row.label, row.said)
        total = sum(part.value for part in row.parts) if whole is None else whole
        sheet.bar(0, y + _NAME + 6, WIDE, BAR, "ground")
        x = 0.0
        for part in row.parts:
            width = WIDE * max(0.0, part.value) / total if total > 0 else 0.0
            width = min(width, WIDE - x)
            sheet.bar(x, y + _NAME + 6, width, BAR, part.mark)
            x += width
    return sheet.done(_TOP * 2 + len(rows) * ROW, title, desc)


def target_rows(rows: Sequence[TargetRow], title: str, desc: str) -> Markup:
    """A thick bar for one way of counting, a thin one for the other, and a line where the target lies.

    Every row has an axis of its own: the larger of target and counts, so that small banners are seen as well.
    """
    sheet = Sheet()
    for place, row in enumerate(rows):
        y = _TOP + place * ROW
        top = round_top(largest(value for value in (row.listed, row.recorded, row.target) if value is not None))
        _named(sheet, y, row.label, row.said)
        sheet.bar(0, y + _NAME + 6, WIDE, BAR, "ground")
        if row.listed is not None:
            sheet.bar(0, y + _NAME + 6, WIDE * row.listed / top, BAR, "a")
        if row.recorded is not None:
            sheet.bar(0, y + _NAME + 10, WIDE * row.recorded / top, BAR - 8, "d")
        if row.target is not None:
            x = min(WIDE - 1.5, WIDE * row.target / top)
            sheet.line(x, y + _NAME + 4, x, y + _NAME + BAR + 8, "aim")
    return sheet.done(_TOP * 2 + len(rows) * ROW, title, desc)


def pair_rows(rows: Sequence[PairRow], title: str, desc: str) -> Markup:
    """An empty and a full dot a row, joined: how far two values lie apart."""
    sheet = Sheet()
    top = round_top(largest(value for row in rows for value in (row.first, row.second) if value is not None))
    for place, row in enumerate(rows):
        y = _TOP + place * ROW
        _named(sheet, y, row.label, row.said)
        middle = y + _NAME + 13
        sheet.line(0, middle, WIDE, middle)
        spots = [None if value is None else 7 + (WIDE - 14) * value / top for value in (row.first, row.second)]
        if spots[0] is not None and spots[1] is not None:
            sheet.line(spots[0], middle, spots[1], middle, "join")
        for spot, kind in zip(spots, ("dot-d", "dot-a"), strict=True):
            if spot is not None:
                sheet.circle(spot, middle, 6, kind, row.label)
    return sheet.done(_TOP * 2 + len(rows) * ROW, title, desc)


def mirror_rows(rows: Sequence[PairRow], title: str, desc: str) -> Markup:
    """One value to the left of the middle, the other to the right: people and postings."""
    sheet = Sheet()
    half = WIDE / 2
    top = round_top(largest(value for row in rows for value in (row.first, row.second) if value is not None))
    for place, row in enumerate(rows):
        y = _TOP + place * ROW
        _named(sheet, y, row.label, row.said)
        left, right = (half * (value or 0.0) / top for value in (row.first, row.second))
        sheet.bar(half - left, y + _NAME + 6, left, BAR, "b")
        sheet.bar(half, y + _NAME + 6, right, BAR, "a")
    if rows:
        sheet.line(half, _TOP, half, _TOP + len(rows) * ROW, "axis")
    return sheet.done(_TOP * 2 + len(rows) * ROW, title, desc)
