"""How much a front may say so that it fits its page.

In: a way to make a sheet under given limits. Out: the fullest sheet whose front fits; what the front leaves out of
the questions to an employer stands on the back, reasons are cut by rule and never in the middle.
"""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from web.papers.views import Line, Section, SheetView


@dataclass(frozen=True, slots=True)
class Limits:
    """How many reasons and questions a block shows on the front."""

    reasons: int
    asks: int


STEPS = (Limits(3, 3), Limits(3, 2), Limits(2, 2), Limits(2, 1), Limits(1, 1), Limits(1, 0))
BODY_EM, SMALL_EM = 40.0, 46.0
"""Full-width characters that fit on a line beside its label, of body and of secondary text."""
ROOM = 42.5
"""Body lines a front holds well between its heading and the slip, measured on paper; set tighter it holds 46."""
BACK_ROOM = 54.0
"""Body lines a back holds set as tight as it goes, measured on paper."""
RECORD_ROOM = 26.0
"""Body lines a record of guidance holds beside what is written by hand, measured on paper."""
SMALL_LINE, TITLE_LINES, SECTION_LINES = 0.88, 1.75, 1.3
TICK_ROW = 1.25


def width_in_em(text: str) -> float:
    """The width of a text in full-width characters."""
    return sum(1.0 if unicodedata.east_asian_width(sign) in "WFA" else 0.56 for sign in text)


def _lines(lines: Iterable[Line]) -> float:
    """The height of lines, in body lines."""
    total = 0.0
    for line in lines:
        per_line = SMALL_EM if line.small else BODY_EM
        total += math.ceil(width_in_em(line.text) / per_line) * (SMALL_LINE if line.small else 1.0)
    return total


def _sections(sections: Iterable[Section]) -> float:
    """The height of sections, in body lines."""
    return sum(SECTION_LINES + _lines(section.lines) for section in sections)


def front_height(sheet: SheetView) -> float:
    """The height of what stands above the slip, in body lines."""
    blocks = sum(TITLE_LINES + _lines(block.lines) for block in sheet.blocks)
    extra_rows = (len(sheet.slip.rows) - 3) * TICK_ROW
    lead = math.ceil(width_in_em(sheet.lead) / BODY_EM)
    return lead + blocks + _sections(sheet.shortfall) + _sections(sheet.front) + _lines(sheet.call) + extra_rows


def fitted(make: Callable[[Limits], SheetView]) -> SheetView:
    """The fullest sheet that fits, else the shortest."""
    sheet = make(STEPS[0])
    for limits in STEPS[1:]:
        if front_height(sheet) <= ROOM:
            return sheet
        sheet = make(limits)
    return sheet


@dataclass(frozen=True, slots=True)
class Kept:
    """How many policies and warnings a back keeps where everything has no room, and whether steps are set small."""

    policies: int
    warnings: int
    small: bool = False


BACK_STEPS = (Kept(9, 3), Kept(2, 3), Kept(1, 2), Kept(0, 2), Kept(0, 1), Kept(0, 1, small=True))


def back_fitted(make: Callable[[Kept], tuple[Section, ...]], *, room: float = BACK_ROOM) -> tuple[Section, ...]:
    """The fullest back that fits, else the shortest; the session itself is never cut."""
    back = make(BACK_STEPS[0])
    for kept in BACK_STEPS[1:]:
        if _sections(back) <= room:
            return back
        back = make(kept)
    return back


@dataclass(frozen=True, slots=True)
class Spacing:
    """The gap between lines, in em, by the height of a page's lines; measured on printed sheets, on the safe side."""

    at: float
    gap: float
    slope: float

    def for_height(self, lines: float) -> float:
        """The gap with which so many body lines fill a page well."""
        return min(LOOSEST, max(TIGHTEST, self.gap - self.slope * (lines - self.at)))


TIGHTEST, LOOSEST = 0.36, 0.76
FRONT = Spacing(at=33.0, gap=0.61, slope=0.037)
BACK = Spacing(at=32.0, gap=0.9, slope=0.035)


def gaps(sheet: SheetView) -> tuple[float, float]:
    """Gaps of the front and of the back; the typesetter tells where a page runs over all the same."""
    return FRONT.for_height(front_height(sheet)), BACK.for_height(_sections(sheet.back))
