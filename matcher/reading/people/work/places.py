"""Work told by its place alone: 矿上干了十六年, 两个月奶茶店, 电子厂12天, 实习在医院.

In: cells, and workplaces.csv. Out: where somebody worked, with what is most likely done there. Who only names a place
must say that she worked there: by a verb of working, a length of time, or, in the column of work done, nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from matcher.reading.linking import Mention
from matcher.reading.people.cells import Cell
from matcher.reading.people.years import LASTED
from matcher.reading.wordlists import words
from matcher.reference.tables import read_table

AT_A_PLACE = 0.6
"""Confidence in work that is only inferred from the place named."""
EXPERIENCE = "工作经历"
_PAY = r"能?挣|[开给]的?钱|[0-9一二两三四五六七八九十]+[千百万块]"
_OTHERS_TOO = re.compile(r"[、和跟及]")
_ALL_OF_THEM = re.compile(r"(?:[、和跟及][^,。;、和跟及]{1,8}?){1,5}(?:都|全)(?:也)?(?:干|做|待|呆|上|打工)过")


@dataclass(frozen=True, slots=True)
class Workplace:
    """A place of work, what beginners do there, and what somebody did who says no more."""

    pattern: re.Pattern[str]
    occupations: tuple[str, ...]
    done: str = ""


@lru_cache(maxsize=1)
def workplaces() -> tuple[Workplace, ...]:
    """Rows of workplaces.csv."""
    return tuple(
        Workplace(re.compile(row["pattern"]), tuple((row["occupations"] or row["done"]).split()), row["done"])
        for row in read_table("workplaces")
    )


@lru_cache(maxsize=1)
def loose_work() -> tuple[Workplace, ...]:
    """Rows of loose_work.csv: words for work that name no place either."""
    return tuple(
        Workplace(re.compile(row["pattern"]), tuple(row["occupations"].split())) for row in read_table("loose_work")
    )


@lru_cache(maxsize=1)
def _worked() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What follows and what comes before a place where somebody worked, and what follows it in the column of work."""
    fill, verb = words("work.fill"), words("work.verb")
    lasted = rf"(?:里|那)?{LASTED}|{words('work.spell')}"
    after = rf"{fill}{{0,3}}(?:{verb}(?:过|了|着|到|得|{LASTED})|{verb}[一-龥]{{0,3}}?{LASTED}|{lasted})(?!{_PAY})"
    before = rf"(?:{LASTED}|{words('work.trial')}(?:是)?(?:在)?|{words('work.joined')}(?:过|了)|"
    before += r"(?:以前|原来|原先|早先|之前|一直)在[一-龥]{0,4})$"
    column = rf"{fill}{{0,3}}(?:{verb}|{words('work.hand')}|$)"
    return re.compile(after), re.compile(before), re.compile(column)


@lru_cache(maxsize=1)
def _former() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """What comes before and behind a place with what was once done at it: 以前水泥厂装袋的."""
    deed = rf"(?!{words('work.not_deed')})[一-龥]{{2,4}}的"
    return re.compile(rf"{words('work.former')}[一-龥]{{0,4}}"), re.compile(deed)


def places_worked(cell: Cell, start: int, end: int) -> Iterator[Mention]:
    """Places in a stretch of a cell at which somebody says she worked; the longest words of each."""
    last = start
    for found, place in _named(cell.text, start, end):
        if found.start() >= last and place.done and _was_there(cell, found, start, end):
            last = found.end()
            yield Mention(place.done, "occupation", found.start(), last, found[0], AT_A_PLACE)


def _was_there(cell: Cell, found: re.Match[str], start: int, end: int) -> bool:
    """Whether the words around a place, inside an item, say that somebody worked at it."""
    after, before, column = _worked()
    rest, lead = cell.text[found.end() : end], cell.text[start : found.start()]
    follows = cell.text[end : end + 40]
    if not rest and _OTHERS_TOO.match(follows) and lead.endswith("在") and not _ALL_OF_THEM.match(follows):
        return False  # 在矿上、工地开钩机: only where
    if not rest and (follows.startswith(" ") or _ALL_OF_THEM.match(follows)):
        return follows[0] != " "
    former, deed = _former()
    if former.fullmatch(lead) and deed.fullmatch(rest):
        return True
    return bool(after.match(rest) or before.search(lead)) or (cell.field == EXPERIENCE and bool(column.match(rest)))


def _named(text: str, start: int, end: int) -> list[tuple[re.Match[str], Workplace]]:
    """Places in a stretch from the left; where two begin together the longer one, then the one that tells work done."""
    if not _any_place().search(text, start, end):
        return []
    found = [(match, place) for place in workplaces() for match in place.pattern.finditer(text, start, end)]
    return sorted(found, key=lambda item: (item[0].start(), -item[0].end(), not item[1].done))


@lru_cache(maxsize=1)
def _any_place() -> re.Pattern[str]:
    """All places of work in one pattern."""
    return re.compile("|".join(place.pattern.pattern for place in workplaces()))
