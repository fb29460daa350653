"""A distribution: columns for one series, an outline for the other, so that they tell apart without colours.

In: numbers by step and the words under the axis. Out: SVG.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from web.charts.frame import WIDE, Sheet, largest, round_top, wide

_HIGH, _BOTTOM, _TOP = 230.0, 30.0, 12.0
_TICK = 11.0


@dataclass(frozen=True, slots=True)
class Series:
    """One number a step."""

    values: tuple[float, ...]


def columns_chart(filled: Series, outlined: Series, ticks: Sequence[str], title: str, desc: str) -> Markup:
    """Two series over the same steps; a tick "" is not written, and none is written over another."""
    sheet = Sheet()
    steps = max(1, len(filled.values))
    top = round_top(largest((*filled.values, *outlined.values)))
    heights = {part: f"{top * part:,.10g}" for part in (0.0, 0.5, 1.0)}
    left = max(wide(said, _TICK) for said in heights.values()) + 8
    width, floor = (WIDE - left) / steps, _HIGH - _BOTTOM
    tall = floor - _TOP
    for part, said in heights.items():
        y = floor - tall * part
        sheet.line(left, y, WIDE, y)
        sheet.text(left - 6, y + 4, said, kind="tick", anchor="end")
    for place, value in enumerate(filled.values):
        high = tall * value / top
        sheet.bar(left + place * width + 1, floor - high, width - 2, high, "b")
    before = floor
    for place, value in enumerate(outlined.values):
        x, y = left + place * width, floor - tall * value / top
        sheet.line(x, before, x, y, "outline")
        sheet.line(x, y, x + width, y, "outline")
        before = y
    sheet.line(WIDE, before, WIDE, floor, "outline")
    free = 0.0
    for place, tick in enumerate(ticks):
        x = left + place * width
        if tick and x >= free and x + wide(tick, _TICK) / 2 <= WIDE:
            sheet.text(x, _HIGH - 10, tick, kind="tick", anchor="middle")
            free = x + wide(tick, _TICK) + 8
    return sheet.done(_HIGH, title, desc)
