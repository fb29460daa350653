"""Plain statements in adverts: board, lodging, insurance, shift, overtime and the like.

In: the passages of an advert. Out: for every fact named in advert_phrases.csv the first value said in the first
passage that says one, and whether a later passage says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from matcher.domain.facts import Evidence, Fact
from matcher.domain.posting import Shift
from matcher.reading.passages import Passage
from matcher.reading.sifting import Sieve
from matcher.reference.tables import read_table

Sets = tuple[tuple[str, str], ...]
_SHIFT_ORDER = (Shift.ROTATING, Shift.NIGHT, Shift.PART_TIME, Shift.DAY, Shift.FLEXIBLE)
"""Of several shifts named in one passage the one that asks most of the worker."""


@dataclass(frozen=True, slots=True)
class Statement:
    """One value of one fact and the words that say it."""

    value: str
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class _Rule:
    """One pattern, its column ("" = any), the characters of which one must stand in the text, and what it sets."""

    column: str
    needs: frozenset[str]
    pattern: re.Pattern[str]
    sets: Sets


@lru_cache(maxsize=1)
def _rules() -> tuple[_Rule, ...]:
    """The rows of advert_phrases.csv, in order."""
    return tuple(
        _Rule(
            row["column"],
            frozenset(row["needs"]),
            re.compile(row["pattern"]),
            tuple(_pair(item) for item in row["sets"].split()),
        )
        for row in read_table("advert_phrases")
    )


@lru_cache(maxsize=64)
def _rules_of(column: str) -> tuple[tuple[_Rule, ...], Sieve]:
    """The rules that may hold in a column, and how those that can match in a text are found."""
    rules = tuple(rule for rule in _rules() if rule.column in ("", column))
    return rules, Sieve([rule.pattern.pattern for rule in rules])


def _pair(item: str) -> tuple[str, str]:
    """`board=1` → (board, 1)."""
    name, _, value = item.partition("=")
    return name, value


def read_statements(texts: Iterable[Passage]) -> Mapping[str, tuple[Statement, ...]]:
    """Everything said of each fact, in order of passages and places."""
    found: dict[str, tuple[Statement, ...]] = {}
    for passage in texts:
        for start, end, sets in _matches(passage.field, passage.text):
            for name, value in sets:
                found[name] = (*found.get(name, ()), Statement(value, passage.evidence(start, end)))
    return found


@lru_cache(maxsize=4096)
def _matches(column: str, text: str) -> tuple[tuple[int, int, Sets], ...]:
    """(start, end, what is set) in order; words that an earlier rule has taken are not read again."""
    taken: list[tuple[int, int, Sets]] = []
    characters = set(text)
    rules, sieve = _rules_of(column)
    for rule in (rules[number] for number in sieve.fitting(text)):
        if not rule.needs.isdisjoint(characters):
            for match in rule.pattern.finditer(text):
                start, end = match.span()
                if not any(first < end and start < last for first, last, _ in taken):
                    taken.append((start, end, rule.sets))
    return tuple(sorted(taken))


def flag(statements: Mapping[str, tuple[Statement, ...]], name: str) -> Fact[bool]:
    """A yes-or-no fact: the first statement holds; another column that says otherwise contradicts it."""
    said = statements.get(name, ())
    if not said:
        return Fact()
    first = said[0]
    other = next(
        (item for item in said if item.value != first.value and item.evidence.field != first.evidence.field), None
    )
    evidence = (first.evidence,) if other is None else (first.evidence, other.evidence)
    return Fact(first.value == "1", evidence, other is not None)


def rest_days(statements: Mapping[str, tuple[Statement, ...]]) -> Fact[float]:
    """Days off a month as stated by a pattern of rest."""
    said = statements.get("rest_days", ())
    return Fact(float(said[0].value), (said[0].evidence,)) if said else Fact()


def shift(statements: Mapping[str, tuple[Statement, ...]]) -> Fact[Shift]:
    """The shift of the first passage that names one; the most demanding where it names several."""
    said = statements.get("shift", ())
    if not said:
        return Fact()
    first = [item for item in said if item.evidence.field == said[0].evidence.field]
    chosen = min(first, key=lambda item: _SHIFT_ORDER.index(Shift(item.value)))
    return Fact(Shift(chosen.value), (chosen.evidence,))
