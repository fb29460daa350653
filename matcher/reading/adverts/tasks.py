"""Work that an advert tells without naming a trade, and what a wide word such as 操作工 means at this employer.

In: a folded title, employer and place. Out: an occupation of advert_tasks.csv (大棚摘柿子黄瓜 → picker), what is done
at a place of workplaces.csv (羊绒厂女工), or the narrower occupation of trade_contexts.csv (前台 at a hotel).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from matcher.domain.facts import LinkedTerm
from matcher.reading.folding import fold
from matcher.reading.wordlists import words
from matcher.reference.tables import read_table

LEAST_SHARE = 0.5
"""Places and tasks that fill less of a title are only part of what it says."""
LEAST_WORDS = 2
"""One word such as 学徒 or 装袋 is done at many places."""
LONGEST = 20
"""Longer titles are sentences."""
SURE = 0.7
_NOT_WORDS = re.compile(r"[^a-z0-9一-龥]|[的和及等]|\(.*?\)|(?:高薪|长期|急|诚|现|大量)*(?:招聘|诚聘|招工|招)")
_AT_PLACE = re.compile(
    r"(?:里|内|的|上)?(?:[一-龥]{1,3}车间)?(?:急?招聘?|急?聘|诚招|诚聘|找|雇|用)?(?:若干|数名|多名|几名|一线|生产|男|女|长期|临时){0,2}"
    r"(?:工人|普工|[男女]工|杂工|勤杂工?|帮工|小工|力工|临时工?|季节工|长期工|短工|零工|学徒工?|岗位工|操作[工员]|生产工|"
    r"作业员|[招用]?[人工]|学生工|小时工|夫妻工?|暑[假期]工|寒假工|假期工|打工|干活的?|伙计)\Z"
)
"""Behind a place of work, somebody of whom no more is said."""
_OTHER_TRADE = re.compile(rf"{words('jobs.other_trade')}\Z")


@dataclass(frozen=True, slots=True)
class _Tasks:
    """One row: what is done and where, and both together."""

    code: str
    task: re.Pattern[str]
    either: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Context:
    """One row: trades, the words beside which they are another, and which."""

    codes: frozenset[str]
    pattern: re.Pattern[str]
    becomes: str


@lru_cache(maxsize=1)
def _tasks() -> tuple[_Tasks, ...]:
    """The rows of advert_tasks.csv."""
    return tuple(
        _Tasks(row["code"], _any_of(row["tasks"]), _any_of(f"{row['tasks']} {row['places']}"))
        for row in read_table("advert_tasks")
    )


@lru_cache(maxsize=1)
def _contexts() -> tuple[_Context, ...]:
    """The rows of trade_contexts.csv."""
    return tuple(
        _Context(frozenset(row["codes"].split()), re.compile(row["context"]), row["becomes"])
        for row in read_table("trade_contexts")
    )


def _any_of(listed: str) -> re.Pattern[str]:
    """One pattern for all words of a list, longer ones first."""
    return re.compile("|".join(sorted(listed.split(), key=len, reverse=True)))


def task_job(title: str) -> str:
    """The occupation whose tasks and places fill most of a title, "" where none fills enough of it."""
    core = _NOT_WORDS.sub("", title)
    if not 2 <= len(core) <= LONGEST or _OTHER_TRADE.search(core):
        return ""
    best, most = "", 0
    for row in _tasks():
        told = [match.span() for match in row.either.finditer(core)] if row.task.search(core) else []
        filled = sum(end - start for start, end in told)
        if len(told) >= LEAST_WORDS and filled > most:
            best, most = row.code, filled
    return best if most >= LEAST_SHARE * len(core) else ""


def place_job(title: str, *, alone: bool = False) -> str:
    """What is done at the place where a title seeks a worker of no named trade, "" where that is a guess.

    `alone`: the place may end the title.
    """
    core = _NOT_WORDS.sub("", title)
    found = [
        (place.end() - place.start(), done)
        for pattern, done in _places()
        for place in pattern.finditer(core)
        if _AT_PLACE.match(core, place.end()) or (alone and place.end() == len(core))
    ]
    return max(found, key=lambda item: item[0])[1] if found else ""


@lru_cache(maxsize=1)
def _places() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Places of workplaces.csv and what is done there, where that is no guess."""
    return tuple((re.compile(row["pattern"]), row["done"]) for row in read_table("workplaces") if row["done"])


def in_context(terms: Sequence[LinkedTerm], title: str, employer: Sequence[str]) -> tuple[LinkedTerm, ...]:
    """The trades as this title and employer mean them, each once."""
    found = [replace(term, code=narrowed(term.code, title, employer)) for term in terms]
    once: dict[str, LinkedTerm] = {}
    for term in found:
        once.setdefault(term.code, term)
    return tuple(once.values())


def narrowed(code: str, title: str, employer: Sequence[str] = ()) -> str:
    """One trade by the words around it; itself where they say nothing."""
    rows = [row for row in _contexts() if code in row.codes]
    for text in (title, "\n".join(employer)) if rows else ():
        folded = fold(text).text
        for row in rows:
            if row.pattern.search(folded):
                return row.becomes
    return code
