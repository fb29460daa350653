"""Agencies and brokers who may pass postings on, and labour brands.

In: nothing. Out: frozen records; telephones and notes are sealed where stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class BrokerKind(StrEnum):
    """What an intermediary is."""

    AGENCY = "agency"
    """A human resources agency, on a licence."""
    DISPATCH = "dispatch"
    """A labour dispatch company, on a licence of its own."""
    BROKER = "broker"
    """A labour broker, a person, on a record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Broker:
    """A recorded intermediary; `valid_to` None = the record names no end."""

    key: int = 0
    name: str
    name_key: str
    kind: BrokerKind
    record_no: str
    uscc: str = ""
    division: str
    """The area it may work in."""
    valid_from: date
    valid_to: date | None = None
    born_on: date | None = None
    """Of a broker who is a person."""
    phone: str = ""
    note: str = ""
    ended_on: date | None = None
    """The first day on which it holds no longer, where the office ended it."""
    actor: str = ""
    recorded_at: datetime | None = None

    def stands_on(self, day: date) -> bool:
        """Whether the record is in force on a day."""
        in_time = self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)
        return in_time and (self.ended_on is None or day < self.ended_on)


@dataclass(frozen=True, slots=True, kw_only=True)
class LabourBrand:
    """A labour brand as it was counted on a day; the newest count of a name holds."""

    key: int = 0
    name: str
    name_key: str
    division: str
    occupation: str = ""
    headcount: int = 0
    yuan_low: int | None = None
    yuan_high: int | None = None
    counted_on: date
    source: str = ""
    reputation: str = ""
    phone: str = ""
    ended_on: date | None = None
    actor: str = ""
    recorded_at: datetime | None = None
