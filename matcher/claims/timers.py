"""The clocks of everybody of a scope.

In: a unit of work, a scope, the policy. Out: `Timer`s in a handful of queries, whatever the scope.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from matcher.catalogue import HOME, catalogue_of
from matcher.claims.clock import (
    Span,
    claim_of,
    last_day_of,
    state_of,
    stretch_of,
    tier_of,
)
from matcher.claims.kinds import ClaimKind, kinds
from matcher.claims.proving import is_proved
from matcher.domain.service.claim import Claim
from matcher.domain.service.policies.catalogue import Catalogue, Tier
from matcher.domain.service.timer import Stretch, Timer, TimerState
from matcher.listings import Scope
from matcher.policy import PolicyAt
from matcher.store.claims import WorkRow
from matcher.store.context import without_collection
from matcher.store.store import UnitOfWork


@dataclass(frozen=True, slots=True)
class Numbers:
    """What of the policy a clock needs."""

    months: int
    gap_days: int
    ahead_days: int
    slips: int
    on: date

    @classmethod
    def of(cls, policy: PolicyAt) -> Numbers:
        """Out of the policy of a day."""
        return cls(
            policy.whole("ladder.months"),
            policy.whole("ladder.gap_days"),
            policy.whole("claims.ahead_days"),
            policy.whole("ladder.pay_slips"),
            policy.on,
        )


class Deadlines:
    """Within how many days each offer has to be claimed, looked up once a place."""

    def __init__(self, catalogue: Catalogue, on: date) -> None:
        self._catalogue, self._on = catalogue, on
        self._known: dict[tuple[str, str], int | None] = {}

    def of(self, item: str, division: str) -> int | None:
        """Days of an offer in a place; None where the office has entered none."""
        key = (item, division)
        if key not in self._known:
            kept = self._catalogue.version_on(item, on=self._on, division=division or HOME)
            self._known[key] = kept.item.deadline_days if kept else None
        return self._known[key]


@without_collection()
def timers(unit: UnitOfWork, scope: Scope, policy: PolicyAt) -> list[Timer]:
    """The clock of every person and kind of a scope, by person; work that broke off too early is left out."""
    numbers = Numbers.of(policy)
    back_to = policy.on - timedelta(days=policy.whole("claims.look_back_days"))
    rows = unit.timers.rows(division=scope.division, villages=scope.villages, back_to=back_to)
    claims = unit.claims.light(division=scope.division, villages=scope.villages)
    shown = unit.timers.proved(division=scope.division, villages=scope.villages)
    regions = unit.timers.regions(division=scope.division, villages=scope.villages)
    deadlines = Deadlines(catalogue_of(unit), policy.on)
    found = [
        timer
        for worker, own in groupby(rows, key=lambda row: row.worker_key)
        for timer in _of_rows(list(own), claims.get(worker, ()), regions, deadlines, numbers)
    ]
    wanting = {timer.worker_key for timer in found if timer.state is TimerState.MISSING_PROOF} & shown
    return _proved(unit, found, wanting, rows, numbers)


def _of_rows(
    rows: Sequence[WorkRow], claims: Sequence[Claim], regions: dict[int, str], deadlines: Deadlines, numbers: Numbers
) -> Iterable[Timer]:
    """The clocks of one person."""
    spans: list[Span] = [(row.key, row.started_on, row.ended_on) for row in rows]
    stretch = stretch_of(spans, months=numbers.months, gap_days=numbers.gap_days, on=numbers.on)
    if stretch is None:
        return
    last = next(row for row in rows if row.key == stretch.spells[-1])
    tier = tier_of(last.home_code, last.place_code, regions.get(last.key, ""))
    for kind in kinds().values():
        if not kind.of_person or (kind.away_only and tier is Tier.BANNER):
            continue
        claim = claim_of(claims, kind.code, stretch)
        timer = timer_of(kind, stretch, claim, tier, last, deadlines, numbers)
        if timer.state is not TimerState.BROKEN:
            yield timer


def timer_of(
    kind: ClaimKind,
    stretch: Stretch,
    claim: Claim | None,
    tier: Tier | None,
    last: WorkRow,
    deadlines: Deadlines,
    numbers: Numbers,
    *,
    proved: bool = False,
) -> Timer:
    """One clock."""
    last_day = last_day_of(stretch, deadlines.of(kind.item, last.home_code))
    state = state_of(stretch, claim, proved=proved, ahead_days=numbers.ahead_days, last_day=last_day, on=numbers.on)
    return Timer(
        worker_key=last.worker_key,
        kind=kind.code,
        state=state,
        stretch=stretch,
        last_day=last_day,
        tier="" if tier is None else tier.value,
        name=last.name,
        village=last.village,
        home_code=last.home_code,
        home_name=last.home_name,
        claim_key=claim.key if claim else None,
    )


def _proved(
    unit: UnitOfWork, found: list[Timer], wanting: set[int], rows: Sequence[WorkRow], numbers: Numbers
) -> list[Timer]:
    """Clocks whose months are full, with the proofs of those who have shown any."""
    if not wanting:
        return found
    proofs = unit.casefile.proofs.of_people(wanting)
    spans: dict[int, list[Span]] = defaultdict(list)
    for row in rows:
        if row.worker_key in wanting:
            spans[row.worker_key].append((row.key, row.started_on, row.ended_on))
    sure: dict[int, bool] = {}
    changed = []
    for timer in found:
        key = timer.worker_key
        if key in wanting and timer.state is TimerState.MISSING_PROOF:
            if key not in sure:
                shown = proofs.get(key, [])
                sure[key] = is_proved(
                    timer.stretch, spans[key], shown, months=numbers.months, slips=numbers.slips, on=numbers.on
                )
            changed.append(replace(timer, state=TimerState.MAY_CLAIM) if sure[key] else timer)
        else:
            changed.append(timer)
    return changed
