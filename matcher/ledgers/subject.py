"""What a ledger knows of one person: record, plan, slips, work, calls, month; a few queries for many people.

In: a unit of work and keys. Out: `Subject`s. What a ledger does not show is not loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TypeVar

from matcher.domain.aftercare import RoundRow, SlipReturn, Spell
from matcher.domain.intake.classes import EnrolmentState
from matcher.domain.posting import PostingKind
from matcher.domain.rosters.ledger import Ledger
from matcher.domain.service.casefile import CaseEvent, CaseStep, standing
from matcher.domain.service.ladder import Proof, SpellDetail
from matcher.domain.service.ledgers import LedgerKind
from matcher.domain.worker import Worker, WorkerFacts
from matcher.local_work.served import ServedPost, served_posts
from matcher.office import Office, StoredPlan, StoredWorker
from matcher.policy import PolicyAt
from matcher.reference.divisions import Gazetteer
from matcher.store.ledgers.people import Beside, CallMade, CaseLine
from matcher.store.store import UnitOfWork
from matcher.wording import Wording

T = TypeVar("T")
NOTHING = Ledger()


@dataclass(frozen=True, slots=True)
class Around:
    """What every row of a sheet is filled with: the day, the policy, names of places, sentences."""

    today: date
    policy: PolicyAt
    gazetteer: Gazetteer
    wording: Wording
    names: Callable[[str, str], str]
    """(kind, code) → what it is called in the language of the sheet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Subject:
    """One person of a ledger."""

    key: int
    number: int
    stored: StoredWorker
    around: Around
    plan: StoredPlan | None = None
    slips: Sequence[SlipReturn] = ()
    spells: Sequence[Spell] = ()
    calls: Sequence[CallMade] = ()
    month: RoundRow | None = None
    case: CaseLine | None = None
    enrolled: EnrolmentState | None = None
    events: Sequence[CaseEvent] = ()
    """What staff put on record and nobody took back."""
    details: Sequence[SpellDetail] = ()
    proofs: Sequence[Proof] = ()
    kinds: Mapping[int, PostingKind] = field(default_factory=dict)
    """What kind of posting the work of the spells was."""
    posts: Sequence[ServedPost] = ()
    """Public-welfare posts held now or before, with the months noted."""

    @property
    def worker(self) -> Worker:
        """The person as the roster states it."""
        return self.stored.value

    @property
    def ledger(self) -> Ledger:
        """The monitoring ledger's own columns, empty where there are none."""
        return self.stored.value.ledger or NOTHING

    @property
    def facts(self) -> WorkerFacts:
        """What was understood."""
        return self.stored.facts or WorkerFacts()

    @property
    def spell(self) -> Spell | None:
        """The work that goes on, else the newest."""
        going = [one for one in self.spells if one.ended_on is None]
        return going[-1] if going else self.spells[-1] if self.spells else None

    @property
    def detail(self) -> SpellDetail | None:
        """The newest statement about the work, one that was verified before a claim."""
        spell = self.spell
        about = [one for one in self.details if spell is not None and one.spell_key == spell.key]
        checked = [one for one in about if one.verified]
        return checked[-1] if checked else about[-1] if about else None

    def newest(self, step: CaseStep) -> CaseEvent | None:
        """The newest record of a step."""
        found = [one for one in self.events if one.step is step]
        return max(found, key=lambda one: (one.on, one.key)) if found else None

    @property
    def hidden(self) -> bool:
        """Whether the person stands on no list (reliability.md, domain 10.7)."""
        return self.facts.holds("CONFIDENTIAL")


def around(office: Office, language: str = "zh", *packages: str) -> Around:
    """What every row of a sheet is filled with; `packages` add catalogues of sentences."""
    today = office.today()
    return Around(
        today=today,
        policy=office.policy.at(today),
        gazetteer=office.gazetteer,
        wording=office.wording(language, *packages),
        names=lambda kind, code: office.name(kind, code, language),
    )


PLANNED = frozenset({LedgerKind.NEEDS, LedgerKind.SERVICE})
WORKING = frozenset({LedgerKind.SERVICE, LedgerKind.WORK})
MONTHLY = frozenset({LedgerKind.WISHES, LedgerKind.WORK})


def load(unit: UnitOfWork, ledger: LedgerKind, keys: Sequence[int], about: Around, *, first: int = 1) -> list[Subject]:
    """The people of some keys, in their order, with what a ledger shows of them."""
    people = unit.workers.many(keys)
    served, working = ledger is LedgerKind.SERVICE, ledger in WORKING
    plans = unit.plans.current_of(keys) if ledger in PLANNED else {}
    spells = unit.aftercare.spells.of_people(keys) if working else {}
    slips = unit.aftercare.returns.of_people(keys) if served else {}
    beside = unit.ledgers.people.beside(keys) if served else {}
    months = unit.aftercare.rounds.newest(keys) if ledger in MONTHLY else {}
    events = unit.casefile.events.of_people(keys) if served else {}
    details = {} if served or not working else unit.casefile.details.of_people(keys)
    proofs = unit.casefile.proofs.of_people(keys) if served else {}
    kinds = {} if served else _kinds(unit, spells)
    posts = {} if served or not working else served_posts(unit, keys)
    nothing = Beside()
    return [
        Subject(
            key=key,
            number=number,
            stored=people[key],
            around=about,
            plan=plans.get(key),
            slips=slips.get(key, ()),
            spells=spells.get(key, ()),
            calls=beside.get(key, nothing).calls,
            month=months.get(key),
            case=beside.get(key, nothing).case,
            enrolled=beside.get(key, nothing).enrolled,
            events=standing(events.get(key, ())),
            details=details.get(key, ()),
            proofs=proofs.get(key, ()),
            kinds=kinds,
            posts=posts.get(key, ()),
        )
        for number, key in enumerate((key for key in keys if key in people), start=first)
    ]


def _kinds(unit: UnitOfWork, spells: Mapping[int, Sequence[Spell]]) -> Mapping[int, PostingKind]:
    """The kinds of the postings that work came from."""
    named = {one.posting_key for of_one in spells.values() for one in of_one if one.posting_key is not None}
    return unit.ledgers.people.kinds(named) if named else {}
