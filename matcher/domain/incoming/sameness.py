"""Two adverts that are one job: what was found about a pair, and which postings stand together.

Standard library only. Nothing here changes a posting: a group says which of its adverts speaks for all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from matcher.domain.posting import PostingState


class Verdict(StrEnum):
    """Whether two adverts are one job; MAYBE is a question to a person."""

    SAME = "same"
    MAYBE = "maybe"
    DIFFERENT = "different"


@dataclass(frozen=True, slots=True)
class Ground:
    """One line of the scorecard of a pair: a code, its points, and the value of each advert it rests on."""

    code: str
    points: float = 0.0
    one: str = ""
    other: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What of an advert's understood facts is compared."""

    occupations: tuple[str, ...] = ()
    pay_low: float | None = None
    pay_high: float | None = None
    pay_unit: str = ""
    sex: str = ""
    shift: str = ""
    age_low: int | None = None
    age_high: int | None = None
    years: float | None = None
    skills: tuple[str, ...] = ()
    held: bool = False
    """The advert asks for money or papers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """What is known of a pair, the smaller key first; what a person decided goes before what was found."""

    one: int
    other: int
    found: Verdict
    score: float = 0.0
    grounds: tuple[Ground, ...] = ()
    decided: Verdict | None = None
    actor: str = ""
    decided_at: datetime | None = None
    key: int = 0

    @property
    def verdict(self) -> Verdict:
        """What counts."""
        return self.decided or self.found


@dataclass(frozen=True, slots=True)
class Standing:
    """One posting of a group as far as it matters for who speaks for the group."""

    key: int
    group: int
    rank: int
    state: PostingState
    published_on: date | None = None
    deadline: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """Where and when an advert of a group was seen."""

    key: int
    ref: str
    sender: str
    source: str
    first_seen: datetime
    last_seen: datetime


@dataclass(frozen=True, slots=True)
class Group:
    """Postings that are one job, the richest first."""

    key: int
    members: tuple[int, ...] = field(default_factory=tuple)


def speaks_for(members: Iterable[Standing], on: date, stale_days: int) -> int:
    """The posting that speaks for a group on a day: one that is held, so that nobody evades a hold by advertising
    twice; else the richest that is open and in time; else the richest."""
    stale = on - timedelta(days=stale_days)

    def order(member: Standing) -> tuple[bool, bool, bool, int]:
        in_time = member.deadline is None or member.deadline >= on
        held = member.state is PostingState.HELD and in_time
        fresh = member.deadline is not None or member.published_on is None or member.published_on >= stale
        return (not held, not (member.state is PostingState.OPEN and in_time), not fresh, member.rank)

    return min(members, key=order).key


def spoken_for(members: Iterable[Standing], on: date, stale_days: int) -> dict[int, int]:
    """Every posting another one speaks for on a day → that one."""
    groups: dict[int, list[Standing]] = {}
    for member in members:
        groups.setdefault(member.group, []).append(member)
    found: dict[int, int] = {}
    for group in groups.values():
        chosen = speaks_for(group, on, stale_days)
        found |= {member.key: chosen for member in group if member.key != chosen}
    return found


def instead(keys: Iterable[int], spoken: Mapping[int, int]) -> frozenset[int]:
    """Postings, each as the one that speaks for it."""
    return frozenset(spoken.get(key, key) for key in keys)
