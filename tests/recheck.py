"""The hard limits once more, written from the domain's rules and the file formats alone.

In: a person and a posting with their facts, and the day. Out: which hard rules a recommendation of one to the other
would break, in plain words. Shares no code with the filters; only certain breaches are named.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from matcher.domain.posting import Posting, PostingFacts, PostingKind, PostingState, Shift, WageUnit
from matcher.domain.worker import Constraint, LabourSkill, Sex, Transport, Worker, WorkerFacts
from matcher.reference.lexicon import Lexicon, Occupation, load_lexicon

KM_AN_HOUR = {"FOOT": 4, "BICYCLE": 10, "EBIKE": 20, "MOTORBIKE": 35, "BUS": 25, "CAR": 50}
BUILDING = {"construction_skilled", "construction_labour"}
PAPERS = {"certificate", "licence"}
MINIMUM_WAGE = {"150502": 1910, "150581": 1910, "1505": 1850, "15": 1850}
HAZARD_LIMITS = {
    "NO_HEIGHT": {"height"},
    "NO_DUST": {"dust"},
    "NO_LIVESTOCK": {"livestock"},
    "NO_COLD_WET": {"cold_wet"},
    "NO_CHEMICAL": {"chemical"},
    "NO_DRIVING": {"vehicle"},
    "NO_COLOUR_TASK": {"colour"},
    "NO_NIGHT": {"night"},
    "NO_PHONE": {"phone"},
    "LACTATION": {"night"},
    "PREGNANT": {"night", "height", "chemical", "underground"},
    "MINOR_16_18": {"height", "dust", "chemical", "night", "machine", "underground"},
    "AGE_OVER_60": {"height", "underground"},
}
"""Domain 5.2 and 5.7: what each limit keeps away from, by the hazards of domain 9.1."""
MOST_LOAD = {"NO_HEAVY": 3, "PREGNANT": 3, "STEP_FREE_ACCESS": 3, "MINOR_16_18": 3, "AGE_OVER_60": 3}


@dataclass(frozen=True, slots=True)
class Pairing:
    """One person, one posting, one day."""

    worker: Worker
    facts: WorkerFacts
    posting: Posting
    asked: PostingFacts
    on: date
    lexicon: Lexicon

    @property
    def occupation(self) -> Occupation | None:
        """What kind of work it is."""
        return self.lexicon.occupations.get(self.asked.occupation)

    @property
    def age(self) -> float:
        """Age in years, NaN unknown."""
        birth = self.facts.birth_date.value
        return math.nan if birth is None else (self.on.year - birth.year) - (birth.replace(year=2000) > self._day())

    def _day(self) -> date:
        """The day in a leap year, to compare birthdays."""
        return self.on.replace(year=2000)

    @property
    def limits(self) -> dict[str, Constraint]:
        """Limits in force, and those that follow from age."""
        found = {item.code: item for item in self.facts.constraints if not item.until or item.until >= self.on}
        if self.age < 18:
            found["MINOR_16_18"] = Constraint(code="MINOR_16_18")
        if self.age >= 60:
            found["AGE_OVER_60"] = Constraint(code="AGE_OVER_60")
        return found

    @property
    def home_every_day(self) -> bool:
        """Whether the person has to be home every day."""
        return bool(self.worker.daily_return) or bool({"DAY_RETURN", "MIDDAY_HOME", "AT_HOME"} & self.limits.keys())

    @property
    def hazards(self) -> set[str]:
        """The certain burdens of the work."""
        found = set(self.occupation.hazards) if self.occupation else set()
        found |= {term.code for term in self.asked.hazards}
        found -= {term.code for term in self.asked.hazards_absent}
        if self.asked.shift.value in {Shift.NIGHT, Shift.ROTATING}:
            return found | {"night"}
        stated = any(term.code == "night" for term in self.asked.hazards)
        return found - {"night"} if self.asked.shift.value is Shift.DAY and not stated else found

    @property
    def load(self) -> int:
        """How heavy the work is, 0 unknown."""
        return self.asked.load.value or (self.occupation.load if self.occupation else 0)

    @property
    def lives_in(self) -> bool:
        """Whether one certainly lives at the workplace."""
        return bool(self.asked.live_in.value)

    def km(self) -> float:
        """Kilometres by road where both ends are known well enough to say, else NaN."""
        home, place = self.worker.home, self.posting.place
        if None in (home.lat, home.lon, place.lat, place.lon):
            return math.nan
        precise = {home.precision.value, place.precision.value} <= {"point", "township"}
        if not precise and home.code[:6] == place.code[:6]:
            return math.nan
        lat1, lat2 = math.radians(home.lat or 0), math.radians(place.lat or 0)
        span = math.radians((place.lon or 0) - (home.lon or 0))
        cosine = math.sin(lat1) * math.sin(lat2) + math.cos(lat1) * math.cos(lat2) * math.cos(span)
        return math.acos(min(1.0, max(-1.0, cosine))) * 6371 * 1.3

    def minutes(self) -> float:
        """Minutes one way by the person's means; the bus where none is stated."""
        means = (self.facts.transport.value or self.worker.transport or Transport.BUS).name
        return self.km() / KM_AN_HOUR[means] * 60 + (20 if means == "BUS" else 0)


