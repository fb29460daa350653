"""The hard limits once more, from the domain's paragraphs and the truth of judged cases alone.

In: a judged person, a judged posting, the day. Out: every rule that sending one to the other would break, with its
paragraph. Shares no code and no table with the matcher; names certain breaches only, so what nobody knows passes
where it concerns home, hours, pay or board, and takes the truth's own hazards where it concerns health.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from matcher.trials.judged.cases import JudgedPerson, JudgedPosting
from matcher.trials.judged.checker import home, law
from matcher.trials.judged.checker.facts import HealthRule, health_rules
from matcher.trials.judged.checker.pair import Pair, pair_of


@dataclass(frozen=True, slots=True)
class Breach:
    """One rule that is broken."""

    rule: str
    paragraph: str


RULES: tuple[tuple[Callable[[Pair], bool], str], ...] = (
    (law.closed, "domain 5.2 conduct, pay floor; formats 5"),
    (law.nothing_to_be_sent, "formats 4 tracks"),
    (law.under_sixteen, "domain 5.1, 5.2 age"),
    (law.outside_the_ages_asked, "domain 5.2 age"),
    (law.building_site_past_its_age, "domain 5.2 age"),
    (law.special_operation_past_its_age, "domain 5.2 certificate"),
    (law.too_little_schooling, "domain 5.2 certificate"),
    (law.paper_missing, "domain 5.2 certificate"),
    (law.licensed_work_that_is_closed, "domain 5.7"),
    (law.too_heavy_for_weak_labour, "domain 5.4"),
    (law.overtime, "domain 5.2 mothers, 5.7"),
    (law.infant_at_home, "domain 5.2 mothers"),
    (home.outside_free_hours, "domain 5.7"),
    (home.more_than_part_time, "domain 5.7"),
    (home.lives_at_work, "domain 5.7"),
    (home.not_home_at_night, "domain 5.7; matching 2"),
    (home.farther_than_the_stated_way, "domain 5.7"),
    (home.away_without_being_willing, "matching 2"),
    (home.not_home_at_weekends, "domain 5.7; matching 2"),
    (home.not_at_home, "domain 5.7"),
    (home.not_where_one_wants_to_be, "domain 5.7"),
    (home.no_bed, "domain 5.7"),
    (home.outside_the_free_season, "domain 5.7"),
    (home.over_before_one_is_free, "domain 5.7"),
    (law.no_common_language, "domain 5.2 language"),
    (law.public_post_for_the_able, "domain 5.4, row 35"),
    (law.under_the_minimum_wage, "domain 5.2 pay floor, 5.6"),
)


def breaches(person: JudgedPerson, posting: JudgedPosting, on: date) -> list[Breach]:
    """Every hard rule that sending this person to this posting would break."""
    return [*_broken(pair_of(person, posting, on))]


def _broken(pair: Pair) -> Iterator[Breach]:
    """General rules first, then limits of health and law."""
    for rule, paragraph in RULES:
        if rule(pair):
            because = f": {pair.posting.closed}" if rule is law.closed else ""
            yield Breach(rule.__name__.replace("_", " ") + because, paragraph)
    for found in health_rules():
        if found.code in pair.limits and _breaks(found, pair):
            yield Breach(found.code, found.paragraph)


def _breaks(rule: HealthRule, pair: Pair) -> bool:
    """A hazard, too much load, or a family the limit shuts out."""
    hazards = pair.posting.hazards - {"N"} | ({"N"} if pair.at_night else set())
    heavy = rule.most_load is not None and (pair.posting.load or 0) > rule.most_load
    return heavy or bool(rule.hazards & hazards) or bool(rule.families & pair.posting.families)
