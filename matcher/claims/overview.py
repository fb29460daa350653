"""The desk of claims: who is due, what lacks a proof, what waits for whom, what was paid.

In: a unit of work, a scope, a state and a kind. Out: counts of every state and one page of rows.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from matcher.claims.person_clock import tier_told
from matcher.claims.timers import timers
from matcher.domain.service.claim import Claim
from matcher.domain.service.timer import Timer, TimerState
from matcher.listings import Scope
from matcher.policy import PolicyAt
from matcher.store.claims import WantedClaims
from matcher.store.store import UnitOfWork

OF_CLOCKS = (
    TimerState.MAY_CLAIM,
    TimerState.MISSING_PROOF,
    TimerState.DUE_SOON,
    TimerState.NOT_YET,
    TimerState.LAPSED,
)
"""What the clocks say without a claim."""
OF_CLAIMS = (
    TimerState.CLAIMED,
    TimerState.APPROVED,
    TimerState.POSTED,
    TimerState.PUBLICISED,
    TimerState.PAID,
    TimerState.REFUSED,
)
STATES = (*OF_CLOCKS[:3], *OF_CLAIMS[:5], *OF_CLOCKS[3:], *OF_CLAIMS[5:])
"""Everything in the order work goes on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskRow:
    """One line: a clock, or a claim of a person or an organisation (`worker_key` None)."""

    kind: str
    worker_key: int | None
    claim_key: int | None
    name: str
    village: str
    home_name: str = ""
    since: date
    reached_on: date | None = None
    last_day: date | None = None
    tier: str = ""
    months: int = 0
    yuan: int | None = None
    state_on: date | None = None


@dataclass(frozen=True, slots=True)
class Overview:
    """The desk; `yuan` is the sum of what was entered for claims of the state shown."""

    counts: dict[TimerState, int]
    rows: tuple[DeskRow, ...]
    total: int
    yuan: int


def overview(
    unit: UnitOfWork, scope: Scope, policy: PolicyAt, *, state: TimerState, kind: str = "", number: int, size: int
) -> Overview:
    """One page of the desk, with the counts of all states."""
    clocks = [one for one in timers(unit, scope, policy) if not kind or one.kind == kind]
    wanted = WantedClaims(division=scope.division, villages=scope.villages, kind=kind)
    sums = unit.claims.counts(wanted)
    counts: Counter[TimerState] = Counter(one.state for one in clocks if one.state in OF_CLOCKS)
    yuan = 0
    for (_, stored), (many, entered) in sums.items():
        if stored in {one.value for one in OF_CLAIMS}:
            counts[TimerState(stored)] += many
            yuan += entered if stored == state.value else 0
    first = (number - 1) * size
    if state in OF_CLOCKS:
        mine = sorted((one for one in clocks if one.state is state), key=_urgency)
        rows = placed(unit, [_of_clock(one) for one in mine[first : first + size]])
        return Overview(dict(counts), tuple(rows), len(mine), 0)
    claims, total = unit.claims.page(_of_state(wanted, state), first=first, size=size)
    return Overview(dict(counts), tuple(_of_claims(unit, claims, scope)), total, yuan)


def due_list(unit: UnitOfWork, scope: Scope, policy: PolicyAt) -> list[DeskRow]:
    """Whoever is full within the days ahead, or is full and still has to claim; by village and name."""
    wanted = {TimerState.DUE_SOON, TimerState.MISSING_PROOF, TimerState.MAY_CLAIM}
    found = [one for one in timers(unit, scope, policy) if one.state in wanted]
    return [_of_clock(one) for one in sorted(found, key=lambda one: (one.home_code, one.village, one.name, one.kind))]


def claims_of_state(unit: UnitOfWork, scope: Scope, state: TimerState, *, kind: str = "", most: int) -> list[Claim]:
    """The claims of a state, for lists and papers."""
    wanted = WantedClaims(division=scope.division, villages=scope.villages, kind=kind)
    return unit.claims.page(_of_state(wanted, state), first=0, size=most)[0]


def placed(unit: UnitOfWork, rows: Sequence[DeskRow]) -> list[DeskRow]:
    """Lines with where the work is, also where only the sealed words of a slip or the ledger tell it."""
    keys = sorted({row.worker_key for row in rows if not row.tier and row.worker_key is not None})
    people, spells = unit.workers.many(keys), unit.aftercare.spells.of_people(keys)
    tiers = {key: tier_told(people[key].value, spells[key][-1]) for key in keys if spells.get(key) and key in people}
    return [
        row if row.tier or (tier := tiers.get(row.worker_key or 0)) is None else replace(row, tier=tier.value)
        for row in rows
    ]


def _of_state(wanted: WantedClaims, state: TimerState) -> WantedClaims:
    """The same, of one state."""
    return WantedClaims(division=wanted.division, villages=wanted.villages, kind=wanted.kind, states=(state.value,))


def _urgency(timer: Timer) -> tuple[date, date, str, int]:
    """The last day to claim first, then the day the months are full."""
    return (timer.last_day or date.max, timer.stretch.reached_on, timer.name, timer.worker_key)


def _of_clock(timer: Timer) -> DeskRow:
    """A clock as a line."""
    return DeskRow(
        kind=timer.kind,
        worker_key=timer.worker_key,
        claim_key=timer.claim_key,
        name=timer.name,
        village=timer.village,
        home_name=timer.home_name,
        since=timer.stretch.since,
        reached_on=timer.stretch.reached_on,
        last_day=timer.last_day,
        tier=timer.tier,
    )


def _of_claims(unit: UnitOfWork, claims: Sequence[Claim], scope: Scope) -> list[DeskRow]:
    """Claims as lines, with the names of their people."""
    keys = [claim.worker_key for claim in claims if claim.worker_key is not None]
    names = unit.run_plans.names(keys, scope.division)
    return [_of_claim(claim, *names.get(claim.worker_key or 0, (claim.claimant, ""))) for claim in claims]


def _of_claim(claim: Claim, name: str, village: str) -> DeskRow:
    """A claim as a line."""
    return DeskRow(
        kind=claim.kind,
        worker_key=claim.worker_key,
        claim_key=claim.key,
        name=name,
        village=village,
        since=claim.since,
        tier=claim.tier,
        months=claim.months,
        yuan=claim.yuan,
        state_on=claim.state_on,
    )
