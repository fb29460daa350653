"""Three months in work: spells joined over short breaks, counted in full months, and what of them is proved.

In: spells of one person as told, proofs shown, the policy of the day, the day. Out: `Stability` of the newest stretch.
A break is bridged but is not work; a day nobody has shown anything for is told, not proved.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from matcher.domain.aftercare import Spell
from matcher.domain.localtime import add_months
from matcher.domain.service.ladder import Proof, ProofKind, Stability
from matcher.policy import PolicyAt

DAY = timedelta(days=1)


def stability(spells: Sequence[Spell], evidence: Sequence[Proof], policy: PolicyAt, on: date) -> Stability:
    """The newest stretch of work up to a day, and whether the months asked for (policy) are proved."""
    chain = newest_stretch(spells, policy.whole("ladder.gap_days"), on)
    if not chain:
        return Stability()
    asked = policy.whole("ladder.months")
    since = chain[0].started_on
    running = any(spell.ended_on is None or spell.ended_on > on for spell in chain)
    worked = _worked_days(chain, on)
    span = (max(_end(spell, on) for spell in chain) - since).days
    gap = span - len(worked)
    counted = since + timedelta(days=len(worked))
    covered, kinds = _covered(chain, evidence, worked)
    reached = counted >= add_months(since, asked)
    enough = since + timedelta(days=len(covered)) >= add_months(since, asked)
    slips = _pay_slip_months(chain, evidence, worked) >= policy.whole("ladder.pay_slips")
    return Stability(
        months=full_months(since, counted),
        days=len(worked),
        gap_days=gap,
        proved=reached and (enough or slips),
        proved_by=kinds,
        since=since,
        until=on if running else max(_end(spell, on) for spell in chain) - DAY,
        proved_days=len(covered),
        reached=reached,
        reached_on=add_months(since, asked) + timedelta(days=gap),
        running=running,
        spells=tuple(spell.key for spell in chain),
    )


def newest_stretch(spells: Sequence[Spell], gap_days: int, on: date) -> list[Spell]:
    """The spells, the first first, that make the newest stretch without a break longer than so many days."""
    begun = sorted((one for one in spells if one.started_on <= on), key=lambda one: (one.started_on, one.key))
    chain: list[Spell] = []
    end: date | None = None
    for spell in begun:
        if end is not None and (spell.started_on - end).days > gap_days:
            chain = []
            end = None
        chain.append(spell)
        end = _end(spell, on) if end is None else max(end, _end(spell, on))
    return chain


def full_months(since: date, until: date) -> int:
    """Full months from a day to another, which does not count itself."""
    months = (until.year - since.year) * 12 + until.month - since.month
    return max(months if add_months(since, months) <= until else months - 1, 0)


def _end(spell: Spell, on: date) -> date:
    """The day after the last day in work; the day itself where it goes on: that day is not over."""
    return spell.ended_on + DAY if spell.ended_on is not None and spell.ended_on < on else on


def _days(first: date, end: date) -> Iterable[date]:
    """The days from one on, without the last."""
    return (first + timedelta(days=step) for step in range(max((end - first).days, 0)))


def _worked_days(chain: Sequence[Spell], on: date) -> set[date]:
    """Every day in work."""
    return {day for spell in chain for day in _days(spell.started_on, _end(spell, on))}


def _covered(
    chain: Sequence[Spell], evidence: Sequence[Proof], worked: set[date]
) -> tuple[set[date], tuple[ProofKind, ...]]:
    """The days in work that are proved, and by what."""
    covered: set[date] = set()
    kinds: list[ProofKind] = []
    for spell in chain:
        about = [proof for proof in evidence if proof.spell_key == spell.key]
        seen = max((proof.told_on for proof in about), default=date.min)
        for proof in about:
            days = worked.intersection(proved_days(proof, seen)) if proof.kind.proves else set()
            if days and proof.kind not in kinds:
                kinds.append(proof.kind)
            covered |= days
    return covered, tuple(kinds)


def proved_days(proof: Proof, seen: date) -> Iterable[date]:
    """The days something proves: none after it was shown; a contract as far as somebody was last heard of there."""
    known = seen if proof.kind is ProofKind.CONTRACT else proof.told_on
    last = known if proof.until_on is None else min(proof.until_on, known)
    return _days(proof.from_on, last + DAY)


def _pay_slip_months(chain: Sequence[Spell], evidence: Sequence[Proof], worked: set[date]) -> int:
    """Months of which a pay slip was shown."""
    keys = {spell.key for spell in chain}
    slips = (proof for proof in evidence if proof.kind is ProofKind.PAY_SLIP and proof.spell_key in keys)
    return len({(day.year, day.month) for slip in slips for day in proved_days(slip, slip.told_on) if day in worked})
