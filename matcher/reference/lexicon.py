"""The lexicon: occupations, skills, their names in the field, hazards and constraint codes.

In: the CSV tables of this package. Out: one frozen `Lexicon` with look-ups by code and the neighbours of
every occupation. `lexicon_faults` says what is wrong with one.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from matcher.reference.tables import read_table

REGISTERS = ("standard", "dialect", "shorthand", "title")


@dataclass(frozen=True, slots=True)
class PayBand:
    """Monthly pay measured on stored postings, with how many and when."""

    low_yuan_per_month: int
    high_yuan_per_month: int
    postings: int
    measured_on: str


@dataclass(frozen=True, slots=True)
class Family:
    """A family of occupations (domain 9.1).

    `background` is the column of ways.csv that speaks for its people; `bound` in [0, 1] is how near its simplest work
    is to any wish of people who cannot leave home.
    """

    code: str
    name_zh: str
    name_en: str
    background: str
    bound: float
    source: str


@dataclass(frozen=True, slots=True)
class Occupation:
    """One occupation: what it asks of the body, which papers it needs, what makes one good at it."""

    code: str
    name_zh: str
    name_en: str
    family: str
    source: str
    gbt6565: str = ""
    load: int = 2
    hazards: frozenset[str] = frozenset()
    licences: tuple[str, ...] = ()
    health_certificate: bool = False
    age_min: int | None = None
    age_max_rule: str = ""
    season: tuple[int, int] | None = None
    talk: int = 0
    shift_default: str = ""
    live_in: bool = False
    skills: tuple[tuple[str, float], ...] = ()
    entry: int = 1
    pay: PayBand | None = None


@dataclass(frozen=True, slots=True)
class SkillEntry:
    """A skill, language, certificate or licence; `implies` are codes that holding it also proves."""

    code: str
    name_zh: str
    name_en: str
    kind: str
    family: str
    level: str
    implies: tuple[str, ...]
    valid_years: float | None
    gate: bool
    source: str


@dataclass(frozen=True, slots=True)
class Neighbour:
    """How well somebody of `occupation` could do, and would accept, `neighbour`."""

    occupation: str
    neighbour: str
    weight: float
    direction: str
    reason: str
    source: str


@dataclass(frozen=True, slots=True)
class Alias:
    """Words people use for an occupation or a skill."""

    text: str
    kind: str
    code: str
    register: str
    source: str


@dataclass(frozen=True, slots=True)
class ConstraintCode:
    """A limit of domain 5.7; `private` ones never show their cause."""

    code: str
    name_zh: str
    name_en: str
    family: str
    private: bool
    excludes_hazards: frozenset[str]
    max_load: int | None
    source: str


@dataclass(frozen=True, slots=True)
class Hazard:
    """A burden of work, its letter in domain 9.1 ("" where it has none), and its words in adverts."""

    code: str
    letter: str
    name_zh: str
    name_en: str
    aliases: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All tables, looked up by code; `pairs` keeps the neighbours as written."""

    occupations: Mapping[str, Occupation]
    skills: Mapping[str, SkillEntry]
    families: Mapping[str, Family]
    constraints: Mapping[str, ConstraintCode]
    hazards: Mapping[str, Hazard]
    aliases: tuple[Alias, ...]
    neighbours: Mapping[str, Mapping[str, float]]
    pairs: tuple[Neighbour, ...]

    def name(self, code: str, lang: str = "zh") -> str:
        """The name of a code in a language, the code itself where no table knows it."""
        for table in (self.occupations, self.skills, self.families, self.constraints, self.hazards):
            entry = table.get(code)
            if entry is not None:
                return entry.name_en if lang == "en" else entry.name_zh
        return code

    def proved_by(self, code: str) -> frozenset[str]:
        """The code and everything that holding it also proves, step by step."""
        proved: set[str] = set()
        waiting = [code]
        while waiting:
            current = waiting.pop()
            if current not in proved:
                proved.add(current)
                waiting.extend(self.skills[current].implies if current in self.skills else ())
        return frozenset(proved)


def _number(cell: str) -> int | None:
    """A whole number, nothing for an empty cell."""
    return int(cell) if cell else None


def _months(cell: str) -> tuple[int, int] | None:
    """A range of months such as 4-10."""
    first, dash, last = cell.partition("-")
    return (int(first), int(last)) if dash else None


