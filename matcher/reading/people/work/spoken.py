"""Work wished for in running words: 托我打听有没有看门打更的，放牛也中; 稀罕看个大门; 盼着进风电.

In: the remarks and the linker. Out: the work named behind words of wanting, by trade, skill, loose word or place.
What is to be learnt, another's wish and what is denied are left out; a trade named right behind the verb is read by
the wish reader itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace

from matcher.domain.facts import LinkedTerm
from matcher.domain.worker import Experience
from matcher.reading.linking import Mention
from matcher.reading.negation import Polarity, about_other, clauses, folded_polarity, hearsay
from matcher.reading.people.cells import Cell, Cells
from matcher.reading.people.work.deeds import deeds
from matcher.reading.people.work.named import mentions
from matcher.reading.people.work.places import AT_A_PLACE, loose_work, workplaces
from matcher.reading.tools import ReadingTools
from matcher.reading.wordlists import words

_READY = re.compile(r"(?<![不可])(?:行|中|成)(?=$|[,。; 管包得要])")
_SENTENCE_ENDS = "。！!？?；;\n"
_INSTANCE = re.compile(r"(?:啥的|什么的|之类的?|那样的|啦|呗)")
_HOUSEHOLD = re.compile(r"在家|自己|自家")
_SHORT_CLAUSE = 10
_SHIFT = re.compile(r"夜|班|早|晚|外(?!墙)|住|远|不|话|语|文")
_CUE = re.compile(words("wish.cue"))
"""Words of wanting."""
_ALSO = re.compile(words("wish.also"))
"""What follows work that would do as well: 放牛也中."""
_NOT_WORK = re.compile(rf"[一-龥]{{0,2}}?(?:{words('wish.no_cue')})")
"""What follows a word of wanting that is about a class or a business."""
_HIRING = re.compile(words("wish.hiring"))
"""Somebody asks whether a place hires: 听说前院车间要人？."""
_READY_LAST = re.compile(words("wish.ready"))
"""What ends a clause that tells readiness."""
_FINE_THERE = re.compile(rf"{words('wish.goes_to')}(?P<work>[^,。;]{{2,14}}?){words('wish.fine_there')}")
"""A clause that would have a work: 去个大牛场喂牛挺好."""
_ONCE = re.compile(r"(?:小时候|当年|当初|年轻时候?|那会儿?|早先|原先)[一-龥]{0,4}想")
"""What was wanted once: 小时候想当老师."""
_TURNED_DOWN = re.compile(r"[,、](?:[他她我])?(?:嫌|没去|不去|没答应|不干|没干|不乐意|又不)")
"""What was offered and not taken: 给他安排公益岗，他嫌钱少."""
_GOES_ON = re.compile(words("wish.goes_on"))
"""What says that the same work is wanted again."""


def spoken_wishes(cell: Cell, tools: ReadingTools) -> Iterator[LinkedTerm]:
    """Work that running words say is wanted."""
    wanting = False
    last = 0
    for clause in clauses(cell.text):
        if any(mark in cell.text[last : clause.start] for mark in _SENTENCE_ENDS):
            wanting = False
        opposed = "但" in cell.text[last : clause.start]
        last = clause.end
        cue = _CUE.search(cell.text, clause.start, clause.end)
        if cue and (_ONCE.search(cell.text, clause.start, cue.end()) or _TURNED_DOWN.match(cell.text, clause.end)):
            continue
        if cue and not _NOT_WORK.match(cell.text, cue.end()) and _own(cell, cue.end()):
            wanting = True
            last_word = cue.end() == clause.end and not _NOT_WORK.match(cell.text, clause.start)
            at_end = last_word and _also_fine(cell, clause.start, clause.end, wanting)
            yield from _named(cell, tools, clause.start if at_end else cue.end(), at_end or clause.end)
        elif _own(cell, clause.start):
            end = _also_fine(cell, clause.start, clause.end, wanting)
            end = (
                end
                or (wanting and _such_as(cell, clause.start, clause.end))
                or (
                    _fine_instead(cell, clause.start, clause.end)
                    if opposed
                    else _fine_at_last(cell, clause.start, clause.end)
                )
            )
            yield from _named(cell, tools, clause.start, end) if end else ()
    for asked in _HIRING.finditer(cell.text):
        yield from _at_places(cell, asked.start(), asked.end())


def _own(cell: Cell, start: int) -> bool:
    """Whether what is said up to this place is said of the person and by her."""
    return not about_other(cell.text, start) and not hearsay(cell.text, start)


def _also_fine(cell: Cell, start: int, end: int, wanting: bool) -> int:
    """Where the work ends that a clause says would do as well, behind a wish or as one's own readiness; else 0."""
    also = _ALSO.search(cell.text, start, end)
    return also.start() if also is not None and (wanting or also.end() == end) else 0


