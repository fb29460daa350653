"""What is due next in a case, and until when, with the working days of the Chinese calendar.

In: where a case stands, its facts, the policy. Out: one `Due`: what somebody has to do, and by which day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from matcher.appointments import add_working_days
from matcher.domain.plan import Track
from matcher.domain.service.casestate import CaseFacts, CaseStanding, CaseState
from matcher.ladder import add_months
from matcher.policy import PolicyAt

SERVED = frozenset({Track.FULL.value, Track.PUBLIC_POST_EXIT.value, Track.ON_REQUEST.value})
"""Tracks whose people are owed a case."""


class Todo(StrEnum):
    """What somebody has to do next."""

    PLAN = "plan"
    OPEN = "open"
    DELIVER = "deliver"
    ANSWER = "answer"
    RESULT = "result"
    CALL = "call"
    PROOF = "proof"
    CLOSE = "close"
    ASK = "ask"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Due:
    """What is due and by which day; None = as soon as anybody can."""

    todo: Todo
    on: date | None


@lru_cache(maxsize=4096)
def working_days_after(day: date, many: int) -> date:
    """The day so many working days later; asked for again and again."""
    return add_working_days(day, many)


def due_of(
    standing: CaseStanding,
    facts: CaseFacts,
    policy: PolicyAt,
    on: date,
    *,
    made_on: date | None,
    referral_due: date | None = None,
) -> Due | None:
    """The next thing to do; None where nothing is."""
    state = standing.state
    if state is CaseState.LISTED:
        return Due(Todo.PLAN, _open_by(facts, policy))
    if state is CaseState.SCREENED:
        return Due(Todo.OPEN, _open_by(facts, policy)) if facts.track in SERVED else None
    if state is CaseState.MATCHED and facts.delivered_on is not None:
        return Due(Todo.ANSWER, facts.delivered_on + timedelta(days=policy.whole("aftercare.slip_days")))
    if state.waits and facts.opened_on is not None:
        return Due(Todo.DELIVER, working_days_after(facts.opened_on, policy.whole("case.deliver_working_days")))
    if state.works:
        return _in_work(state, facts, policy, on)
    return _other(state, facts, policy, made_on, referral_due)


def _open_by(facts: CaseFacts, policy: PolicyAt) -> date | None:
    """Until when a case is to be open: some working days after the person was listed, or lost the job since."""
    since = facts.since_on
    return None if since is None else working_days_after(since, policy.whole("case.open_working_days"))


def _in_work(state: CaseState, facts: CaseFacts, policy: PolicyAt, on: date) -> Due | None:
    """The next call; after the months are full the proof, and then the case may be closed."""
    assert facts.started_on is not None
    if state is CaseState.STABLE_3M:
        return Due(Todo.CLOSE, None)
    full = add_months(facts.started_on, policy.whole("ladder.months"))
    if full <= on:
        return Due(Todo.PROOF, full)
    days = sorted(round(days) for days in policy.numbers("aftercare.call_days"))
    after = next((day for day in days if day > facts.confirmed_days), None)
    return None if after is None else Due(Todo.CALL, facts.started_on + timedelta(days=after))


def _other(
    state: CaseState, facts: CaseFacts, policy: PolicyAt, made_on: date | None, referral_due: date | None
) -> Due | None:
    """What is due of people who neither wait for the service nor work."""
    back = timedelta(days=policy.whole("aftercare.slip_days"))
    if state is CaseState.DELIVERED and facts.delivered_on is not None:
        return Due(Todo.ANSWER, facts.delivered_on + back)
    if state is CaseState.IN_ACTION and facts.acted_on is not None:
        return Due(Todo.RESULT, referral_due or facts.acted_on + back)
    if state is CaseState.LOST_JOB:
        return Due(Todo.OPEN, _open_by(facts, policy))
    if state is CaseState.UNWILLING and made_on is not None:
        return Due(Todo.ASK, made_on + timedelta(days=policy.whole("entitlement.reask_days")))
    return Due(Todo.INFO, None) if state is CaseState.INFO_MISSING else None
