"""Village coordinators: who serves which village, on what post, trained when; and villages that need none.

In: nothing. Out: frozen records, and what may be said of the staffing of a village.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class SourcePost(StrEnum):
    """What a coordinator is besides: the notice names the village committee, first secretary and work team, and
    lets public-welfare posts be used."""

    PUBLIC_POST = "public_post"
    COMMITTEE = "committee"
    FIRST_SECRETARY = "first_secretary"  # pragma: allowlist secret
    WORK_TEAM = "work_team"
    OTHER = "other"


class EventKind(StrEnum):
    """What is written down of a coordinator."""

    TRAINING = "training"
    ATTENDANCE = "attendance"
    REVIEW = "review"


class Result(StrEnum):
    """How a training or a review ended."""

    PASSED = "passed"
    FAILED = "failed"
    OPEN = ""


class Coverage(StrEnum):
    """How a village is staffed."""

    STAFFED = "staffed"
    NOT_NEEDED = "not_needed"
    GAP = "gap"


@dataclass(frozen=True, slots=True, kw_only=True)
class Coordinator:
    """One coordinator; `account` is the name of the account used, "" = none."""

    key: int = 0
    name: str
    division: str
    source: SourcePost = SourcePost.OTHER
    account: str = ""
    started_on: date
    ended_on: date | None = None
    contract_until: date | None = None
    contract_no: str = ""
    phone: str = ""
    note: str = ""
    trained_on: date | None = None
    reviewed_on: date | None = None
    revision: int = 1

    def serves_on(self, day: date) -> bool:
        """Whether the person is a coordinator on a day."""
        return self.started_on <= day and (self.ended_on is None or day <= self.ended_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """A coordinator of a village."""

    key: int = 0
    coordinator_key: int
    code: str
    village: str
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffEvent:
    """A training, a month of attendance, or a review."""

    key: int = 0
    coordinator_key: int
    kind: EventKind
    on: date
    result: Result = Result.OPEN
    hours: float = 0
    topic: str = ""
    note: str = ""
    actor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NotNeeded:
    """A village that needs no coordinator, and why."""

    code: str
    village: str
    reason: str
    on: date
    actor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenItems:
    """What waits in a village when it is handed over."""

    people: int = 0
    without_plan: int = 0
    questions: int = 0
    calls: int = 0
    cases: int = 0
