"""When the guidance session is held: real free hours of the guide, in the order of service.

In: who needs a session with which guide, in which order, and hours already taken. Out: a start for everyone, or
none where the guide has no free hour within the policy's working days.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import chinese_calendar

from matcher.policy import PolicyAt


@dataclass(frozen=True, slots=True)
class Request:
    """One person who needs a session; lower `order` is served first."""

    worker_key: int
    guide: str
    order: tuple[int, int, str]


def is_working_day(day: dt.date) -> bool:
    """Working days of the Chinese calendar; weekdays where the year is not announced yet."""
    try:
        return bool(chinese_calendar.is_workday(day))
    except NotImplementedError:
        return day.weekday() < 5


def working_days(after: dt.date, many: int) -> Iterator[dt.date]:
    """The next working days after a day."""
    day = after
    while many > 0:
        day += dt.timedelta(days=1)
        if is_working_day(day):
            many -= 1
            yield day


def add_working_days(day: dt.date, many: int) -> dt.date:
    """The day so many working days later."""
    *_, last = working_days(day, many)
    return last


def assign_starts(
    requests: Iterable[Request], policy: PolicyAt, taken: Mapping[str, Iterable[str]] | None = None
) -> dict[int, str]:
    """Worker key → local start to the minute, "" where the guide is full."""
    days = list(working_days(policy.on, policy.whole("guidance.within_working_days")))
    hours = policy.texts("guidance.slots")
    grid = [f"{day.isoformat()}T{hour}" for day in days for hour in hours]
    busy: dict[str, set[str]] = defaultdict(set)
    for guide, starts in (taken or {}).items():
        busy[guide] |= set(starts)
    free: dict[str, Iterator[str]] = {}
    found: dict[int, str] = {}
    for request in sorted(requests, key=lambda item: item.order):
        if request.guide not in free:
            free[request.guide] = iter([start for start in grid if start not in busy[request.guide]])
        found[request.worker_key] = next(free[request.guide], "")
    return found
