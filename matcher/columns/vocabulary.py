"""Codes of the lexicon as positions in arrays.

In: the lexicon. Out: positions of occupations, skills and licences, how near occupations are to each other,
and what a skill implies. Position 0 of the occupations stands for “not recognised”.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from matcher.reference.lexicon import Family, Lexicon, Occupation, load_lexicon
from matcher.reference.ways import Ways, load_ways

LICENCE_KINDS = frozenset({"certificate", "licence", "health_certificate"})
WORD = 63
"""Licences a 64-bit word holds."""
SKILLED = 3
"""Entry of work that has to be learnt."""
NO_WAY = -1


@dataclass(frozen=True, slots=True, eq=False)
class Vocabulary:
    """Positions of codes; `nearness` is (occupations, occupations) in [0, 1], diagonal 1."""

    lexicon: Lexicon
    occupations: tuple[str, ...]
    occupation_at: Mapping[str, int]
    nearness: npt.NDArray[np.float32]
    family: npt.NDArray[np.int32]
    families: tuple[str, ...]
    entry: npt.NDArray[np.int8]
    load: npt.NDArray[np.int8]
    ways: npt.NDArray[np.float32]
    """How often work that needs little practice is offered to people of a background, (occupations, columns)."""
    way_at: Mapping[str, int]
    """Columns of `ways`."""
    background: npt.NDArray[np.int32]
    """The column that speaks for who wishes for or has done an occupation, (occupations,)."""
    taught_in: npt.NDArray[np.int32]
    """The column that speaks for who holds a skill, NO_WAY where it belongs to no family, (skills,)."""
    bound: npt.NDArray[np.float32]
    """How near work that needs no experience is to any wish of people who cannot leave home, (occupations,)."""
    profiles: npt.NDArray[np.float32]
    """Share of what each occupation lives by that each skill is, (occupations, skills); rows sum to one or nought."""
    skills: tuple[str, ...]
    skill_at: Mapping[str, int]
    implied: Mapping[str, frozenset[str]]
    licences: tuple[str, ...]
    licence_at: Mapping[str, int]

    @property
    def words(self) -> int:
        """64-bit words needed for a set of licences."""
        return len(self.licences) // WORD + 1

    def licence_words(self, codes: Iterable[str]) -> npt.NDArray[np.uint64]:
        """A set of licences as bits, shape (words,); codes that are no licence are left out."""
        words = [0] * self.words
        for code in codes:
            position = self.licence_at.get(code)
            if position is not None:
                words[position // WORD] |= 1 << (position % WORD)
        return np.array(words, dtype=np.uint64)

    def with_implied(self, codes: Iterable[str]) -> set[str]:
        """Codes and everything they imply."""
        held: set[str] = set()
        for code in codes:
            held |= self.implied.get(code, frozenset({code}))
        return held


def _closure(lexicon: Lexicon) -> dict[str, frozenset[str]]:
    """Each skill with everything it implies, itself included."""
    closed: dict[str, frozenset[str]] = {}
    for start in lexicon.skills:
        found, open_codes = {start}, [start]
        while open_codes:
            for code in lexicon.skills[open_codes.pop()].implies:
                if code not in found and code in lexicon.skills:
                    found.add(code)
                    open_codes.append(code)
        closed[start] = frozenset(found)
    return closed


@lru_cache(maxsize=1)
def load_vocabulary() -> Vocabulary:
    """The vocabulary of the lexicon that ships with the program."""
    return build_vocabulary(load_lexicon(), load_ways())


def build_vocabulary(lexicon: Lexicon, ways: Ways) -> Vocabulary:
    """Positions for all codes of a lexicon, in code order."""
    occupations = ("", *sorted(lexicon.occupations))
    at = {code: position for position, code in enumerate(occupations)}
    families = ("", *sorted({entry.family for entry in lexicon.occupations.values()}))
    family_at = {code: position for position, code in enumerate(families)}
    nearness = np.zeros((len(occupations), len(occupations)), dtype=np.float32)
    np.fill_diagonal(nearness[1:, 1:], 1.0)
    for code, near in lexicon.neighbours.items():
        for other, weight in near.items():
            nearness[at[code], at[other]] = max(nearness[at[code], at[other]], weight)
    skills = tuple(sorted(lexicon.skills))
    licences = tuple(code for code in skills if lexicon.skills[code].kind in LICENCE_KINDS)
    known = [lexicon.occupations[code] for code in occupations[1:]]
    families_of, way_at = lexicon.families, {name: place for place, name in enumerate(ways.columns)}
    return Vocabulary(
        lexicon=lexicon,
        occupations=occupations,
        occupation_at=at,
        nearness=nearness,
        family=np.array([0, *(family_at[entry.family] for entry in known)], dtype=np.int32),
        families=families,
        entry=np.array([2, *(entry.entry for entry in known)], dtype=np.int8),
        load=np.array([0, *(entry.load for entry in known)], dtype=np.int8),
        ways=_ways(known, ways),
        way_at=way_at,
        background=np.array([0, *(way_at[families_of[entry.family].background] for entry in known)], np.int32),
        taught_in=np.array([_column(lexicon.skills[code].family, families_of, way_at) for code in skills], np.int32),
        bound=np.array([0.0, *(_simple(entry) * families_of[entry.family].bound for entry in known)], np.float32),
        profiles=_profiles(occupations, skills, lexicon),
        skills=skills,
        skill_at={code: position for position, code in enumerate(skills)},
        implied=_closure(lexicon),
        licences=licences,
        licence_at={code: position for position, code in enumerate(licences)},
    )


def _simple(occupation: Occupation) -> float:
    """1 where no experience is needed, else 0."""
    return 1.0 if occupation.entry <= 1 else 0.0


def _column(family: str, families: Mapping[str, Family], way_at: Mapping[str, int]) -> int:
    """The column of a family, NO_WAY for none."""
    return way_at[families[family].background] if family else NO_WAY


def _ways(known: Sequence[Occupation], ways: Ways) -> npt.NDArray[np.float32]:
    """The table of ways by occupation; skilled work is not offered beside one's own."""
    table = np.zeros((len(known) + 1, len(ways.columns)), dtype=np.float32)
    for row, occupation in enumerate(known, start=1):
        if occupation.entry < SKILLED:
            table[row] = [ways.of(occupation.family, column) for column in ways.columns]
    return table


def _profiles(occupations: tuple[str, ...], skills: tuple[str, ...], lexicon: Lexicon) -> npt.NDArray[np.float32]:
    """The skills each occupation lives by, as shares."""
    at = {code: position for position, code in enumerate(skills)}
    table = np.zeros((len(occupations), len(skills)), dtype=np.float32)
    for row, code in enumerate(occupations[1:], start=1):
        for skill, weight in lexicon.occupations[code].skills:
            if skill in at:
                table[row, at[skill]] = weight
    return np.asarray(table / np.maximum(table.sum(axis=1, keepdims=True), 1e-9), dtype=np.float32)