def _such_as(cell: Cell, start: int, end: int) -> int:
    """Where the work ends that a clause behind a wish gives as an instance: 守个库房啥的; else 0."""
    last = next((one for one in _INSTANCE.finditer(cell.text, start, end) if one.end() == end), None)
    return last.start() if last and not _HOUSEHOLD.search(cell.text, start, end) else 0


def _fine_instead(cell: Cell, start: int, end: int) -> int:
    """Where the work ends of a clause behind “but” that tells readiness: 护士干不了，但伺候病人行; else 0."""
    ready = _READY.search(cell.text, start, end)
    return ready.start() if ready else 0


def _fine_at_last(cell: Cell, start: int, end: int) -> int:
    """Where the work ends of a short clause that says no more than that it would do: 做饭喂牲口中; else 0."""
    there = _FINE_THERE.fullmatch(cell.text, start, end)
    if there:
        return there.end("work")
    ready = _READY_LAST.search(cell.text[start:end]) if end - start <= _SHORT_CLAUSE else None
    return start + ready.start() if ready and not _SHIFT.search(cell.text[start:end]) else 0


def _named(cell: Cell, tools: ReadingTools, start: int, end: int) -> Iterator[LinkedTerm]:
    """Work named in a stretch: trades, else skills and loose words, else places."""
    trades = _inside(mentions(cell, tools, "occupation"), start, end)
    skilled = [found for found in _inside(mentions(cell, tools, "skill"), start, end) if not _among(found, trades)]
    by_skill = [replace(found, code=tools.linker.occupation_for(found.code)) for found in skilled]
    fine = [found for found in (*trades, *by_skill) if found.code and _fine(cell, found.start, found.end)]
    if trades:
        yield from (LinkedTerm(found.code, (cell.evidence(start, end),), found.confidence) for found in fine)
        yield from _loosely(cell, start, end, beside=trades)
        return
    loose = list(_loosely(cell, start, end))
    yield from loose
    if not loose:
        fine = fine or list(deeds(cell, start, end))
        named = [LinkedTerm(found.code, (cell.evidence(start, end),), 0.8) for found in fine]
        yield from named or _at_places(cell, start, end)


def _inside(found: Iterable[Mention], start: int, end: int) -> list[Mention]:
    """Mentions inside a stretch."""
    return [one for one in found if start <= one.start and one.end <= end]


def _among(found: Mention, others: Iterable[Mention]) -> bool:
    """Whether a mention shares characters with one of the others."""
    return any(other.touches(found.start, found.end) for other in others)


def _fine(cell: Cell, start: int, end: int) -> bool:
    """Whether work in a stretch is not denied."""
    return folded_polarity(cell.text, start, end) is not Polarity.NEGATED


def _loosely(cell: Cell, start: int, end: int, beside: Iterable[Mention] = ()) -> Iterator[LinkedTerm]:
    """What loose words in a stretch stand for, beside the trades named in it."""
    for place in loose_work():
        found = place.pattern.search(cell.text, start, end)
        if found and any(one.touches(*found.span()) for one in beside):
            continue
        if found and _fine(cell, *found.span()):
            yield from (LinkedTerm(code, (cell.evidence(start, end),), AT_A_PLACE) for code in place.occupations)


def _at_places(cell: Cell, start: int, end: int) -> Iterator[LinkedTerm]:
    """What beginners do at the places named in a stretch."""
    for place in workplaces():
        found = place.pattern.search(cell.text, start, end)
        if found and _fine(cell, *found.span()):
            yield from (LinkedTerm(code, (cell.evidence(start, end),), AT_A_PLACE) for code in place.occupations)


def wishes_to_go_on(cells: Cells, done: Iterable[Experience]) -> tuple[LinkedTerm, ...]:
    """The work somebody has done and would go on with who names no other: 还想接着干."""
    for cell in cells.get("wish_text", "remarks"):
        found = _GOES_ON.search(cell.text)
        if found and _own(cell, found.start()) and _fine(cell, *found.span()):
            words_said = (cell.evidence(*found.span()),)
            return tuple(LinkedTerm(item.occupation, words_said, 0.8) for item in done if item.current)
    return ()
