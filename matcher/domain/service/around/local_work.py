"""Work near home: industry projects, work-relief projects, cooperatives, workshops and public-welfare posts.

In: nothing. Out: frozen records. Money is in whole yuan; None and "" mean that nobody has said it yet. What is planned
and what came of it stand apart.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class SiteKind(StrEnum):
    """What stands in the register."""

    INDUSTRY = "industry"
    RELIEF = "relief"
    COOPERATIVE = "cooperative"
    WORKSHOP = "workshop"
    POST = "post"


class Origin(StrEnum):
    """Whose help it was made with; Beijing partners are counted (row 34)."""

    LOCAL = "local"
    BEIJING = "beijing"


class ReliefType(StrEnum):
    """What work-relief money builds."""

    FIELD_WATER = "field_water"
    VILLAGE_ROAD = "village_road"
    LIVING = "living"
    GREENING = "greening"
    OTHER = "other"


class SiteState(StrEnum):
    """Where a project stands; for a workshop RUNNING is open and PAUSED is idle."""

    PLANNED = "planned"
    RUNNING = "running"
    PAUSED = "paused"
    FINISHED = "finished"


@dataclass(frozen=True, slots=True, kw_only=True)
class Industry:
    """A project of local industry; `linked_fund` = paid from the money for linking up with village revival."""

    operator: str = ""
    industry: str = ""
    linked_fund: bool | None = None
    invest_yuan: int | None = None
    fund_yuan: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    hires_planned: int | None = None
    hires: int | None = None
    hires_lifted: int | None = None
    hires_resettled: int | None = None
    contact: str = ""
    phone: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relief:
    """A work-relief project; what was paid stands in its pay-outs."""

    operator: str = ""
    relief_type: ReliefType = ReliefType.OTHER
    invest_yuan: int | None = None
    funds_yuan: int | None = None
    labour_planned_yuan: int | None = None
    posts: int | None = None
    posts_resettled: int | None = None
    season_from: int | None = None
    season_to: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    hires: int | None = None
    hires_lifted: int | None = None
    hires_resettled: int | None = None
    contact: str = ""
    phone: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cooperative:
    """A labour cooperative of farmers and herders."""

    business: str = ""
    founded_on: date | None = None
    members: int | None = None
    members_lifted: int | None = None
    members_resettled: int | None = None
    labour_yuan: int | None = None
    """What its members earned through it this year."""
    contact: str = ""
    phone: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """A workshop that employs people near home."""

    operator: str = ""
    product: str = ""
    piece_rate: str = ""
    idle_since: date | None = None
    capacity: int | None = None
    workers: int | None = None
    workers_lifted: int | None = None
    workers_resettled: int | None = None
    insurance: bool | None = None
    accident_insurance: bool | None = None
    contact: str = ""
    phone: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicPost:
    """One plan of public-welfare posts: what is needed, what can be paid, how many heads."""

    post_type: str = ""
    source: str = ""
    """Who gives the post (岗位来源)."""
    need_note: str = ""
    need: int | None = None
    headcount: int | None = None
    allowance_yuan: int | None = None
    """What a head is paid a month; the notice names no amount."""
    months: int | None = None
    budget_yuan: int | None = None
    hours_week: int | None = None
    starts_on: date | None = None
    ends_on: date | None = None
    contact: str = ""
    phone: str = ""
    note: str = ""

    @property
    def cost_yuan(self) -> int | None:
        """What the plan costs, None where something is still to be entered."""
        if self.headcount is None or self.allowance_yuan is None or self.months is None:
            return None
        return self.headcount * self.allowance_yuan * self.months


Details = Industry | Relief | Cooperative | Workshop | PublicPost
DETAILS: dict[SiteKind, type[Details]] = {
    SiteKind.INDUSTRY: Industry,
    SiteKind.RELIEF: Relief,
    SiteKind.COOPERATIVE: Cooperative,
    SiteKind.WORKSHOP: Workshop,
    SiteKind.POST: PublicPost,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """One entry of the register; `division` and `village` say whose it is."""

    key: int = 0
    kind: SiteKind
    name: str
    division: str
    village: str = ""
    place: str = ""
    state: SiteState = SiteState.RUNNING
    origin: Origin = Origin.LOCAL
    partner: str = ""
    details: Details
    revision: int = 1
    changed_at: datetime | None = None
    changed_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteVersion:
    """What an entry was before somebody changed it."""

    key: int
    site: Site
    replaced_at: datetime
    replaced_by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PayOut:
    """Labour pay handed to local people by a work-relief project."""

    key: int = 0
    site_key: int
    paid_on: date
    yuan: int
    people: int | None = None
    lifted: int | None = None
    resettled: int | None = None
    note: str = ""
    actor: str = ""
    recorded_at: datetime | None = None
    taken_back_by: str = ""
    taken_back_at: datetime | None = None


class Stage(StrEnum):
    """How far somebody is: asked for, on the notice board, at work, gone; or not taken after all."""

    CANDIDATE = "candidate"
    PUBLICISED = "publicised"
    SERVING = "serving"
    ENDED = "ended"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What was written down of somebody for the gate: nothing of it is printed or shown beyond the office."""

    cannot_leave: str = ""
    market: str = ""
    objections: str = ""
    end_reason: str = ""
    exit_to: str = ""
    exit_plan: str = ""
    monthly_yuan: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """Somebody at a site: the holder of a public-welfare post, or a worker of a workshop."""

    key: int = 0
    site_key: int
    worker_key: int
    stage: Stage
    ground: str = ""
    """Why the gate opened: weak, or cannot_leave."""
    hours_week: int | None = None
    notice_from: date | None = None
    notice_to: date | None = None
    started_on: date | None = None
    term_end: date | None = None
    ended_on: date | None = None
    extended: int = 0
    said: Said = field(default_factory=Said)
    revision: int = 1
    actor: str = ""
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """Days somebody came in a month (2026-03), of those that were due."""

    member_key: int
    month: str
    days_due: int
    days_present: int
    note: str = ""
    actor: str = ""


class ReviewResult(StrEnum):
    """What a review found."""

    KEEP = "keep"
    CHANGE = "change"
    END = "end"


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One look, once a quarter, at whether somebody still needs the post and does the work."""

    key: int = 0
    member_key: int
    reviewed_on: date
    result: ReviewResult
    note: str = ""
    actor: str = ""
