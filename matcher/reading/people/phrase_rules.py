"""Tables of phrases that stand for codes: limits and situations.

In: a reference table (keys, pattern, codes, judged, unless, private) and cells. Out: hits with their codes and places.
`keys` are words of which one must stand in the text before the pattern is tried; `judged` says how denial counts:
noun = the words around may deny it, phrase = the phrase itself is a denial, fact = nothing unsays it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from matcher.domain.errors import ReferenceInvalid
from matcher.reading.negation import clause_at, denied_before, hearsay
from matcher.reading.people.cells import Cell
from matcher.reading.people.key_index import KeyIndex
from matcher.reading.people.subject import of_other
from matcher.reference.tables import read_table

_DOUBLE = re.compile(r"(?:不是|并非|并不|没有|也没|没)$")
_CURED = re.compile(
    r"(?:已经?|早就?|都|现在|基本|全|完全|后来)?(?:治好|治愈|痊愈|康复|恢复(?:得|了|好|正常)|没事了?|好利索|好了|不影响|不碍事|不耽误|好透)"
)
_NONE_AFTER = re.compile(r"^(?:的?毛病|病|症|倒|都|也|是|的|啥){0,2}(?:没有|没得过|无)")


@dataclass(frozen=True, slots=True)
class PhraseRule:
    """One row of a table."""

    keys: tuple[str, ...]
    pattern: re.Pattern[str]
    codes: tuple[str, ...]
    judged: str
    unless: re.Pattern[str] | None
    private: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found in a cell."""

    codes: tuple[str, ...]
    cell: Cell
    start: int
    end: int
    private: bool


@lru_cache(maxsize=8)
def load_rules(table: str) -> KeyIndex[PhraseRule]:
    """The rules of a reference table."""
    return KeyIndex((_rule(table, row) for row in read_table(table)), lambda rule: rule.keys)


def _rule(table: str, row: dict[str, str]) -> PhraseRule:
    """One row, its patterns compiled."""
    if row["judged"] not in {"noun", "phrase", "fact"} or not row["keys"]:
        raise ReferenceInvalid(f"{table}.csv：{row['pattern']} 的 keys 或 judged 无效", ref=table)
    return PhraseRule(
        keys=tuple(row["keys"].split()),
        pattern=re.compile(row["pattern"]),
        codes=tuple(row["codes"].split()),
        judged=row["judged"],
        unless=re.compile(row["unless"]) if row["unless"] else None,
        private=row["private"] == "1",
    )


def find_phrases(rules: KeyIndex[PhraseRule], cell: Cell) -> Iterator[Hit]:
    """Every phrase of the rules that holds of the person herself in a cell."""
    text = cell.text
    for rule in rules.candidates(text):
        for found in rule.pattern.finditer(text):
            if _holds(rule, cell, found.start(), found.end()):
                yield Hit(rule.codes, cell, found.start(), found.end(), rule.private)
                break


def _holds(rule: PhraseRule, cell: Cell, start: int, end: int) -> bool:
    """Whether a phrase at this place is said, of the person, and still true."""
    text = cell.text
    first, last = cell.sentence(start, end)
    if rule.unless is not None and rule.unless.search(text[first:last]):
        return False
    if of_other(text, start, end) or hearsay(text, start):
        return False
    if rule.judged == "fact":
        return True
    if rule.judged == "phrase":
        clause = clause_at(text, start)
        return not _DOUBLE.search(text[clause.start : start])
    denied = denied_before(text, start) or _NONE_AFTER.match(text[end:last])
    return not denied and not _CURED.search(text[end:last])
