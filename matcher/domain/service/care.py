"""What the office does about an alert: taken on, put off, done – dated, by whom, and never deleted.

In: nothing. Out: frozen records; the newest step of a mark is the one that holds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum


class CareState(StrEnum):
    """How an alert stands."""

    OPEN = "open"
    """Nobody has said anything yet, or it was opened again."""
    TAKEN = "taken"
    """Somebody sees to it until a day."""
    PUT_OFF = "put_off"
    """Not now, with a reason; it comes back on a day."""
    DONE = "done"


@dataclass(frozen=True, slots=True, kw_only=True)
class Care:
    """One step of the care for an alert."""

    mark: str
    code: str
    division: str
    village: str = ""
    state: CareState
    until: date | None = None
    owner: str = ""
    note: str = ""
    args: dict[str, str | int | float] = field(default_factory=dict)
    """What the sentence was filled with, so that it can be read when the alert itself is gone."""
    people: tuple[int, ...] = ()
    """Whom it was about: somebody new makes it an alert again."""
    on: date
    actor: str = ""
    key: int = 0
    recorded_at: datetime | None = None
