"""Which rules are worth trying on a text?

In: rules with short key words of which one must stand in the text. Out: the rules whose key does, in table order,
by cutting the text into pieces of the key lengths once instead of searching it for every key.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Generic, TypeVar

R = TypeVar("R")


class KeyIndex(Generic[R]):  # noqa: UP046 - Python 3.11 is supported
    """Rules by key word."""

    def __init__(self, rules: Iterable[R], keys: Callable[[R], Iterable[str]]) -> None:
        self.rules = tuple(rules)
        self._places: dict[str, list[int]] = {}
        for place, rule in enumerate(self.rules):
            for key in keys(rule):
                self._places.setdefault(key, []).append(place)
        self._by_length: dict[int, frozenset[str]] = {
            length: frozenset(key for key in self._places if len(key) == length)
            for length in {len(key) for key in self._places}
        }

    def candidates(self, text: str) -> list[R]:
        """The rules of which a key stands in the text."""
        places: set[int] = set()
        for length, keys in self._by_length.items():
            for key in keys.intersection(text[start : start + length] for start in range(len(text) - length + 1)):
                places.update(self._places[key])
        return [self.rules[place] for place in sorted(places)]
