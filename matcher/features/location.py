"""The way to work, and whether one is home at night."""

from __future__ import annotations

import numpy as np

from matcher.columns import Pairs
from matcher.columns.arrays import Floats
from matcher.features.base import Finding, Sight

WEEKLY, AWAY, AWAY_UNASKED, WISHED_PLACE = 0.45, 0.5, 0.3, 0.9
OTHER_TOWNSHIP, BOUND_ELSEWHERE = 0.4, 0.3
"""Another township of the banner whose distance nobody knows; the second for who has to be home every day."""
AT_HOME, AT_HOME_SUITS = 0.6, 1.0
BED = np.array([0.6, 0.3, 1.0], dtype=np.float32)
"""What is left of the value of being away: a bed is not spoken of, denied, promised."""
LOST_PER_HOUR = 0.4
ELSEWHERE = 0.7
"""What is left of the value where another place was wished for."""


def distance(pairs: Pairs) -> Floats:
    """1 at the door, 0.6 an hour away, less for weekly return or a move, more where the place was wished for.

    Work at home counts as an hour away, or as next door where being at home is a gain.
    """
    kept = np.where(pairs.within_day, np.float32(1), BED[pairs.p.lodging[pairs.pi] + 1])
    daily = 1 - np.float32(LOST_PER_HOUR) * np.minimum(pairs.minutes / 60, 1)
    weekly = pairs.road_km <= np.float32(pairs.policy.number("commute.weekly_km"))
    away = np.where(pairs.w.moves[pairs.wi] == 1, np.float32(AWAY), np.float32(AWAY_UNASKED))
    value = np.where(pairs.within_day, daily, np.where(weekly, np.maximum(away, np.float32(WEEKLY)), away))
    value = value * kept
    unsure = pairs.distance_unsure & ~pairs.within_day
    bound = pairs.w.day_return[pairs.wi]
    value = np.where(unsure, np.where(bound, np.float32(BOUND_ELSEWHERE), np.float32(OTHER_TOWNSHIP)), value)
    wished = pairs.table(pairs.w.place_wish, pairs.p.place)
    there = np.float32(WISHED_PLACE) * kept
    value = np.where(wished & (value < there), there, value)
    elsewhere = pairs.w.place_wish_stated[pairs.wi] & ~wished
    value = np.where(elsewhere, value * np.float32(ELSEWHERE), value)
    value = np.where(np.isnan(pairs.km), np.float32(np.nan), value)
    at_home = np.where(pairs.w.home_suits[pairs.wi], np.float32(AT_HOME_SUITS), np.float32(AT_HOME))
    return np.where(pairs.done_at_home, at_home, value).astype(np.float32)


def describe(sight: Sight) -> Finding:
    """How far it is, by which means, and whether one is home at night."""
    place = sight.posting.posting.place
    here = sight.asked.here
    wishes = tuple(
        words
        for wished, words in sight.worker.facts.wished_places
        if wished.code and place.code.startswith(wished.code)
    )
    facts = sight.posting.facts
    if facts.at_home.value and (sight.same_county or facts.anywhere.value):
        return ("PLACE_AT_HOME", {}, facts.at_home.evidence or (here,))
    if sight.within_day:
        code = "PLACE_SAME_TOWNSHIP" if sight.same_township else "PLACE_DAILY"
        return (code, {"km": sight.km, "minutes": sight.minutes}, (here, *wishes))
    if wishes:
        return ("PLACE_WISHED", {"place": place.name or place.text}, (here, *wishes))
    if sight.km is not None and not sight.same_county and sight.value >= WEEKLY * ELSEWHERE - 1e-6:
        return ("PLACE_AWAY", {"km": sight.km, "place": place.name or place.text}, (here,))
    if sight.same_county:
        return ("PLACE_SAME_COUNTY", {"place": place.name or place.text}, (here,))
    return ("PLACE_FAR", {"km": sight.km, "place": place.name or place.text}, (here,))
