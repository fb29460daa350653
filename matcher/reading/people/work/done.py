"""Work a person has done: trades named, skills that were lived by.

In: a cell and the linker. Out: `Experience` with years; what is denied, planned, hearsay or somebody else's is left
out, what is over is kept as not current.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from matcher.domain.worker import Experience
from matcher.reading.linking import Mention
from matcher.reading.negation import Polarity, clause_at, denied_before, folded_polarity, no_longer
from matcher.reading.people.cells import Cell
from matcher.reading.people.work.deeds import ITEM, deeds
from matcher.reading.people.work.named import CARES, HELD, WISHED, is_paper, mentions, told
from matcher.reading.people.work.own_farm import own_farm
from matcher.reading.people.work.places import places_worked
from matcher.reading.people.years import years_near
from matcher.reading.tools import ReadingTools

_WORKPLACE = re.compile(r"(?:店|厂|院|馆|场|工地|所|站|公司|车间|库房|食堂|学校|子|市|铺|房)$")
_DONE = re.compile(
    r"干过|做过|当过|打过|开过|跑过|养过|放过|种过|送过|待过|上过|包过|学徒|干(?:了|着)|做了|当了|打了|跑了|从事|老本行|一直(?:在|干|做)|"
    r"在[一-龥]{1,12}(?:干|做|当|打工|上班|跑|开)|[干做当开跑](?:的)?(?:是)?|[0-9一二两三四五六七八九十几半多来]年"
)
_GIVEN_UP = re.compile(
    r"(?:早就?|已经?|现在|再也|后来|都|就|说啥也?)?不(?:想|愿意?)?(?:再)?(?:干|做|开|跑|养|种|当|放)了|干够了?|辞(?:了|掉)"
)
_VISITOR = re.compile(r"(?:师傅)?(?:来(?!的?就)|上门|到家|登门|说|让|给(?:我|他|她)家)")
_THOUGHT_OF = re.compile(r"(?:想|愿意?|希望|打算|准备|盼着?|要是|寻思|琢磨|介绍|安排|招|找|应聘)[一-龥]{0,4}$")
_NOW = re.compile(
    r"(?:现在|眼下|目前|如今|这会儿|给[一-龥]{1,6}(?:帮忙|帮工|打工|干活)|(?:在|上)[一-龥]{1,6}(?:帮忙|帮工))(?!想|要|能|就)"
)
_LEARNT = re.compile(r"学(?:了|过|会|的)|培训|[上进]过?[一-龥]{0,4}班")


def experience_of(cell: Cell, tools: ReadingTools, read_on: date) -> Iterator[Experience]:
    """Work done that a cell states, by the name of the trade or of what is done in it."""
    skills = mentions(cell, tools, "skill")
    papers = [found for found in skills if is_paper(found.code, tools)]
    trades = [found for found in mentions(cell, tools, "occupation") if not _inside(found, papers)]
    named = {_item(cell, found) for found in trades}
    for found in trades:
        if _only_workplace(cell, found, trades):
            continue
        if was_done(cell, found, read_on, only_known=_inside(found, skills)):
            yield spell(cell, found, found.code, read_on)
    for found in skills:
        code = "" if found in papers else tools.linker.occupation_for(found.code)
        if code and _item(cell, found) not in named and was_done(cell, found, read_on, only_known=True):
            yield spell(cell, found, code, read_on)
    yield from _by_deed_or_place(cell, (*trades, *skills), tools, read_on)


def _by_deed_or_place(
    cell: Cell, named: tuple[Mention, ...], tools: ReadingTools, read_on: date
) -> Iterator[Experience]:
    """Work of the items that name no trade: by what was done to what, else by the place."""
    for item in ITEM.finditer(cell.text):
        start, end = item.span()
        if any(found.start < end and found.end > start for found in named):
            continue
        did = [found for found in deeds(cell, start, end) if was_done(cell, found, read_on, only_known=True)]
        for found in did or places_worked(cell, start, end):
            if folded_polarity(cell.text, found.start, found.end) in HELD and not _only_thought_of(cell, found):
                yield spell(cell, found, found.code, read_on)
    if cell.field != "证书":
        yield from (spell(cell, found, found.code, read_on) for found in own_farm(cell))


def _only_thought_of(cell: Cell, found: Mention) -> bool:
    """Whether an item without a trade is only wished for or about to come: 想去电子厂干几年."""
    clause = clause_at(cell.text, found.start)
    return bool(_THOUGHT_OF.search(cell.text[clause.start : found.start + 1]))


def _item(cell: Cell, found: Mention) -> int:
    """Where the item of an enumeration begins that a mention stands in."""
    return max(clause_at(cell.text, found.start).start, cell.text.rfind("、", 0, found.start) + 1)


def _only_workplace(cell: Cell, found: Mention, trades: list[Mention]) -> bool:
    """Whether the words name where another trade of the same clause was done: 在饭店洗碗."""
    if not _WORKPLACE.search(cell.text[found.start : found.end]):
        return False
    clause = clause_at(cell.text, found.start)
    return any(found.end <= other.start < clause.end for other in trades)


def spell(cell: Cell, found: Mention, occupation: str, read_on: date) -> Experience:
    """One experience with its years, and whether it still counts."""
    return Experience(
        occupation=occupation,
        years=years_near(cell.text, found.start, found.end, read_on),
        current=not no_longer(cell.text, found.start, found.end),
        evidence=(told(cell, found),),
    )


def _inside(found: Mention, others: Iterable[Mention]) -> bool:
    """Whether a mention lies in one of the others."""
    return any(other.start <= found.start and found.end <= other.end for other in others)


def was_done(cell: Cell, found: Mention, read_on: date, *, only_known: bool) -> bool:
    """Whether a trade named in a cell was the person's own work; `only_known` = the words may mean just the skill."""
    meant = folded_polarity(cell.text, found.start, found.end)
    clause = clause_at(cell.text, found.start)
    before = cell.text[clause.start : found.start]
    after = cell.text[found.end : max(clause.end, found.end)]
    given_up = meant is Polarity.NEGATED and _GIVEN_UP.search(after) and not denied_before(cell.text, found.start)
    if (meant not in HELD and not given_up) or (_VISITOR.match(after) and not only_known):
        return False
    if cell.field == "工作经历":
        return True
    if WISHED.search(before):
        return False
    if given_up:
        return True
    if cell.field == "技能特长" and not only_known:
        return True
    if cell.field == "证书" or CARES.search(before):
        return False
    words = cell.text[found.start : found.end]
    said = meant is Polarity.PAST or _DONE.search(before) or _NOW.search(before)
    if said or re.search(r"年|过|出身|[两俩仨几]冬|辈子", after[:8]) or re.search(r"[过了]|年|辈子", words[1:]):
        return True
    lasted = years_near(cell.text, found.start, found.end, read_on)
    return lasted is not None and not _LEARNT.search(cell.text[clause.start : clause.end])


def longest(found: Iterable[Experience]) -> tuple[Experience, ...]:
    """One experience an occupation: the longest years; over only if every mention says so."""
    kept: dict[str, Experience] = {}
    for item in found:
        known = kept.get(item.occupation)
        if known is None:
            kept[item.occupation] = item
            continue
        years = max((value for value in (known.years, item.years) if value is not None), default=None)
        kept[item.occupation] = Experience(
            occupation=item.occupation,
            years=years,
            current=known.current and item.current,
            evidence=tuple(dict.fromkeys(known.evidence + item.evidence)),
        )
    return tuple(kept.values())
