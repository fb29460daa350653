"""A month as it was counted: the figures of a village on one day of that month, so that months can be compared.

In: nothing. Out: frozen records; a month nobody counted has none and is never made up afterwards.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class MonthCount:
    """One village of one month; `counts` by the names of the evidence."""

    month: str
    """2026-11."""
    home_code: str
    village: str
    as_of: date
    counts: Mapping[str, int]


def month_of(day: date) -> str:
    """The month of a day."""
    return f"{day:%Y-%m}"


def month_before(month: str, many: int = 1) -> str:
    """The month so many months earlier."""
    year, number = int(month[:4]), int(month[5:])
    years, rest = divmod(year * 12 + number - 1 - many, 12)
    return f"{years:04d}-{rest + 1:02d}"
