"""How near every kind of work is to what a person goes by.

In: facts of a person. Out: `GoesBy`, all that this nearness depends on, and from it one value in [0, 1] an
occupation: wished, done, near to either, lived by skills that are held, or open to anybody.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from matcher.columns.vocabulary import NO_WAY, Vocabulary
from matcher.domain.worker import WorkerFacts
from matcher.policy import PolicyAt
from matcher.reference.ways import NOTHING_KNOWN

AT_HOME_MOSTLY = frozenset({"AT_HOME", "MIDDAY_HOME", "PART_TIME", "STEP_FREE_ACCESS"})
"""Who is offered work at home and light handwork beside whatever was wished for."""
NEIGHBOUR, FAMILY = np.float32(0.9), np.float32(0.5)
Row = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class GoesBy:
    """Work wished for, or else done, with how surely it speaks; all work known; and how open the person is."""

    known: frozenset[tuple[int, float]]
    like: frozenset[int]
    named: bool
    any_work: bool
    bound: bool

    @property
    def says_something(self) -> bool:
        """Whether there is work wished, done or open to go by."""
        return bool(self.known) or self.named or self.any_work


def years_strength(years: float | None) -> float:
    """How much of an occupation stays: 0.7 where the length is unknown, 1 from three years on."""
    return 0.7 if years is None else min(1.0, 0.55 + 0.15 * max(years, 0.0))


def goes_by(facts: WorkerFacts, codes: Collection[str], vocabulary: Vocabulary) -> GoesBy:
    """What a person goes by; work done speaks less surely than a wish, and only where there is none."""
    at = vocabulary.occupation_at
    wished = [at[term.code] for term in facts.wished if term.code in at]
    done = [(at[item.occupation], item.years) for item in facts.experience if item.current and item.occupation in at]
    past = [at[item.occupation] for item in facts.experience if item.occupation in at]
    known: Iterable[tuple[int, float]] = ((position, 1.0) for position in wished)
    if not facts.wished:
        known = ((position, 0.5 + 0.35 * years_strength(years)) for position, years in done)
    return GoesBy(
        known=frozenset(known),
        like=frozenset([*wished, *past]),
        named=bool(facts.wished),
        any_work=bool(facts.any_work.value),
        bound=any(code in AT_HOME_MOSTLY for code in codes),
    )


def nearness_row(person: GoesBy, held: Row, vocabulary: Vocabulary, policy: PolicyAt) -> Row:
    """How near each occupation is, shape (occupations,)."""
    cover = vocabulary.profiles @ held
    best = np.maximum(
        _open_to(person, held, vocabulary, policy), cover * np.float32(policy.number("plan.skill_counts"))
    )
    near = _near_each(vocabulary)
    for position, weight in person.known:
        best = np.maximum(best, near[position] * np.float32(weight))
    return np.asarray(best, dtype=np.float32)


@lru_cache(maxsize=4)
def _near_each(vocabulary: Vocabulary) -> Row:
    """How near work known brings every occupation, (occupations, occupations): itself, its neighbours, its family."""
    family = vocabulary.family[:, None] == vocabulary.family
    near: Row = np.maximum(vocabulary.nearness * NEIGHBOUR, np.where(family, FAMILY, np.float32(0)))
    np.fill_diagonal(near, 1)
    return near


@lru_cache(maxsize=4)
def _load_apart(vocabulary: Vocabulary) -> npt.NDArray[np.int8]:
    """How much the loads of occupations differ, (occupations, occupations)."""
    return np.asarray(np.abs(vocabulary.load[:, None] - vocabulary.load), dtype=np.int8)


def _open_to(person: GoesBy, held: Row, vocabulary: Vocabulary, policy: PolicyAt) -> Row:
    """Work that is offered beside one's own, nearer the more its load is like that of some work known."""
    near = _beside(person, held, vocabulary, policy)
    if person.bound:
        near = np.maximum(near, vocabulary.bound)
    if not person.like:
        return near
    apart = _load_apart(vocabulary)[sorted(person.like)].min(axis=0)
    return np.asarray(near * (1 - policy.number("plan.load_apart") * apart), dtype=np.float32)


def _beside(person: GoesBy, held: Row, vocabulary: Vocabulary, policy: PolicyAt) -> Row:
    """How near the ways from what is known of a person bring each occupation."""
    columns = {*vocabulary.background[sorted(person.like)].tolist(), *vocabulary.taught_in[held > 0].tolist()} - {
        NO_WAY
    }
    if person.any_work or not person.like:
        columns.add(vocabulary.way_at[NOTHING_KNOWN])
    share = vocabulary.ways[:, sorted(columns)].max(axis=1)
    least = policy.number(_least(person))
    near = np.where(share > 0, least + policy.number("plan.way_counts") * share, 0.0)
    return near.astype(np.float32)


def _least(person: GoesBy) -> str:
    """The policy's name for how near the least usual way brings: more to whoever is open, or has named no work."""
    return "plan.any_work" if person.any_work else "plan.way_least" if person.named else "plan.no_wish"
