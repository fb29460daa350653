"""Training classes as the office runs them: what was changed by hand, and who takes part.

In: nothing. Out: `ClassEdit` over what a provider delivered, and the states of an enrolment.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from matcher.domain.training import TrainingClass


class EnrolmentState(StrEnum):
    """How far somebody is with a class."""

    ENROLLED = "enrolled"
    ATTENDED = "attended"
    PASSED = "passed"
    LEFT = "left"

    @property
    def takes_seat(self) -> bool:
        """Whether a seat of the class is taken."""
        return self is not EnrolmentState.LEFT


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolment:
    """One person in one class."""

    worker_key: int
    class_key: int
    state: EnrolmentState
    actor: str
    changed_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class ClassEdit:
    """What staff changed of a class; None = as delivered."""

    seats: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    enrol_until: date | None = None
    cancelled: bool = False
    actor: str = ""
    edited_at: datetime | None = None

    def over(self, delivered: TrainingClass) -> TrainingClass:
        """The class as it stands now."""
        named = ("seats", "starts_on", "ends_on", "enrol_until")
        told = {name: value for name in named if (value := getattr(self, name)) is not None}
        return replace(delivered, **told) if told else delivered
