"""The lexicon: occupations, skills, their names in the field, hazards and constraint codes.

In: the CSV tables of this package. Out: one frozen `Lexicon` with look-ups by code and the neighbours of
every occupation. `check_lexicon` says what is wrong with one.
"""

from __future__ import annotations

from collections import Counter
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

    `anybody` in [0, 1] is how near its simplest work is to any wish, `bound` the same for people who cannot leave home.
    """

    code: str
    name_zh: str
    name_en: str
    anybody: float
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
        Family(row["code"], row["name_zh"], row["name_en"], float(row["anybody"]), float(row["bound"]), row["source"])
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


def check_lexicon(lexicon: Lexicon) -> list[str]:
    """Everything wrong with a lexicon, one line each; empty when it can be used."""
    return [
        *_bad_occupations(lexicon),
        *_bad_skills(lexicon),
        *_bad_pairs(lexicon),
        *_bad_aliases(lexicon),
        *(
            f"{code}: unknown hazard {hazard}"
            for code, limit in lexicon.constraints.items()
            for hazard in sorted(limit.excludes_hazards - lexicon.hazards.keys())
        ),
        *(f"{code}: name missing" for code, entry in _named(lexicon) if not (entry.name_zh and entry.name_en)),
        *(f"{code}: source missing" for code, entry in _named(lexicon) if not entry.source),
        *(f"{code}: used by an occupation and a skill" for code in sorted(lexicon.occupations.keys() & lexicon.skills)),
    ]


def _named(lexicon: Lexicon) -> list[tuple[str, Occupation | SkillEntry | Family | ConstraintCode | Hazard]]:
    """Every entry that has a name, with its code."""
    return [
        *lexicon.occupations.items(),
        *lexicon.skills.items(),
        *lexicon.families.items(),
        *lexicon.constraints.items(),
        *lexicon.hazards.items(),
    ]


def _bad_occupations(lexicon: Lexicon) -> list[str]:
    """Occupations that point to nothing or carry a figure out of range."""
    problems = []
    for code, entry in lexicon.occupations.items():
        asked = {*entry.licences, *(skill for skill, _ in entry.skills)}
        problems += [f"{code}: unknown skill {skill}" for skill in sorted(asked - lexicon.skills.keys())]
        problems += [f"{code}: unknown hazard {hazard}" for hazard in sorted(entry.hazards - lexicon.hazards.keys())]
        problems += [f"{code}: skill weight {weight}" for _, weight in entry.skills if not 0 < weight <= 1]
        problems += [
            f"{code}: {skill} is not marked as a gate" for skill in entry.licences if not _gate(lexicon, skill)
        ]
        if entry.family not in lexicon.families:
            problems.append(f"{code}: unknown family {entry.family}")
        if entry.load not in range(1, 5) or entry.entry not in range(1, 4) or entry.talk not in range(3):
            problems.append(f"{code}: load, entry or talk out of range")
        if entry.season and not all(1 <= month <= 12 for month in entry.season):
            problems.append(f"{code}: season {entry.season}")
    return problems


def _gate(lexicon: Lexicon, skill: str) -> bool:
    """Whether a licence is one the law asks for; an unknown one is reported elsewhere."""
    return skill not in lexicon.skills or lexicon.skills[skill].gate


def _bad_skills(lexicon: Lexicon) -> list[str]:
    """Skills that imply an unknown code, or themselves in the end."""
    problems = []
    for code, entry in lexicon.skills.items():
        problems += [f"{code}: implies unknown {other}" for other in entry.implies if other not in lexicon.skills]
        if any(code in lexicon.proved_by(other) for other in entry.implies):
            problems.append(f"{code}: implies itself")
        if entry.family and entry.family not in lexicon.families:
            problems.append(f"{code}: unknown family {entry.family}")
    return problems


def _bad_pairs(lexicon: Lexicon) -> list[str]:
    """Neighbours that are unknown, written twice, their own, or weighted outside (0, 1]."""
    problems = []
    written = Counter((pair.occupation, pair.neighbour) for pair in lexicon.pairs)
    for pair in lexicon.pairs:
        where = f"{pair.occupation} → {pair.neighbour}"
        if not {pair.occupation, pair.neighbour} <= lexicon.occupations.keys():
            problems.append(f"{where}: unknown occupation")
        if pair.occupation == pair.neighbour or written[pair.occupation, pair.neighbour] > 1:
            problems.append(f"{where}: written twice or its own neighbour")
        if pair.direction == "both" and written[pair.neighbour, pair.occupation]:
            problems.append(f"{where}: both directions, and the other one as well")
        if not 0 < pair.weight <= 1 or pair.direction not in ("both", "one"):
            problems.append(f"{where}: weight {pair.weight} or direction {pair.direction}")
    return problems


def _bad_aliases(lexicon: Lexicon) -> list[str]:
    """Aliases that are ambiguous, too short to be safe inside a sentence, or lead nowhere."""
    problems = []
    written = Counter((alias.text, alias.kind) for alias in lexicon.aliases)
    problems += [f"{text}: {count} times as {kind}" for (text, kind), count in written.items() if count > 1]
    tables: Mapping[str, Mapping[str, object]] = {"occupation": lexicon.occupations, "skill": lexicon.skills}
    for alias in lexicon.aliases:
        if alias.code not in tables.get(alias.kind, {}):
            problems.append(f"{alias.text}: unknown {alias.kind} {alias.code}")
        if len(alias.text) < 2 or alias.register not in REGISTERS or not alias.source:
            problems.append(f"{alias.text}: too short, or register or source not given")
    return problems
