"""A pasted text as it is searched, and stretches of it that remember where they stood.

In: the text as pasted. Out: `plain`, a text of the same length whose digits can be read (full-width, emoji digits,
O and l of a bad scan), and `Piece`s: lines put together that know their places in the whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

LONGEST_TEXT = 60_000
"""Characters; more is a file, not a message."""
_BLANK_RUN = re.compile(r"[ \u3000\xa0]{5,}")
_SIGN_RUN = re.compile(r"(([^\w\s])\2{11})\2+")
_KEYCAP = re.compile("([0-9])\ufe0f?\u20e3")
_SCANNED = re.compile(r"(?<![A-Za-z\d])(?=[OoQlI|]{0,2}\d)[\dOoQlI|]{3,13}(?![A-Za-z\d])")
_MISREAD = str.maketrans("OoQlI|", "000111")
_HALF = {ord(full): half for full, half in zip("０１２３４５６７８９", "0123456789", strict=True)}
_SHORT_SCAN = re.compile(r"(?<![A-Za-z\d])\d[Oo]{1,2}(?=\s*[名人元岁天个位%/])")
_DASH_SCAN = re.compile(r"(?<=\d)[一ー―](?=\s?\d)")
_SPOKEN = re.compile(r"[一幺][三四五六七八九][零〇一幺二三四五六七八九]{9}(?![零〇一二三四五六七八九])")
_DIGITS = str.maketrans("零〇一幺二三四五六七八九", "001123456789")
_SAME_LENGTH = str.maketrans({"\u3000": " ", "\xa0": " ", "\t": " ", "\u200b": " ", "\ufeff": " ", "\r": "\n"})


def prepared(text: str) -> str:
    """The text with one kind of line end and without long runs of blanks or signs."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", " ")
    return _SIGN_RUN.sub(r"\1", _BLANK_RUN.sub("    ", text))


def plain(text: str) -> str:
    """The text with readable digits, character for character."""
    text = text.translate(_SAME_LENGTH).translate(_HALF)
    text = _KEYCAP.sub(lambda found: f"{found[1]}." + " " * (len(found[0]) - 2), text)
    text = _SCANNED.sub(lambda found: _read(found[0]), text)
    text = _SHORT_SCAN.sub(lambda found: found[0].translate(_MISREAD), text)
    text = _DASH_SCAN.sub("-", text)
    return _SPOKEN.sub(lambda found: found[0].translate(_DIGITS), text)


def _read(word: str) -> str:
    """A number of a bad scan, where at least half of it is digits."""
    digits = sum(letter.isdigit() for letter in word)
    if len(word) == 11 and re.match(r"1[3-9]\d", word):
        return word.translate(_MISREAD)
    zeros = word[0].isdigit() and not set(word) - set("Oo0123456789")
    return word.translate(_MISREAD) if zeros or digits * 2 >= len(word) else word


@dataclass(frozen=True, slots=True)
class Piece:
    """Stretches of a text put together with line ends; `spans` are their places in the whole."""

    text: str
    spans: tuple[tuple[int, int], ...]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the whole of a stretch of this piece, cut to the line it begins in."""
        at = 0
        for first, last in self.spans:
            if start <= at + last - first:
                place = first + start - at
                return place, min(first + end - at, last)
            at += last - first + 1
        return self.spans[-1][1], self.spans[-1][1]


def piece_of(whole: str, spans: Iterable[tuple[int, int]]) -> Piece:
    """Some stretches of a text, in their order."""
    kept = tuple(spans)
    return Piece("\n".join(whole[start:end] for start, end in kept), kept)


def without(length: int, taken: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """What is left of a text when some stretches are taken out."""
    edges = [(0, 0), *sorted(taken), (length, length)]
    left, reached = [], 0
    for (_, end), (start, _) in pairwise(edges):
        reached = max(reached, end)
        if start > reached:
            left.append((reached, start))
    return left
