"""From stored facts to cases: for one person, or for everybody of a scope with the same few queries.

In: a unit of work, whom, the day, the policy. Out: `PersonCase`s: the person, the case that counts, where it stands,
what is due, who is responsible. What was put on record belongs to the case that was open when it was recorded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Protocol, TypeVar

from matcher.cases.due import Due, due_of
from matcher.domain.account import Role
from matcher.domain.aftercare import SaidBy, Spell
from matcher.domain.division import lies_within
from matcher.domain.localtime import local_date
from matcher.domain.plan import Track
from matcher.domain.service.casefile import CaseEvent, CaseStep, StubResult
from matcher.domain.service.casestate import CaseFacts, CaseStanding, state_of
from matcher.domain.service.ladder import Proof, ProofKind, Stability
from matcher.ladder import stability
from matcher.policy import PolicyAt
from matcher.store.casefile.gathering import (
    ActedRow,
    CaseRow,
    DeliveryRow,
    EventRow,
    PersonRow,
    ProofRow,
    SpellRow,
    ToldRow,
    Whom,
)
from matcher.store.store import UnitOfWork

_ENDS = frozenset({CaseStep.EXIT.value, CaseStep.CLOSED.value})
GONE = {"died": "died", "moved_away": "moved"}


class Recorded(Protocol):
    """Anything that was written down at a moment."""

    @property
    def worker_key(self) -> int:
        """Whose it is."""

    @property
    def recorded_at(self) -> datetime:
        """When it was written down."""


R = TypeVar("R", bound=Recorded)


@dataclass(slots=True)
class Papers:
    """Everything of one case."""

    case: CaseRow | None = None
    events: list[EventRow] = field(default_factory=list)
    spells: list[SpellRow] = field(default_factory=list)
    deliveries: list[DeliveryRow] = field(default_factory=list)
    acted: list[ActedRow] = field(default_factory=list)
    told: list[ToldRow] = field(default_factory=list)
    """What slips say of the class."""


@dataclass(frozen=True, slots=True)
class PersonCase:
    """One person, the case that counts, and where it stands."""

    person: PersonRow
    case: CaseRow | None
    facts: CaseFacts
    standing: CaseStanding
    due: Due | None
    owner: str
    reentries: int
    earlier: tuple[tuple[CaseRow | None, CaseFacts], ...] = ()
    """The cases before, the oldest first; for single people only."""
    stable: Stability | None = None
    referral_due: date | None = None


@dataclass(slots=True)
class Rows:
    """What was read, by person."""

    cases: Mapping[int, list[CaseRow]]
    events: Mapping[int, list[EventRow]]
    spells: Mapping[int, list[SpellRow]]
    proofs: Mapping[int, list[ProofRow]]
    deliveries: Mapping[int, list[DeliveryRow]]
    acted: Mapping[int, list[ActedRow]]
    told: Mapping[int, list[ToldRow]]
    valid: Mapping[int, int]
    unwilling: set[int]


def gather(
    unit: UnitOfWork,
    whom: Whom,
    on: date,
    policy: PolicyAt,
    *,
    with_earlier: bool = False,
    events: Sequence[CaseEvent] | None = None,
) -> list[PersonCase]:
    """Everybody's case on a day; records that were read already need not be read again."""
    table = unit.casefile.rows
    people = table.people(whom)
    spells = table.spells(whom)
    deliveries, acted = table.deeds(whom)
    outside = any(person.track == Track.NOT_ENTITLED.value for person in people)
    rows = Rows(
        cases=_by_person(table.cases(whom)),
        events=_by_person(table.events(whom) if events is None else map(event_row, events)),
        spells=_by_person(spells),
        proofs=_by_person(table.proofs(whom) if spells else ()),
        deliveries=_by_person(deliveries),
        acted=_by_person(acted),
        told=_by_person(table.class_told(whom)),
        valid=table.valid(whom, on),
        unwilling=table.unwilling(whom) if outside else set(),
    )
    owners = village_owners(unit)
    return [_one(person, rows, owners, on, policy, with_earlier) for person in people]


def event_row(event: CaseEvent) -> EventRow:
    """A record without its words."""
    assert event.recorded_at is not None
    return EventRow(
        worker_key=event.worker_key,
        key=event.key,
        uid=event.uid,
        step=event.step.value,
        on=event.on,
        way=event.way,
        who=event.who,
        minutes=event.minutes,
        due_on=event.due_on,
        about=event.about,
        recorded_at=event.recorded_at,
    )


