"""The sheet charts are drawn on: frame, textures, letters that fit.

In: marks in units of a sheet 340 wide. Out: one SVG; texts are escaped here, numbers are formatted here.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Iterable
from itertools import count

from markupsafe import Markup

WIDE = 340.0
LETTER = 13.0
"""Height of letters; a sheet is shown between 290 and 430 pixels wide, so between 11 and 16 pixels."""
_NUMBERS = count(1)
_FRAME = Markup(
    '<svg class="chart" viewBox="0 0 {wide:.0f} {high:.1f}" role="img"'
    ' aria-labelledby="{id}-t" aria-describedby="{id}-d">'
    '<title id="{id}-t">{title}</title><desc id="{id}-d">{desc}</desc>{defs}{marks}</svg>'
)
_TEXTURES = Markup(
    '<defs><pattern id="{id}-b" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect class="texture" width="2" height="6"/></pattern>'
    '<pattern id="{id}-c" width="5" height="5" patternUnits="userSpaceOnUse">'
    '<circle class="texture" cx="2.5" cy="2.5" r="1.2"/></pattern></defs>'
)
_TEXT = Markup('<text class="{kind}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">{text}</text>')
_RECT = Markup('<rect class="{kind}" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{high:.1f}"/>')
_COVER = Markup('<rect fill="url(#{id}-{mark})" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{high:.1f}"/>')
_LINE = Markup('<line class="{kind}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>')
_CIRCLE = Markup('<circle class="{kind}" cx="{x:.1f}" cy="{y:.1f}" r="{r:.1f}"><title>{title}</title></circle>')
TEXTURED = {"b", "c"}


class Sheet:
    """Marks of one chart, collected from the back to the front."""

    def __init__(self) -> None:
        self.id = f"chart{next(_NUMBERS) % 1_000_000}"
        self._marks: list[Markup] = []

    def text(self, x: float, y: float, text: str, *, kind: str = "label", anchor: str = "start") -> None:
        """Letters on a base line."""
        self._marks.append(_TEXT.format(kind=kind, x=x, y=y, anchor=anchor, text=text))

    def bar(self, x: float, y: float, width: float, high: float, mark: str) -> None:
        """A bar of a kind: a solid, b striped, c dotted, d empty, ground."""
        if width <= 0:
            return
        self._marks.append(_RECT.format(kind=f"mark-{mark}", x=x, y=y, width=width, high=high))
        if mark in TEXTURED:
            self._marks.append(_COVER.format(id=self.id, mark=mark, x=x, y=y, width=width, high=high))

    def line(self, x1: float, y1: float, x2: float, y2: float, kind: str = "rule") -> None:
        """A line."""
        self._marks.append(_LINE.format(kind=kind, x1=x1, y1=y1, x2=x2, y2=y2))

    def circle(self, x: float, y: float, r: float, kind: str, title: str) -> None:
        """A circle that says what it is when pointed at."""
        self._marks.append(_CIRCLE.format(kind=kind, x=x, y=y, r=r, title=title))

    def done(self, high: float, title: str, desc: str) -> Markup:
        """The chart."""
        defs = _TEXTURES.format(id=self.id)
        return _FRAME.format(
            id=self.id, wide=WIDE, high=high, title=title, desc=desc, defs=defs, marks=Markup("").join(self._marks)
        )


def wide(text: str, letter: float = LETTER) -> float:
    """About how wide letters are: Chinese ones a whole height, others a little over half."""
    return sum(letter if unicodedata.east_asian_width(char) in "WF" else letter * 0.58 for char in text)


def fitted(text: str, room: float, letter: float = LETTER) -> str:
    """A text cut to a room, with a mark that it was."""
    if wide(text, letter) <= room:
        return text
    while text and wide(text + "…", letter) > room:
        text = text[:-1]
    return text + "…"


def round_top(most: float) -> float:
    """A round number not below the largest value, for the end of an axis; 1 where there is nothing."""
    if not math.isfinite(most) or most <= 0:
        return 1.0
    size = 10.0 ** math.floor(math.log10(most))
    return next(step * size for step in (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10) if step * size >= most * (1 - 1e-9))


def largest(values: Iterable[float]) -> float:
    """The largest finite value, 0 of none."""
    return max((value for value in values if math.isfinite(value)), default=0.0)
