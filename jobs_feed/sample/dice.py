"""Seeded chance for the sample: a text pattern and a few words in, one sentence out.

A pattern holds choices in square brackets, `[a|b|]`, which may be nested, and slots in braces, `{years}`.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import accumulate
from random import Random
from typing import TypeVar

Item = TypeVar("Item")
_SIGNS = "[]{|"


class Choice(tuple["Pattern", ...]):
    """One of several patterns, all equally likely."""


class Slot(str):
    """The name of a word that is filled in."""


Pattern = tuple["str | Slot | Choice", ...]


@lru_cache(maxsize=8192)
def parse(text: str) -> Pattern:
    """The pattern written in `text`; raises ValueError for a bracket without its partner."""
    options, end = _options(text, 0)
    if end != len(text) or len(options) != 1:
        raise ValueError(f"pattern with a stray bracket or bar: {text}")
    return options[0]


def _options(text: str, start: int) -> tuple[Choice, int]:
    """The alternatives from `start` up to a closing bracket or the end, and where they end."""
    options: list[Pattern] = []
    parts: list[str | Slot | Choice] = []
    at = start
    while at < len(text) and text[at] != "]":
        if text[at] == "[":
            choice, at = _options(text, at + 1)
            parts.append(choice)
            if at >= len(text):
                raise ValueError(f"pattern with an open bracket: {text}")
        elif text[at] == "{":
            close = text.index("}", at)
            parts.append(Slot(text[at + 1 : close]))
            at = close
        elif text[at] == "|":
            options.append(tuple(parts))
            parts = []
        else:
            end = next((place for place in range(at, len(text)) if text[place] in _SIGNS), len(text))
            parts.append(text[at:end])
            at = end - 1
        at += 1
    options.append(tuple(parts))
    return Choice(options), at


class Dice:
    """All chance of one sample; the same seed always falls the same way."""

    def __init__(self, seed: str) -> None:
        """Start from the text `seed`."""
        self._random = Random(seed)

    def chance(self, share: float) -> bool:
        """True in `share` of the throws."""
        return self._random.random() < share

    def between(self, low: int, high: int) -> int:
        """A whole number from `low` to `high`, both included."""
        return low + int(self._random.random() * (high - low + 1))

    def pick(self, items: Sequence[Item]) -> Item:
        """One of `items`, all equally likely."""
        return items[int(self._random.random() * len(items))]

    def weighted(self, items: Sequence[Item], weights: Sequence[float]) -> Item:
        """One of `items`, as likely as its weight says."""
        steps = list(accumulate(weights))
        return items[bisect(steps, self._random.random() * steps[-1], 0, len(items) - 1)]

    def say(self, text: str, words: Mapping[str, str]) -> str:
        """One sentence of the pattern `text` with `words` in its slots."""
        out: list[str] = []
        self._spell(parse(text), words, out)
        return "".join(out)

    def _spell(self, pattern: Pattern, words: Mapping[str, str], out: list[str]) -> None:
        """Append the words of `pattern` to `out`."""
        for part in pattern:
            if isinstance(part, Choice):
                self._spell(self.pick(part), words, out)
            elif isinstance(part, Slot):
                out.append(words[part])
            else:
                out.append(part)
