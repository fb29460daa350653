"""Tables of phrases that stand for codes: limits, situations, going away.

In: a reference table (keys, pattern, codes, judged, unless, private) and cells. Out: hits with their codes and places.
`keys` are words of which one must stand in the text before the pattern is tried;
`judged` says how denial counts (`rule`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from matcher.reading.key_index import KeyIndex
from matcher.reading.negation import clause_at, denied_before, hearsay
from matcher.reading.people.cells import Cell, sentence_at
from matcher.reading.people.phrases.bodily import limit_rules
from matcher.reading.people.phrases.rule import PhraseRule, rule_of_row
from matcher.reading.people.subject import of_other
from matcher.reading.wordlists import words
from matcher.reference.tables import read_table

LIMITS, SITUATIONS, TALK, AWAY = "limit_phrases", "situation_phrases", "guidance_phrases", "home_phrases"
TABLES = (LIMITS, SITUATIONS, TALK, AWAY)
_DOUBLE = re.compile(r"(?:不是|并非|并不|(?<!有)没有|也没|(?<!有)没|谁说[他她我俺]?)$")
_CURED = re.compile(words("health.cured"))
_CLEARED = re.compile(words("health.cleared"))
_RUMOUR = re.compile(words("rumour.told"))
_REFUTED = re.compile(words("rumour.refuted"))
_SEEN_THROUGH = re.compile(words("fraud.seen_through"))
_NOT_YET = re.compile(r"(?:没|未|不|还要|才能|咋|等)[一-龥]{0,3}$")
_STILL_TREATED = re.compile(r"药(?:没断|得吃|不能停|没停|不断|还得|还吃)|(?:吃|服|用)着药|还(?:在|得)?(?:吃药|治|疼)")
_NOT_ILL = re.compile(words("health.denied_before") + "$|不再?$")
_FOR_PATIENTS = re.compile(rf"(?:的|了)?{words('health.of_others')}")
_ILL_BEFORE = re.compile(
    r"(?:腿|肢|脚|腰|眼|耳|手|身体|身子|心脏)[一-龥]{0,2}不(?:行|好|便|中|灵|利索|得劲)[一-龥]{0,2}$"
)
_NONE_AFTER = re.compile(
    r"^(?:的?毛病|病|症|倒|都|也|是|的|啥|查过?|[?？,])*(?:没有|没得过|没查出|没事|没毛病|无(?!法|力)|不是)(?!好)"
)
_OWN = frozenset({"NO_NIGHT", "NO_OVERTIME", "AT_HOME", "CONFIDENTIAL"})
"""Limits that follow from somebody else's illness, so that the sick relative before does not take them over."""
_CHILD = {
    "LACTATION": re.compile(r"孩子?|小孩|娃|宝宝?|小子|丫头|小的|老[大二三]|儿子|闺女|姑娘|女儿"),
    "PREGNANT": re.compile(r"孩子|老[二三四]"),
}
"""The child that is nursed or to come is not somebody else."""
_CHILD_THEN = re.compile(rf"^(?:{words('mother.then')}|{words('mother.over')})")
_CHILD_BEFORE = re.compile(words("mother.then_before"))
"""A child carried or nursed at a former time: “怀老二的时候”, “哺乳期已过”."""
_ABLE_ELSE = re.compile(words("health.able_else") + r"[一-龥]{0,4}$")
"""What is no trouble is another thing: “腰脱，坐着走走没事”, “坐轮椅，坐着干一天没事”."""
_ROAMS = re.compile(words("home.roams"))
"""Who gets about and would work elsewhere as well is not bound to work at home."""
_LIVE_TOGETHER = re.compile(words("couple.living"))
_HEARD = frozenset({"ANTI_FRAUD", "FRAUD_RISK", "INFO_INSUFFICIENT"})
"""What consists in hearsay."""


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
    """The rules of a reference table; those of limits with what a body suffers from or does not stand."""
    own = tuple(rule_of_row(table, row) for row in read_table(table))
    return (*own, *limit_rules()) if table == LIMITS else own


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
    clause = clause_at(text, start)
    near, far = (clause.start, max(clause.end, end)) if rule.near else (first, last)
    if rule.unless is not None and rule.unless.search(text[near:far]):
        return False
    told = next((child.sub("〇〇", text) for code, child in _CHILD.items() if code in rule.codes), text)
    if of_other(told, start, end, carries=not _OWN.intersection(rule.codes)):
        return False
    if hearsay(text, start) and not _HEARD.intersection(rule.codes):
        return False
    if _HEARD.intersection(rule.codes) and _SEEN_THROUGH.search(text[first:last]):
        return False
    if _RUMOUR.search(text[clause.start : start]) or _REFUTED.search(text[end : min(end + 30, last)]):
        return False
    before = text[clause.start : start]
    if _CHILD.keys() & set(rule.codes) and (_CHILD_THEN.search(text[end:last]) or _CHILD_BEFORE.search(before)):
        return False
    if "AT_HOME" in rule.codes and _ROAMS.search(text) and "只" not in text[start:end]:
        return False
    if "COUPLE_POST" in rule.codes and _LIVE_TOGETHER.match(text[end:last]):
        return False
    if rule.judged == "fact":
        return True
    if rule.judged == "phrase":
        return not _DOUBLE.search(before)
    if rule.judged == "ill":
        denied = bool(_NOT_ILL.search(before) or _FOR_PATIENTS.match(text[end:last]))
    else:
        denied = denied_before(text, start) and not _ILL_BEFORE.search(before)
    return not denied and not _NONE_AFTER.match(text[end:last]) and not _cured(text[end:last])


def _cured(rest: str) -> bool:
    """Whether the words behind an ailment say that it is over: “早好了”, not “没好利索”."""
    if _CLEARED.search(rest):
        return True
    if _STILL_TREATED.search(rest):
        return False
    return any(
        not _NOT_YET.search(rest[: found.start()])
        and not (found[0].startswith("没") and _ABLE_ELSE.search(rest[: found.start()]))
        for found in _CURED.finditer(rest)
    )
