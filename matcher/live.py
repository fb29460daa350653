"""Which postings may be suggested on a day, and why the others may not.

In: a stored posting and the policy of the day. Out: None for a live posting, else the Exclusion.
"""

from __future__ import annotations

from datetime import timedelta

from matcher.columns import PostingRow
from matcher.domain.match import Exclusion
from matcher.domain.posting import PostingState, Shift, Wage
from matcher.policy import PolicyAt


def closed_because(row: PostingRow, policy: PolicyAt) -> Exclusion | None:
    """Why a posting is suggested to nobody today; None where it is live."""
    posting, facts = row.posting, row.facts
    if row.state is not PostingState.OPEN:
        return Exclusion(f"EXCLUDED_POSTING_{row.state.name}", "BASIS_STATE")
    if facts.conduct:
        first = facts.conduct[0]
        return Exclusion("EXCLUDED_CONDUCT", "BASIS_PRACTICE", {"flag": first.code}, first.evidence)
    if posting.deadline is not None and posting.deadline < policy.on:
        return Exclusion("EXCLUDED_EXPIRED", "BASIS_ADVERT", {"ended_on": posting.deadline.isoformat()})
    if _stale(row, policy):
        return Exclusion("EXCLUDED_STALE", "BASIS_PRACTICE", {"days": policy.whole("plan.stale_days")})
    left = row.openings_left if row.openings_left is not None else posting.openings
    if (left is not None and left <= 0) or facts.filled.value:
        return Exclusion("EXCLUDED_POSTING_FILLED", "BASIS_ADVERT")
    least = policy.minimum_wage(posting.place.code)
    if least is not None and facts.wage is not None and _below(facts.wage, least, facts.shift.value):
        return Exclusion("EXCLUDED_MINIMUM_WAGE", "BASIS_MINIMUM_WAGE", {"least": least}, facts.wage.evidence)
    return None


def _stale(row: PostingRow, policy: PolicyAt) -> bool:
    """Without a deadline, and neither published nor verified for long."""
    if row.posting.deadline is not None:
        return False
    seen = [day for day in (row.posting.published_on, row.posting.verified_on) if day is not None]
    return bool(seen) and max(seen) + timedelta(days=policy.whole("plan.stale_days")) < policy.on


def _below(wage: Wage, least: float, shift: Shift | None) -> bool:
    """Whether even the upper end of full-time pay is under the monthly minimum."""
    top = wage.high if wage.high is not None else wage.low
    return top is not None and top < least and shift not in {Shift.PART_TIME, Shift.FLEXIBLE}
