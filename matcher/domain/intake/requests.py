"""What a person may ask of the office about their data or a plan, and what the office may answer.

In: nothing. Out: kinds, outcomes and `PersonRequest`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class RequestKind(StrEnum):
    """What was asked for."""

    REFUSE_MACHINE = "refuse_machine"
    """Wants no plan by machine alone."""
    APPEAL = "appeal"
    """Does not agree with a plan, a track or a decision."""
    EXPLAIN = "explain"
    ACCESS = "access"
    CORRECT = "correct"
    ERASE = "erase"
    OTHER = "other"


class Outcome(StrEnum):
    """What the office answered."""

    DONE = "done"
    PARTLY = "partly"
    REFUSED = "refused"
    """Not done; the answer says why and where to complain."""
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRequest:
    """One request as written down; `outcome` None = not answered yet."""

    key: int
    worker_key: int
    kind: RequestKind
    said_on: date
    due_on: date
    received_by: str
    words: str
    outcome: Outcome | None = None
    answered_on: date | None = None
    answered_by: str = ""
    answer: str = ""
