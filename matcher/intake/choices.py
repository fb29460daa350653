"""What a fact may be corrected to: codes with their names, found again by any words people use for them.

In: a kind of fact, a language. Out: the choices of a kind; and the code of words somebody typed.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from matcher.domain.errors import InputRefused
from matcher.domain.intake.told import FactKind
from matcher.office import Office
from matcher.reference.lexicon import load_lexicon
from matcher.reference.tables import read_table

TRADES = frozenset({FactKind.WISHED, FactKind.REFUSED, FactKind.EXPERIENCE, FactKind.TRAINED, FactKind.TRAINING_WISHED})
CHOSEN = (
    FactKind.WISHED,
    FactKind.REFUSED,
    FactKind.EXPERIENCE,
    FactKind.SKILL,
    FactKind.CONSTRAINT,
    FactKind.TRAINING_WISHED,
    FactKind.TRAINED,
    FactKind.PLACE,
    FactKind.SITUATION,
)
"""Kinds that staff may add, in the order they are offered."""
_BY_AGE = frozenset({"UNDER_16", "MINOR_16_18", "AGE_OVER_60", "AGE_CONSTRUCTION", "INFO_INSUFFICIENT", "WANT_PLACE"})
"""Limits that follow from the date of birth, or have a place of their own on the page."""
_BY_CHANGE = frozenset({"DEAD", "MOVED_AWAY"})
"""Situations that are changes of life and are written down as such."""
SAYS_MORE = {"LACTATION": "CHOICE_LACTATION", "PREGNANT": "CHOICE_PREGNANT"}
"""Limits that share their printed words with others: staff choose by words of their own, which no paper shows."""


def choices(kind: FactKind, language: str) -> tuple[tuple[str, str], ...]:
    """(code, name) of everything a fact of a kind may be, by name; places are typed freely."""
    return _choices(kind, "en" if language == "en" else "zh")


@lru_cache(maxsize=32)
def _choices(kind: FactKind, language: str) -> tuple[tuple[str, str], ...]:
    """The choices of a kind, worked out once."""
    return tuple(sorted(_named(kind, language), key=lambda pair: (pair[1], pair[0])))


def _named(kind: FactKind, language: str) -> Iterator[tuple[str, str]]:
    """Codes and names, unordered."""
    lexicon = load_lexicon()
    if kind in TRADES:
        yield from ((code, lexicon.name(code, language)) for code in lexicon.occupations)
    elif kind is FactKind.SKILL:
        yield from ((code, lexicon.name(code, language)) for code in lexicon.skills)
    elif kind is FactKind.CONSTRAINT:
        yield from ((code, lexicon.name(code, language)) for code in lexicon.constraints if code not in _BY_AGE)
    elif kind is FactKind.SITUATION:
        for row in read_table("situations"):
            if row["private"] == "0" and row["code"] not in _BY_CHANGE:
                yield row["code"], row[f"name_{language}"]


@lru_cache(maxsize=1)
def situations() -> dict[str, tuple[str, str, bool]]:
    """Code of every situation → its Chinese and English name, and whether it is private."""
    return {row["code"]: (row["name_zh"], row["name_en"], row["private"] == "1") for row in read_table("situations")}


def code_of(office: Office, kind: FactKind, words: str, *, within: str = "") -> str:
    """The code of words somebody typed or chose; InputRefused with what to do where they mean nothing known."""
    text = words.strip()
    if kind is FactKind.PLACE:
        place = office.gazetteer.resolve(text, within=within)
        if place.known:
            return place.code
        raise InputRefused(f"没有找到地点“{text[:20]}”，没有保存；请写旗县、苏木乡镇或城市的名字")
    known = dict(choices(kind, "zh"))
    if text in known:
        return text
    for language in ("zh", "en"):
        found = [code for code, name in choices(kind, language) if name.casefold() == text.casefold()]
        if found:
            return found[0]
    found = _by_alias(kind, text, frozenset(known)) or [code for code, name in known.items() if text and text in name]
    if len(found) == 1:
        return found[0]
    raise InputRefused(f"没有找到“{text[:20]}”，没有保存；请从列表里选一个")


def _by_alias(kind: FactKind, text: str, known: frozenset[str]) -> list[str]:
    """Codes whose names in the field are these words."""
    wanted = "skill" if kind is FactKind.SKILL else "occupation"
    if kind not in TRADES and kind is not FactKind.SKILL:
        return []
    hits = (one.code for one in load_lexicon().aliases if one.kind == wanted and one.text == text)
    return sorted({code for code in hits if code in known})
