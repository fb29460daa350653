"""What a posting asks of body, time and home, judged against every constraint code.

In: a posting and its facts. Out: two bit sets over LIMIT_CODES: what the posting certainly breaks (`hard`) and
what has to be asked first (`ask`). Unknown against health, law or a licence breaks; against home it is asked.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

import numpy as np

from matcher.columns.vocabulary import Vocabulary
from matcher.domain.localtime import hours_between
from matcher.domain.posting import Posting, PostingFacts, PostingKind, Shift
from matcher.policy import PolicyAt

PSEUDO_CODES = ("WEAK_LABOUR", "PUBLIC_POST_GATE", "NO_MANDARIN", "SPECIAL_OPERATION_AGE", "SITE_SHUT", "ALONE")
"""Limits that follow from fields of the person rather than from a constraint code."""


AWAY_LIMITS = ("NEED_LODGING", "COUPLE_POST")
"""Limits that matter only where one does not come home the same day."""
FULL_DAY, SHORT_DAY = 7, 5.5
"""Hours on the spot from which work is no longer part-time, and the most that who has half a day can work."""
LONG_DAY = 10.5
"""Hours on the spot, breaks included, that certainly hold overtime."""
SITES = frozenset({"construction_skilled", "construction_labour"})
KITCHENS, MEAT = (
    frozenset({"cook", "kitchen_helper", "pastry_cook"}),
    frozenset({"slaughter_cutting", "restaurant_hotel"}),
)


class Verdict(IntEnum):
    """What a posting means for a limit."""

    FINE = 0
    ASK = 1
    BREAKS = 2


@dataclass(frozen=True, slots=True)
class Traits:
    """A posting as the limits see it; `certain` hazards stand in the advert or are of the nature of the work."""

    posting: Posting
    facts: PostingFacts
    family: str
    recognised: bool
    hazards: frozenset[str]
    load: int | None
    talk: int
    requires_licence: bool
    special_operation: bool
    age_min: int
    live_in_only_typical: bool
    policy: PolicyAt


def posting_traits(posting: Posting, facts: PostingFacts, vocabulary: Vocabulary, policy: PolicyAt) -> Traits:
    """The traits of a posting: those of its occupation, with what the advert adds or denies."""
    occupation = vocabulary.lexicon.occupations.get(facts.occupation)
    typical = occupation.hazards if occupation else frozenset[str]()
    stated = {term.code for term in facts.hazards}
    hazards = (typical | stated) - {term.code for term in facts.hazards_absent}
    if facts.shift.value in {Shift.NIGHT, Shift.ROTATING}:
        hazards |= {"night"}
    elif facts.shift.value is Shift.DAY and "night" not in stated:
        hazards -= {"night"}
    typical_live_in = bool(occupation and occupation.live_in) or "live_in" in typical
    hazards -= {"live_in"}
    if facts.live_in.value or (facts.live_in.value is None and ("live_in" in stated or typical_live_in)):
        hazards |= {"live_in"}
    required = {asked.skill for asked in facts.skills if asked.required} | set(
        occupation.licences if occupation else ()
    )
    gated = {code for code in required if code in vocabulary.lexicon.skills and vocabulary.lexicon.skills[code].gate}
    return Traits(
        posting=posting,
        facts=facts,
        family=occupation.family if occupation else "",
        recognised=occupation is not None,
        hazards=frozenset(hazards),
        load=facts.load.value or (occupation.load if occupation else None),
        talk=0 if facts.written_only.value else occupation.talk if occupation else 1,
        requires_licence=bool(gated),
        special_operation=bool(occupation and occupation.age_max_rule == "special_operation"),
        age_min=(occupation.age_min or 0) if occupation else 0,
        live_in_only_typical=typical_live_in and facts.live_in.value is None and "live_in" not in stated,
        policy=policy,
    )


def _ask_unless(fine: bool | None) -> Verdict:
    """Fine where known so, asked otherwise."""
    return Verdict.FINE if fine else Verdict.ASK


def _part_time(traits: Traits) -> Verdict:
    """Short or free hours are fine, a full day breaks."""
    facts = traits.facts
    if facts.shift.value in {Shift.PART_TIME, Shift.FLEXIBLE} or facts.at_home.value:
        return Verdict.FINE
    hours, spent = facts.hours_per_day.value, _spent(traits)
    if hours is None and spent:
        hours = spent
    if hours is None:
        return Verdict.ASK
    return Verdict.BREAKS if hours > SHORT_DAY or spent >= FULL_DAY else Verdict.FINE


def _spent(traits: Traits) -> float:
    """Hours from the beginning to the end of a working day, breaks included; 0 where not told."""
    start, end = traits.facts.start_minute.value, traits.facts.end_minute.value
    return 0.0 if start is None or end is None else hours_between(start, end)


def bed_of(traits: Traits) -> bool | None:
    """Whether a bed is promised, denied, or not spoken of; work one lives at brings its own."""
    stated = traits.facts.lodging.value
    return True if stated is None and "live_in" in traits.hazards else stated


def _bed(traits: Traits) -> Verdict:
    """Of a bed nobody speaks of one cannot be sure far from home."""
    return Verdict.FINE if bed_of(traits) else Verdict.BREAKS


def _hours(traits: Traits) -> Verdict:
    """A changing or night shift breaks a window; without stated hours one asks."""
    facts = traits.facts
    if facts.shift.value in {Shift.NIGHT, Shift.ROTATING}:
        return Verdict.BREAKS
    if facts.shift.value in {Shift.FLEXIBLE, Shift.PART_TIME} or facts.at_home.value:
        return Verdict.FINE
    return _ask_unless(facts.start_minute.value is not None and facts.end_minute.value is not None)


def _overtime(traits: Traits) -> Verdict:
    """Overtime breaks, silence is asked."""
    overtime = traits.facts.overtime.value
    if _spent(traits) >= LONG_DAY and traits.facts.shift.value not in {Shift.FLEXIBLE, Shift.PART_TIME}:
        return Verdict.BREAKS
    return Verdict.ASK if overtime is None else Verdict.BREAKS if overtime else Verdict.FINE


def _construction(traits: Traits) -> Verdict:
    """Sites in regions with a table break it; elsewhere one asks."""
    if traits.family not in SITES:
        return Verdict.FINE
    regions = traits.policy.texts("limits.construction_regions")
    return Verdict.BREAKS if traits.posting.place.code.startswith(regions) else Verdict.ASK


def _mandarin(traits: Traits) -> Verdict:
    """For a person without Mandarin: work that lives by talking breaks unless Mongolian will do."""
    facts = traits.facts
    if facts.mongolian_ok.value:
        return Verdict.FINE
    if facts.mandarin_needed.value or traits.talk >= 2:
        return Verdict.BREAKS
    return Verdict.FINE if traits.talk == 0 else Verdict.ASK


def _food(traits: Traits) -> Verdict:
    """A kitchen has to be halal for who keeps to it; where one eats or handles meat, it is asked about."""
    if traits.facts.halal.value:
        return Verdict.FINE
    if traits.family in KITCHENS:
        return Verdict.BREAKS
    return Verdict.ASK if traits.facts.board.value or traits.family in MEAT else Verdict.FINE


def _no_security(traits: Traits) -> Verdict:
    """Posts the law closes to a record, and those that practice does not propose."""
    closed = (*traits.policy.texts("limits.record_families"), *traits.policy.texts("limits.record_practice_families"))
    return Verdict.BREAKS if traits.family in closed or not traits.recognised else Verdict.FINE


def _licensed(traits: Traits) -> Verdict:
    """Posts that need a licence."""
    return Verdict.BREAKS if traits.requires_licence else Verdict.FINE


def _minor(traits: Traits) -> Verdict:
    """Work that asks for an adult by law or by its nature."""
    return Verdict.BREAKS if traits.age_min >= traits.policy.number("entitlement.age_adult") else Verdict.FINE


def _season(traits: Traits) -> Verdict:
    """Months that are not stated are asked about; stated ones are compared in the filters."""
    return _ask_unless(traits.facts.season.value is not None)


def _weak(traits: Traits) -> Verdict:
    """Weak or half labour does light work."""
    if traits.load is None:
        return Verdict.BREAKS
    light = traits.load <= traits.policy.whole("limits.weak_load")
    return Verdict.FINE if light else Verdict.BREAKS


def _weekend(traits: Traits) -> Verdict:
    """Who lives with the animals does not come home every week, unless days off are stated."""
    away = "live_in" in traits.hazards and "livestock" in traits.hazards
    return Verdict.BREAKS if away and not traits.facts.rest_days_per_month.value else Verdict.FINE


SPECIAL: dict[str, Callable[[Traits], Verdict]] = {
    "AT_HOME": lambda traits: Verdict.FINE if traits.facts.at_home.value else Verdict.BREAKS,
    "PART_TIME": _part_time,
    "HOURS": _hours,
    "NO_OVERTIME": _overtime,
    "LACTATION": _overtime,
    "PREGNANT": _overtime,
    "AGE_CONSTRUCTION": _construction,
    "MINOR_16_18": _minor,
    "SEASONAL": _season,
    "AVAILABLE_FROM": lambda traits: Verdict.ASK,
    "HALAL": _food,
    "COUPLE_POST": lambda traits: Verdict.FINE if traits.facts.couples.value else Verdict.BREAKS,
    "NEED_LODGING": _bed,
    "SUPERVISED": lambda traits: _ask_unless(traits.facts.trained_on_job.value),
    "NO_SECURITY": _no_security,
    "NO_LICENSED": _licensed,
    "LANG_MN_PREFERRED": lambda traits: _ask_unless(traits.talk == 0 or traits.facts.mongolian_ok.value),
    "WEAK_LABOUR": _weak,
    "PUBLIC_POST_GATE": lambda traits: (
        Verdict.BREAKS if traits.posting.kind is PostingKind.PUBLIC_WELFARE else Verdict.FINE
    ),
    "NO_MANDARIN": _mandarin,
    "WEEKEND_HOME": _weekend,
    "ALONE": lambda traits: Verdict.BREAKS if traits.facts.couples_only.value else Verdict.FINE,
    "SITE_SHUT": lambda traits: Verdict.BREAKS if traits.family in SITES else Verdict.FINE,
    "SPECIAL_OPERATION_AGE": lambda traits: Verdict.BREAKS if traits.special_operation else Verdict.FINE,
}
"""Limits that need more than hazards and load."""

STRICT_FAMILIES = frozenset({"health", "law", "document"})


@lru_cache(maxsize=4)
def limit_codes(vocabulary: Vocabulary) -> tuple[str, ...]:
    """All codes that can shut a posting out, in a fixed order; their positions are the bits."""
    handled = [code for code, entry in vocabulary.lexicon.constraints.items() if entry.family != "handling"]
    return (*sorted(handled), *PSEUDO_CODES)


@lru_cache(maxsize=4)
def away_bits(vocabulary: Vocabulary) -> np.uint64:
    """The bits of limits that matter only where one does not come home the same day."""
    codes = limit_codes(vocabulary)
    return np.uint64(sum(1 << codes.index(code) for code in AWAY_LIMITS))


def judge(code: str, traits: Traits, vocabulary: Vocabulary) -> Verdict:
    """What a posting means for one limit."""
    entry = vocabulary.lexicon.constraints.get(code)
    special = SPECIAL[code](traits) if code in SPECIAL else Verdict.FINE
    if entry is None or special is Verdict.BREAKS:
        return special
    met = entry.excludes_hazards & traits.hazards
    too_heavy = entry.max_load is not None and traits.load is not None and traits.load > entry.max_load
    if too_heavy or met - {"live_in"} or (met and not traits.live_in_only_typical):
        return Verdict.BREAKS
    if not traits.recognised and entry.family in STRICT_FAMILIES and (entry.excludes_hazards or entry.max_load):
        return Verdict.BREAKS
    return Verdict.ASK if met else special


def likeness(traits: Traits) -> tuple[object, ...]:
    """Everything a verdict can depend on; postings alike in it are judged once."""
    facts = traits.facts
    regions = traits.policy.texts("limits.construction_regions")
    return (
        *(traits.family, traits.recognised, traits.hazards, traits.load, traits.talk, traits.requires_licence),
        *(traits.special_operation, traits.live_in_only_typical, traits.posting.kind),
        *(facts.shift.value, facts.start_minute.value, facts.end_minute.value, facts.hours_per_day.value),
        *(facts.overtime.value, facts.board.value, facts.lodging.value, facts.at_home.value, facts.couples.value),
        facts.couples_only.value,
        facts.rest_days_per_month.value,
        *(facts.halal.value, facts.trained_on_job.value, facts.mongolian_ok.value, facts.mandarin_needed.value),
        traits.posting.place.code.startswith(regions),
    )


def judge_postings(postings: Sequence[Traits], codes: tuple[str, ...], vocabulary: Vocabulary) -> list[tuple[int, int]]:
    """(hard, ask) bit sets of every posting."""
    judged: dict[tuple[object, ...], tuple[int, int]] = {}
    found = []
    for traits in postings:
        key = likeness(traits)
        if key not in judged:
            judged[key] = judge_all(traits, codes, vocabulary)
        found.append(judged[key])
    return found


def judge_all(traits: Traits, codes: tuple[str, ...], vocabulary: Vocabulary) -> tuple[int, int]:
    """(hard, ask) bit sets of a posting over all limits."""
    hard = ask = 0
    for position, code in enumerate(codes):
        verdict = judge(code, traits, vocabulary)
        if verdict is Verdict.BREAKS:
            hard |= 1 << position
        elif verdict is Verdict.ASK:
            ask |= 1 << position
    return hard, ask
