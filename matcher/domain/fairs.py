"""Job fairs: one day in one hall, employers at booths, people invited to some of them, and what came of it.

In: what an organiser enters, what the engine finds, what door and booths note. Out: plain records; no record here
holds an identity number or a diagnosis, so that the whole fair can travel to a laptop.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from matcher.domain.facts import Phrase


class FairState(StrEnum):
    """Where a fair stands, in order."""

    PREPARING = "preparing"
    INVITED = "invited"
    OPEN = "open"
    CLOSED = "closed"
    REPORTED = "reported"


class Room(StrEnum):
    """Rooms of a fair that are entered with a PIN."""

    DOOR = "door"
    BOOTH = "booth"


class FairResult(StrEnum):
    """What became of one person at one booth with one posting; the last two are heard on the telephone later."""

    VISITED = "visited"
    TALKED = "talked"
    INTERESTED = "interested"
    INTENT = "intent"
    UNSUITED = "unsuited"
    STARTED = "started"
    LOST = "lost"

    @property
    def interview(self) -> bool:
        """Whether person and employer spoke."""
        return self is not FairResult.VISITED

    @property
    def offered(self) -> bool:
        """Whether the employer wants the person."""
        return self in {FairResult.INTENT, FairResult.STARTED, FairResult.LOST}

    @property
    def wants(self) -> bool:
        """Whether the person wants the work, as far as was said."""
        return self.offered or self is FairResult.INTERESTED


BOOTH_RESULTS = (
    FairResult.VISITED,
    FairResult.TALKED,
    FairResult.INTERESTED,
    FairResult.INTENT,
    FairResult.UNSUITED,
)
"""What is tapped at a booth."""


class Unsuited(StrEnum):
    """Why it did not suit; the first five are the person's, the others the employer's."""

    PAY = "pay"
    FAR = "far"
    HOURS = "hours"
    WORK = "work"
    HOME = "home"
    SKILL = "skill"
    PAPERS = "papers"
    AGE = "age"
    FULL = "full"
    OTHER = "other"

    @property
    def by_employer(self) -> bool:
        """Whether the employer said no."""
        return self in {Unsuited.SKILL, Unsuited.PAPERS, Unsuited.AGE, Unsuited.FULL}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fair:
    """One fair; `uid` is the same on every laptop, `ref` is what people call it by."""

    key: int = 0
    uid: str = ""
    ref: str = ""
    name: str
    division: str
    owner: str = ""
    """The account it belongs to."""
    state: FairState = FairState.PREPARING
    starts_on: date
    ends_on: date
    opens_at: str = "09:00"
    closes_at: str = "15:00"
    place: str = ""
    note: str = ""
    """What people should know of the hall: the helper who speaks Mongolian, the corner for mothers."""
    changed_at: datetime | None = None
    base_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Booth:
    """One employer's place in the hall; `position` is its place on the way through the hall."""

    key: int = 0
    uid: str = ""
    number: str
    position: int
    employer: str
    note: str = ""
    changed_at: datetime | None = None
    base_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class BoothPosting:
    """A posting at a booth."""

    key: int
    booth_key: int
    posting_key: int


@dataclass(frozen=True, slots=True)
class RouteStop:
    """One booth of a person's way through the hall, with why."""

    posting_key: int
    reasons: tuple[Phrase, ...] = ()
    score: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class VisitorFacts:
    """What a fair knows of a person beyond name and village; sealed."""

    sex: str = ""
    age_band: str = ""
    phone: str = ""
    """Whole only of people who gave it at the door; else the last four digits."""
    can_do: str = ""
    """What the person said at the door."""
    needs: tuple[str, ...] = ()
    """Codes of needs a helper should know, e.g. NO_STANDING; never their cause."""
    route: tuple[RouteStop, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """One person of a fair: invited, walked in, or both."""

    key: int = 0
    uid: str = ""
    code: str
    worker_key: int | None = None
    name: str
    home_code: str = ""
    home_name: str = ""
    village: str = ""
    invited: bool = False
    away: bool = False
    """Said not to come."""
    arrived_at: datetime | None = None
    arrived_by: str = ""
    facts: VisitorFacts = VisitorFacts()
    changed_at: datetime | None = None
    base_at: datetime | None = None

    @property
    def walk_in(self) -> bool:
        """Came without an invitation."""
        return not self.invited


@dataclass(frozen=True, slots=True)
class OtherSide:
    """What another laptop noted of the same thing, where both were changed."""

    result: FairResult
    reason: str
    at: datetime
    by: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoothResult:
    """What came of one person with one posting of one booth."""

    key: int = 0
    uid: str = ""
    visitor_key: int
    booth_posting_key: int
    result: FairResult
    reason: str = ""
    note: str = ""
    at: datetime
    by: str = ""
    base_at: datetime | None = None
    fed: str = ""
    """The result the person's case has heard of."""
    other: OtherSide | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BusStop:
    """Where and when the people of a village are picked up."""

    home_code: str
    village: str
    place: str = ""
    leaves_at: str = ""


def masked_name(name: str) -> str:
    """张* : what an employer is told of a name."""
    return f"{name[:1]}*" if name else "*"
