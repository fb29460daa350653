"""Which rules are worth trying on a text?

In: rules with short key words of which one must stand in the text. Out: the rules whose key does, in table order,
by cutting the text into pieces of the key lengths once, for all tables, instead of searching it for every key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache
from operator import add
from typing import Generic, TypeVar

R = TypeVar("R")
LONGEST = 3
"""Of longer keys the beginning is enough: the pattern decides."""


class KeyIndex(Generic[R]):  # noqa: UP046 - Python 3.11 is supported
    """Rules by key word."""

    def __init__(self, rules: Iterable[R], keys: Callable[[R], Iterable[str]]) -> None:
        self.rules = tuple(rules)
        self._places: dict[str, list[int]] = {}
        for place, rule in enumerate(self.rules):
            for key in keys(rule):
                self._places.setdefault(key[:LONGEST], []).append(place)
        self._by_length: dict[int, frozenset[str]] = {
            length: frozenset(key for key in self._places if len(key) == length)
            for length in {len(key) for key in self._places}
        }

    def candidates(self, text: str) -> list[R]:
        """The rules of which a key stands in the text."""
        places: set[int] = set()
        for length, keys in self._by_length.items():
            for key in keys & _pieces(text, length):
                places.update(self._places[key])
        return [self.rules[place] for place in sorted(places)]


@lru_cache(maxsize=4096)
def _pieces(text: str, length: int) -> frozenset[str]:
    """Every stretch of this many characters."""
    pieces: Iterable[str] = text
    for skipped in range(1, length):
        pieces = map(add, pieces, text[skipped:])
    return frozenset(pieces)
