"""Resettled people: settlements, what a survey found of them, who lives there, posts of projects set apart for them.

In: nothing. Out: frozen records and the few rules that need nothing else (window check, ratio of posts).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class SettlementKind(StrEnum):
    """集中 or 分散."""

    TOGETHER = "together"
    SCATTERED = "scattered"


class Window(StrEnum):
    """Where people of a settlement are served; NONE = nobody has said yet, or there is none."""

    NONE = ""
    OWN = "own"
    NEARBY = "nearby"


class WindowState(StrEnum):
    """What the window check says of one settlement."""

    VIOLATION = "violation"
    UNSURVEYED = "unsurveyed"
    UNLINKED = "unlinked"
    LINKED = "linked"
    OPEN = "open"


class LinkState(StrEnum):
    """Whether a person belongs to a settlement: seen in a roster, said by staff, or found to be wrong."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    REFUSED = "refused"


class Channel(StrEnum):
    """How a resettled person came to work; the first four are those the notice names."""

    OUTPUT = "output"
    WORKSHOP = "workshop"
    NEW_FORM = "new_form"
    PUBLIC_POST = "public_post"
    NEAR_HOME = "near_home"
    UNCLEAR = "unclear"


class ProjectKind(StrEnum):
    """The three kinds of projects that set posts apart for resettled people."""

    GOVERNMENT = "government"
    WORK_RELIEF = "work_relief"
    PUBLIC_SERVICE = "public_service"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settlement:
    """One settlement; `has_facility` None = nobody has looked yet."""

    key: int = 0
    name: str
    division: str
    village: str = ""
    kind: SettlementKind = SettlementKind.TOGETHER
    households: int = 0
    persons: int = 0
    has_facility: bool | None = None
    window: Window = Window.NONE
    window_name: str = ""
    platform: str = ""
    """The platform nearby, as people call it."""
    platform_code: str = ""
    platform_km: float | None = None
    """By road, as measured by whoever surveyed; None = computed from coordinates where both are known."""
    platform_lat: float | None = None
    platform_lon: float | None = None
    lat: float | None = None
    lon: float | None = None
    staff: str = ""
    phone: str = ""
    note: str = ""
    surveyed_on: date | None = None
    surveyed_by: str = ""
    revision: int = 1

    @property
    def state(self) -> WindowState:
        """What the window check says: with facilities a window of its own, else a platform nearby; never silence."""
        if self.window is Window.OWN:
            return WindowState.OPEN if self.surveyed_on else WindowState.UNSURVEYED
        if self.surveyed_on is None or self.has_facility is None:
            return WindowState.UNSURVEYED
        if self.has_facility and self.kind is SettlementKind.TOGETHER:
            return WindowState.VIOLATION
        return WindowState.LINKED if self.window is Window.NEARBY and self.platform else WindowState.UNLINKED

    def open_since(self, began: date) -> bool:
        """Whether a round that began on a day still waits for this settlement."""
        return self.surveyed_on is None or self.surveyed_on < began


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyRound:
    """One round of looking at every settlement of a division."""

    key: int = 0
    division: str
    name: str
    begins_on: date
    due_on: date | None = None
    closed_on: date | None = None
    actor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What one look at a settlement found."""

    settlement_key: int
    on: date
    by: str
    has_facility: bool
    window: Window
    platform: str = ""
    note: str = ""
    actor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SettledPerson:
    """A person of a settlement; `basis` says from what it was seen, `channel` how work came, where a roster says so."""

    worker_key: int
    settlement_key: int
    state: LinkState
    basis: str = ""
    channel: Channel | None = None
    actor: str = ""
    name: str = ""
    village: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectPosts:
    """Posts of one project, and how many resettled people hold; `project_key` where a project is registered."""

    key: int = 0
    name: str
    kind: ProjectKind
    division: str
    posts_total: int
    posts_resettled: int
    reported_on: date
    project_key: int | None = None
    note: str = ""
    actor: str = ""
    revision: int = 1

    @property
    def ratio(self) -> float | None:
        """Share of the posts that resettled people hold, None without posts."""
        return self.posts_resettled / self.posts_total if self.posts_total else None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyCounty:
    """A banner that counts as a key county of the state, from a day on, with what that rests on."""

    key: int = 0
    code: str
    since: date
    until: date | None = None
    basis: str
    actor: str = ""
