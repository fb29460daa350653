"""How much two adverts say the same, whatever the order of their sentences and whatever was cut off.

In: two adverts. Out: a likeness from 0 to 100, None where one of them says nothing.
"""

from __future__ import annotations

from rapidfuzz import fuzz

from jobs_feed.sameness.adverts import Advert
from jobs_feed.sameness.wordlists import points

_LEAST = 6
"""Characters under which a text says nothing."""
_ENOUGH = 12
"""Characters of a cut-off text that must be found in the other."""


def likeness(one: Advert, other: Advert) -> float | None:
    """How much two texts are alike, in per cent: as they stand, sorted, and the shorter inside the longer."""
    if min(len(one.text), len(other.text)) < _LEAST:
        return None
    equal = points()["NEARLY_EQUAL"]
    best = fuzz.ratio(one.text, other.text)
    if best >= equal:
        return best
    best = max(best, fuzz.ratio("".join(sorted(one.clauses)), "".join(sorted(other.clauses))))
    if best >= equal:
        return best
    short, long = sorted((one, other), key=lambda advert: len(advert.text))
    if len(short.text) >= _ENOUGH:
        best = max(best, 0.97 * _held(short, long))
    return best


def _held(short: Advert, long: Advert) -> float:
    """How much of the shorter text stands in the longer one, clause by clause, in per cent."""
    total = sum(map(len, short.clauses))
    found = 0.0
    for clause in short.clauses:
        if clause in long.text:
            found += len(clause)
        elif len(clause) >= _LEAST:
            alike = fuzz.partial_ratio(clause, long.text, score_cutoff=points()["NEAR_TITLE"])
            found += len(clause) * alike / 100
    return 100 * found / max(total, 1)
