"""Claims made, decided, paid, taken back: each a dated step, by whom, with a reason where one is owed.

In: an office, a claim, what somebody decided. Out: the step stored, or `ClaimRefused` and nothing stored.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from matcher.claims.kinds import kind_of
from matcher.claims.person_clock import PersonClock, clocks_of
from matcher.claims.refusing import refused
from matcher.domain.service.claim import BY_HAND, NEXT, WITH_A_REASON, Claim, ClaimState
from matcher.domain.service.timer import TimerState
from matcher.listings import Scope
from matcher.office import Office
from matcher.store.store import UnitOfWork

LEAST_REASON = 2
MOST_YUAN = 1_000_000


def prepare_claim(office: Office, worker_key: int, kind: str, scope: Scope, *, actor: str, note: str = "") -> int:
    """A claim for the newest work of a person; its key. Refused while anything speaks against it."""
    kind_of(kind)
    policy = office.policy.at(office.today())
    with office.unit(actor) as unit:
        clock = next((one for one in clocks_of(unit, worker_key, scope, policy) if one.kind.code == kind), None)
        if clock is None:
            raise refused("CLAIM_NO_WORK")
        if not clock.may_claim:
            raise _why_not(clock)
        key = unit.claims.make(_claim(clock, note, on=office.today()))
        unit.audit.note("claim_made", subject=f"worker:{worker_key}", fields=kind)
    return key


def _why_not(clock: PersonClock) -> Exception:
    """The first thing that speaks against a claim."""
    if clock.timer.state is TimerState.MISSING_PROOF:
        return refused("CLAIM_NO_PROOF")
    if clock.timer.state in {TimerState.NOT_YET, TimerState.DUE_SOON, TimerState.BROKEN}:
        return refused("CLAIM_TOO_EARLY", day_on=clock.timer.stretch.reached_on.isoformat())
    if clock.timer.state is TimerState.LAPSED:
        return refused("CLAIM_TOO_LATE")
    stopped = next((check.code for check in clock.checks if check.settled.value == "stop"), "")
    return refused(f"CLAIM_STOPPED_{stopped}") if stopped else refused("CLAIM_THERE")


def _claim(clock: PersonClock, note: str, *, on: date) -> Claim:
    """The claim of a clock, with what it rests on."""
    timer, spell, amount = clock.timer, clock.spell, clock.amount
    return Claim(
        kind=clock.kind.code,
        worker_key=timer.worker_key,
        division=timer.home_code,
        spell_key=spell.key,
        year=timer.stretch.reached_on.year,
        tier=timer.tier,
        since=timer.stretch.since,
        until=timer.stretch.until,
        months=clock.stability.months,
        employer=spell.employer,
        place=spell.place,
        proofs=tuple(kind.value for kind in clock.stability.proved_by),
        note=note,
        yuan=int(amount.value) if amount is not None and amount.value is not None else None,
        made_on=on,
    )


def decide(
    office: Office,
    claim_key: int,
    state: ClaimState,
    scope: Scope,
    *,
    actor: str,
    note: str = "",
    yuan: int | None = None,
    on: date | None = None,
) -> None:
    """A step somebody decides: approved, refused, withdrawn, paid."""
    with office.unit(actor) as unit:
        claim = unit.claims.get(claim_key, division=scope.division, villages=scope.villages)
        day = on or office.today()
        check_step(claim, state, note=note, yuan=yuan, on=day, today=office.today())
        unit.claims.move(claim, state, on=day, note=note.strip(), yuan=yuan)
        unit.audit.note("claim_" + state.value, subject=f"claim:{claim_key}", fields=claim.kind)


def check_step(claim: Claim, state: ClaimState, *, note: str, yuan: int | None, on: date, today: date) -> None:
    """ClaimRefused where a step may not follow, or lacks a reason, an amount, a day."""
    if state not in BY_HAND or state not in NEXT[claim.state]:
        raise refused("CLAIM_NOT_NOW")
    if state in WITH_A_REASON and len(note.strip()) < LEAST_REASON:
        raise refused("CLAIM_NEEDS_REASON")
    if yuan is not None and not 0 < yuan <= MOST_YUAN:
        raise refused("CLAIM_BAD_AMOUNT")
    if state is ClaimState.PAID and claim.yuan is None and yuan is None:
        raise refused("CLAIM_NEEDS_AMOUNT")
    if on > today or on < claim.made_on:
        raise refused("CLAIM_BAD_DAY")


def undo(office: Office, claim_key: int, scope: Scope, *, actor: str, reason: str) -> None:
    """The last step counts no more; it stays written down as undone. What hangs on a board is taken back there."""
    if len(reason.strip()) < LEAST_REASON:
        raise refused("CLAIM_NEEDS_REASON")
    with office.unit(actor) as unit:
        claim = unit.claims.get(claim_key, division=scope.division, villages=scope.villages)
        if claim.state in {ClaimState.POSTED, ClaimState.PUBLICISED}:
            raise refused("CLAIM_ON_BOARD")
        if claim.state is ClaimState.CLAIMED:
            raise refused("CLAIM_FIRST_STEP")
        unit.claims.undo(claim)
        unit.audit.note("claim_undone", subject=f"claim:{claim_key}", purpose=reason.strip(), fields=claim.state.value)


def pay(office: Office, keys: Collection[int], scope: Scope, *, actor: str, on: date) -> int:
    """Claims of one payment list, paid on a day, whole or not at all; how many."""
    with office.unit(actor) as unit:
        claims = payable(unit, keys, scope)
        for claim in claims:
            check_step(claim, ClaimState.PAID, note="", yuan=None, on=on, today=office.today())
            unit.claims.move(claim, ClaimState.PAID, on=on)
        unit.audit.note("claims_paid", subject="claims", fields=str(len(claims)))
    return len(claims)


def payable(unit: UnitOfWork, keys: Collection[int], scope: Scope) -> list[Claim]:
    """The claims of these keys; RecordNotFound where one lies outside the scope."""
    return [unit.claims.get(key, division=scope.division, villages=scope.villages) for key in sorted(set(keys))]
