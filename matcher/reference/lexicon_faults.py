"""What is wrong with a lexicon: dangling codes, cycles, doubles, figures out of range.

In: a lexicon and the table of ways. Out: one line a fault; none means it can be used.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from matcher.reference.lexicon import (
    REGISTERS,
    ConstraintCode,
    Family,
    Hazard,
    Lexicon,
    Occupation,
    SkillEntry,
)
from matcher.reference.ways import Ways, bad_ways, load_ways


def check_lexicon(lexicon: Lexicon, ways: Ways | None = None) -> list[str]:
    """Everything wrong with a lexicon, one line each; empty when it can be used."""
    return [
        *_bad_occupations(lexicon),
        *_bad_skills(lexicon),
        *_bad_pairs(lexicon),
        *_bad_aliases(lexicon),
        *bad_ways(ways or load_ways(), {code: family.background for code, family in lexicon.families.items()}),
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
