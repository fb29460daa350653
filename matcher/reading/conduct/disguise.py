"""Words hidden from a reader's eye, restored: 押 金, 押.金, 压金, ｙａｊｉｎ, 押💰, 保證金.

In: a passage. Out: `Clear` text in simplified characters with the hidden words spelled out, which gives evidence in the
words as they were typed. Only words of conduct_disguises.csv are restored; everything else keeps its place.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from matcher.domain.facts import Evidence
from matcher.reading.passages import Passage
from matcher.reading.sifting import Sieve
from matcher.reference.tables import read_table

_DROPPED = frozenset({"So", "Sk", "Cf", "Cc", "Co", "Cs", "Mn", "Me"})
"""Emoji, ornaments, invisible signs: they part the characters of a word and say nothing themselves."""
_ORNAMENTS = frozenset("*_^#·•")
_KEPT_SIGNS = frozenset("\n\t")
_NOISE = r"(?:[^\w\n]|_|[a-z](?![a-z])|\([a-z]{1,6}\)){0,3}\n?"
"""What may stand between two characters of a hidden word."""

_NEAR = 8


@dataclass(frozen=True, slots=True)
class Clear:
    """A text with its hidden words spelled out, and where each character stood in the folded passage."""

    passage: Passage
    text: str
    origin: tuple[int, ...]

    def evidence(self, start: int, end: int) -> Evidence:
        """The words as typed at a place of the clear text."""
        return self.passage.evidence(self.origin[start], self.origin[end - 1] + 1)


def _between_characters(text: str, place: int) -> bool:
    """Whether a sign stands between two Chinese characters, blanks aside, where it can only be an ornament."""
    before = text[max(0, place - _NEAR) : place].rstrip(" *_^#·•")
    after = text[place : place + _NEAR].lstrip(" *_^#·•")
    return bool(before) and bool(after) and "\u3400" <= before[-1] <= "\u9fff" and "\u3400" <= after[0] <= "\u9fff"


@lru_cache(maxsize=1)
def _characters() -> dict[str, str]:
    """Traditional characters and pictures of money → the plain character."""
    table: dict[str, str] = {}
    for row in read_table("traditional"):
        table.update(zip(row["traditional"], row["simplified"], strict=True))
    return table


@lru_cache(maxsize=1)
def _hidden() -> tuple[re.Pattern[str], tuple[tuple[str, re.Pattern[str] | None], ...], Sieve]:
    """One pattern for all hidden words, a group each; the words and what has to be near them; which can stand."""
    rows = read_table("conduct_disguises")
    spelled = []
    for row in rows:
        places = [f"(?:{place})" for place in row["spelling"].split()]
        after = f"(?!{row['not_before']})" if row["not_before"] else ""
        before = f"(?<!{row['not_after']})" if row["not_after"] else ""
        spelled.append(f"({before}{_NOISE.join(places)}{after})")
    words = tuple((row["word"], re.compile(row["near"]) if row["near"] else None) for row in rows)
    return re.compile("|".join(spelled)), words, Sieve(spelled)


@lru_cache(maxsize=4096)
def clear(passage: Passage) -> Clear:
    """The passage with ornaments dropped, one spelling of each character and hidden words restored."""
    table = _characters()
    kept: list[str] = []
    origin: list[int] = []
    for place, sign in enumerate(passage.text):
        plain = table.get(sign, sign)
        if sign in _ORNAMENTS and _between_characters(passage.text, place):
            continue
        if plain is sign and ord(sign) > 0x7F and unicodedata.category(sign) in _DROPPED and sign not in _KEPT_SIGNS:
            continue
        kept.append(plain)
        origin.append(place)
    return _restored(passage, "".join(kept), origin)


def _restored(passage: Passage, text: str, origin: list[int]) -> Clear:
    """Hidden words in the place of how they were written."""
    pattern, words, sieve = _hidden()
    if next(sieve.fitting(text), None) is None:
        return Clear(passage, text, tuple(origin))
    parts: list[str] = []
    places: list[int] = []
    last = 0
    for match in pattern.finditer(text):
        word, near = words[(match.lastindex or 1) - 1]
        around = text[max(0, match.start() - _NEAR) : match.start()] + text[match.end() : match.end() + _NEAR]
        if near is not None and match[0] != word and not near.search(around):
            continue
        parts += [text[last : match.start()], word]
        places += origin[last : match.start()]
        first, end = match.start(), match.end() - 1
        places += [origin[min(first + at, end)] for at in range(len(word) - 1)] + [origin[end]]
        last = match.end()
    if not parts:
        return Clear(passage, text, tuple(origin))
    return Clear(passage, "".join((*parts, text[last:])), (*places, *origin[last:]))