def village_owners(unit: UnitOfWork) -> dict[str, list[tuple[str, str]]]:
    """Village → (division, name) of the coordinators that see to it."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for account in unit.accounts.all():
        if account.role is Role.COORDINATOR and not account.disabled:
            for village in account.villages:
                found[village].append((account.division, account.name))
    return found


T = TypeVar("T", CaseRow, EventRow, SpellRow, ProofRow, DeliveryRow, ActedRow, ToldRow)


def _by_person(rows: Iterable[T]) -> dict[int, list[T]]:
    """Rows by whose they are."""
    found: dict[int, list[T]] = {}
    for row in rows:
        found.setdefault(row.worker_key, []).append(row)
    return found


def _one(
    person: PersonRow,
    rows: Rows,
    owners: Mapping[str, list[tuple[str, str]]],
    on: date,
    policy: PolicyAt,
    with_earlier: bool,
) -> PersonCase:
    """One person's case."""
    key = person.key
    events = _standing(rows.events.get(key, ()))
    undelivered = {event.uid for event in rows.events.get(key, ())} - {event.uid for event in events}
    deliveries = [one for one in rows.deliveries.get(key, ()) if one.event_uid not in undelivered]
    cases, proofs = rows.cases.get(key, []), rows.proofs.get(key, [])
    parts = _parts(cases, events, rows.spells.get(key, []), deliveries, rows.acted.get(key, []), rows.told.get(key, []))
    spells = rows.spells.get(key, [])
    stable = _stability(spells, proofs, policy, on) if proofs or with_earlier else None
    now = parts[-1]
    facts = _facts(person, now, rows, stable, policy, on)
    standing = state_of(facts)
    referral = _referral_due(now.events)
    return PersonCase(
        person=person,
        case=now.case,
        facts=facts,
        standing=standing,
        due=due_of(standing, facts, policy, on, made_on=person.made_on, referral_due=referral),
        owner=_owner(person, events, owners),
        reentries=max(len(cases) - 1, 0),
        earlier=tuple((part.case, _past_facts(part)) for part in parts[:-1]) if with_earlier else (),
        stable=stable,
        referral_due=referral,
    )


def _standing(events: Sequence[EventRow]) -> list[EventRow]:
    """The records that count."""
    gone: set[str] = set()
    for event in reversed(events):
        if event.step == CaseStep.UNDO.value and event.uid not in gone:
            gone.add(event.about)
    return [one for one in events if one.uid not in gone and one.step != CaseStep.UNDO.value]


def _parts(
    cases: Sequence[CaseRow],
    events: Sequence[EventRow],
    spells: Sequence[SpellRow],
    deliveries: Sequence[DeliveryRow],
    acted: Sequence[ActedRow],
    told: Sequence[ToldRow],
) -> list[Papers]:
    """Everything by case, the oldest first; work from before the first case stands by itself."""
    parts = [Papers(), *(Papers(case) for case in cases)]
    for spell in spells:
        at = _at(cases, spell.recorded_at)
        while at and spell.ended_on is not None and spell.ended_on <= cases[at - 1].opened_on:
            at -= 1
        parts[at].spells.append(spell)
    first = 0 if parts[0].spells or not cases else 1
    for event in events:
        parts[max(_at(cases, event.recorded_at, ends=event.step in _ENDS), first)].events.append(event)
    for delivery in deliveries:
        parts[max(_at(cases, delivery.recorded_at), first)].deliveries.append(delivery)
    for one in acted:
        parts[max(_at(cases, one.recorded_at), first)].acted.append(one)
    for slip in told:
        parts[max(_at(cases, slip.recorded_at), first)].told.append(slip)
    return parts if parts[0].spells or not cases else parts[1:]


def _at(cases: Sequence[CaseRow], moment: datetime, *, ends: bool = False) -> int:
    """How many cases had been opened by a moment; what ends a case was not recorded the instant it was opened."""
    return sum(case.created_at < moment or (not ends and case.created_at == moment) for case in cases)


def _facts(
    person: PersonRow, part: Papers, rows: Rows, stable: Stability | None, policy: PolicyAt, on: date
) -> CaseFacts:
    """The facts of the case that counts."""
    past = _past_facts(part)
    current = bool(part.spells) and stable is not None and part.spells[-1].key in stable.spells
    delivered_on = max((one.on for one in part.deliveries if not one.fresh), default=None)
    return CaseFacts(
        track=person.track,
        unwilling=person.key in rows.unwilling,
        gone=GONE.get(person.gone, ""),
        since_on=_since(person, part, on),
        opened_on=past.opened_on,
        guided_on=past.guided_on,
        needed=policy.whole("package.postings"),
        valid=rows.valid.get(person.key, 0),
        training_answered=_class_answered(person, part, delivered_on),
        delivered_on=delivered_on,
        acted_on=past.acted_on,
        started_on=past.started_on,
        ended_on=past.ended_on,
        confirmed_days=past.confirmed_days,
        stable=stable is not None and current and stable.proved,
        exit=past.exit,
        closed_on=past.closed_on,
    )


