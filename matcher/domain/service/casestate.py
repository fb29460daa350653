"""Where a case stands: derived from facts, never typed, and what is missing until the “131” is done.

In: the facts of one case on one day. Out: its state, why, and which of the four things are missing. The ladder is read
from its far end: whoever works is placed, however much paper is missing; what is missing is told beside it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from matcher.domain.plan import Track


class CaseState(StrEnum):
    """Where a case stands, in the order of its life; ways out beside work that lasts stand at the end."""

    LISTED = "listed"
    NOT_ENTITLED = "not_entitled"
    UNWILLING = "unwilling"
    INFO_MISSING = "info_missing"
    STABILISE = "stabilise"
    SCREENED = "screened"
    OPEN = "open"
    GUIDED = "guided"
    MATCHED = "matched"
    DELIVERED = "delivered"
    IN_ACTION = "in_action"
    PLACED = "placed"
    DAY7 = "day7"
    DAY30 = "day30"
    STABLE_3M = "stable_3m"
    CLOSED = "closed"
    LOST_JOB = "lost_job"
    PUBLIC_POST = "public_post"
    SELF_EMPLOYED = "self_employed"
    SCHOOL = "school"
    MOVED = "moved"
    DIED = "died"
    REFUSED = "refused"

    @property
    def works(self) -> bool:
        """Whether the person is in work that is followed up."""
        return self in {CaseState.PLACED, CaseState.DAY7, CaseState.DAY30, CaseState.STABLE_3M}

    @property
    def waits(self) -> bool:
        """Whether the “131” of the case is still owed."""
        return self in {CaseState.SCREENED, CaseState.OPEN, CaseState.GUIDED, CaseState.MATCHED}

    @property
    def over(self) -> bool:
        """Whether nothing more is to be done in this case."""
        return self in {CaseState.CLOSED, CaseState.LOST_JOB, CaseState.NOT_ENTITLED, *_WAYS_OUT}


_WAYS_OUT = frozenset(
    {
        CaseState.PUBLIC_POST,
        CaseState.SELF_EMPLOYED,
        CaseState.SCHOOL,
        CaseState.MOVED,
        CaseState.DIED,
        CaseState.REFUSED,
    }
)


class Missing(StrEnum):
    """What the “131” still lacks, in the order it is done."""

    CASE = "case"
    PLAN = "plan"
    GUIDANCE = "guidance"
    POSTINGS = "postings"
    TRAINING = "training"
    DELIVERY = "delivery"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseFacts:
    """What is known of one case on one day."""

    track: str = ""
    """The track of the plan that counts, "" without a plan."""
    unwilling: bool = False
    """Whether a person outside the service is so only for not wanting it now."""
    gone: str = ""
    """“died” or “moved”."""
    since_on: date | None = None
    """From when on a case is owed: listed, or without work, whichever came later."""
    opened_on: date | None = None
    guided_on: date | None = None
    needed: int = 3
    valid: int = 0
    """Postings of the plan that are open on the day, or were answered to."""
    training_answered: bool = False
    """Joined or wanted, refused with a reason, or none that fits with the reason, explained or delivered."""
    delivered_on: date | None = None
    acted_on: date | None = None
    """A referral that still runs, a class joined, an employer called."""
    started_on: date | None = None
    ended_on: date | None = None
    confirmed_days: int = 0
    """Up to how many days after the start somebody heard that the work goes on."""
    stable: bool = False
    """Three months, proved."""
    exit: str = ""
    closed_on: date | None = None


@dataclass(frozen=True, slots=True)
class CaseStanding:
    """Where a case stands, and what the “131” lacks."""

    state: CaseState
    missing: tuple[Missing, ...] = ()

    @property
    def done_131(self) -> bool:
        """Whether all four were done; nobody is asked for what is not owed."""
        return not self.missing and self.state not in _NEVER_SERVED


_NEVER_SERVED = frozenset(
    {
        *(CaseState.LISTED, CaseState.NOT_ENTITLED, CaseState.UNWILLING, CaseState.INFO_MISSING),
        *(CaseState.STABILISE, CaseState.SCREENED),
    }
)
_TRACKS = {
    Track.REFUSE_UNDER16.value: CaseState.NOT_ENTITLED,
    Track.NOT_ENTITLED.value: CaseState.NOT_ENTITLED,
    Track.SCHOOL_RETURN.value: CaseState.SCHOOL,
    Track.SELF_EMPLOYED.value: CaseState.SELF_EMPLOYED,
    Track.INFO_FIRST.value: CaseState.INFO_MISSING,
}
_CONFIRMED = ((30, CaseState.DAY30), (7, CaseState.DAY7), (0, CaseState.PLACED))


def state_of(facts: CaseFacts) -> CaseStanding:
    """Where a case stands on the day its facts are of."""
    state = _state(facts)
    return CaseStanding(state, missing_of(facts))


def missing_of(facts: CaseFacts) -> tuple[Missing, ...]:
    """What the “131” lacks; a shortfall is not done, however honestly it was recorded."""
    tests = (
        (Missing.CASE, facts.opened_on is not None),
        (Missing.PLAN, bool(facts.track)),
        (Missing.GUIDANCE, facts.guided_on is not None),
        (Missing.POSTINGS, facts.valid >= facts.needed),
        (Missing.TRAINING, facts.training_answered),
        (Missing.DELIVERY, facts.delivered_on is not None),
    )
    return tuple(what for what, done in tests if not done)


def _state(facts: CaseFacts) -> CaseState:
    """The furthest step that the facts show."""
    if facts.gone:
        return CaseState(facts.gone)
    if facts.closed_on is not None:
        return CaseState.CLOSED
    if facts.started_on is not None:
        return CaseState.LOST_JOB if facts.ended_on is not None else _in_work(facts)
    if facts.exit:
        return CaseState(facts.exit)
    return _before_work(facts)


def _in_work(facts: CaseFacts) -> CaseState:
    """How long somebody in work is known to be there; three months only where they are proved."""
    if facts.stable:
        return CaseState.STABLE_3M
    return next(state for days, state in _CONFIRMED if facts.confirmed_days >= days)


def _before_work(facts: CaseFacts) -> CaseState:
    """How far the service has come with somebody who has no work."""
    if facts.track == Track.NOT_ENTITLED.value and facts.unwilling:
        return CaseState.UNWILLING
    if facts.track in _TRACKS:
        return _TRACKS[facts.track]
    if facts.opened_on is None:
        if facts.track == Track.STABILISE.value:
            return CaseState.STABILISE
        return CaseState.SCREENED if facts.track else CaseState.LISTED
    if facts.acted_on is not None:
        return CaseState.IN_ACTION
    if facts.guided_on is None:
        return CaseState.OPEN
    if facts.valid < facts.needed:
        return CaseState.GUIDED
    done = facts.delivered_on is not None and facts.training_answered
    return CaseState.DELIVERED if done else CaseState.MATCHED
