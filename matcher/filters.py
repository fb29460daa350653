"""Hard limits: what makes a posting unsuitable, each with its basis.

In: pairs. Out: for every limit an array that is True where it is broken; for one pair, the Exclusions.
A limit is one small function over arrays, used for whole blocks and for single pairs alike.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from matcher.columns import Pairs
from matcher.columns.arrays import Bools
from matcher.columns.traits import away_bits
from matcher.columns.vocabulary import SKILLED

SAME_KM = 0.1
"""Distances that differ by less are the same: plans keep them to a tenth of a kilometre."""


@dataclass(frozen=True, slots=True)
class Limit:
    """One hard limit: `breaks` is True for pairs that are shut out; `basis` is the code of the rule."""

    code: str
    breaks: Callable[[Pairs], Bools]
    basis: str


def breaks_constraint(pairs: Pairs) -> Bools:
    """A need of the person that the posting certainly goes against; a bed or a place for two matters only when away."""
    common = pairs.w.bits[pairs.wi] & pairs.p.hard[pairs.pi]
    at_night = (common & ~away_bits(pairs.vocabulary)) == 0
    return np.asarray((common != 0) & ~(at_night & pairs.within_day))


def breaks_age(pairs: Pairs) -> Bools:
    """Outside the ages the advert asks for; an unknown age passes and is asked."""
    age = pairs.w.age[pairs.wi]
    return np.asarray((age < pairs.p.age_low[pairs.pi]) | (age > pairs.p.age_high[pairs.pi]))


def breaks_education(pairs: Pairs) -> Bools:
    """Less schooling than the advert asks for; unknown schooling passes and is asked."""
    own = pairs.w.education[pairs.wi]
    return np.asarray((own >= 0) & (own < pairs.p.education[pairs.pi]))


def lacks_papers(pairs: Pairs) -> Bools:
    """A licence or certificate that is required is not held or has expired."""
    missing: Bools = np.zeros(np.broadcast_shapes(pairs.wi.shape, pairs.pi.shape), dtype=np.bool_)
    for word in range(pairs.vocabulary.words):
        required = pairs.p.required[:, word][pairs.pi]
        asking = np.flatnonzero(required.ravel())
        if asking.size and pairs.dense:
            held = pairs.w.licences[pairs.wi[:, 0], word]
            missing[:, asking] |= (required[:, asking] & ~held[:, None]) != 0
        elif asking.size:
            missing[asking] |= (required[asking] & ~pairs.w.licences[pairs.wi[asking], word]) != 0
    return missing | _lacks_all(pairs)


def _lacks_all(pairs: Pairs) -> Bools:
    """None of the papers is held of which one would do."""
    choosing: Bools = np.any(pairs.p.either != 0, axis=1)
    choice = choosing[pairs.pi]
    held: Bools = np.zeros(np.broadcast_shapes(pairs.wi.shape, pairs.pi.shape), dtype=np.bool_)
    if choice.any():
        for word in range(pairs.vocabulary.words):
            held |= (pairs.p.either[pairs.pi, word] & pairs.w.licences[pairs.wi, word]) != 0
    return np.asarray(choice & ~held)


def out_of_reach(pairs: Pairs) -> Bools:
    """Neither daily nor, for those who may stay away, weekly return, nor a move for the willing."""
    bound = pairs.w.day_return[pairs.wi] | np.isfinite(pairs.w.max_km[pairs.wi])
    moves = pairs.w.moves[pairs.wi]
    weekly = (
        (pairs.road_km <= np.float32(pairs.policy.number("commute.weekly_km")))
        & ((moves == 1) | ((moves != 0) & pairs.w.weekend_home[pairs.wi]))
        & ~bound
    )
    moving = (moves == 1) & ~bound & ~pairs.w.weekend_home[pairs.wi]
    here = pairs.same_county & ~bound & (moves == 0) & pairs.exact
    return np.asarray(~(pairs.within_day | pairs.distance_unsure | weekly | moving | here))


def no_nearer_than_refused(pairs: Pairs) -> Bools:
    """As far, as far as is known, as work the person has turned down for being too far; work at home is no way."""
    limit = pairs.w.nearer_km
    if not np.isfinite(limit).any():
        return np.zeros(np.broadcast_shapes(pairs.wi.shape, pairs.pi.shape), dtype=np.bool_)
    known = pairs.exact | ~pairs.same_county
    return np.asarray((pairs.road_km > limit[pairs.wi] - np.float32(SAME_KM)) & known & ~pairs.done_at_home)


def outside_the_wanted_places(pairs: Pairs) -> Bools:
    """Outside every place the person has limited the search to, or in one to be avoided; work at home is everywhere."""
    return np.asarray(pairs.table(pairs.w.place_bound, pairs.p.place) & ~pairs.done_at_home)


def without_a_bed(pairs: Pairs) -> Bools:
    """Farther than one comes home from, and no bed promised; of a place wished for silence is asked about."""
    bed, wished = pairs.p.lodging[pairs.pi], pairs.table(pairs.w.place_wish, pairs.p.place)
    lacking = (bed == 0) | ((bed < 0) & ~wished)
    return np.asarray(lacking & ~pairs.within_day & ~pairs.distance_unsure)


def for_people_of_the_place(pairs: Pairs) -> Bools:
    """A public-welfare or work-relief post of another county, or of another township by all that is known."""
    return np.asarray(pairs.p.local_first[pairs.pi] & (~pairs.same_county | pairs.other_township))


def outside_hours(pairs: Pairs) -> Bools:
    """Starts before or ends after the hours one is free."""
    start, end = pairs.p.start[pairs.pi], pairs.p.end[pairs.pi]
    return np.asarray((start < pairs.w.start[pairs.wi]) | (end > pairs.w.end[pairs.wi]))


def outside_season(pairs: Pairs) -> Bools:
    """The work falls in months one is not free; work of no stated season begins now, unless it is done at home."""
    now = np.uint16(1 << (pairs.policy.on.month - 1))
    months = pairs.p.months[pairs.pi]
    begins_now = np.where((months == 0) & ~pairs.p.at_home[pairs.pi], now, np.uint16(0))
    return np.asarray(((months | begins_now) & ~pairs.w.months[pairs.wi]) != 0)


def refused_occupation(pairs: Pairs) -> Bools:
    """Work the person has said no to."""
    return pairs.table(pairs.w.refuses, pairs.p.occupation)


def not_related(pairs: Pairs) -> Bools:
    """Neither wished nor near to it nor like anything done nor lived by skills that are held, where any is known."""
    least = np.float32(pairs.policy.number("plan.relevance"))
    near = np.maximum(pairs.wished, pairs.done)
    return np.asarray(pairs.w.wish_stated[pairs.wi] & (near < least))


def beyond_ability(pairs: Pairs) -> Bools:
    """Skilled work, or work with years asked for, by who has neither done it, nor anything like it, nor the skill."""
    least = np.float32(pairs.policy.number("plan.skilled_least"))
    skilled = pairs.vocabulary.entry[pairs.p.occupation[pairs.pi]] >= SKILLED
    practised = pairs.p.experience_years[pairs.pi] >= 1
    return np.asarray((skilled | practised) & (pairs.done < least) & (pairs.skill_cover < least))


LIMITS: tuple[Limit, ...] = (
    Limit("CONSTRAINT", breaks_constraint, "BASIS_NEED"),
    Limit("AGE", breaks_age, "BASIS_ADVERT"),
    Limit("EDUCATION", breaks_education, "BASIS_ADVERT"),
    Limit("CERTIFICATE", lacks_papers, "BASIS_LICENCE"),
    Limit("REACH", out_of_reach, "BASIS_REACH"),
    Limit("NEARER", no_nearer_than_refused, "BASIS_OWN_WISH"),
    Limit("PLACE", outside_the_wanted_places, "BASIS_OWN_WISH"),
    Limit("BED", without_a_bed, "BASIS_REACH"),
    Limit("LOCAL_FIRST", for_people_of_the_place, "BASIS_LOCAL_FIRST"),
    Limit("HOURS", outside_hours, "BASIS_OWN_HOURS"),
    Limit("SEASON", outside_season, "BASIS_OWN_SEASON"),
    Limit("REFUSED", refused_occupation, "BASIS_OWN_WISH"),
    Limit("ABILITY", beyond_ability, "BASIS_PRACTICE"),
    Limit("UNRELATED", not_related, "BASIS_OWN_WISH"),
)
RELAXABLE: tuple[str, ...] = ("CERTIFICATE", "REACH", "BED", "HOURS", "SEASON", "REFUSED", "ABILITY", "UNRELATED")
"""Limits a person could do something about; health, law, age and schooling are not among them."""


def broken(pairs: Pairs, limits: Sequence[Limit] = LIMITS) -> dict[str, Bools]:
    """For every limit, where it is broken."""
    return {limit.code: limit.breaks(pairs) for limit in limits}


def named(codes: Sequence[str]) -> tuple[Limit, ...]:
    """The limits of some codes."""
    return tuple(limit for limit in LIMITS if limit.code in codes)


def surviving(pairs: Pairs, limits: Sequence[Limit]) -> Bools:
    """Where none of the limits is broken."""
    alive: Bools = np.ones(np.broadcast_shapes(pairs.wi.shape, pairs.pi.shape), dtype=np.bool_)
    for limit in limits:
        alive &= ~limit.breaks(pairs)
    return alive
