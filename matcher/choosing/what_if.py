"""What if: the person would go farther, stay there, take less pay, had a paper or had been to a class.

In: a seat and what is tried. Out: how many more postings fit, the best of them, and which of the three would change;
nothing is stored. What the person says for good is kept as her word of the day, and the plan is made anew.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

import numpy as np

from matcher.by_hand import conceded
from matcher.casework import plan_people
from matcher.choosing.seat import Seat, seated_as
from matcher.choosing.survey import Survey, survey, without_twins
from matcher.class_gains import ClassRow, effect_of, with_effect
from matcher.domain.choosing.choices import Switch
from matcher.domain.match import Match
from matcher.domain.worker import SkillHeld
from matcher.office import Office
from matcher.store.store import UnitOfWork
from matcher.warm import settle_workers

SHOWN = 5
"""Postings named that would come in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What is tried; `paper` is the code of a certificate, `class_key` a class that can be joined."""

    switches: frozenset[Switch] = frozenset()
    paper: str = ""
    class_key: int | None = None

    @property
    def is_nothing(self) -> bool:
        """Whether nothing is tried."""
        return not (self.switches or self.paper or self.class_key)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What would be: how many postings fit now and then, the best new ones, the three and what is new among them."""

    now: int
    then: int
    opened: int
    best: tuple[Match, ...]
    three: tuple[Match, ...]
    came: frozenset[int] = field(default_factory=frozenset)
    left: tuple[Match, ...] = ()


def try_out(office: Office, unit: UnitOfWork, seat: Seat, tried: Tried) -> Outcome:
    """What would be if this were so."""
    before = survey(seat)
    changed = _changed(seat, tried)
    after = before if tried.is_nothing else survey(changed)
    keys = seat.market.postings.key
    new = after.fitting[~np.isin(keys[after.fitting], keys[before.fitting])]
    three = _three(changed, counts_without(office, unit, seat))
    held = seat.stored.plan.matches if seat.stored else ()
    ours, theirs = {one.posting_key for one in held}, {one.posting_key for one in three}
    return Outcome(
        now=len(before.fitting),
        then=len(after.fitting),
        opened=len(new),
        best=changed.matches(without_twins(changed, new, ours, SHOWN)),
        three=three,
        came=frozenset(theirs - ours),
        left=tuple(one for one in held if one.posting_key not in theirs),
    )


def _changed(seat: Seat, tried: Tried) -> Seat:
    """The seat as it would be."""
    row = conceded(seat.row, tried.switches, seat.market.policy)
    if tried.paper:
        kept = tuple(one for one in row.facts.skills if one.skill != tried.paper)
        row = replace(row, facts=replace(row.facts, skills=(*kept, SkillHeld(skill=tried.paper))))
    changed = seated_as(seat, row)
    training = next((one for one in seat.warm.classes if one.key == tried.class_key), None)
    if training is None:
        return changed
    effect = effect_of(training, seat.market.vocabulary)
    learnt = with_effect(changed.workers, effect, np.zeros(1, dtype=np.intp), changed.market)
    return replace(changed, workers=learnt)


def _three(seat: Seat, standing: Mapping[int, int]) -> tuple[Match, ...]:
    """What the three would be."""
    if not seat.row.track.carries_postings or not len(seat.market.postings):
        return ()
    chosen = settle_workers(seat.workers, seat.warm, seat.market, standing).chosen[0]
    return seat.matches(chosen[chosen >= 0].astype(np.intp))


def counts_without(office: Office, unit: UnitOfWork, seat: Seat) -> dict[int, int]:
    """How often each posting stands in current plans of others, whichever of its adverts it was."""
    kept = office.shelf.get(("recommended",), unit.plans.stamp(), unit.plans.recommended_counts)
    counts = dict(kept)
    for match in seat.stored.plan.matches if seat.stored else ():
        counts[match.posting_key] = counts.get(match.posting_key, 1) - 1
    for key in seat.spoken.keys() & counts.keys():
        counts[seat.spoken[key]] = counts.get(seat.spoken[key], 0) + counts.pop(key)
    return counts


def papers_to_try(looked: Survey) -> list[tuple[str, int]]:
    """Papers that alone keep postings away, with how many, the most first."""
    return [(paper, len(places)) for (_, paper), places in looked.lone.items() if paper and " " not in paper]


def classes_to_try(seat: Seat) -> list[ClassRow]:
    """Classes that can be joined and reached from home; the class of the plan first."""
    own = seat.stored.plan.training.training_key if seat.stored and seat.stored.plan.training else None
    near = seat.warm.classes_near(seat.workers, seat.market)
    return sorted(near, key=lambda row: (row.key != own, row.training.starts_on or seat.market.policy.on, row.key))


def concede(office: Office, worker_key: int, switches: Collection[Switch], *, actor: str) -> None:
    """Keeps what the person says for good, in place of what she said before, and makes the plan anew."""
    with office.unit(actor) as unit:
        worker = unit.workers.get(worker_key).value
        unit.concessions.say(worker_key, tuple(switches), on=office.today())
        unit.audit.note("concession", subject=f"worker:{worker_key}", fields=str(len(switches)))
    plan_people(office, worker_ref=f"{worker.sender}:{worker.ref}", actor=actor)
