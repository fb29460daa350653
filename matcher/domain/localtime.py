"""The time of the office.

In: a moment, or minutes after midnight. Out: its date in Tongliao, an age, a time of day; all of China keeps one time.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

LOCAL_TIME = ZoneInfo("Asia/Shanghai")
DAY = 24 * 60
"""Minutes of a day."""


def local_date(moment: datetime) -> date:
    """The date in Tongliao at a moment."""
    return moment.astimezone(LOCAL_TIME).date()


def beginning(day: date) -> datetime:
    """The first moment of a day in Tongliao."""
    return datetime.combine(day, time(), LOCAL_TIME)


def add_months(day: date, months: int) -> date:
    """The same day so many months later; the last of a month that is too short for it."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def full_years(born: date, on: date) -> int:
    """Years somebody has completed on a day."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def hours_between(start: int, end: int) -> float:
    """Hours from one time of day to the next time it is another, both in minutes after midnight; in [0, 24)."""
    return (end - start) % DAY / 60


def clock(minutes: int) -> str:
    """Minutes after midnight as people write a time: 480 → 8:00."""
    return f"{minutes // 60}:{minutes % 60:02d}"
