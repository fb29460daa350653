"""Papers an advert would like but does not require.

In: the folded text of an advert and the place of a paper in it. Out: whether more pay, training or help with the paper
is offered around it – 有叉车证加200, 没有的可培训, 证可后补 –, so that nobody is shut out for lacking it.
"""

from __future__ import annotations

import re

from matcher.reading.wordlists import words

_AFTER = re.compile("|".join(words(f"paper.optional.{kind}") for kind in ("pays", "given", "without")))
_BEFORE = re.compile(words("paper.optional.before"))
_CLAUSE = re.compile(r"[,。;!\n]")


def paper_is_optional(text: str, start: int, end: int) -> bool:
    """Whether the words around a paper say that one may come without it."""
    before = _CLAUSE.split(text[max(0, start - 8) : start])[-1]
    return bool(_AFTER.match(text, end) or _BEFORE.search(before))
