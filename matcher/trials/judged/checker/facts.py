"""What the independent check knows: limits of health and law, papers, schooling, minimum wages; tables of its own.

In: the words of judged cases. Out: whether they name the same paper, what a limit shuts out, what is least pay.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

SCHOOLING = {"文盲或半文盲": 0, "小学": 1, "初中": 2, "高中": 3, "大专": 4, "本科及以上": 5}
READILY_GOT = frozenset({"health", "clean_record"})
GONE = ("过期", "失效", "吊销", "注销", "作废")


@dataclass(frozen=True, slots=True)
class HealthRule:
    """What a limit keeps a person away from."""

    code: str
    hazards: frozenset[str]
    most_load: int | None
    families: frozenset[str]
    paragraph: str


@dataclass(frozen=True, slots=True)
class Paper:
    """A certificate or licence, the words it goes by, and the papers that are worth as much."""

    code: str
    words: tuple[str, ...]
    covered_by: frozenset[str]


@dataclass(frozen=True, slots=True)
class Seat:
    """The seat of a county: where it lies and the least monthly pay there."""

    code: str
    name: str
    lat: float
    lon: float
    minimum_wage: float


def _table(name: str) -> list[dict[str, str]]:
    """The rows of a table of the check's own."""
    text = files("matcher.trials.judged.checker").joinpath(name).read_text(encoding="utf-8")
    return [*csv.DictReader(text.splitlines(), strict=True)]


@lru_cache(maxsize=1)
def health_rules() -> tuple[HealthRule, ...]:
    """All limits of health and law with what they shut out."""
    return tuple(
        HealthRule(
            row["code"],
            frozenset(row["hazards"].split()),
            int(row["most_load"]) if row["most_load"] else None,
            frozenset(row["families"].split()),
            row["paragraph"],
        )
        for row in _table("limits.csv")
    )


@lru_cache(maxsize=1)
def _papers() -> tuple[Paper, ...]:
    """All papers the check can tell apart."""
    return tuple(
        Paper(row["paper"], tuple(row["words"].split()), frozenset(row["covered_by"].split()))
        for row in _table("papers.csv")
    )


@lru_cache(maxsize=1)
def seats() -> tuple[Seat, ...]:
    """The seats the domain names."""
    return tuple(
        Seat(row["code"], row["name"], float(row["lat"]), float(row["lon"]), float(row["minimum_wage"]))
        for row in _table("seats.csv")
    )


def seat_of(county: str) -> Seat | None:
    """The seat that stands for a county code."""
    return next((seat for seat in seats() if county and county.startswith(seat.code)), None)


def place_prefixes(name: str) -> list[str]:
    """The beginnings of codes a code or the name of a seat stands for."""
    if name.isdigit():
        return [re.sub(r"(00)+$", "", name)]
    return [seat.code for seat in seats() if name and (name in seat.name or seat.name in name)]


def licence_words(kind: str) -> tuple[str, ...]:
    """The words of the papers a NO_LICENSED_x speaks of; an ending nobody knows stands for itself."""
    found = {row["kind"]: tuple(row["words"].split()) for row in _table("licences.csv")}
    return found.get(kind.upper(), (kind,))


def minimum_wage(county: str) -> float | None:
    """The least monthly pay entered for a place, None where none is."""
    seat = seat_of(county)
    return seat.minimum_wage if seat else None


def education_rank(schooling: str) -> int | None:
    """Schooling in its order, None for unknown."""
    return SCHOOLING.get(schooling)


def paper_codes(name: str) -> frozenset[str]:
    """The papers a text names; a text none of the words fits stands for itself."""
    text = name.upper().replace(" ", "")
    found = {paper.code for paper in _papers() if any(word in text for word in paper.words)}
    licences = {code for code in found if code.startswith("licence_")}
    if len(licences) > 1 and "licence_c1" in licences and "C1" not in text:
        found.discard("licence_c1")
    if "forklift" in found or "tractor" in found:
        found.discard("licence_c1")
    return frozenset(found) or frozenset({text})


def lacks(held: Iterable[str], asked: Iterable[str]) -> list[str]:
    """The papers asked for that nothing valid covers; what is worth more covers what is worth less.

    A health certificate is got in a week and a clean record is no paper one holds: neither keeps anybody away.
    """
    own = {code for name in held if not any(word in name for word in GONE) for code in paper_codes(name)}
    for paper in _papers():
        if paper.covered_by & own:
            own.add(paper.code)
    return [name for name in asked if not (paper_codes(name) & (own | READILY_GOT))]
