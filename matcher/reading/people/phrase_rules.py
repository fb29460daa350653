"""Tables of phrases that stand for codes: limits, situations, going away.

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
from matcher.reading.key_index import KeyIndex
from matcher.reading.negation import clause_at, denied_before, hearsay
from matcher.reading.people.cells import Cell, sentence_at
from matcher.reading.people.subject import of_other
from matcher.reading.wordlists import spelled, words
from matcher.reference.tables import read_table

LIMITS, SITUATIONS, TALK, AWAY = "limit_phrases", "situation_phrases", "guidance_phrases", "home_phrases"
TABLES = (LIMITS, SITUATIONS, TALK, AWAY)
_DOUBLE = re.compile(r"(?:不是|并非|并不|(?<!有)没有|也没|(?<!有)没)$")
_CURED = re.compile(
    r"(?:已经?|早就?|都|现在|基本|全|完全|后来)?(?:治好|治愈|痊愈|康复|恢复(?:得|了|好|正常)|没事了?|好利索|好了|不影响|不碍事|不耽误|好透)"
)
_ILL_BEFORE = re.compile(
    r"(?:腿|肢|脚|腰|眼|耳|手|身体|身子|心脏)[一-龥]{0,2}不(?:行|好|便|中|灵|利索|得劲)[一-龥]{0,2}$"
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
def load_rules(table: str) -> tuple[PhraseRule, ...]:
    """The rules of a reference table; those of limits with what a body does not stand."""
    own = tuple(_rule(table, row) for row in read_table(table))
    return (*own, *(_trigger(row) for row in read_table("limit_triggers"))) if table == LIMITS else own


def _rule(table: str, row: dict[str, str]) -> PhraseRule:
    """One row, its patterns compiled."""
    if row["judged"] not in {"noun", "phrase", "fact"} or not row["keys"]:
        raise ReferenceInvalid(f"{table}.csv：{row['pattern']} 的 keys 或 judged 无效", ref=table)
    return PhraseRule(
        keys=tuple(row["keys"].split()),
        pattern=re.compile(spelled(row["pattern"])),
        codes=tuple(row["codes"].split()),
        judged=row["judged"],
        unless=re.compile(spelled(row["unless"])) if row["unless"] else None,
        private=row["private"] == "1",
    )


def _trigger(row: dict[str, str]) -> PhraseRule:
    """What a body does not stand: “见不得凉水”, “农药沾不得”, “一闻油漆就上不来气”."""
    thing = f"(?:{'|'.join(row['words'].split())})"
    avoided = rf"{words('limit.avoid')}[他她我]?{words('limit.touch')}{{0,2}}(?:[一-龥]{{0,2}}){thing}"
    unable = rf"{thing}[一-龥]{{0,3}}?{words('limit.cannot')}"
    react, harm = words("limit.react"), words("limit.harm")
    felt = rf"{words('limit.trigger')}[一-龥]{{0,2}}{thing}[一-龥,]{{0,6}}?{react}"
    then = rf"{thing}[一-龥]{{0,4}}就[一-龥]{{0,2}}{react}|{thing}[一-龥]{{0,2}}?{harm}"
    return PhraseRule(
        keys=tuple(row["keys"].split()),
        pattern=re.compile(f"{avoided}|{unable}|{felt}|{then}"),
        codes=tuple(row["codes"].split()),
        judged="phrase",
        unless=re.compile(words("limit.not")),
        private=True,
    )


def find_phrases(table: str, cell: Cell) -> Iterator[Hit]:
    """Every phrase of a table that holds of the person herself in a cell."""
    for of, rule, start, end in _found(cell.text):
        if of == table:
            yield Hit(rule.codes, cell, start, end, rule.private)


@lru_cache(maxsize=1)
def _index() -> KeyIndex[tuple[str, PhraseRule]]:
    """The rules of all tables, so that a text is cut into pieces once."""
    tagged = ((table, rule) for table in TABLES for rule in load_rules(table))
    return KeyIndex(tagged, lambda item: item[1].keys)


@lru_cache(maxsize=16384)
def _found(text: str) -> tuple[tuple[str, PhraseRule, int, int], ...]:
    """(table, rule, start, end) of the first place where each rule holds; clerks repeat short cells endlessly."""
    found = []
    for table, rule in _index().candidates(text):
        for match in rule.pattern.finditer(text):
            if _holds(rule, text, match.start(), match.end()):
                found.append((table, rule, match.start(), match.end()))
                break
    return tuple(found)


def _holds(rule: PhraseRule, text: str, start: int, end: int) -> bool:
    """Whether a phrase at this place is said, of the person, and still true."""
    first, last = sentence_at(text, start, end)
    if rule.unless is not None and rule.unless.search(text[first:last]):
        return False
    if of_other(text, start, end) or hearsay(text, start):
        return False
    if rule.judged == "fact":
        return True
    if rule.judged == "phrase":
        clause = clause_at(text, start)
        return not _DOUBLE.search(text[clause.start : start])
    ill = _ILL_BEFORE.search(text[clause_at(text, start).start : start])
    denied = (denied_before(text, start) and not ill) or _NONE_AFTER.match(text[end:last])
    return not denied and not _CURED.search(text[end:last])
