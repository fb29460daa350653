"""Administrative divisions and places.

In: codes of GB/T 2260 and the statistical division codes. Out: `Place`, and the two questions
everyone asks of a code: which prefix does it stand for, and does it lie inside another.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Precision(StrEnum):
    """How exactly a place is known."""

    POINT = "point"
    TOWNSHIP = "township"
    COUNTY = "county"
    PREFECTURE = "prefecture"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Place:
    """A place as written and as understood; `code` is "" where it was not understood."""

    text: str = ""
    code: str = ""
    name: str = ""
    lat: float | None = None
    lon: float | None = None
    precision: Precision = Precision.NONE

    @property
    def known(self) -> bool:
        """Whether the place was understood as a division."""
        return bool(self.code)

    @property
    def county(self) -> str:
        """The six-digit county code, "" where the place is not known that closely."""
        return self.code[:6] if len(self.code) >= 6 and self.code[4:6] != "00" else ""

    @property
    def township(self) -> str:
        """The nine-digit township code, "" where the place is not known that closely."""
        return self.code[:9] if len(self.code) >= 9 and self.code[6:9] != "000" else ""


def division_prefix(code: str) -> str:
    """The digits of a division code that say something: 150500 → 1505, 150521103000 → 150521103."""
    for length, filler in ((12, "000"), (9, "000"), (6, "00"), (4, "00")):
        if len(code) == length and code.endswith(filler):
            code = code[: length - len(filler)]
    return code


def lies_within(code: str, scope: str) -> bool:
    """Whether a division lies in another; an empty scope holds everything."""
    prefix = division_prefix(scope)
    return not prefix or (bool(code) and code.startswith(prefix))