def _class_answered(person: PersonRow, part: Papers, delivered_on: date | None) -> bool:
    """Whether the class has a real answer: joined, said on a slip or to staff; where none fits, the plan's reason
    counts once it was delivered (a valid answer of its own: domain, 5.3)."""
    if person.plan_key is None:
        return False
    said = any(event.step == CaseStep.TRAINING.value for event in part.events)
    joined = any(one.joined for one in part.acted)
    return said or joined or bool(part.told) or (not person.has_training and delivered_on is not None)


def _since(person: PersonRow, part: Papers, on: date) -> date:
    """From when on a case is owed: the day the person was listed, lost a job or is without work, the latest of them."""
    ended = [spell.ended_on for spell in part.spells if spell.ended_on is not None]
    told = [person.unemployed_since] if person.unemployed_since is not None else []
    days = [*ended, *told, local_date(person.listed_at)]
    return max((day for day in days if day <= on), default=on)


def _past_facts(part: Papers) -> CaseFacts:
    """What was recorded of a case, whatever plan counts today."""
    by_step: dict[str, list[EventRow]] = defaultdict(list)
    for event in part.events:
        by_step[event.step].append(event)
    newest = {step: found[-1] for step, found in by_step.items()}
    spell = part.spells[-1] if part.spells else None
    leaves, ends = newest.get(CaseStep.EXIT.value), newest.get(CaseStep.CLOSED.value)
    guided = newest.get(CaseStep.GUIDANCE.value)
    return CaseFacts(
        opened_on=part.case.opened_on if part.case else None,
        guided_on=guided.on if guided else None,
        delivered_on=max((one.on for one in part.deliveries), default=None),
        acted_on=max(_acted(part, by_step), default=None),
        started_on=spell.started_on if spell else None,
        ended_on=spell.ended_on if spell else None,
        confirmed_days=spell.confirmed_days if spell else 0,
        exit=leaves.way if leaves else "",
        closed_on=ends.on if ends else None,
    )


def _acted(part: Papers, by_step: Mapping[str, Sequence[EventRow]]) -> Iterable[date]:
    """The days on which something was begun that may still come to something."""
    failed = {
        stub.about for stub in by_step.get(CaseStep.STUB.value, ()) if not StubResult(stub.way).goes_on
    }  # fmt: skip
    yield from (event.on for event in by_step.get(CaseStep.REFERRED.value, ()) if event.uid not in failed)
    yield from (local_date(one.recorded_at) for one in part.acted)


def _referral_due(events: Sequence[EventRow]) -> date | None:
    """Until when the stub of a referral is to be back, None where none is out."""
    back = {event.about for event in events if event.step == CaseStep.STUB.value}
    out = (event for event in events if event.step == CaseStep.REFERRED.value and event.uid not in back)
    return min((event.due_on for event in out if event.due_on is not None), default=None)


def _stability(spells: Sequence[SpellRow], proofs: Sequence[ProofRow], policy: PolicyAt, on: date) -> Stability:
    """How long and how surely somebody has been in work, from the columns in clear."""
    told = [
        Spell(
            key=one.key,
            worker_key=one.worker_key,
            started_on=one.started_on,
            ended_on=one.ended_on,
            said_by=SaidBy.WORKER,
        )
        for one in spells
    ]
    shown = [
        Proof(
            worker_key=one.worker_key,
            spell_key=one.spell_key,
            kind=ProofKind(one.kind),
            from_on=one.from_on,
            until_on=one.until_on,
            told_on=one.told_on,
        )
        for one in proofs
    ]
    return stability(told, shown, policy, on)


def _owner(person: PersonRow, events: Sequence[EventRow], owners: Mapping[str, list[tuple[str, str]]]) -> str:
    """Who is responsible: whoever was named, else the coordinators of the village."""
    named = next((event.who for event in reversed(events) if event.step == CaseStep.OWNER.value), "")
    if named:
        return named
    return "、".join(
        name for division, name in owners.get(person.village, ()) if lies_within(person.home_code, division)
    )
