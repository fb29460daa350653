"""Which postings may be suggested on a day, and why the others may not.

In: a stored posting and the policy of the day. Out: None for a live posting, else the Exclusion.
"""

from __future__ import annotations

from datetime import date, timedelta

from matcher.columns import PostingRow
from matcher.domain.localtime import hours_between
from matcher.domain.match import Exclusion
from matcher.domain.posting import Posting, PostingFacts, PostingKind, PostingState, Shift, WageUnit
from matcher.policy import PolicyAt
from matcher.reading.pay import office_assumptions


def closed_because(row: PostingRow, policy: PolicyAt) -> Exclusion | None:
    """Why a posting is suggested to nobody today; None where it is live."""
    posting, facts = row.posting, row.facts
    if row.state is not PostingState.OPEN:
        return Exclusion(f"EXCLUDED_POSTING_{row.state.name}", "BASIS_STATE")
    if facts.conduct and not row.cleared:
        first = facts.conduct[0]
        return Exclusion("EXCLUDED_CONDUCT", "BASIS_PRACTICE", {"flag": first.code}, first.evidence)
    if posting.deadline is not None and posting.deadline < policy.on:
        return Exclusion("EXCLUDED_EXPIRED", "BASIS_ADVERT", {"ended_on": posting.deadline.isoformat()})
    if _stale(row, policy):
        return Exclusion("EXCLUDED_STALE", "BASIS_PRACTICE", {"days": policy.whole("plan.stale_days")})
    left = row.openings_left if row.openings_left is not None else posting.openings
    if (left is not None and left <= 0) or facts.filled.value:
        return Exclusion("EXCLUDED_POSTING_FILLED", "BASIS_ADVERT")
    least = None if row.cleared else minimum_not_met(row, policy)
    if least is not None and facts.wage is not None:
        return Exclusion("EXCLUDED_MINIMUM_WAGE", "BASIS_MINIMUM_WAGE", {"least": least}, facts.wage.evidence)
    return None


def minimum_not_met(row: PostingRow, policy: PolicyAt) -> float | None:
    """The monthly minimum wage of the place where the pay stated is under it, None where it is not."""
    least = policy.minimum_wage(row.posting.place.code)
    if least is None or row.facts.wage is None or _allowance(row) or not _below(row.facts, least):
        return None
    return least


def _stale(row: PostingRow, policy: PolicyAt) -> bool:
    """Without a deadline, and neither published nor verified for long."""
    if row.posting.deadline is not None:
        return False
    seen = last_seen(row.posting)
    return seen is not None and seen + timedelta(days=policy.whole("plan.stale_days")) < policy.on


def last_seen(posting: Posting) -> date | None:
    """The last day a posting was published or verified, None where neither is known."""
    return max((day for day in (posting.published_on, posting.verified_on) if day is not None), default=None)


def _allowance(row: PostingRow) -> bool:
    """A public-welfare post of part of the day: what is paid is an allowance the office sets, not a wage."""
    hours, full = _hours_a_day(row.facts), office_assumptions().full_day_hours
    short = row.facts.shift.value is Shift.PART_TIME or (hours is not None and hours < full)
    return row.posting.kind is PostingKind.PUBLIC_WELFARE and short


def _below(facts: PostingFacts, least: float) -> bool:
    """Whether even the upper end of the pay is under the monthly minimum, for short days under their share of it."""
    wage = facts.wage
    top = None if wage is None else wage.high if wage.high is not None else wage.low
    if wage is None or top is None:
        return False
    hours, usual = _hours_a_day(facts), office_assumptions()
    if hours is None:
        return top < least and facts.shift.value not in {Shift.PART_TIME, Shift.FLEXIBLE}
    by_hours = wage.unit is WageUnit.HOUR or hours < usual.full_day_hours
    return top < least * (hours / usual.hours_per_day if by_hours else 1.0)


def _hours_a_day(facts: PostingFacts) -> float | None:
    """Hours a day as stated; those of a window only where it leaves room for no break."""
    if facts.hours_per_day.value is not None:
        return facts.hours_per_day.value
    start, end = facts.start_minute.value, facts.end_minute.value
    if start is None or end is None:
        return None
    window = hours_between(start, end)
    return window if 0 < window < office_assumptions().hours_per_day else None
