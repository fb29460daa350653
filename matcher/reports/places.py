"""People and openings on the map, by banner and, within one, by township.

In: a book, a scope, a division, the gazetteer. Out: spots with coordinates; a township without any stands on a ring
around the seat of its banner, and says so.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from matcher.domain.division import division_prefix
from matcher.listings import Scope
from matcher.reference.divisions import Gazetteer
from matcher.reports.book import Book
from matcher.reports.tables import level_below

RING = 0.32
"""Degrees of latitude between a seat and the ring its townships stand on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A division on the map."""

    code: str
    lat: float
    lon: float
    people: int
    short: int
    openings: int
    exact: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The spots, what lies outside the map, and what nobody can place."""

    spots: tuple[Spot, ...]
    outside: tuple[tuple[str, int], ...]
    """Openings outside by province, those elsewhere in the prefecture apart, most first."""
    unplaced_people: int
    unplaced_openings: int


def places(book: Book, scope: Scope, division: str, gazetteer: Gazetteer) -> Places:
    """The map of a division."""
    return book.once(("places", scope, division), lambda: _places(book, scope, division, gazetteer))


def _places(book: Book, scope: Scope, division: str, gazetteer: Gazetteer) -> Places:
    """Counted and placed."""
    inside = division_prefix(division or scope.division) or book.home
    level = level_below(inside) or 9
    counts: dict[str, list[int]] = {}
    unplaced = [0, 0]
    for one in book.of(scope, division):
        line = counts.setdefault(one.home[:level], [0, 0, 0])
        line[0] += 1
        line[1] += one.owed and one.missing > 0
    outside: dict[str, int] = {}
    for job in book.jobs:
        if job.place.startswith(inside):
            counts.setdefault(job.place[:level], [0, 0, 0])[2] += job.openings
        elif job.place:
            where = f"{book.home}00" if job.place.startswith(book.home) else f"{job.place[:2]}0000"
            outside[where] = outside.get(where, 0) + job.openings
        else:
            unplaced[1] += job.openings
    at = _coordinates(sorted(counts), gazetteer)
    unplaced[0] = sum(line[0] for code, line in counts.items() if code not in at)
    unplaced[1] += sum(line[2] for code, line in counts.items() if code not in at)
    spots = (
        Spot(code=code, lat=lat, lon=lon, people=counts[code][0], short=counts[code][1], openings=counts[code][2],
             exact=exact)
        for code, (lat, lon, exact) in at.items()
    )  # fmt: skip
    most = sorted(outside.items(), key=lambda pair: (-pair[1], pair[0]))
    return Places(spots=tuple(spots), outside=tuple(most), unplaced_people=unplaced[0], unplaced_openings=unplaced[1])


def _coordinates(codes: list[str], gazetteer: Gazetteer) -> dict[str, tuple[float, float, bool]]:
    """Code → latitude, longitude, and whether they are its own."""
    found: dict[str, tuple[float, float, bool]] = {}
    ringed: dict[str, list[str]] = {}
    for code in codes:
        own = gazetteer.divisions.get(code)
        seat = gazetteer.divisions.get(code[:6])
        if own is not None and own.lat is not None and own.lon is not None and own.level != "prefecture":
            found[code] = (own.lat, own.lon, True)
        elif len(code) == 9 and seat is not None and seat.lat is not None and seat.lon is not None:
            ringed.setdefault(code[:6], []).append(code)
    for county, townships in ringed.items():
        seat = gazetteer.divisions[county]
        for place, code in enumerate(townships):
            turn = 2 * math.pi * place / len(townships)
            wide = math.cos(math.radians(seat.lat or 0.0))
            lat, lon = (seat.lat or 0.0) + RING * math.cos(turn), (seat.lon or 0.0) + RING * math.sin(turn) / wide
            found[code] = (lat, lon, False)
    return found
