"""The “131” plan of one person: guidance, three postings, one class, each with its reasons, or what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from matcher.domain.facts import Phrase
from matcher.domain.match import Match


class Track(StrEnum):
    """What a person is owed; the first line that holds decides (file formats, section 4)."""

    REFUSE_UNDER16 = "refuse_under16"
    SCHOOL_RETURN = "school_return"
    NOT_ENTITLED = "not_entitled"
    PUBLIC_POST_EXIT = "public_post_exit"
    SELF_EMPLOYED = "not_unemployed_self_employed"
    STABILISE = "stabilise_employed"
    ON_REQUEST = "on_request"
    INFO_FIRST = "complete_info_first"
    FULL = "131"

    @property
    def carries_postings(self) -> bool:
        """Whether a plan of this track suggests postings."""
        return self in {Track.PUBLIC_POST_EXIT, Track.STABILISE, Track.ON_REQUEST, Track.FULL}


class GuidanceMode(StrEnum):
    """How the guidance session is held."""

    VISIT = "上门"
    WINDOW = "窗口"
    PHONE = "电话"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One dated step: who does what by when."""

    due: date
    who: Phrase
    what: Phrase


@dataclass(frozen=True, slots=True, kw_only=True)
class GuidanceSession:
    """One session of career guidance; `starts_at` is local ISO time to the minute, "" where no slot was free."""

    starts_at: str
    minutes: int
    place: str
    guide: str
    guide_phone: str
    mode: GuidanceMode
    strengths: tuple[Phrase, ...] = ()
    obstacles: tuple[Phrase, ...] = ()
    steps: tuple[Step, ...] = ()
    avoid: tuple[Phrase, ...] = ()
    opening: Phrase | None = None
    pay: Phrase | None = None
    """What the postings really pay, against the wish."""
    bring: tuple[Phrase, ...] = ()
    say: Phrase | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingView:
    """What a paper says of a class."""

    ref: str
    title: str
    provider: str
    place: str
    starts_on: str = ""
    ends_on: str = ""
    hours: int | None = None
    mode: str = ""
    certificate: str = ""
    subsidy: str = ""
    board: str = ""
    phone: str = ""
    enrol_until: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainingChoice:
    """The one class that opens most within reach."""

    training_key: int
    training: TrainingView
    reasons: tuple[Phrase, ...]
    unlocked_postings: int
    gain: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Relaxation:
    """One single thing that would open more postings, with their number."""

    code: str
    args: dict[str, str | int | float | bool | None]
    postings: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortfall:
    """How many of the three are missing, and what would open more."""

    missing: int = 0
    relaxations: tuple[Relaxation, ...] = ()


class PolicyState(StrEnum):
    """Whether a policy applies."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyNote:
    """A policy the person may be able to use, and the one question that settles it."""

    code: str
    state: PolicyState
    text: Phrase
    question: Phrase | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ServicePlan:
    """Everything a match sheet says; stored whole, so that the sheet can be printed again word for word."""

    worker_key: int
    worker_ref: str
    worker_name: str
    village: str
    made_on: date
    valid_until: date
    track: Track
    track_reasons: tuple[Phrase, ...] = ()
    questions: tuple[Phrase, ...] = ()
    guidance: GuidanceSession | None = None
    matches: tuple[Match, ...] = ()
    training: TrainingChoice | None = None
    training_none: Phrase | None = None
    shortfall: Shortfall = Shortfall()
    policy: tuple[PolicyNote, ...] = ()
    priority: int = 0
    """Lower is served first (domain: order of service)."""
