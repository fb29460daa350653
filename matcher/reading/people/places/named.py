"""Places named in a cell: divisions of the gazetteer, and words such as 本旗, 镇上, 市里, seen from the home.

In: a cell, the gazetteer, the home. Out: (start, end, place).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from matcher.domain.division import Place
from matcher.reading.people.cells import Cell
from matcher.reading.tools import ReadingTools
from matcher.reference.tables import read_table


def places_named(cell: Cell, tools: ReadingTools, home: Place) -> Iterator[tuple[int, int, Place]]:
    """Every place named in a cell."""
    yield from tools.gazetteer.mentions(cell.text)
    yield from home_words(cell, tools, home)


def home_words(cell: Cell, tools: ReadingTools, home: Place) -> Iterator[tuple[int, int, Place]]:
    """Words such as 本旗, 镇上, 市里, seen from the home."""
    for pattern, length, told in _home_rows():
        code = (home.code[:length].ljust(6, "0") if home.code else "") if length else told
        if len(code) >= (length or 1) and code.rstrip("0"):
            for found in pattern.finditer(cell.text):
                yield found.start(), found.end(), tools.gazetteer.place(code)


@lru_cache(maxsize=1)
def _home_rows() -> tuple[tuple[re.Pattern[str], int, str], ...]:
    """(pattern, digits of the home's code, or else a code) of home_places.csv."""
    return tuple((re.compile(row["pattern"]), int(row["digits"]), row["code"]) for row in read_table("home_places"))


_SEATS = {"150500": "150502"}


def city(place: Place, tools: ReadingTools, home: Place) -> Place:
    """Of the prefecture one lives in only the city can be meant: “不上通辽”, “儿子在通辽念书”."""
    seat = _SEATS.get(place.code) if place.code[:4] == home.code[:4] else None
    return tools.gazetteer.place(seat) if seat else place
