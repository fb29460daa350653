"""A notice on the board: who stands on it, from when until when, what was objected, what was decided.

In: nothing. Out: frozen records for payments, public-welfare posts, school aid and whatever else is put up. A second
level (the banner after the village) is a notice of its own that names the one before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Level(StrEnum):
    """Whose board it is."""

    VILLAGE = "village"
    BANNER = "banner"


class Decision(StrEnum):
    """What came of a notice."""

    PASSED = "passed"
    CANCELLED = "cancelled"


class Outcome(StrEnum):
    """What came of an objection."""

    UPHELD = "upheld"
    DISMISSED = "dismissed"


class NoticeState(StrEnum):
    """Where a notice stands on a day."""

    WAITING = "waiting"
    RUNNING = "running"
    OBJECTED = "objected"
    """Over, with an objection nobody has answered."""
    OVER = "over"
    """Over without an open objection: somebody may close it."""
    PASSED = "passed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeEntry:
    """One line of a notice: a person, or an organisation by its label; what is shown is masked when printed."""

    key: int = 0
    worker_key: int | None = None
    claim_key: int | None = None
    label: str = ""
    matter: str = ""
    taken_off_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Objection:
    """What somebody said against a notice, or one line of it."""

    key: int = 0
    entry_key: int | None = None
    told_on: date
    text: str
    by: str = ""
    answer: str = ""
    outcome: Outcome | None = None
    answered_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """One notice; both days are included."""

    key: int = 0
    topic: str
    """A code of claims/topics.csv."""
    matter: str = ""
    """Which list of the topic it is, such as a school term; "" where there is but one."""
    level: Level = Level.VILLAGE
    division: str = ""
    village: str = ""
    notice_from: date
    notice_until: date
    previous_key: int | None = None
    where: str = ""
    decision: Decision | None = None
    decided_on: date | None = None
    decided_by: str = ""
    actor: str = ""
    entries: int = 0
    objections_open: int = 0


def notice_state(notice: Notice, on: date) -> NoticeState:
    """Where a notice stands on a day."""
    if notice.decision is not None:
        return NoticeState(notice.decision.value)
    if on < notice.notice_from:
        return NoticeState.WAITING
    if on <= notice.notice_until:
        return NoticeState.RUNNING
    return NoticeState.OBJECTED if notice.objections_open else NoticeState.OVER


def levels_left(asked: Sequence[Level], passed: Sequence[Level]) -> tuple[Level, ...]:
    """The boards a list still has to hang on, in order."""
    return tuple(level for level in asked if level not in passed)
