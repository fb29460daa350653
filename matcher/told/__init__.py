"""What staff corrected, laid over what was read: corrections win, whatever a later reading or roster finds.

In: a worker, the facts as read, the corrections that stand, oldest first. Out: worker and facts as everything that
plans, asks or shows a person sees them. What was read stays as it was: taking a correction back brings it up again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from matcher.domain.division import Place
from matcher.domain.facts import Evidence, Fact, LinkedTerm
from matcher.domain.intake.told import LISTED, Correction, FactKind
from matcher.domain.worker import (
    Constraint,
    Education,
    Experience,
    HouseholdType,
    SkillHeld,
    Transport,
    WageWish,
    Willingness,
    Worker,
    WorkerFacts,
    WorkStatus,
)
from matcher.reference.divisions import load_gazetteer
from matcher.reference.lexicon import load_lexicon

TOLD = "当面核对"
"""Stands where evidence names its column."""
_SAID = (Evidence(TOLD),)
_SAID_PRIVATELY = (Evidence(TOLD, private=True),)
YES, NO = "yes", "no"
_BOUND = frozenset({"DAY_RETURN", "AT_HOME"})
_IDLE = frozenset({WorkStatus.UNEMPLOYED, WorkStatus.NEWLY_UNEMPLOYED})
_OPPOSITE = {FactKind.WISHED: "refused", FactKind.REFUSED: "wished"}

Told = tuple[Worker, WorkerFacts]


def corrected(worker: Worker, facts: WorkerFacts, corrections: Iterable[Correction]) -> Told:
    """Worker and facts with every correction laid over them."""
    found = worker, facts
    for one in corrections:
        found = _listed(*found, one) if one.kind in LISTED else _SINGLE[one.kind](*found, one)
    return found


def _listed(worker: Worker, facts: WorkerFacts, one: Correction) -> Told:
    """A fact of which there may be several: the wrong one goes, the right one comes."""
    name = _FIELDS[one.kind]
    if one.was:
        worker, facts = _without(worker, facts, one.kind, one.was)
    if one.now:
        other = _OPPOSITE.get(one.kind)
        if other is not None:
            facts = _with(facts, other, _others(getattr(facts, other), one.now))
        kept = _others(getattr(facts, name), one.now)
        facts = _with(facts, name, (*kept, _MADE[one.kind](one)))
        if one.now in _BOUND and one.kind is FactKind.CONSTRAINT and facts.willing_to_move.value is None:
            facts = replace(facts, willing_to_move=Fact(False, _SAID))
    return worker, facts


def _without(worker: Worker, facts: WorkerFacts, kind: FactKind, code: str) -> Told:
    """A person without a fact, and without what was concluded from nothing else."""
    name = _FIELDS[kind]
    gone = [item for item in getattr(facts, name) if _code_of(item) == code]
    facts = _with(facts, name, _others(getattr(facts, name), code))
    if kind is FactKind.CONSTRAINT and code in _BOUND:
        worker = replace(worker, daily_return=None) if code == "DAY_RETURN" else worker
        moves = facts.willing_to_move
        if moves.value is False and any(moves.evidence == item.evidence for item in gone):
            facts = replace(facts, willing_to_move=Fact())
    return worker, facts


def _with(facts: WorkerFacts, name: str, items: tuple[object, ...]) -> WorkerFacts:
    """The facts with another list under a name."""
    changed: dict[str, Any] = {name: items}
    return replace(facts, **changed)


def _others(items: tuple[object, ...], code: str) -> tuple[object, ...]:
    """The items that are not of this code."""
    return tuple(item for item in items if _code_of(item) != code)


def _code_of(item: object) -> str:
    """The code of an item of any list of facts."""
    if isinstance(item, str):
        return item
    if isinstance(item, tuple):
        return str(item[0].code)
    if isinstance(item, Experience):
        return item.occupation
    return item.skill if isinstance(item, SkillHeld) else str(getattr(item, "code", ""))


def _constraint(one: Correction) -> Constraint:
    """A limit told, its cause shown no more than one that was read."""
    return Constraint(code=one.now, values=one.values, until=one.until, evidence=evidence_for(one.now))


def evidence_for(code: str) -> tuple[Evidence, ...]:
    """What a told fact rests on: somebody asked; of private ones not even that is spelled out."""
    return _SAID_PRIVATELY if code in _private() else _SAID


@lru_cache(maxsize=1)
def _private() -> frozenset[str]:
    """Limits whose cause is never shown."""
    return frozenset(code for code, entry in load_lexicon().constraints.items() if entry.private)


def _place(one: Correction) -> tuple[Place, Evidence]:
    """A place wished for."""
    return load_gazetteer().place(one.now), _SAID[0]


def _term(one: Correction) -> LinkedTerm:
    """A code of the lexicon, told."""
    return LinkedTerm(one.now, _SAID)


_FIELDS: Mapping[FactKind, str] = {
    FactKind.WISHED: "wished",
    FactKind.REFUSED: "refused",
    FactKind.EXPERIENCE: "experience",
    FactKind.SKILL: "skills",
    FactKind.TRAINED: "trained",
    FactKind.TRAINING_WISHED: "training_wished",
    FactKind.CONSTRAINT: "constraints",
    FactKind.SITUATION: "situations",
    FactKind.PLACE: "wished_places",
    FactKind.UNLINKED: "unlinked",
    FactKind.ANSWERED: "answered",
}
_MADE: Mapping[FactKind, Callable[[Correction], object]] = {
    FactKind.WISHED: _term,
    FactKind.REFUSED: _term,
    FactKind.EXPERIENCE: lambda one: Experience(
        occupation=one.now, years=float(one.values[0]) if one.values else None, evidence=_SAID
    ),
    FactKind.SKILL: lambda one: SkillHeld(skill=one.now, valid_to=one.until, evidence=_SAID),
    FactKind.TRAINED: _term,
    FactKind.TRAINING_WISHED: _term,
    FactKind.CONSTRAINT: _constraint,
    FactKind.SITUATION: _term,
    FactKind.PLACE: _place,
    FactKind.UNLINKED: lambda one: one.now,
    FactKind.ANSWERED: lambda one: one.now,
}


def _birth(worker: Worker, facts: WorkerFacts, one: Correction) -> Told:
    """The date of birth."""
    found: Fact[date] = Fact(date.fromisoformat(one.now), _SAID) if one.now else Fact()
    return worker, replace(facts, birth_date=found, birth_estimated=False)


def _education(worker: Worker, facts: WorkerFacts, one: Correction) -> Told:
    """Schooling."""
    return worker, replace(facts, education=Fact(Education[one.now], _SAID) if one.now else Fact())


def _transport(worker: Worker, facts: WorkerFacts, one: Correction) -> Told:
    """How the person travels."""
    found = Transport(one.now) if one.now else None
    return replace(worker, transport=found), replace(facts, transport=Fact(found, _SAID) if found else Fact())


def _answer(one: Correction) -> Fact[bool]:
    """Yes, no, or unknown."""
    return Fact(one.now == YES, _SAID) if one.now else Fact()


def _moves(worker: Worker, facts: WorkerFacts, one: Correction) -> Told:
    """Whether the person would go away for work; who would is not bound to be home every day."""
    fact = _answer(one)
    if fact.value:
        for code in sorted(_BOUND):
            worker, facts = _without(worker, facts, FactKind.CONSTRAINT, code)
    return replace(worker, willing_to_move=fact.value), replace(facts, willing_to_move=fact)


def _wage(worker: Worker, facts: WorkerFacts, one: Correction) -> Told:
    """The least pay a month."""
    wish = WageWish(yuan_per_month=float(one.now), evidence=_SAID) if one.now else None
    return worker, replace(facts, wage_wish=wish)


def _mandarin(worker: Worker, facts: WorkerFacts, one: Correction) -> Told:
    """Whether the person gets by in Mandarin."""
    return worker, replace(facts, speaks_mandarin=_answer(one))


def _mongolian(worker: Worker, facts: WorkerFacts, one: Correction) -> Told:
    """Whether Mongolian comes first."""
    return worker, replace(facts, mongolian_first=_answer(one))


def _willing(worker: Worker, facts: WorkerFacts, one: Correction) -> Told:
    """Whether the person wants work; a yes silences what the remarks say against it."""
    found = Willingness(one.now) if one.now else None
    if found is Willingness.WILLING:
        facts = replace(facts, situations=tuple(term for term in facts.situations if term.code != "UNWILLING"))
    return replace(worker, willingness=found), facts


def _status(worker: Worker, facts: WorkerFacts, one: Correction) -> Told:
    """Whether the person works; who does not is told so whatever the remarks say."""
    found = WorkStatus(one.now) if one.now else None
    if found in _IDLE:
        over = {"ALREADY_WORKING", "SELF_EMPLOYED"}
        facts = replace(facts, situations=tuple(term for term in facts.situations if term.code not in over))
    return replace(worker, work_status=found), facts


def _household(worker: Worker, facts: WorkerFacts, one: Correction) -> Told:
    """The type of household."""
    return replace(worker, household_type=HouseholdType(one.now) if one.now else None), facts


_SINGLE: Mapping[FactKind, Callable[[Worker, WorkerFacts, Correction], Told]] = {
    FactKind.BIRTH: _birth,
    FactKind.EDUCATION: _education,
    FactKind.TRANSPORT: _transport,
    FactKind.MOVES: _moves,
    FactKind.WAGE: _wage,
    FactKind.MANDARIN: _mandarin,
    FactKind.MONGOLIAN: _mongolian,
    FactKind.WILLING: _willing,
    FactKind.STATUS: _status,
    FactKind.HOUSEHOLD: _household,
}