def _under_age(case: Pairing) -> bool:
    return case.age < 16


def _outside_asked_ages(case: Pairing) -> bool:
    limit = case.asked.age
    return limit is not None and (case.age < (limit.low or 0) or case.age > (limit.high or 200))


def _adult_work_for_a_minor(case: Pairing) -> bool:
    return case.age < 18 and case.occupation is not None and (case.occupation.age_min or 0) >= 18


def _special_operation_past_its_age(case: Pairing) -> bool:
    return case.age >= 60 and case.occupation is not None and case.occupation.age_max_rule == "special_operation"


def _building_site_past_its_age(case: Pairing) -> bool:
    barred = case.posting.place.code[:2] in {"31", "12"} and case.occupation is not None
    past = case.age >= (60 if case.facts.sex.value is Sex.MALE else 50)
    return barred and past and case.occupation is not None and case.occupation.family in BUILDING


def _too_little_schooling(case: Pairing) -> bool:
    own, asked = case.facts.education.value, case.asked.education.value
    return own is not None and asked is not None and own < asked


def _required_papers(case: Pairing) -> set[str]:
    skills = case.lexicon.skills
    lawful = {code for code in (case.occupation.licences if case.occupation else ()) if skills[code].gate}
    return lawful | {
        asked.skill
        for asked in case.asked.skills
        if asked.required and not asked.instead and asked.skill in skills and skills[asked.skill].kind in PAPERS
    }


def _no_paper_of_a_choice(case: Pairing, held: set[str]) -> bool:
    choices = [{asked.skill, *asked.instead} for asked in case.asked.skills if asked.required and asked.instead]
    return any(not choice & held for choice in choices[:1])


def _paper_missing_or_expired(case: Pairing) -> bool:
    held: set[str] = set()
    for item in case.facts.skills:
        if item.valid_to is None or item.valid_to >= case.on:
            held |= case.lexicon.proved_by(item.skill)
    return bool(_required_papers(case) - held) or _no_paper_of_a_choice(case, held)


def _hazard_against_a_limit(case: Pairing) -> bool:
    return any(HAZARD_LIMITS[code] & case.hazards for code in case.limits.keys() & HAZARD_LIMITS.keys())


def _too_heavy(case: Pairing) -> bool:
    most = [MOST_LOAD[code] for code in case.limits.keys() & MOST_LOAD.keys()]
    if case.worker.labour_skill is LabourSkill.WEAK:
        most.append(2)
    return bool(most) and case.load > min(most)


def _unknown_work_against_health(case: Pairing) -> bool:
    """Unknown against a limit of health: no default, not suggested."""
    body = case.limits.keys() & (HAZARD_LIMITS.keys() | {"NO_HEAVY"})
    return case.occupation is None and any(code.startswith("NO_") for code in body)


def _not_home_at_night(case: Pairing) -> bool:
    if not case.home_every_day or case.asked.at_home.value:
        return False
    return case.lives_in or case.minutes() > 61


def _too_far_for_the_stated_distance(case: Pairing) -> bool:
    found = case.limits.get("MAX_KM")
    return found is not None and bool(found.values) and not case.asked.at_home.value and case.km() > found.values[0] + 1


def _away_without_being_willing(case: Pairing) -> bool:
    stated = case.facts.willing_to_move.value
    willing = case.worker.willing_to_move if stated is None else stated
    other = case.worker.home.code[:6] != case.posting.place.code[:6]
    return willing is False and other and case.minutes() > 61 and not case.asked.at_home.value


def _outside_free_hours(case: Pairing) -> bool:
    window = case.limits.get("HOURS")
    if window is None or len(window.values) != 2:
        return False
    start, end = case.asked.start_minute.value, case.asked.end_minute.value
    early = start is not None and start < window.values[0]
    late = end is not None and end > window.values[1]
    return early or late or case.asked.shift.value in {Shift.NIGHT, Shift.ROTATING}


