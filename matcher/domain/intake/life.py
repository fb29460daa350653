"""What changes in the life of a person, as the office writes it down.

In: nothing. Out: the kinds of change and `LifeChange`, dated, by whom, with what stood before.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class LifeKind(StrEnum):
    """What changed."""

    DIED = "died"
    MOVED_AWAY = "moved_away"
    MOVED = "moved"
    """To another village, township or banner that the service covers."""
    NAME = "name"
    PHONE = "phone"
    GUIDE = "guide"
    VILLAGE = "village"
    """The village itself was renamed or became part of another."""
    RESTRICTED = "restricted"
    """Not by machine: the person wants no automatic plan."""
    NAMELESS = "nameless"
    """Long not served: the file is kept without name, number, phone and texts; written by the term, never by hand."""

    @property
    def gone(self) -> bool:
        """Whether the person is not served any more."""
        return self in {LifeKind.DIED, LifeKind.MOVED_AWAY, LifeKind.NAMELESS}


BY_HAND = tuple(kind for kind in LifeKind if kind not in {LifeKind.VILLAGE, LifeKind.NAMELESS})
"""What somebody writes down of one person."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a person that a change has set: what it was and what it is; a place stands as its JSON."""

    name: str
    was: str
    now: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeChange:
    """One change as stored; `batch` is common to all that one act changed, "" for a change of its own."""

    key: int
    worker_key: int
    kind: LifeKind
    on: date
    fields: tuple[Field, ...] = ()
    note: str = ""
    batch: str = ""
    actor: str = ""
    recorded_at: datetime
    undone_at: datetime | None = None
    undone_by: str = ""


@dataclass(frozen=True, slots=True)
class Village:
    """A village by its division and name."""

    code: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VillageMerge:
    """A village that became another; `accounts` are those whose villages were changed, with what they had before."""

    key: int
    batch: str
    from_code: str
    from_village: str
    into_code: str
    into_village: str
    people: int
    accounts: tuple[tuple[str, tuple[str, ...]], ...] = ()
    on: date
    actor: str = ""
    recorded_at: datetime
    undone_at: datetime | None = None
    undone_by: str = ""
