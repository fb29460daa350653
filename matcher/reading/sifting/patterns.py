"""Patterns that are tried only on texts that hold what they need.

In: patterns as spelled, then texts. Out: the matches. The characters of a text are looked at once and remembered as
the bits of one number; characters that share a bit only let a pattern be tried in vain.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache, reduce
from operator import or_

from matcher.reading.sifting.needs import Group, needed

_BITS = 1021
"""Bits of a text; a prime, so that neighbours in the code table seldom meet."""
_NOTHING: tuple[re.Match[str], ...] = ()


class _Bits(dict[str, int]):
    """Character → its bit; a decimal digit of another script counts as nought too, as it does for \\d."""

    def __missing__(self, sign: str) -> int:
        """Work out one character once."""
        self[sign] = 1 << ord(sign) % _BITS | (1 << ord("0") if sign.isdecimal() and not sign.isascii() else 0)
        return self[sign]


_SIGNS = _Bits()


@lru_cache(maxsize=2048)
def signs_of(text: str) -> int:
    """The characters of a text as bits."""
    return reduce(or_, map(_SIGNS.__getitem__, set(text)), 0)


def _bits_of(group: Group) -> int:
    """The characters of a group as bits."""
    return reduce(or_, map(_SIGNS.__getitem__, group), 0)


class Sifted:
    """One pattern."""

    __slots__ = ("_needs", "whole")

    def __init__(self, spelled: str) -> None:
        self.whole = re.compile(spelled)
        self._needs = tuple(_bits_of(group) for group in needed(spelled))

    def fits(self, text: str) -> bool:
        """Whether a text holds what the pattern needs."""
        signs = signs_of(text)
        return all(signs & need for need in self._needs)

    def search(self, text: str) -> re.Match[str] | None:
        """The first match."""
        signs = signs_of(text)
        for need in self._needs:
            if not signs & need:
                return None
        return self.whole.search(text)

    def finditer(self, text: str) -> Iterable[re.Match[str]]:
        """Every match."""
        signs = signs_of(text)
        for need in self._needs:
            if not signs & need:
                return _NOTHING
        return self.whole.finditer(text)

    def sub(self, by: str, text: str) -> str:
        """A text with every match replaced."""
        return self.whole.sub(by, text) if self.fits(text) else text


@lru_cache(maxsize=4096)
def sifted(spelled: str) -> Sifted:
    """One pattern, made once."""
    return Sifted(spelled)


class Sieve:
    """Many patterns over the same texts: which of them can match."""

    def __init__(self, patterns: Sequence[str]) -> None:
        self._size = len(patterns)
        self._places: dict[str, int] = {}
        self._free = 0
        """Bits of pattern and place of a group, where a pattern has no group there."""
        needs = [needed(spelled) for spelled in patterns]
        self._depth = max((len(groups) for groups in needs), default=0)
        for number, groups in enumerate(needs):
            for depth in range(self._depth):
                bit = 1 << (depth * self._size + number)
                if depth >= len(groups):
                    self._free |= bit
                for sign in groups[depth] if depth < len(groups) else ():
                    self._places[sign] = self._places.get(sign, 0) | bit
        self._digit = self._places.get("0", 0)

    def fitting(self, text: str) -> Iterator[int]:
        """The numbers of the patterns that can match in a text, in order."""
        places, hit = self._places, self._free
        for sign in set(text):
            if sign in places:
                hit |= places[sign]
            elif sign > "\x7f" and sign.isdecimal():
                hit |= self._digit
        fits = (1 << self._size) - 1
        for depth in range(self._depth):
            fits &= hit >> (depth * self._size)
        while fits:
            lowest = fits & -fits
            yield lowest.bit_length() - 1
            fits ^= lowest
