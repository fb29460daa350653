"""What the command and the page show of groups, questions and decisions.

In: a unit of work. Out: small records with the postings opened; who speaks for a group on the day is worked out here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from jobs_feed.sameness.union import Said, union_of
from matcher.domain.incoming.sameness import Group, Link, Sighting, speaks_for
from matcher.listings import Page
from matcher.store import StoredPosting, UnitOfWork


@dataclass(frozen=True, slots=True)
class ShownPair:
    """A pair with its two postings."""

    link: Link
    one: StoredPosting
    other: StoredPosting


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """A group: who speaks for it today, the others, where all were seen, and what they say together."""

    key: int
    kept: StoredPosting
    others: tuple[StoredPosting, ...]
    sightings: tuple[Sighting, ...] = ()
    said: tuple[Said, ...] = ()


def questions(unit: UnitOfWork, *, number: int = 1, size: int = 10) -> Page[ShownPair]:
    """Pairs a person has to look at, the likeliest first."""
    links, total = unit.sameness.questions(first=(number - 1) * size, size=size)
    return Page(_pairs(unit, links), total, number, size)


def decisions(unit: UnitOfWork, *, size: int = 20) -> tuple[ShownPair, ...]:
    """What people decided last."""
    return _pairs(unit, unit.sameness.decisions(size=size))


def _pairs(unit: UnitOfWork, links: list[Link]) -> tuple[ShownPair, ...]:
    """Pairs with their postings."""
    opened = unit.postings.many(sorted({key for link in links for key in (link.one, link.other)}))
    return tuple(ShownPair(link, opened[link.one], opened[link.other]) for link in links)


def groups(unit: UnitOfWork, on: date, stale_days: int, *, number: int = 1, size: int = 20) -> Page[ShownGroup]:
    """Groups, the newest first."""
    found, total = unit.sameness.groups(first=(number - 1) * size, size=size)
    return Page(tuple(_shown(unit, group, on, stale_days) for group in found), total, number, size)


def group_of(unit: UnitOfWork, posting: int, on: date, stale_days: int) -> ShownGroup | None:
    """The group a posting stands in, with its sightings and what all say together; None where it stands alone."""
    found = unit.sameness.groups_of([posting])
    return _shown(unit, found[0], on, stale_days, whole=True) if found else None


def _shown(unit: UnitOfWork, group: Group, on: date, stale_days: int, *, whole: bool = False) -> ShownGroup:
    """A group with its postings opened."""
    opened = unit.postings.many(group.members)
    kept = speaks_for(unit.sameness.standings([group.key]), on, stale_days)
    ordered = [opened[kept], *(opened[key] for key in group.members if key != kept)]
    if not whole:
        return ShownGroup(group.key, ordered[0], tuple(ordered[1:]))
    sightings = tuple(unit.sameness.signs.sightings(group.members))
    return ShownGroup(group.key, ordered[0], tuple(ordered[1:]), sightings, tuple(union_of(ordered)))
