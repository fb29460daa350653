"""Values the law sets a lower limit for: no office goes below, on the page or in a file.

In: floors.csv and a key with a value. Out: the floor that a value breaks.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Floor:
    """The least value of a key, with the law that says so."""

    key: str
    low: float
    basis: str


@lru_cache(maxsize=1)
def floors() -> dict[str, Floor]:
    """Every floor by key."""
    text = files("matcher.policy").joinpath("floors.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines(), strict=True)
    return {row["key"]: Floor(row["key"], float(row["low"]), row["basis"]) for row in rows}


def undercut(key: str, value: object) -> Floor | None:
    """The floor a value lies below, None where it does not."""
    floor = floors().get(key)
    return floor if floor is not None and isinstance(value, (int, float)) and value < floor.low else None
