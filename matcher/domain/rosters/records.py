"""What a roster leaves behind beside people: rows that wait for a person, questions, changes, opened cases.

In: nothing. Out: the states and small records the importer, the store and the pages share.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from matcher.domain.facts import Phrase
from matcher.domain.worker import Worker


class ReviewState(StrEnum):
    """What became of a row that may or may not be a known person."""

    OPEN = "open"
    MERGED = "merged"
    NEW = "new"
    DROPPED = "dropped"


class QuestionState(StrEnum):
    """What became of a question to the coordinator; GONE = a later roster cured it."""

    OPEN = "open"
    ANSWERED = "answered"
    CONFIRMED = "confirmed"
    GONE = "gone"


class ChangeKind(StrEnum):
    """What a roster changed about its people."""

    NEW = "new"
    BACK = "back"
    """Was once missing from this sender's roster and stands in it again."""
    FELL_OUT = "fell_out"
    STATUS = "status"
    NEWLY_UNEMPLOYED = "newly_unemployed"


class EntryType(StrEnum):
    """By which door somebody comes into the service."""

    UNEMPLOYED = "unemployed"
    NEWLY_UNEMPLOYED = "newly_unemployed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A row that waits for a person: who it may be, and why nobody but a person can say."""

    draft: Worker
    candidates: tuple[int, ...]
    reason: str
    sheet: str = ""
    row: int = 0
    other: int = 0
    """The row of the same file that is this person too, 0 where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A waiting row as stored; `worker_key` = the person it was decided to be."""

    key: int
    waiting: Waiting
    state: ReviewState
    import_key: int
    worker_key: int | None
    decided_by: str
    decided_at: datetime | None
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonMerged:
    """Two records that were found to be one person, and can be taken apart again."""

    key: int
    kept_key: int
    name: str
    village: str
    actor: str
    merged_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonQuestion:
    """A question about a person as stored."""

    key: int
    worker_key: int
    phrase: Phrase
    state: QuestionState
    asked_on: date
    answer: str = ""
    answered_by: str = ""
    answered_at: datetime | None = None
    name: str = ""
    village: str = ""
    home_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterChange:
    """One change a roster brought, with the person it is about."""

    worker_key: int
    kind: ChangeKind
    was: str = ""
    now: str = ""
    name: str = ""
    village: str = ""
    home_name: str = ""


@dataclass(frozen=True, slots=True)
class RosterMember:
    """A person a sender's rosters have named, and where this person lives."""

    county: str
    village: str
    name: str
    fell_out: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceCase:
    """A case of the service; `previous_key` = the one before it."""

    key: int
    worker_key: int
    entry_type: EntryType
    opened_on: date
    due_on: date
    previous_key: int | None = None
    closed_on: date | None = None
    name: str = ""
    village: str = ""
    home_name: str = ""

    @property
    def open(self) -> bool:
        """Whether the service goes on."""
        return self.closed_on is None
