"""Lists of a fair: its villages with the people invited, where each is to go, and whom each employer may expect.

In: a fair. Out: `VillageList`s and `Expected`s in the order of villages and of the hall.
"""

from __future__ import annotations

from dataclasses import dataclass

from matcher.domain.facts import Phrase
from matcher.domain.fairs import Booth, BusStop, Fair, Visitor
from matcher.domain.posting import Posting
from matcher.fairs.door import in_hall_order
from matcher.office import Office
from matcher.reference.name_forms import plain_village
from matcher.store import StoredPosting, UnitOfWork


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop of a way through the hall."""

    booth: Booth
    posting: Posting
    why: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody invited, with the way through the hall."""

    visitor: Visitor
    stops: tuple[Stop, ...]

    @property
    def booths(self) -> tuple[str, ...]:
        """Numbers of the booths, each once, in the order of the hall."""
        return tuple(dict.fromkeys(stop.booth.number for stop in self.stops))

    @property
    def way(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Each booth once, with the work it offers this person."""
        return tuple(
            (at, tuple(one.posting.title for one in self.stops if one.booth.number == at)) for at in self.booths
        )


@dataclass(frozen=True, slots=True)
class VillageList:
    """The people of a village who are invited."""

    home_code: str
    home_name: str
    village: str
    people: tuple[Guest, ...]
    stop: BusStop | None = None

    @property
    def seats(self) -> int:
        """Seats the bus needs."""
        return sum(not guest.visitor.away for guest in self.people)


@dataclass(frozen=True, slots=True)
class Expected:
    """Whom a booth may expect, for each of its postings."""

    booth: Booth
    postings: tuple[tuple[Posting, tuple[Visitor, ...]], ...]


def hall(unit: UnitOfWork, fair: Fair) -> tuple[list[Booth], list[tuple[int, Booth]], dict[int, StoredPosting]]:
    """Booths, (posting, booth) in the order of the hall, and the postings by key."""
    booths = unit.fairs.booths.of(fair.key)
    by_key = {one.key: one for one in booths}
    placed = [(one.posting_key, by_key[one.booth_key]) for one in unit.fairs.booths.postings(fair.key)]
    return booths, placed, unit.postings.many(sorted({key for key, _ in placed}))


def guests_of(unit: UnitOfWork, fair: Fair) -> list[Guest]:
    """Everybody invited, by village and name."""
    _, placed, stored = hall(unit, fair)
    order = [key for key, _ in placed]
    booth_of = dict(reversed(placed))
    return [
        Guest(
            visitor,
            tuple(
                Stop(booth_of[stop.posting_key], stored[stop.posting_key].value, stop.reasons)
                for stop in in_hall_order(visitor, order)
                if stop.posting_key in stored
            ),
        )
        for visitor in unit.fairs.visitors.of(fair.key)
        if visitor.invited
    ]


def villages_of(office: Office, unit: UnitOfWork, fair: Fair) -> list[VillageList]:
    """The villages people are invited from; 北岗子 and 北岗子村 of one township are one, called by the fuller name."""
    stops = {(one.home_code, plain_village(one.village)): one for one in unit.fairs.stops(fair.key)}
    groups: dict[tuple[str, str], list[Guest]] = {}
    for guest in guests_of(unit, fair):
        groups.setdefault((guest.visitor.home_code, plain_village(guest.visitor.village)), []).append(guest)
    return [
        VillageList(
            home_code=code,
            home_name=people[0].visitor.home_name or office.gazetteer.name(code),
            village=max((guest.visitor.village for guest in people), key=len),
            people=tuple(sorted(people, key=lambda guest: (guest.visitor.name, guest.visitor.key))),
            stop=stops.get((code, plain)),
        )
        for (code, plain), people in groups.items()
    ]


def expected_at(unit: UnitOfWork, fair: Fair) -> list[Expected]:
    """Whom each booth may expect."""
    booths, placed, stored = hall(unit, fair)
    coming: dict[int, list[Visitor]] = {}
    for visitor in unit.fairs.visitors.of(fair.key):
        if not visitor.away:
            for stop in visitor.facts.route:
                coming.setdefault(stop.posting_key, []).append(visitor)
    return [
        Expected(
            booth,
            tuple(
                (stored[key].value, tuple(coming.get(key, ())))
                for key, at in placed
                if at.key == booth.key and key in stored
            ),
        )
        for booth in booths
    ]
