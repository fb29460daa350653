"""Papers an advert would like but does not require.

In: the folded text of an advert and the place of a paper in it. Out: whether more pay, training or help with the paper
is offered around it – 有叉车证加200, 没有的可培训, 证可后补 –, so that nobody is shut out for lacking it; and the trade
as that of its learner where the paper is got after one has begun.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from matcher.domain.facts import LinkedTerm
from matcher.reading.passages import Passage
from matcher.reading.wordlists import words
from matcher.reference.tables import read_table

_AFTER = re.compile("|".join(words(f"paper.optional.{kind}") for kind in ("pays", "given", "without")))
_BEFORE = re.compile(words("paper.optional.before"))
_CLAUSE = re.compile(r"[,。;!\n]")
_FIRST = re.compile(words("paper.first"))
_LATER = re.compile(words("paper.later"))


@lru_cache(maxsize=1)
def _learners() -> dict[str, str]:
    """The rows of learner_trades.csv: trade → that of who has yet to get its paper."""
    return {row["trade"]: row["becomes"] for row in read_table("learner_trades")}


def as_learner(terms: tuple[LinkedTerm, ...], texts: Iterable[Passage]) -> tuple[LinkedTerm, ...]:
    """The trades, the main one as its learner where the advert says that its paper is got after one has begun."""
    if not terms or terms[0].code not in _learners():
        return terms
    learner = _learners()[terms[0].code]
    later = any(_LATER.search(passage.text) for passage in texts)
    return (replace(terms[0], code=learner), *terms[1:]) if later else terms


def paper_is_optional(text: str, start: int, end: int) -> bool:
    """Whether the words around a paper say that one may come without it."""
    if _FIRST.match(text, end):
        return False
    before = _CLAUSE.split(text[max(0, start - 8) : start])[-1]
    return bool(_AFTER.match(text, end) or _BEFORE.search(before))
