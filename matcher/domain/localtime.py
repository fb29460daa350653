"""The time of the office.

In: a moment. Out: its date in Tongliao; the whole of China keeps one time.
"""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

LOCAL_TIME = ZoneInfo("Asia/Shanghai")


def local_date(moment: datetime) -> date:
    """The date in Tongliao at a moment."""
    return moment.astimezone(LOCAL_TIME).date()
