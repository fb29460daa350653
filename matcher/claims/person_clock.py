"""The clocks of one person, with everything that is checked before money may be claimed.

In: a unit of work, a person, the policy. Out: `PersonClock`s, one a kind of claim.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matcher.catalogue import HOME, catalogue_of
from matcher.claims.clock import CheckFacts, Span, checks_of, claim_of, overlaps, stretch_of, tier_of
from matcher.claims.kinds import ClaimKind, kinds
from matcher.claims.timers import Deadlines, Numbers, timer_of
from matcher.domain.aftercare import Spell
from matcher.domain.service.claim import Claim
from matcher.domain.service.ladder import Proof, Stability
from matcher.domain.service.policies.catalogue import Amount, Catalogue, Tier
from matcher.domain.service.timer import Check, Settled, Stretch, Timer, TimerState
from matcher.domain.worker import Worker
from matcher.ladder import stability
from matcher.listings import Scope
from matcher.policy import PolicyAt
from matcher.reference.divisions import load_gazetteer
from matcher.store.claims import WorkRow
from matcher.store.store import UnitOfWork
from matcher.store.workers import StoredWorker
from matcher.welfare import in_population


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonClock:
    """One clock of one person with all that hangs on it."""

    timer: Timer
    kind: ClaimKind
    stability: Stability
    checks: tuple[Check, ...]
    amount: Amount | None
    claim: Claim | None
    spell: Spell
    proofs: tuple[Proof, ...]

    @property
    def may_claim(self) -> bool:
        """Whether nothing stands in the way of a claim."""
        stopped = any(check.settled is Settled.STOP for check in self.checks)
        ready = self.timer.state in {TimerState.MAY_CLAIM, TimerState.REFUSED}
        return ready and not stopped


@dataclass(frozen=True, slots=True, kw_only=True)
class _Work:
    """What is known of the newest stretch of work of one person."""

    stretch: Stretch
    steady: Stability
    last: Spell
    row: WorkRow
    tier: Tier | None
    gone: bool
    overlap: bool
    worker: Worker
    claims: Sequence[Claim]
    proofs: tuple[Proof, ...]


@dataclass(frozen=True, slots=True)
class File:
    """What the clocks of one person look at, read once."""

    stored: StoredWorker
    claims: Sequence[Claim]
    gone: bool


def file_of(unit: UnitOfWork, worker_key: int, scope: Scope) -> File:
    """The file of one person of a scope; RecordNotFound outside of it."""
    return File(
        unit.workers.get(worker_key, division=scope.division, villages=scope.villages),
        unit.claims.of_people([worker_key]).get(worker_key, []),
        any(change.kind.gone for change in unit.life.standing(worker_key)),
    )


def clocks_of(
    unit: UnitOfWork, worker_key: int, scope: Scope, policy: PolicyAt, *, file: File | None = None
) -> list[PersonClock]:
    """The clocks of one person of a scope, one a kind; nothing where there was no work."""
    known = file or file_of(unit, worker_key, scope)
    numbers = Numbers.of(policy)
    work = _work(unit, known, policy, numbers)
    if work is None:
        return []
    catalogue = catalogue_of(unit)
    return [_clock(kind, work, catalogue, numbers) for kind in kinds().values() if kind.of_person]


def _work(unit: UnitOfWork, known: File, policy: PolicyAt, numbers: Numbers) -> _Work | None:
    """The newest stretch of work of a person, with what proves it."""
    worker_key, worker = known.stored.key, known.stored.value
    spells = unit.aftercare.spells.of_people([worker_key]).get(worker_key, [])
    spans: list[Span] = [(one.key, one.started_on, one.ended_on) for one in spells]
    stretch = stretch_of(spans, months=numbers.months, gap_days=numbers.gap_days, on=policy.on)
    if stretch is None:
        return None
    proofs = unit.casefile.proofs.of_people([worker_key]).get(worker_key, [])
    last = next(one for one in spells if one.key == stretch.spells[-1])
    return _Work(
        stretch=stretch,
        steady=stability(spells, proofs, policy, policy.on),
        last=last,
        row=_as_row(worker, worker_key, last),
        tier=_tier(unit, worker, last),
        gone=known.gone,
        overlap=overlaps([one for one in spans if one[0] in stretch.spells]),
        worker=worker,
        claims=known.claims,
        proofs=tuple(one for one in proofs if one.spell_key in stretch.spells),
    )


def _clock(kind: ClaimKind, work: _Work, catalogue: Catalogue, numbers: Numbers) -> PersonClock:
    """The clock of one kind."""
    claim = claim_of(work.claims, kind.code, work.stretch)
    facts = CheckFacts(
        belongs=in_population(work.worker),
        public_post=work.worker.public_post,
        drawn=_drawn(work.worker),
        gone=work.gone,
        overlap=work.overlap,
        other_claim=_other(work, kind, claim),
        tier=work.tier,
        stability=work.steady,
    )
    where = work.row.home_code or HOME
    tier = work.tier or Tier.ANY
    return PersonClock(
        timer=timer_of(
            kind,
            work.stretch,
            claim,
            work.tier,
            work.row,
            Deadlines(catalogue, numbers.on),
            numbers,
            proved=work.steady.proved,
        ),
        kind=kind,
        stability=work.steady,
        checks=checks_of(kind, facts),
        amount=catalogue.amount_of(kind.item, tier=tier, on=numbers.on, division=where, months=numbers.months),
        claim=claim,
        spell=work.last,
        proofs=work.proofs,
    )


def _other(work: _Work, kind: ClaimKind, claim: Claim | None) -> bool:
    """Whether a claim of the same kind and year stands for other work."""
    year = work.stretch.reached_on.year
    same = [one for one in work.claims if one.kind == kind.code and one.year == year and one.state.standing]
    return any(claim is None or one.key != claim.key for one in same)


def _as_row(worker: Worker, worker_key: int, last: Spell) -> WorkRow:
    """A person as the look over many has it."""
    home = worker.home
    said_by = last.said_by.value
    return WorkRow(
        last.key, worker_key, last.started_on, last.ended_on, said_by, "", worker.name, worker.village, home.code,
        home.name,
    )  # fmt: skip


def _tier(unit: UnitOfWork, worker: Worker, last: Spell) -> Tier | None:
    """Where the work is: what was told of it, else the posting, else the words of the slip, else the ledger."""
    told = unit.casefile.details.of_people([last.worker_key]).get(last.worker_key, [])
    regions = [one.region for one in told if one.spell_key == last.key and one.region]
    code = ""
    if last.posting_key is not None and last.posting_key in (some := unit.postings.many([last.posting_key])):
        code = some[last.posting_key].value.place.code
    found = tier_of(worker.home.code, code, regions[-1] if regions else "")
    return tier_told(worker, last) if found is None else found


def tier_told(worker: Worker, last: Spell) -> Tier | None:
    """Where the work is by the words of a slip, else by the ledger."""
    code = load_gazetteer().resolve(last.place).code if last.place else ""
    if not code and worker.ledger is not None and last.ended_on is None:
        code = worker.ledger.work_place.code
    return tier_of(worker.home.code, code)


def _drawn(worker: Worker) -> bool | None:
    """Whether the ledger tells of the yearly travel money drawn; without a ledger nobody knows."""
    ledger = worker.ledger
    if ledger is None:
        return None
    if ledger.transport_yuan_per_year:
        return True
    return ledger.transport_claimed
