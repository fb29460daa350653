"""The subsidy clock: months counted fast, where a claim stands, what is checked before money may be claimed.

In: stretches of work as days, a claim, the policy. Out: `Stretch`, `TimerState`, `Check`s. Pure; a slower function,
`matcher.ladder.stability`, counts the same months and says what of them is proved.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from matcher.claims.kinds import ClaimKind
from matcher.domain.service.claim import Claim, ClaimState
from matcher.domain.service.ladder import RegionClass, Stability
from matcher.domain.service.policies.catalogue import Tier
from matcher.domain.service.timer import Check, Settled, Stretch, TimerState
from matcher.ladder import add_months

DAY = timedelta(days=1)
Span = tuple[int, date, date | None]
"""(key, first day, last day or None where it goes on)."""
_TIER_OF = {
    RegionClass.TOWNSHIP: Tier.BANNER,
    RegionClass.COUNTY: Tier.BANNER,
    RegionClass.CITY: Tier.CITY,
    RegionClass.REGION: Tier.REGION,
    RegionClass.OUTSIDE: Tier.OUTSIDE,
}


def stretch_of(spells: Sequence[Span], *, months: int, gap_days: int, on: date) -> Stretch | None:
    """The newest stretch of work without a break longer than so many days, and when its months are full."""
    chain: list[tuple[int, date, date, bool]] = []
    last: date | None = None
    for key, began, ended in sorted(spells, key=lambda one: (one[1], one[0])):
        if began > on:
            continue
        if last is not None and (began - last).days > gap_days:
            chain, last = [], None
        over = ended is not None and ended < on
        end = ended + DAY if ended is not None and over else on
        chain.append((key, began, end, ended is None or ended > on))
        last = end if last is None else max(last, end)
    if not chain or last is None:
        return None
    return _joined(chain, last, months, on)


def _joined(chain: Sequence[tuple[int, date, date, bool]], last: date, months: int, on: date) -> Stretch:
    """The stretch of a chain of spells; days that two of them share count once."""
    since, days, seen = chain[0][1], 0, chain[0][1]
    for _, began, end, _ in chain:
        days += max((end - max(began, seen)).days, 0)
        seen = max(seen, end)
    gap = (last - since).days - days
    full = add_months(since, months)
    running = any(goes_on for *_, goes_on in chain)
    return Stretch(
        since=since,
        until=on if running else last - DAY,
        days=days,
        gap_days=gap,
        reached=since + timedelta(days=days) >= full,
        reached_on=full + timedelta(days=gap),
        running=running,
        spells=tuple(key for key, *_ in chain),
    )


def state_of(
    stretch: Stretch, claim: Claim | None, *, proved: bool, ahead_days: int, last_day: date | None, on: date
) -> TimerState:
    """What the clock shows on a day; a claim of this stretch goes before everything but its withdrawal."""
    if claim is not None and claim.state is not ClaimState.WITHDRAWN:
        return TimerState(claim.state.value)
    if not stretch.reached:
        if not stretch.running:
            return TimerState.BROKEN
        return TimerState.DUE_SOON if (stretch.reached_on - on).days <= ahead_days else TimerState.NOT_YET
    if last_day is not None and on > last_day:
        return TimerState.LAPSED
    return TimerState.MAY_CLAIM if proved else TimerState.MISSING_PROOF


def last_day_of(stretch: Stretch, deadline_days: int | None) -> date | None:
    """Until when to claim, where the office has entered it."""
    return None if deadline_days is None else stretch.reached_on + timedelta(days=deadline_days)


def claim_of(claims: Sequence[Claim], kind: str, stretch: Stretch) -> Claim | None:
    """The claim that was made for a stretch: of several the standing one, else the newest."""
    mine = [one for one in claims if one.kind == kind and one.since <= stretch.until and one.until >= stretch.since]
    standing = [one for one in mine if one.state.standing]
    newest = standing or mine
    return newest[-1] if newest else None


def overlaps(spells: Sequence[Span]) -> bool:
    """Whether two spells share days: being in two places is asked about."""
    ordered = sorted(spells, key=lambda one: one[1])
    for place, (_, _, ended) in enumerate(ordered):
        for _, began, _ in ordered[place + 1 :]:
            if ended is None or began < ended:
                return True
    return False


def tier_of(home_code: str, place_code: str, region: str = "") -> Tier | None:
    """Where the work is, seen from home; what somebody told of it goes before the posting; None = not known."""
    told = _TIER_OF.get(RegionClass(region)) if region else None
    if told is not None:
        return told
    if not place_code or not home_code:
        return None
    if not place_code.startswith(home_code[:2]):
        return Tier.OUTSIDE
    if not place_code.startswith(home_code[:4]):
        return Tier.REGION if len(place_code) >= 4 and place_code[2:4] != "00" else None
    if len(place_code) < 6 or place_code[4:6] == "00" or len(home_code) < 6:
        return None
    return Tier.BANNER if place_code.startswith(home_code[:6]) else Tier.CITY


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckFacts:
    """What is looked at before money may be claimed; None = nobody knows."""

    belongs: bool | None
    public_post: bool | None
    drawn: bool | None
    """Whether the ledger tells of the same money drawn this year."""
    gone: bool
    overlap: bool
    other_claim: bool
    """Whether another claim of the kind and year stands."""
    tier: Tier | None
    stability: Stability


def checks_of(kind: ClaimKind, facts: CheckFacts) -> tuple[Check, ...]:
    """Everything that is looked at, in the order it is read."""
    found = [
        ("BELONGS", _wanted(facts.belongs, True)),
        ("HERE", Settled.STOP if facts.gone else Settled.FINE),
        ("PROOF", Settled.FINE if facts.stability.proved else Settled.STOP),
        ("PLACE", Settled.ASK if facts.tier is None else Settled.FINE),
        ("PUBLIC_POST", Settled.STOP if facts.public_post else _wanted(facts.public_post, False)),
        ("OVERLAP", Settled.STOP if facts.overlap else Settled.FINE),
        ("ONE_CLAIM", Settled.STOP if facts.other_claim else Settled.FINE),
    ]
    if kind.away_only:
        found.insert(4, ("AWAY", Settled.ASK if facts.tier is None else _wanted(facts.tier is Tier.BANNER, False)))
    if kind.ledger == "yes":
        found.append(("LEDGER", _wanted(facts.drawn, False)))
    return tuple(Check(code=code, settled=settled) for code, settled in found)


def _wanted(value: bool | None, wanted: bool) -> Settled:
    """Fine where it is as wanted, a question where nobody knows."""
    return Settled.ASK if value is None else Settled.FINE if value is wanted else Settled.STOP
