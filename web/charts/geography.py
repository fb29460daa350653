"""A map without tiles: a net of degrees, circles as large as what they count, names that never cover each other.

In: spots with coordinates and numbers. Out: SVG; a name without room becomes a number that the list explains.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from web.charts.frame import WIDE, Sheet, largest, wide

_HIGH, _EDGE = 400.0, 40.0
_LEAST, _MOST = 3.0, 20.0
_LETTER = 12.0

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class MapSpot:
    """A place: `people` a filled circle, `openings` a ring; `exact` False = drawn beside its banner's seat."""

    name: str
    number: int
    lat: float
    lon: float
    people: float
    openings: float
    exact: bool
    said: str


@dataclass(frozen=True, slots=True)
class _View:
    """How degrees become places on the sheet."""

    west: float
    north: float
    scale: float
    squeeze: float
    left: float
    top: float

    def at(self, lat: float, lon: float) -> tuple[float, float]:
        """A place on the sheet."""
        return self.left + (lon - self.west) * self.squeeze * self.scale, self.top + (self.north - lat) * self.scale


def _view(spots: Sequence[MapSpot]) -> _View:
    """Everything in sight, degrees of longitude as narrow as they are there."""
    lats, lons = [spot.lat for spot in spots], [spot.lon for spot in spots]
    squeeze = math.cos(math.radians((min(lats) + max(lats)) / 2))
    high, broad = max(max(lats) - min(lats), 0.2), max((max(lons) - min(lons)) * squeeze, 0.2)
    scale = min((_HIGH - 2 * _EDGE) / high, (WIDE - 2 * _EDGE) / broad)
    left = (WIDE - (max(lons) - min(lons)) * squeeze * scale) / 2
    top = (_HIGH - (max(lats) - min(lats)) * scale) / 2
    return _View(min(lons), max(lats), scale, squeeze, left, top)


def map_chart(spots: Sequence[MapSpot], title: str, desc: str) -> Markup:
    """The map; an empty one where there is nothing to place."""
    sheet = Sheet()
    if not spots:
        return sheet.done(_HIGH, title, desc)
    view = _view(spots)
    _net(sheet, view)
    people, openings = (largest(getattr(spot, name) for spot in spots) for name in ("people", "openings"))
    drawn = sorted(spots, key=lambda spot: (-max(spot.people, spot.openings), spot.number))
    circles = {}
    for spot in drawn:
        x, y = view.at(spot.lat, spot.lon)
        inner, outer = _radius(spot.people, people), _radius(spot.openings, openings)
        circles[spot.number] = (x, y, max(inner, outer, _LEAST))
        if inner:
            kind = "spot-people" if spot.exact else "spot-people guessed"
            sheet.circle(x, y, inner, kind, spot.said)
        if outer:
            sheet.circle(x, y, outer, "spot-openings", spot.said)
    for _, (x, y, text) in label_places(drawn, circles):
        sheet.text(x, y, text, kind="place-name")
    return sheet.done(_HIGH, title, desc)


def _radius(value: float, most: float) -> float:
    """The area says the number; the smallest is still seen, nothing is nothing."""
    if value <= 0 or most <= 0:
        return 0.0
    return max(_LEAST, _MOST * math.sqrt(value / most))


def _net(sheet: Sheet, view: _View) -> None:
    """Degrees of latitude and longitude; each line says which it is."""
    south, north = view.north - (_HIGH - view.top) / view.scale, view.north + view.top / view.scale
    step = next(one for one in (0.1, 0.2, 0.5, 1.0, 2.0, 5.0) if (north - south) / one <= 6)
    for place in range(math.ceil(south / step), math.floor(north / step) + 1):
        _, y = view.at(place * step, view.west)
        sheet.line(0, y, WIDE, y, "net")
        if y > 14:
            sheet.text(2, y - 3, f"{place * step:g}°N", kind="net-name")
    apart = view.squeeze * view.scale
    west, east = view.west - view.left / apart, view.west + (WIDE - view.left) / apart
    step = next(one for one in (0.1, 0.2, 0.5, 1.0, 2.0, 5.0) if (east - west) / one <= 5)
    for place in range(math.ceil(west / step), math.floor(east / step) + 1):
        x, _ = view.at(view.north, place * step)
        sheet.line(x, 0, x, _HIGH, "net")
        name = f"{place * step:g}°E"
        if 20 < x < WIDE - 3 - wide(name):
            sheet.text(x + 3, _HIGH - 4, name, kind="net-name")


def label_places(
    spots: Sequence[MapSpot], circles: dict[int, tuple[float, float, float]]
) -> list[tuple[MapSpot, tuple[float, float, str]]]:
    """Where each name stands; one that finds no room is tried as its number, and left out where even that is too
    large (the list beside the map has it)."""
    taken: list[Box] = []
    placed = []
    for spot in spots:
        x, y, radius = circles[spot.number]
        others = [_square(*circle) for number, circle in circles.items() if number != spot.number]
        for text in (spot.name, str(spot.number)):
            boxes = _around(x, y, radius, wide(text, _LETTER))
            clear = (box for box in boxes if _free(box, taken) and _free(box, others))
            box = next(clear, None) or next((box for box in boxes if _free(box, taken)), None)
            if box is not None:
                taken.append(box)
                placed.append((spot, (box[0] + 1, box[3] - 3, text)))
                break
    return placed


def _square(x: float, y: float, radius: float) -> Box:
    """What a circle covers, its corners left out."""
    half = radius * 0.85
    return (x - half, y - half, x + half, y + half)


def _around(x: float, y: float, radius: float, broad: float) -> list[Box]:
    """Boxes beside a circle, outwards first, under and over it; the nearest first."""
    high, found = _LETTER + 2, []
    for away in (2.0, 10.0, 20.0, 32.0):
        right, left_side = (x + radius + away, y - high / 2), (x - radius - away - broad, y - high / 2)
        for left, top in (
            *((right, left_side) if x > WIDE / 2 else (left_side, right)),
            (x - broad / 2, y + radius + away),
            (x - broad / 2, y - radius - away - high),
        ):
            found.append((left, top, left + broad + 2, top + high))
    return [box for box in found if box[0] >= 0 and box[1] >= 0 and box[2] <= WIDE and box[3] <= _HIGH - 14]


def _free(box: Box, taken: Sequence[Box]) -> bool:
    """Whether a box touches none of those taken."""
    return all(box[2] <= one[0] or one[2] <= box[0] or box[3] <= one[1] or one[3] <= box[1] for one in taken)