def _weights(cell: str) -> tuple[tuple[str, float], ...]:
    """Codes with an optional weight: `sewing:1 packing:0.4`."""
    pairs = (word.partition(":") for word in cell.split())
    return tuple((code, float(weight or 1)) for code, _, weight in pairs)


def _pay(row: Mapping[str, str]) -> PayBand | None:
    """The pay band of a row where one was measured."""
    if not row["pay_n"]:
        return None
    return PayBand(int(row["pay_low"]), int(row["pay_high"]), int(row["pay_n"]), row["pay_date"])


def _occupation(row: Mapping[str, str]) -> Occupation:
    """One row of occupations.csv."""
    return Occupation(
        code=row["code"],
        name_zh=row["name_zh"],
        name_en=row["name_en"],
        family=row["family"],
        source=row["source"],
        gbt6565=row["gbt6565"],
        load=int(row["load"]),
        hazards=frozenset(row["hazards"].split()),
        licences=tuple(row["licences"].split()),
        health_certificate=row["health_certificate"] == "1",
        age_min=_number(row["age_min"]),
        age_max_rule=row["age_max_rule"],
        season=_months(row["season"]),
        talk=int(row["talk"]),
        shift_default=row["shift_default"],
        live_in=row["live_in"] == "1",
        skills=_weights(row["skills"]),
        entry=int(row["entry"]),
        pay=_pay(row),
    )


def _skill(row: Mapping[str, str]) -> SkillEntry:
    """One row of skills.csv."""
    return SkillEntry(
        code=row["code"],
        name_zh=row["name_zh"],
        name_en=row["name_en"],
        kind=row["kind"],
        family=row["family"],
        level=row["level"],
        implies=tuple(row["implies"].split()),
        valid_years=float(row["valid_years"]) if row["valid_years"] else None,
        gate=row["gate"] == "1",
        source=row["source"],
    )


def _constraint(row: Mapping[str, str]) -> ConstraintCode:
    """One row of constraints.csv."""
    return ConstraintCode(
        code=row["code"],
        name_zh=row["name_zh"],
        name_en=row["name_en"],
        family=row["family"],
        private=row["private"] == "1",
        excludes_hazards=frozenset(row["excludes_hazards"].split()),
        max_load=_number(row["max_load"]),
        source=row["source"],
    )


def _hazard(row: Mapping[str, str]) -> Hazard:
    """One row of hazards.csv."""
    return Hazard(
        code=row["code"],
        letter=row["letter"],
        name_zh=row["name_zh"],
        name_en=row["name_en"],
        aliases=tuple(row["aliases"].split()),
        source=row["source"],
    )


def _pair(row: Mapping[str, str]) -> Neighbour:
    """One row of neighbours.csv."""
    return Neighbour(
        row["occupation"], row["neighbour"], float(row["weight"]), row["direction"], row["reason"], row["source"]
    )


def _alias(row: Mapping[str, str]) -> Alias:
    """One row of aliases.csv."""
    return Alias(row["alias"], row["kind"], row["code"], row["register"], row["source"])


def both_ways(pairs: tuple[Neighbour, ...]) -> dict[str, dict[str, float]]:
    """Neighbours of every occupation; a pair marked `both` counts from either side."""
    found: dict[str, dict[str, float]] = {}
    for pair in pairs:
        found.setdefault(pair.occupation, {})[pair.neighbour] = pair.weight
    for pair in pairs:
        if pair.direction == "both":
            found.setdefault(pair.neighbour, {}).setdefault(pair.occupation, pair.weight)
    return found


@lru_cache(maxsize=1)
def load_lexicon() -> Lexicon:
    """The lexicon that ships with the program."""
    pairs = tuple(_pair(row) for row in read_table("neighbours"))
    families = (
        Family(row["code"], row["name_zh"], row["name_en"], row["background"], float(row["bound"]), row["source"])
        for row in read_table("families")
    )
    return Lexicon(
        occupations={row["code"]: _occupation(row) for row in read_table("occupations")},
        skills={row["code"]: _skill(row) for row in read_table("skills")},
        families={family.code: family for family in families},
        constraints={row["code"]: _constraint(row) for row in read_table("constraints")},
        hazards={row["code"]: _hazard(row) for row in read_table("hazards")},
        aliases=tuple(_alias(row) for row in read_table("aliases")),
        neighbours=both_ways(pairs),
        pairs=pairs,
    )
