"""Rules of the person's own life: hours, season, the way home, a bed.

In: a pair. Out: whether the rule is broken for certain; what nobody knows passes.
"""

from __future__ import annotations

from matcher.trials.judged.case_files import clock_minutes
from matcher.trials.judged.checker.facts import place_prefixes
from matcher.trials.judged.checker.pair import CARE, NIGHT_SHIFTS, Pair, as_day


def outside_free_hours(pair: Pair) -> bool:
    """Work that starts before or ends after the hours, or goes through the night."""
    if "HOURS" not in pair.limits or pair.posting.home_work:
        return False
    times = [clock_minutes(value) for value in pair.limits["HOURS"]]
    if len(times) != 2 or times[0] is None or times[1] is None:
        return False
    if pair.posting.hours is None:
        return pair.posting.shift in NIGHT_SHIFTS
    return pair.posting.hours[0] < times[0] or pair.posting.hours[1] > times[1]


def more_than_part_time(pair: Pair) -> bool:
    """More hours than the person has, an hour of break allowed."""
    values = [value for value in pair.limits.get("PART_TIME", ()) if isinstance(value, int | float)]
    spent = pair.minutes_on_the_spot
    return bool(values) and spent is not None and not pair.posting.home_work and spent > (float(values[0]) + 1) * 60


def lives_at_work(pair: Pair) -> bool:
    """Whoever is bound to home does not live at work."""
    bound = pair.person.home_daily or bool((CARE | {"MAX_KM"}) & pair.limits.keys())
    return bound and bool(pair.posting.live_in) and not pair.posting.home_work


def not_home_at_night(pair: Pair) -> bool:
    """Too far for coming home every day."""
    bound = pair.person.home_daily or bool({"DAY_RETURN", "MIDDAY_HOME"} & pair.limits.keys())
    return bound and not pair.way.daily


def farther_than_the_stated_way(pair: Pair) -> bool:
    """Beyond the kilometres named."""
    values = [value for value in pair.limits.get("MAX_KM", ()) if isinstance(value, int | float)]
    return bool(values) and pair.way.km is not None and pair.way.km > float(values[0])


def away_without_being_willing(pair: Pair) -> bool:
    """A daily return for everybody, a weekly one unless the person will not go away, a move for the willing."""
    if pair.way.daily:
        return False
    weekly = pair.way.weekly and pair.person.moves is not False
    return not weekly and pair.person.moves is not True


def not_home_at_weekends(pair: Pair) -> bool:
    """Too far for coming home every week."""
    return "WEEKEND_HOME" in pair.limits and not pair.way.weekly


def not_at_home(pair: Pair) -> bool:
    """Only work that is done at home."""
    return "AT_HOME" in pair.limits and not pair.posting.home_work


def not_where_one_wants_to_be(pair: Pair) -> bool:
    """Outside every place the person has limited the search to; places nobody can name limit nothing."""
    prefixes = [prefix for value in pair.limits.get("WANT_PLACE", ()) for prefix in place_prefixes(str(value))]
    inside = pair.posting.county.startswith(tuple(prefixes))
    return bool(prefixes) and bool(pair.posting.county) and not inside and not pair.posting.home_work


def no_bed(pair: Pair) -> bool:
    """No bed where one cannot come home."""
    return "NEED_LODGING" in pair.limits and pair.posting.lodging is False and not pair.way.daily


def outside_the_free_season(pair: Pair) -> bool:
    """Months of work in which one is not free."""
    season = [int(value) for value in pair.limits.get("SEASONAL", ()) if isinstance(value, int | float)]
    if len(season) != 2 or pair.posting.months is None:
        return False
    return not months(*pair.posting.months) <= months(*season)


def months(first: int, last: int) -> frozenset[int]:
    """The months of a season, over the turn of the year where it ends before it starts."""
    return frozenset((first - 1 + step) % 12 + 1 for step in range((last - first) % 12 + 1))


def over_before_one_is_free(pair: Pair) -> bool:
    """The season that runs now, or the next one, ends before the person can start."""
    start = next((day for day in map(as_day, pair.limits.get("AVAILABLE_FROM", ())) if day), None)
    if start is None or start <= pair.on or pair.posting.months is None:
        return False
    season, month = months(*pair.posting.months), pair.on.month
    ahead = next((step for step in range(12) if (month - 1 + step) % 12 + 1 in season), 0)
    while (month - 1 + ahead + 1) % 12 + 1 in season and ahead < 24:
        ahead += 1
    last = pair.on.year * 12 + month - 1 + ahead
    return start.year * 12 + start.month - 1 > last
