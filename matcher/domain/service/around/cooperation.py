"""Labour cooperation with Beijing: what was done together, departures and who travels, rights, contacts, bases.

In: nothing. Out: frozen records; names of people other than workers, telephones and notes are sealed where stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class CoopKind(StrEnum):
    """The four kinds of cooperation of the notice, 二(三)."""

    LABOUR_EXPORT = "labour_export"
    TRAINING = "training"
    RIGHTS = "rights"
    PROJECT = "project"


@dataclass(frozen=True, slots=True, kw_only=True)
class CoopDeed:
    """One thing done together with the paired district, with how many people it reached."""

    key: int = 0
    division: str
    district: str
    kind: CoopKind
    happened_on: date
    title: str
    people: int = 0
    lifted: int = 0
    """How many of them are lifted out of poverty or monitored."""
    note: str = ""
    actor: str = ""
    recorded_at: datetime | None = None


class Side(StrEnum):
    """Which end of the journey a contact sits at."""

    ORIGIN = "origin"
    DESTINATION = "destination"


@dataclass(frozen=True, slots=True, kw_only=True)
class CoopContact:
    """Whom to ask at one end: a desk of a banner, or of a district people go to."""

    key: int = 0
    division: str
    side: Side
    office: str
    person: str = ""
    phone: str = ""
    hours: str = ""
    actor: str = ""
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """A group that leaves together; `batch` is the number the office gave it."""

    key: int = 0
    division: str
    district: str
    batch: str
    vehicle: str = ""
    leaves_on: date
    employer: str
    title: str = ""
    posting_key: int | None = None
    yuan: int | None = None
    seats: int = 0
    """How many can travel; 0 = not stated."""
    pickups: str = ""
    companion: str = ""
    """Who of the village travels with them."""
    companion_phone: str = ""
    note: str = ""
    cancelled_on: date | None = None
    actor: str = ""
    recorded_at: datetime | None = None


class TravelState(StrEnum):
    """Where somebody of a departure stands."""

    LISTED = "listed"
    ARRIVED = "arrived"
    STAYED = "stayed"
    """Did not go after all."""
    RETURNED = "returned"


class FirstWeek(StrEnum):
    """What the call in the first week found."""

    WELL = "well"
    TROUBLE = "trouble"
    WANTS_HOME = "wants_home"
    NOT_REACHED = "not_reached"


@dataclass(frozen=True, slots=True, kw_only=True)
class Traveller:
    """One person of a departure; with the arrival begins a stretch of work, `spell_key`."""

    key: int = 0
    departure_key: int
    worker_key: int
    state: TravelState = TravelState.LISTED
    lifted: bool = False
    """Lifted out of poverty or monitored, as the roster said when the person was put down."""
    pickup: str = ""
    arrived_on: date | None = None
    returned_on: date | None = None
    spell_key: int | None = None
    call_due: date | None = None
    called_on: date | None = None
    call_result: FirstWeek | None = None
    note: str = ""
    actor: str = ""
    recorded_at: datetime | None = None


class RightsKind(StrEnum):
    """What a matter of rights is about."""

    ARREARS = "arrears"
    INJURY = "injury"
    CONTRACT = "contract"
    INSURANCE = "insurance"
    OTHER = "other"


class RightsResult(StrEnum):
    """How a matter ended."""

    SETTLED = "settled"
    PARTLY = "partly"
    COURT = "court"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class RightsMatter:
    """One person's matter of rights: what happened, who sees to it, what came of it."""

    key: int = 0
    worker_key: int
    division: str
    district: str = ""
    kind: RightsKind
    employer: str
    opened_on: date
    due_on: date
    yuan: int | None = None
    told: str = ""
    handled_by: str = ""
    closed_on: date | None = None
    result: RightsResult | None = None
    outcome: str = ""
    actor: str = ""
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CareBase:
    """A base that trains for home care and sends on to work."""

    key: int = 0
    division: str
    district: str = ""
    name: str
    provider: str = ""
    phone: str = ""
    note: str = ""
    actor: str = ""
    recorded_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BaseClass:
    """A class of a base, and the employer who takes those who passed."""

    key: int = 0
    base_key: int
    class_key: int
    employer: str = ""
    posting_key: int | None = None
    actor: str = ""
    recorded_at: datetime | None = None
