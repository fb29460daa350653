"""The hard limits once more, from the domain's paragraphs and the truth of judged cases alone.

In: a judged person, a judged posting, the day. Out: every rule that sending one to the other would break, with its
paragraph. Shares no code and no table with the matcher; names certain breaches only, so what nobody knows passes
where it concerns home, hours, pay or board, and takes the truth's own hazards where it concerns health.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from matcher.trials.case_files import clock_minutes
from matcher.trials.cases import JudgedPerson, JudgedPosting
from matcher.trials.checker_facts import HealthRule, education_rank, health_rules, lacks, minimum_wage
from matcher.trials.checker_reach import Reach, reach

NIGHT_SHIFTS = frozenset({"night", "rotating"})
BUILDING = frozenset({"construction_skilled", "construction_labour"})
SPECIAL_OPERATION = ("焊", "电工", "高处", "登高", "特种作业", "架子", "制冷")
LONG_DAY = int(10.5 * 60)
"""Minutes on the spot, breaks included, from which a day certainly holds overtime."""
FULL_DAY = 7 * 60
CARE = frozenset({"DAY_RETURN", "HOURS", "MIDDAY_HOME", "PART_TIME", "AT_HOME"})


@dataclass(frozen=True, slots=True)
class Breach:
    """One rule that is broken."""

    rule: str
    paragraph: str


@dataclass(frozen=True, slots=True)
class Pair:
    """One person and one posting on one day."""

    person: JudgedPerson
    posting: JudgedPosting
    on: date
    limits: Mapping[str, tuple[object, ...]]
    way: Reach

    @property
    def age(self) -> float:
        """Years; somebody of unknown age is taken for forty."""
        return 40.0 if self.person.age is None else self.person.age

    @property
    def at_night(self) -> bool:
        """Whether the work certainly or, for all that is known, usually falls in the night."""
        return self.posting.shift in NIGHT_SHIFTS or ("N" in self.posting.hazards and self.posting.shift != "day")

    @property
    def minutes_on_the_spot(self) -> int | None:
        """Length of the working day with its breaks."""
        return None if self.posting.hours is None else self.posting.hours[1] - self.posting.hours[0]


def pair_of(person: JudgedPerson, posting: JudgedPosting, on: date) -> Pair:
    """A pair with the limits in force and the way between them."""
    return Pair(person, posting, on, limits_in_force(person, on), reach(person, posting))


def limits_in_force(person: JudgedPerson, on: date) -> dict[str, tuple[object, ...]]:
    """The limits stated, those past their date left out, and those that follow from age and language."""
    found = {code: values for code, values in person.limits.items() if not _is_over(code, values, on)}
    if person.age is not None and 16 <= person.age < 18:
        found.setdefault("MINOR_16_18", ())
    if person.age is not None and person.age >= 60:
        found.setdefault("AGE_OVER_60", ())
    return found


def _is_over(code: str, values: tuple[object, ...], on: date) -> bool:
    """Whether a limit of health has ended before the day (NO_DRIVING until …)."""
    until = as_day(values[0]) if values and code.startswith("NO_") else None
    return until is not None and until < on


def as_day(value: object) -> date | None:
    """A stated day, None where it is none."""
    try:
        return date.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _under_sixteen(pair: Pair) -> bool:
    return pair.age < 16 or "UNDER_16" in pair.limits


def _nothing_to_be_sent(pair: Pair) -> bool:
    return not pair.person.owed_postings or bool({"NOT_SEEKING", "INFO_INSUFFICIENT"} & pair.limits.keys())


def _outside_the_ages_asked(pair: Pair) -> bool:
    low, high = pair.posting.age
    age = pair.person.age
    return age is not None and ((low is not None and age < low) or (high is not None and age > high))


def _building_site_past_its_age(pair: Pair) -> bool:
    """Shanghai, Tianjin, Huanggang: men from 60, women from 50; heavy or high work 55 and 45."""
    barred = pair.posting.county.startswith(("31", "12", "4211")) and bool(BUILDING & pair.posting.families)
    hard = (pair.posting.load or 0) >= 4 or "H" in pair.posting.hazards
    woman = pair.person.row.get("性别", "") == "女"
    return barred and pair.age >= ((45 if woman else 55) if hard else (50 if woman else 60))


def _special_operation_past_its_age(pair: Pair) -> bool:
    """Beyond the stepwise retirement age of 2026, which is past 60 and under 61 for men."""
    asked = any(word in paper for paper in pair.posting.papers for word in SPECIAL_OPERATION)
    return asked and (pair.age >= 61 or pair.age < 18)


def _too_little_schooling(pair: Pair) -> bool:
    own, asked = education_rank(pair.person.education), education_rank(pair.posting.education)
    guard = "security_guard" in pair.posting.families and own is not None and own < (education_rank("初中") or 0)
    return guard or (own is not None and asked is not None and own < asked)


def _paper_missing(pair: Pair) -> bool:
    return bool(lacks(pair.person.papers, pair.posting.papers))


def _licensed_work_that_is_closed(pair: Pair) -> bool:
    """NO_LICENSED_x: the named licence will not be given."""
    if "NO_LICENSED" not in pair.limits or not pair.posting.papers:
        return False
    named = [str(value) for value in pair.limits["NO_LICENSED"]]
    return not named or any(word in paper for word in named for paper in pair.posting.papers)


def _too_heavy_for_weak_labour(pair: Pair) -> bool:
    return pair.person.weak and (pair.posting.load or 0) > 2


def _overtime(pair: Pair) -> bool:
    bound = {"NO_OVERTIME", "LACTATION"} & pair.limits.keys()
    return bool(bound) and (pair.minutes_on_the_spot or 0) > LONG_DAY


def _infant_at_home(pair: Pair) -> bool:
    return "LACTATION" in pair.limits and bool(pair.posting.live_in)


def _outside_free_hours(pair: Pair) -> bool:
    """Work that starts before or ends after the hours, or goes through the night."""
    if "HOURS" not in pair.limits or pair.posting.home_work:
        return False
    times = [clock_minutes(value) for value in pair.limits["HOURS"]]
    if len(times) != 2 or times[0] is None or times[1] is None:
        return False
    if pair.posting.hours is None:
        return pair.posting.shift in NIGHT_SHIFTS
    return pair.posting.hours[0] < times[0] or pair.posting.hours[1] > times[1]


def _more_than_part_time(pair: Pair) -> bool:
    """More hours than the person has, an hour of break allowed."""
    values = [value for value in pair.limits.get("PART_TIME", ()) if isinstance(value, int | float)]
    spent = pair.minutes_on_the_spot
    return bool(values) and spent is not None and not pair.posting.home_work and spent > (float(values[0]) + 1) * 60


def _lives_at_work(pair: Pair) -> bool:
    bound = pair.person.home_daily or bool((CARE | {"MAX_KM"}) & pair.limits.keys())
    return bound and bool(pair.posting.live_in) and not pair.posting.home_work


def _not_home_at_night(pair: Pair) -> bool:
    bound = pair.person.home_daily or bool({"DAY_RETURN", "MIDDAY_HOME"} & pair.limits.keys())
    return bound and not pair.way.daily


def _farther_than_the_stated_way(pair: Pair) -> bool:
    values = [value for value in pair.limits.get("MAX_KM", ()) if isinstance(value, int | float)]
    return bool(values) and pair.way.km is not None and pair.way.km > float(values[0])


def _away_without_being_willing(pair: Pair) -> bool:
    """A daily return for everybody, a weekly one unless the person will not go away, a move for the willing."""
    if pair.way.daily:
        return False
    weekly = pair.way.weekly and pair.person.moves is not False
    return not weekly and pair.person.moves is not True


def _not_home_at_weekends(pair: Pair) -> bool:
    return "WEEKEND_HOME" in pair.limits and not pair.way.weekly


def _not_at_home(pair: Pair) -> bool:
    return "AT_HOME" in pair.limits and not pair.posting.home_work


def _no_bed(pair: Pair) -> bool:
    return "NEED_LODGING" in pair.limits and pair.posting.lodging is False and not pair.way.daily


def _outside_the_free_season(pair: Pair) -> bool:
    season = [int(value) for value in pair.limits.get("SEASONAL", ()) if isinstance(value, int | float)]
    if len(season) != 2 or pair.posting.months is None:
        return False
    return not months(*pair.posting.months) <= months(*season)


def months(first: int, last: int) -> frozenset[int]:
    """The months of a season, over the turn of the year where it ends before it starts."""
    return frozenset((first - 1 + step) % 12 + 1 for step in range((last - first) % 12 + 1))


def _over_before_one_is_free(pair: Pair) -> bool:
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


def _no_common_language(pair: Pair) -> bool:
    foreign = pair.person.mandarin is False or "LANG_MN_PREFERRED" in pair.limits
    return foreign and pair.posting.talk >= 2 and not pair.posting.mongolian_ok


def _public_post_for_the_able(pair: Pair) -> bool:
    """Weak or half labour, or bound to the home; skilled labour never."""
    if pair.posting.kind != "公益性岗位":
        return False
    skilled = "技能" in pair.person.row.get("劳动技能", "")
    bound = pair.person.home_daily or bool(CARE & pair.limits.keys())
    return skilled or not (pair.person.weak or bound)


def _under_the_minimum_wage(pair: Pair) -> bool:
    """Full work for less than the monthly minimum of the place; home and public-welfare work are paid otherwise."""
    least, spent = minimum_wage(pair.posting.county), pair.minutes_on_the_spot
    full = spent is None or spent >= FULL_DAY
    if least is None or pair.posting.pay is None or pair.posting.home_work or pair.posting.kind == "公益性岗位":
        return False
    return full and pair.posting.pay[1] < least


def _closed(pair: Pair) -> bool:
    return bool(pair.posting.closed)


RULES: tuple[tuple[Callable[[Pair], bool], str], ...] = (
    (_closed, "domain 5.2 conduct, pay floor; formats 5"),
    (_nothing_to_be_sent, "formats 4 tracks"),
    (_under_sixteen, "domain 5.1, 5.2 age"),
    (_outside_the_ages_asked, "domain 5.2 age"),
    (_building_site_past_its_age, "domain 5.2 age"),
    (_special_operation_past_its_age, "domain 5.2 certificate"),
    (_too_little_schooling, "domain 5.2 certificate"),
    (_paper_missing, "domain 5.2 certificate"),
    (_licensed_work_that_is_closed, "domain 5.7"),
    (_too_heavy_for_weak_labour, "domain 5.4"),
    (_overtime, "domain 5.2 mothers, 5.7"),
    (_infant_at_home, "domain 5.2 mothers"),
    (_outside_free_hours, "domain 5.7"),
    (_more_than_part_time, "domain 5.7"),
    (_lives_at_work, "domain 5.7"),
    (_not_home_at_night, "domain 5.7; matching 2"),
    (_farther_than_the_stated_way, "domain 5.7"),
    (_away_without_being_willing, "matching 2"),
    (_not_home_at_weekends, "domain 5.7; matching 2"),
    (_not_at_home, "domain 5.7"),
    (_no_bed, "domain 5.7"),
    (_outside_the_free_season, "domain 5.7"),
    (_over_before_one_is_free, "domain 5.7"),
    (_no_common_language, "domain 5.2 language"),
    (_public_post_for_the_able, "domain 5.4, row 35"),
    (_under_the_minimum_wage, "domain 5.2 pay floor, 5.6"),
)


def breaches(person: JudgedPerson, posting: JudgedPosting, on: date) -> list[Breach]:
    """Every hard rule that sending this person to this posting would break."""
    return [*_broken(pair_of(person, posting, on))]


def _broken(pair: Pair) -> Iterator[Breach]:
    """General rules first, then limits of health and law."""
    for rule, paragraph in RULES:
        if rule(pair):
            because = f": {pair.posting.closed}" if rule is _closed else ""
            yield Breach(rule.__name__.strip("_").replace("_", " ") + because, paragraph)
    for found in health_rules():
        if found.code in pair.limits and _breaks(found, pair):
            yield Breach(found.code, found.paragraph)


def _breaks(rule: HealthRule, pair: Pair) -> bool:
    """A hazard, too much load, or a family the limit shuts out."""
    hazards = pair.posting.hazards - {"N"} | ({"N"} if pair.at_night else set())
    heavy = rule.most_load is not None and (pair.posting.load or 0) > rule.most_load
    return heavy or bool(rule.hazards & hazards) or bool(rule.families & pair.posting.families)
