"""Whether three months of work are proved, counted by stretches of days instead of single days.

In: the spells of one stretch and the proofs shown. Out: yes or no, the same as `matcher.ladder.stability` says; quick
enough for everybody of a banner at once.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from matcher.claims.clock import DAY, Span
from matcher.domain.service.ladder import Proof, ProofKind
from matcher.domain.service.timer import Stretch
from matcher.ladder import add_months

Days = tuple[date, date]
"""From a day on, without the last."""


def is_proved(
    stretch: Stretch, spells: Sequence[Span], proofs: Sequence[Proof], *, months: int, slips: int, on: date
) -> bool:
    """Whether the months of a stretch were worked and are proved."""
    if not stretch.reached:
        return False
    chain = [one for one in spells if one[0] in stretch.spells]
    worked = joined((began, _end(ended, on)) for _, began, ended in chain)
    shown = list(_shown(proofs, stretch.spells))
    covered = joined(shared for _, days in shown for shared in _shared(days, worked))
    many = sum((end - first).days for first, end in covered)
    if stretch.since + timedelta(days=many) >= add_months(stretch.since, months):
        return True
    paid = [days for kind, days in shown if kind is ProofKind.PAY_SLIP]
    return len({month for days in paid for shared in _shared(days, worked) for month in _months(shared)}) >= slips


def joined(days: Iterable[Days]) -> list[Days]:
    """Stretches of days in order, those that touch made one."""
    found: list[Days] = []
    for first, end in sorted(one for one in days if one[0] < one[1]):
        if found and first <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((first, end))
    return found


def _end(ended: date | None, on: date) -> date:
    """The day after the last day in work; the day itself where it goes on."""
    return ended + DAY if ended is not None and ended < on else on


def _shown(proofs: Sequence[Proof], spells: Sequence[int]) -> Iterable[tuple[ProofKind, Days]]:
    """The days each proof is about; a contract reaches as far as somebody was last heard of there."""
    heard: dict[int, date] = {}
    for proof in proofs:
        heard[proof.spell_key] = max(heard.get(proof.spell_key, proof.told_on), proof.told_on)
    for proof in proofs:
        if proof.spell_key not in spells or not proof.kind.proves:
            continue
        known = heard[proof.spell_key] if proof.kind is ProofKind.CONTRACT else proof.told_on
        last = known if proof.until_on is None else min(proof.until_on, known)
        yield proof.kind, (proof.from_on, last + DAY)


def _shared(days: Days, worked: Sequence[Days]) -> Iterable[Days]:
    """The part of some days on which somebody worked."""
    for first, end in worked:
        shared = (max(first, days[0]), min(end, days[1]))
        if shared[0] < shared[1]:
            yield shared


def _months(days: Days) -> Iterable[tuple[int, int]]:
    """The months some days touch."""
    first, last = days[0], days[1] - DAY
    for month in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        yield month // 12, month % 12
