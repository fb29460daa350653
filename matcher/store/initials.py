"""Pinyin initials of names, for finding people by a few keys.

In: a name. Out: its initials, e.g. bxm; where a surname reads differently from the character's common
reading, both, separated by a space (单 → sh first, but a clerk may type d).
"""

from __future__ import annotations

from functools import lru_cache

from pypinyin import Style, lazy_pinyin

from matcher.reference.tables import read_table


@lru_cache(maxsize=1)
def _surnames() -> dict[str, str]:
    """Initials of surnames that read otherwise than the character alone."""
    return {
        row["surname"]: "".join(word[0] for word in row["reading"].split()) for row in read_table("surname_readings")
    }


def _letters(other: str) -> str:
    """Letters of other scripts stand for themselves; dots and spaces fall away."""
    return "".join(letter for letter in other if letter.isalpha())


@lru_cache(maxsize=65536)
def initials(name: str) -> str:
    """The initials of a name, the surname's own reading first."""
    words = lazy_pinyin(name, style=Style.FIRST_LETTER, errors=_letters)
    common = "".join(words).lower()
    for length in (2, 1):
        reading = _surnames().get(name[:length])
        if reading is not None and len(name) > length:
            own = reading + common[length:]
            return own if own == common else f"{own} {common}"
    return common
