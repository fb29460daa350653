"""Work told plainly, without a word for having done it: 粮库扛麻袋，腰就那么坏的; 酒店保洁，一天十二间房; 养鸡赔了.

In: a cell and work named in it. Out: whether the place before it, the round of the day behind it or what came of it
say that the person does or did it, and whether it was no more than a trial that failed after some days.
"""

from __future__ import annotations

import re

from matcher.reading.linking import Mention
from matcher.reading.negation import clause_at
from matcher.reading.people.cells import Cell
from matcher.reading.people.years import LASTED
from matcher.reading.wordlists import words

_LEAD = rf"(?:{words('told.when')})*"
_PLACE = re.compile(rf"{_LEAD}(?:在|去|上)?[一-龥]{{0,8}}?{words('told.place')}(?:里|上|那|外头|门口)?(?:就|的|来)?")
_BARE_PLACE = re.compile(rf"(?:在|去)?[一-龥]{{0,4}}?{words('told.place')}")
_ONLY_WHEN = re.compile(_LEAD)
_STARTS_AT_PLACE = re.compile(rf"[一-龥]{{0,2}}{words('told.place')}")
_INSIDE_ONE = re.compile(rf"{_LEAD}(?:在|上)[一-龥]{{0,5}}")
_NO_PLACE = re.compile(r"(?:离|靠|挨|听|等|想|说|推荐|介绍|问|找|嫌|怕)")
_ENDS = re.compile(r"(?:的|了|着|呢|活儿?|的活儿?|干活|房间|卫生)*")
_ROUND = re.compile(rf"[,、](?:[他她我])?{words('told.round')}")
_OUTCOME = re.compile(rf"(?:场|的|这|活儿?|也|又|都|给)*{words('told.outcome')}")
_ALL = re.compile(rf"[一-龥]{{0,2}}(?:[、和跟][^,。;、]{{1,6}})*[,、]?{words('told.all_of_it')}")
_WISHING = re.compile(rf"{words('told.wishing')}|{words('quality.how')}的|(?:都|也|就)(?:行|中|可以)")
_AT_WORK = re.compile(r"[,、][一-龥]{1,5}(?:厂|场|队|矿|工地)(?:里|上)?(?:开|干|做)的")
"""会开铲车，砂场开的."""
_OWN_YEARS = re.compile(rf"{words('told.own_years')}{LASTED}")
_FAILED = re.compile(
    rf"{words('told.few_days')}[^。;]{{0,12}}?{words('told.failed')}|学徒[^。;]{{0,12}}?(?:撵|辞|开除)"
)


def plainly_told(cell: Cell, found: Mention) -> bool:
    """Whether work named without a verb of having done it is told as the person's own."""
    text = cell.text
    clause = clause_at(text, found.start)
    before, last = text[clause.start : found.start], max(clause.end, found.end)
    after = text[found.end : last]
    first, end = cell.sentence(found.start, found.end)
    if _WISHING.search(text, first, end) or _NO_PLACE.search(before):
        return False
    if _OUTCOME.match(after) or _ALL.match(text, found.end):
        return True
    if not _ENDS.fullmatch(after):
        return False
    bare = not before and _BARE_PLACE.fullmatch(_clause_before(text, clause.start, first))
    placed = bool(_PLACE.fullmatch(before) or bare)
    at_place = _STARTS_AT_PLACE.match(found.words)
    own_place = at_place or after.endswith("的") or _ONLY_WHEN.fullmatch(before)
    if (placed and text[last : last + 1] in ",。") or (at_place and _INSIDE_ONE.fullmatch(before)):
        return True
    knows = before.endswith("会") and _AT_WORK.match(text, last)
    return bool(knows or ((placed or own_place) and _ROUND.match(text, last)))


def _clause_before(text: str, start: int, first: int) -> str:
    """The clause before one of the same sentence."""
    return text[clause_at(text, start - 2).start : start - 1] if start - 1 > first else ""


def years_told(cell: Cell, found: Mention) -> bool:
    """Whether how long is told right behind work, whatever stands before: 别太累养羊我养了二十来年."""
    return bool(_OWN_YEARS.match(cell.text, found.end))


def failed_trial(cell: Cell, found: Mention) -> bool:
    """Whether the words say that the person was sent away, or ran, after some days: 干过一天装卸就跑了."""
    first, end = cell.sentence(found.start, found.end)
    return bool(_FAILED.search(cell.text, max(first, found.start - 8), min(end, found.end + 24)))
