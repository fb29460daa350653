"""Work whose object was named before: 铲车本儿有，在砂场开过四年; 稀罕孩子，给邻居带过一年.

In: a cell, an item without a trade, and what the cell names. Out: the work of the machine or the child named last.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from matcher.reading.linking import Mention
from matcher.reading.naming.work_phrases import occupation_of_work
from matcher.reading.negation import folded_polarity
from matcher.reading.people.cells import Cell
from matcher.reading.people.work.named import HELD, is_paper
from matcher.reading.people.years import LASTED
from matcher.reading.tools import ReadingTools
from matcher.reading.wordlists import words

_DRIVEN = re.compile(rf"(?:也|都|[他她])?(?:(?:在|给|跟)[一-龥]{{1,6}})?开(?:过|了)(?:有)?(?:{LASTED})了?$")
_MINDED = re.compile(rf"(?:再|又|也|还)?(?:帮|给|替)[一-龥]{{1,5}}带(?:过|了)(?:{LASTED})?$")
_SHORT = tuple(
    (code, re.compile(rf"(?:干|做|烧)(?:过|了|着)?(?:有)?{LASTED}的?{words(f'short.{code}')}$"))
    for code in ("welder", "bricklayer", "carpenter", "cook")
)
"""Trades by the short names they have behind a length of time: 干过三年电焊."""
_ONLY_WHERE = re.compile(
    rf"(?:以前|之前|早先|原来)?(?:在|给|跟)[一-龥]{{2,9}}(?:干|做|当)(?:过|了)?(?:有)?{LASTED}(?:了|多)?|"
    rf"{words('work.out_of_time')}(?:有|都|快)?{LASTED}(?:了|多)*"
)
_CALLED = re.compile(
    rf"(?:^|在[一-龥]{{1,6}}|也|还|又|先后|以前|之前|早先|原来|曾经?|去年|前年)(?:干|搞|做|当|从事)(?:过|了)(?:有)?"
    rf"(?:{LASTED}的?)?(?P<work>[一-龥]{{2,5}}?)(?:的?活儿?|工作|这行|行业|啥的)?(?:就[一-龥]{{1,5}})?$"
)
"""Work called by its name behind a verb of working, where the name is no trade by itself: 干过绿化, 搞了三年防水."""
_FRONTED = re.compile(words("deed.fronted"))
"""The object first: 羊我养了很多年, 拖拉机开得比谁都直溜."""
_CHILD = re.compile(r"孩子|小孩|娃|带大")
_MACHINES = frozenset({"machine_operator", "truck_driver", "light_driver", "agri_machinery"})


def implied(cell: Cell, start: int, end: int, known: tuple[Mention, ...], tools: ReadingTools) -> Iterator[Mention]:
    """Work that an item tells by its verb alone."""
    first, _ = cell.sentence(start, end)
    if _DRIVEN.match(cell.text, start, end):
        before = [found for found in sorted(known, key=lambda one: one.start) if first <= found.start < start]
        own = [found for found in before if folded_polarity(cell.text, found.start, found.end) in HELD]
        codes = [code for found in own if (code := _driver_of(found, tools))]
        yield from (_as(cell, code, start, end) for code in codes[-1:])
    for code, pattern in _SHORT:
        short = pattern.search(cell.text, start, end)
        if short:
            yield _as(cell, code, short.start(), end)
    called = _CALLED.search(cell.text, start, end)
    trade = tools.linker.best(called["work"], "occupation") if called else None
    if called and trade:
        yield _as(cell, trade.code, called.start("work"), end)
    yield from _fronted(cell, start, end, tools)
    child = _MINDED.search(cell.text, start, end)
    if child and _CHILD.search(cell.text, first, start + 1 if child.start() == start else child.start()):
        yield _as(cell, "child_minder", child.start(), end)


def _fronted(cell: Cell, start: int, end: int, tools: ReadingTools) -> Iterator[Mention]:
    """Work whose object stands before the person and the verb."""
    found = _FRONTED.fullmatch(cell.text, start, end)
    if found is None:
        return
    phrase = found["verb"] + found["object"]
    work = occupation_of_work(phrase)
    named = [one.code for one in tools.linker.mentions(phrase, "occupation") if one.words == phrase]
    skills = [tools.linker.occupation_for(one.code) for one in tools.linker.mentions(phrase, "skill")]
    code = work[0] if work else next((one for one in (*named, *skills) if one), "")
    if code:
        yield _as(cell, code, start, end)


def gone_on(cell: Cell, start: int, end: int, known: tuple[Mention, ...], tools: ReadingTools) -> Iterator[Mention]:
    """The work named last before an item that only says where it was done: 电焊气割都行，在大庆管道队干了四年."""
    if not _ONLY_WHERE.fullmatch(cell.text, start, end):
        return
    first, _ = cell.sentence(start, end)
    own = [one for one in known if first <= one.start < start and not is_paper(one.code, tools)]
    own = [one for one in own if folded_polarity(cell.text, one.start, one.end) in HELD]
    if own:
        last = max(own, key=lambda one: one.start)
        code = last.code if last.kind == "occupation" else tools.linker.occupation_for(last.code)
        if code:
            yield _as(cell, code, start, end)


def _driver_of(found: Mention, tools: ReadingTools) -> str:
    """The work at the machine that a trade, a skill or a paper names; "" where it names none."""
    code = found.code
    if found.kind == "skill":
        paper = tools.linker.occupation_with(code) if is_paper(code, tools) else ""
        code = paper or tools.linker.occupation_for(code)
    return code if code and tools.lexicon.occupations[code].family in _MACHINES else ""


def _as(cell: Cell, code: str, start: int, end: int) -> Mention:
    """The item as a mention of a trade."""
    return Mention(code, "occupation", start, end, cell.text[start:end], 0.8)
