"""Work told as what was done to what inside a sentence: 给牧户看过十年牛, 跟他妈扫过一年小区, 服装厂锁边3年.

In: a cell. Out: the work of every item of an enumeration, read without the words around it: when, where, for whom and
how long.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from matcher.reading.linking import Mention
from matcher.reading.naming.work_phrases import occupation_of_work
from matcher.reading.people.cells import Cell
from matcher.reading.people.years import LASTED
from matcher.reading.wordlists import words

ITEM = re.compile(r"(?:[^,、;；。!！?？\n/|｜ 和]|和(?=[灰面泥]))+")
_LEAD = re.compile(f"(?:{words('deed.when')}|{words('deed.for')}|{words('deed.where')})+")
"""When, where and for whom."""
LONGEST_DEED = 10
"""More characters than this tell a story."""
_ASPECT = re.compile(
    rf"[(][^,。;()]{{1,6}}[)]|嗯+|那个|[吧呢啊呀嘛哈](?=[一-龥]|$)|(?:有|得有|整整)?{LASTED}的?|(?<=[一-龥])[过了着](?=[一-龥]|$)"
)


def deeds(cell: Cell, start: int, end: int) -> Iterator[Mention]:
    """What an item of a cell says was done, and where its verb and object stand."""
    places = _kept(cell.text, start, end)
    core = "".join(cell.text[place] for place in places)
    lead = _LEAD.match(core)
    offset = lead.end() if lead else 0
    core = core[offset:]
    work = occupation_of_work(core) if 2 <= len(core) <= LONGEST_DEED else None
    if work is not None:
        first, last = places[offset + work[1]], places[offset + work[2] - 1] + 1
        yield Mention(work[0], "occupation", first, last, cell.text[first:last], 0.8)


def _kept(text: str, start: int, end: int) -> list[int]:
    """Where the characters of an item stand that are no length of time and no 过, 了, 着."""
    kept: list[int] = []
    for gap in _ASPECT.finditer(text, start, end):
        kept.extend(range(start, gap.start()))
        start = gap.end()
    return [*kept, *range(start, end)]
