"""Employers as they are looked after: visits, ends of contracts, warnings of lay-offs, and how many people stay.

In: nothing. Out: frozen records; what was said at a visit is sealed where stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Topic(StrEnum):
    """What was spoken of at a visit."""

    KEEPING = "keeping"
    CONTRACTS = "contracts"
    WAGES = "wages"
    INSURANCE = "insurance"
    SAFETY = "safety"
    HIRING = "hiring"
    LAY_OFF = "lay_off"


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """One visit to an employer, or a call instead of it."""

    key: int = 0
    employer: str
    name_key: str
    uscc: str = ""
    division: str
    visited_on: date
    by: str
    topics: tuple[Topic, ...] = ()
    spoke_with: str = ""
    promised: str = ""
    note: str = ""
    next_on: date | None = None
    lay_off_people: int = 0
    """How many people the employer says it will let go."""
    lay_off_on: date | None = None
    actor: str = ""
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractEnd:
    """Until when the contract of one stretch of work runs, as told."""

    key: int = 0
    spell_key: int
    worker_key: int
    ends_on: date
    renewed: bool = False
    """The employer has said that it goes on."""
    actor: str = ""
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Kept:
    """How many people began at an employer and were still there 30 and 90 days later.

    `of_30` and `of_90` are those of whom so many days have gone by since: nobody who began last week counts against it.
    """

    started: int = 0
    of_30: int = 0
    at_30: int = 0
    of_90: int = 0
    at_90: int = 0


@dataclass(frozen=True, slots=True)
class Record:
    """What an employer's people say for it: so many `began` long enough ago, so many `stayed` ninety days.

    `others` is the share that stayed at all other employers: what nothing known stands for.
    """

    stayed: int
    began: int
    others: float
    shown: bool = True
    """Enough people that their number may be told."""

    def above(self, people: float) -> float:
        """How far the share lies above that of the others, as if `people` more had stayed as they do elsewhere."""
        return (self.stayed + people * self.others) / (self.began + people) - self.others
