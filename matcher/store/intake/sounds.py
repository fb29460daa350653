"""Names by their whole pinyin: baoxuemei, baoxm, bao.

In: letters as typed. Out: the initials such a name may have, to ask the database by; and whether a name sounds so.
"""

from __future__ import annotations

import re
from functools import lru_cache

from pypinyin import Style, lazy_pinyin

from matcher.reference.tables import read_table

_SYLLABLE = re.compile(
    r"(?:[bpmfdtnlgkhjqxrzcsyw]|[zcs]h)?"
    r"(?:i(?:ang|ong|an|ao|a|e|ng|n|u)?|u(?:ang|ai|an|a|ei|eng|en|e|i|n|o)?|v(?:an|e|n)?|a(?:ng|i|n|o)?|e(?:ng|i|n|r)?|"
    r"o(?:ng|u)?)"
)
_MOST = 24
"""Ways to cut letters into syllables, long syllables first; names need a handful."""
_LONGEST_SYLLABLE = 6
_NEVER_FIRST = frozenset("iuv")
"""No syllable begins with these."""


@lru_cache(maxsize=4096)
def beginnings(letters: str) -> tuple[str, ...]:
    """The initials a name typed like this may begin with, without those that are the letters themselves."""
    found: dict[str, None] = {}
    todo = [("", letters)]
    while todo and len(found) < _MOST:
        begun, rest = todo.pop()
        if not rest:
            found[begun] = None
            continue
        for size in range(1, min(_LONGEST_SYLLABLE, len(rest)) + 1):
            part = rest[:size]
            if (size == 1 and part not in _NEVER_FIRST) or _SYLLABLE.fullmatch(part) or part in {"zh", "ch", "sh"}:
                todo.append((begun + part[0], rest[size:]))
    return tuple(one for one in found if one != letters)[:_MOST]


@lru_cache(maxsize=1)
def _surnames() -> dict[str, list[str]]:
    """Surnames that are read otherwise than the character alone."""
    return {row["surname"]: row["reading"].split() for row in read_table("surname_readings")}


@lru_cache(maxsize=65_536)
def _syllables(name: str) -> tuple[tuple[str, ...], ...]:
    """The readings of a name."""
    common = tuple(word.lower() for word in lazy_pinyin(name, style=Style.NORMAL, errors="ignore"))
    for length in (2, 1):
        own = _surnames().get(name[:length])
        if own is not None and len(name) > length:
            return (*{(*own, *common[length:]), common},)
    return (common,)


def sounds_like(name: str, letters: str) -> bool:
    """Whether letters spell the beginning of a name, each syllable whole, begun, or by its first letter."""
    return any(_spelled(syllables, letters) for syllables in _syllables(name))


def _spelled(syllables: tuple[str, ...], letters: str) -> bool:
    """Whether letters can be cut so that each piece begins the next syllable."""
    reached = {0}
    for syllable in syllables:
        if len(letters) in reached:
            return True
        reached = {
            start + size
            for start in reached
            for size in range(1, len(syllable) + 1)
            if letters[start : start + size] == syllable[:size] and len(letters) >= start + size
        }
    return len(letters) in reached
