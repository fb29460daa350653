"""Work refused in loose words: 除了牲口啥都能干, 不想再进厂, 下井的活说啥也不去.

In: a cell. Out: the work that a place or a loose word stands for, where it is said no to. A single place (“后厨太热那
家”) and what others say are no refusal of a kind of work.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from matcher.domain.facts import LinkedTerm
from matcher.reading.negation import about_other, clause_at, hearsay
from matcher.reading.people.cells import Cell
from matcher.reading.people.work.given_up import refused_further_on
from matcher.reading.people.work.places import AT_A_PLACE, Workplace, loose_work, workplaces
from matcher.reading.wordlists import words

WISH = "意向工种"


@lru_cache(maxsize=1)
def _cues() -> tuple[re.Pattern[str], ...]:
    """Words of refusing before and behind work, what else is open behind an exception, and one place among many."""
    before, except_for = words("refuse.before"), words("refuse.except")
    return (
        re.compile(rf"{before}\Z"),
        re.compile(rf"{words('refuse.behind')}"),
        re.compile(rf"{except_for}\Z"),
        re.compile(words("refuse.rest_open")),
        re.compile(words("refuse.one_of_many")),
    )


def refused_loosely(cell: Cell) -> Iterator[LinkedTerm]:
    """Work that places and loose words of a cell stand for and that is said no to."""
    if not _may_refuse().search(cell.text):
        return
    for place in (*workplaces(), *loose_work()):
        for found in place.pattern.finditer(cell.text):
            end = _refused(cell, found, place)
            if end:
                words_said = (cell.evidence(clause_at(cell.text, found.start()).start, end),)
                yield from (LinkedTerm(code, words_said, AT_A_PLACE) for code in place.occupations)
                break


@lru_cache(maxsize=1)
def _mode() -> re.Pattern[str]:
    """Words that tell how a work is done and not which: 不跑长途."""
    return re.compile(words("refuse.mode"))


@lru_cache(maxsize=1)
def _not_for_work() -> re.Pattern[str]:
    """What follows a place that is not spoken of as a place to work at: 不去超市买东西."""
    return re.compile(words("place.not_for_work"))


@lru_cache(maxsize=1)
def _may_refuse() -> re.Pattern[str]:
    """A text without these refuses nothing."""
    return re.compile(r"不|除|免谈|算了|拉倒|别|够|怕")


def _refused(cell: Cell, found: re.Match[str], place: Workplace) -> int:
    """Where the refusal of a place ends; 0 where there is none."""
    text = cell.text
    before, behind, except_for, rest_open, one = _cues()
    clause = clause_at(text, found.start())
    lead, last = text[clause.start : found.start()], max(clause.end, found.end())
    if (
        _mode().fullmatch(found[0])
        or about_other(text, found.start())
        or hearsay(text, found.start())
        or one.search(text, max(clause.start, found.start() - 6), last)
    ):
        return 0
    if _not_for_work().match(text, found.end(), last):
        return 0
    if except_for.search(lead):
        rest = rest_open.match(text, found.end())
        return rest.end() if rest else 0
    after = behind.match(text, found.end(), len(text) if text[last : last + 1] == "," else last)
    if after:
        return after.end()
    if refused_further_on(cell, *found.span()):
        return last
    refused = before.search(lead) and (cell.field == WISH or _is_work(text, found, last) or refused_again(lead))
    return last if refused else 0


def refused_again(lead: str) -> bool:
    """Whether the words of refusing speak of going there once more: 不想再去."""
    return "再" in lead or "干够" in lead


def _is_work(text: str, found: re.Match[str], last: int) -> bool:
    """Whether a place said no to is one for working only, or the words say that it is: not 不去医院."""
    return bool(re.search(r"[厂矿井地活]\Z|车间\Z", found[0])) or bool(
        re.match(r"[一-龥]{0,2}(?:干|上班|打工|当|找|做|的活)", text[found.end() : last])
    )