def _outside_the_free_season(case: Pairing) -> bool:
    season, work = case.limits.get("SEASONAL"), case.asked.season.value
    if season is None or len(season.values) != 2 or work is None:
        return False
    return bool(_months(*work) - _months(*season.values))


def _months(first: int, last: int) -> set[int]:
    return {(first - 1 + step) % 12 + 1 for step in range((last - first) % 12 + 1)}


def _refused_kind_of_work(case: Pairing) -> bool:
    return any(term.code == case.asked.occupation for term in case.facts.refused)


def _closed_to_a_record(case: Pairing) -> bool:
    guard = case.occupation is None or case.occupation.family in {"security_guard", "childcare_assistant"}
    return "NO_SECURITY" in case.limits and guard


def _home_work_only(case: Pairing) -> bool:
    return "AT_HOME" in case.limits and not case.asked.at_home.value


def _needs_lodging_that_is_denied(case: Pairing) -> bool:
    return "NEED_LODGING" in case.limits and case.asked.lodging.value is False and case.minutes() > 61


def _no_common_language(case: Pairing) -> bool:
    talks = case.asked.mandarin_needed.value or (case.occupation is not None and case.occupation.talk >= 2)
    return case.facts.speaks_mandarin.value is False and bool(talks) and not case.asked.mongolian_ok.value


def _misconduct(case: Pairing) -> bool:
    return bool(case.asked.conduct)


def _expired(case: Pairing) -> bool:
    return case.posting.deadline is not None and case.posting.deadline < case.on


def _under_the_minimum_wage(case: Pairing) -> bool:
    wage, code = case.asked.wage, case.posting.place.code
    least = next((MINIMUM_WAGE[code[:n]] for n in (6, 4, 2) if code[:n] in MINIMUM_WAGE), None)
    part_time = case.asked.shift.value in {Shift.PART_TIME, Shift.FLEXIBLE}
    top = None if wage is None else wage.high if wage.high is not None else wage.low
    if wage is None or top is None or least is None or case.on < date(2021, 12, 1):
        return False
    hours = case.asked.hours_per_day.value or _short_window(case)
    if hours is None:
        return top < least and not part_time
    return top * 8 < least * (hours if hours < 7 or wage.unit is WageUnit.HOUR else 8)


def _short_window(case: Pairing) -> float | None:
    start, end = case.asked.start_minute.value, case.asked.end_minute.value
    hours = None if start is None or end is None else (end - start) % 1440 / 60
    return hours if hours and hours < 8 else None


def _public_post_for_the_able(case: Pairing) -> bool:
    """Domain 5.4: able-bodied youth and skilled workers never."""
    if case.posting.kind is not PostingKind.PUBLIC_WELFARE:
        return False
    bound = case.home_every_day or {"HOURS", "PART_TIME"} & case.limits.keys()
    able = case.worker.labour_skill is not LabourSkill.WEAK and not bound
    return case.worker.labour_skill is LabourSkill.SKILLED or able


RULES: tuple[Callable[[Pairing], bool], ...] = (
    _under_age,
    _outside_asked_ages,
    _adult_work_for_a_minor,
    _special_operation_past_its_age,
    _building_site_past_its_age,
    _too_little_schooling,
    _paper_missing_or_expired,
    _hazard_against_a_limit,
    _too_heavy,
    _unknown_work_against_health,
    _not_home_at_night,
    _too_far_for_the_stated_distance,
    _away_without_being_willing,
    _outside_free_hours,
    _outside_the_free_season,
    _refused_kind_of_work,
    _closed_to_a_record,
    _home_work_only,
    _needs_lodging_that_is_denied,
    _no_common_language,
    _misconduct,
    _expired,
    _under_the_minimum_wage,
    _public_post_for_the_able,
)


def broken_rules(
    worker: Worker,
    facts: WorkerFacts,
    posting: Posting,
    asked: PostingFacts,
    on: date,
    state: PostingState = PostingState.OPEN,
) -> list[str]:
    """Every hard rule this recommendation breaks, in words."""
    return [*_broken(Pairing(worker, facts, posting, asked, on, load_lexicon()), state)]


def _broken(case: Pairing, state: PostingState) -> Iterator[str]:
    """The names of the rules as words."""
    if state is not PostingState.OPEN:
        yield "not open"
    for rule in RULES:
        if rule(case):
            yield rule.__name__.strip("_").replace("_", " ")
