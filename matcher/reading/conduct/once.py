"""Each kind of thing once, with the words that say it first.

In: the passages of an advert and what one passage tells. Out: the first word of each code.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from matcher.domain.facts import LinkedTerm
from matcher.reading.passages import Passage


def each_once(texts: Iterable[Passage], told: Callable[[Passage], Iterable[LinkedTerm]]) -> tuple[LinkedTerm, ...]:
    """What the passages tell, of each code the first."""
    found: dict[str, LinkedTerm] = {}
    for passage in texts:
        for term in told(passage):
            found.setdefault(term.code, term)
    return tuple(found.values())
