"""The time of the office.

In: a moment, or minutes after midnight. Out: its date in Tongliao, a time of day; all of China keeps one time.
"""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

LOCAL_TIME = ZoneInfo("Asia/Shanghai")


def local_date(moment: datetime) -> date:
    """The date in Tongliao at a moment."""
    return moment.astimezone(LOCAL_TIME).date()


def clock(minutes: int) -> str:
    """Minutes after midnight as people write a time: 480 → 8:00."""
    return f"{minutes // 60}:{minutes % 60:02d}"
