"""The way to work for the independent check: matching 2 on the seats of the domain, nothing else.

In: where a judged person lives and goes to work, and by which means. Out: road kilometres where they can be said,
whether one can be home every day, and whether every week.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from matcher.trials.judged.cases import JudgedPerson, JudgedPosting
from matcher.trials.judged.checker.facts import seat_of

KM_AN_HOUR = {"步行": 4, "自行车": 10, "电动车": 20, "摩托车": 35, "公交": 25, "汽车": 50, "": 25}
WAITING = {"公交": 20, "": 20}
DETOUR, EARTH_KM = 1.3, 6371.0
DAILY_MINUTES, WEEKLY_KM = 60, 200
NEIGHBOURS = ("15", "21", "22")
"""Inner Mongolia and the two provinces Tongliao borders: places there may lie within a weekly return."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How far the work is; `km` is None where the truth cannot say."""

    km: float | None
    daily: bool
    weekly: bool


def reach(person: JudgedPerson, posting: JudgedPosting) -> Reach:
    """Whether one can be home every day or every week; what is not known counts as possible, inside one's county."""
    fetched = posting.home_within_county and person.county != posting.county
    if posting.home_work and not fetched:
        return Reach(0.0, daily=True, weekly=True)
    if not person.county or not posting.county or person.county == posting.county:
        return Reach(0.0 if _same_township(person, posting) else None, daily=True, weekly=True)
    home, place = seat_of(person.county), seat_of(posting.county)
    if home is None or place is None:
        return Reach(None, daily=False, weekly=posting.county.startswith(NEIGHBOURS))
    km = road_km(home.lat, home.lon, place.lat, place.lon)
    minutes = km / KM_AN_HOUR[person.transport] * 60 + WAITING.get(person.transport, 0)
    return Reach(km, daily=minutes <= DAILY_MINUTES, weekly=km <= WEEKLY_KM)


def _same_township(person: JudgedPerson, posting: JudgedPosting) -> bool:
    """Whether both live and work in one named township."""
    return bool(person.township) and person.township == posting.township and person.county == posting.county


def road_km(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Great circle × 1.3."""
    one, two = math.radians(lat), math.radians(other_lat)
    part = math.sin((two - one) / 2) ** 2
    part += math.cos(one) * math.cos(two) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 2 * EARTH_KM * math.asin(math.sqrt(part)) * DETOUR
