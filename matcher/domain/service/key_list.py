"""The key-assistance list: who stands on it and why, and what was done for them, day by day.

In: nothing. Out: frozen records; words of people, measures and reasons are sealed where they are stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from matcher.domain.service.casefile import GuidanceWay


class EntryReason(StrEnum):
    """Why somebody was put on the list."""

    UNSTABLE_WORK = "unstable_work"
    """The household is monitored and its risk is unsteady work (通人社办发〔2022〕113号 二(一))."""
    BY_HAND = "by_hand"
    """The office put the person on the list and said why."""


class LeaveReason(StrEnum):
    """Why somebody left the list; there are no other ways out."""

    STABLE = "stable"
    """Three months of steady work, with a proof."""
    CLEARED = "cleared"
    """The household's risk is cleared."""
    GONE = "gone"
    """Moved away or died, as recorded in the changes of life."""
    MISTAKE = "mistake"
    """Put on by mistake: no ledger says that the household is at risk because work is unsteady."""


class Found(StrEnum):
    """What came of it."""

    HELPED = "helped"
    """Something was done: a measure is in place."""
    AGREED = "agreed"
    """A next step was agreed."""
    STEADY = "steady"
    """All is well, nothing to do."""
    NOT_REACHED = "not_reached"


class LogKind(StrEnum):
    """A line of the card: a contact, or a change of the entry itself."""

    CONTACT = "contact"
    ENTERED = "entered"
    OWNER = "owner"
    LEFT = "left"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyEntry:
    """One stay of a person on the list; `left_on` None = still on it."""

    key: int
    worker_key: int
    reason: EntryReason
    entered_on: date
    identified_on: date | None = None
    """When the household was taken into monitoring, by the ledger."""
    owner: str = ""
    left_on: date | None = None
    left_reason: LeaveReason | None = None
    contact_on: date | None = None
    """When somebody last spoke with the person."""
    measure_on: date | None = None
    """When the first measure was taken, by the card; a ledger that names measures counts from the day of entry."""
    next_due: date | None = None
    words: str = ""
    """The risk as the ledger writes it, or why the office put the person on the list."""
    measures: str = ""
    """The measures as the ledger writes them."""
    name: str = ""
    village: str = ""
    home_code: str = ""
    home_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyLine:
    """One line of the tracking card; `taken_back_at` set = it was a mistake and counts no more."""

    key: int
    entry_key: int
    worker_key: int
    kind: LogKind
    on: date
    way: GuidanceWay | None = None
    found: Found | None = None
    next_due: date | None = None
    content: str = ""
    next_step: str = ""
    actor: str = ""
    recorded_at: datetime | None = None
    taken_back_at: datetime | None = None
    taken_back_by: str = ""
    taken_back_why: str = ""

    @property
    def stands(self) -> bool:
        """Whether it counts."""
        return self.taken_back_at is None
