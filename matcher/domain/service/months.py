"""Months: how they are named, and one as it was counted, the figures of a village on one day of it.

In: nothing. Out: names such as 2026-11; frozen records; a month nobody counted has none, and none is made up later.
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
    """The month a day belongs to, 2026-11."""
    return f"{day:%Y-%m}"


def month_before(month: str, many: int = 1) -> str:
    """The month so many months earlier."""
    year, number = int(month[:4]), int(month[5:])
    years, rest = divmod(year * 12 + number - 1 - many, 12)
    return f"{years:04d}-{rest + 1:02d}"
