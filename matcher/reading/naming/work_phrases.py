"""Work told as what is done to what: 擦光伏板, 光伏板清洗, 修汽车的 → an occupation.

In: the rows of work_phrases.csv, then a short folded phrase. Out: the occupation of the longest pair of verb and object
that fills at least half of it, or nothing. Meant for phrases such as a title or a wish, never for sentences.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from matcher.reading.key_index import KeyIndex
from matcher.reference.tables import read_table

LEAST_SHARE = 0.5
"""A pair that fills less of a phrase is only part of what the phrase says. On the open half of the labelled phrases
0.3 and 0.4 bring one more right link, 0.6 loses four and 0.7 eleven."""
_OPTIONAL = re.compile(r".\?|~")


@dataclass(frozen=True, slots=True)
class _Work:
    """One row: its occupation and how verb and object may stand."""

    code: str
    pattern: re.Pattern[str]
    keys: tuple[str, ...]


@lru_cache(maxsize=65536)
def occupation_of_work(phrase: str) -> tuple[str, int, int] | None:
    """(code, start, end) of the work a phrase tells; pairs of one occupation count together."""
    best: tuple[int, str, int, int] | None = None
    for work in _works().candidates(phrase):
        found = [match.span() for match in work.pattern.finditer(phrase)]
        filled = sum(end - start for start, end in found)
        if found and (best is None or filled > best[0]):
            best = filled, work.code, found[0][0], found[-1][1]
    return best[1:] if best and best[0] >= LEAST_SHARE * len(phrase) else None


@lru_cache(maxsize=1)
def _works() -> KeyIndex[_Work]:
    """The rows of the table by their verbs."""
    return KeyIndex((_work(row) for row in read_table("work_phrases")), lambda work: work.keys)


def _work(row: dict[str, str]) -> _Work:
    """One row, its pattern compiled."""
    verbs = row["verbs"].split()
    return _Work(
        row["code"],
        re.compile(_pair(verbs, row["objects"].split())),
        tuple(_OPTIONAL.split(verb)[0] or verb[0] for verb in verbs),
    )


def _pair(verbs: list[str], objects: list[str]) -> str:
    """Verb and object in either order; a one-character object stands right behind its verb."""
    does = "|".join(sorted(verbs, key=len, reverse=True))
    things = sorted(objects, key=len, reverse=True)
    long = "|".join(thing for thing in things if len(_OPTIONAL.sub("", thing)) > 1)
    short = "|".join(thing for thing in things if len(_OPTIONAL.sub("", thing)) <= 1)
    ways = [rf"(?:{does})[过着了点个]?(?:{short})"] if short else []
    if long:
        ways = [rf"(?:{does})[一-龥]{{0,2}}?(?:{long})", rf"(?:{long})[的上里]?(?:{does})", *ways]
    return "|".join(ways).replace("~", "[一-龥]{0,3}?")
