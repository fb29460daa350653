"""Work refused some clauses after it is named: 去过养老院，端屎端尿受不了，不去了; 保安服穿着别扭，别给我安排那个.

In: a cell and where work or a place of work is named. Out: whether a later clause of the sentence refuses it. Who only
stopped (“干过保洁，后来不干了”) has refused nothing; a complaint or words of never again must stand between.
"""

from __future__ import annotations

import re

from matcher.reading.negation import clause_at, clauses
from matcher.reading.people.cells import Cell
from matcher.reading.wordlists import words

_LATER = re.compile(words("refuse.later"))
_COMPLAINT = re.compile(words("refuse.complaint"))
_ONE = re.compile(r"那家|这家|那个?老板")
_THAT_ONE = re.compile(words("refuse.that_one"))
_WAS_THERE = re.compile(r"过|[干做当]了")
_TURNS = re.compile(r"现在|如今|后来又|改|想通|想开|换了?|去[一-龥]{1,4}了|还想|还行|挺好")
_CLAUSES_ON = 3


def refused_further_on(cell: Cell, start: int, end: int) -> bool:
    """Whether a later clause of the sentence refuses the work named at [start, end)."""
    text = cell.text
    clause = clause_at(text, start)
    last = cell.sentence(start, end)[1]
    if _ONE.search(text, clause.start, last):
        return False
    following = [one for one in clauses(text) if clause.end <= one.start < last][:_CLAUSES_ON]
    if any(_THAT_ONE.match(text, one.start - 1) for one in following):
        return True
    if not _WAS_THERE.search(text, clause.start, clause.end):
        return False
    for one in following:
        if _LATER.fullmatch(text, one.start, one.end):
            return bool(_COMPLAINT.search(text, end, one.end))
        if _TURNS.search(text, one.start, one.end):
            return False
    return False
