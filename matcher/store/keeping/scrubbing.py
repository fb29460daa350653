"""What is left of a text or a sealed value when nobody is to be known by it any more.

In: a value as stored, and what people are known by. Out: the same shape with codes, days, numbers and words of fixed
lists kept, and everything anybody wrote gone; a plain text is gone altogether.
"""

from __future__ import annotations

import json
import re
import zlib
from collections.abc import Collection
from enum import StrEnum
from functools import lru_cache
from typing import Any

_CODE = re.compile(r"[A-Z][A-Z0-9_]*|[a-z][a-z0-9_]*")
_DAY = re.compile(r"\d{4}-\d{2}(-\d{2}([T ][\d:.]+(\+\d\d:\d\d|Z)?)?)?|\d{2}:\d{2}")
_DIVISION = re.compile(r"\d{6}|\d{9}|15\d{10}")
_LEAST_NAME, _LEAST_NUMBER = 2, 5
_PACKED = b"\x78"
"""How compressed values begin."""


@lru_cache(maxsize=1)
def fixed_words() -> frozenset[str]:
    """All words of fixed lists, e.g. 脱贫户: they say what somebody chose, not who somebody is."""
    found: set[str] = set()
    waiting: list[type[StrEnum]] = [StrEnum]
    while waiting:
        for kind in waiting.pop().__subclasses__():
            found.update(str(one) for one in kind)
            waiting.append(kind)
    return frozenset(found)


class Known:
    """What some people are known by: names, numbers, phones, households, references."""

    def __init__(self, words: Collection[str]) -> None:
        longest = sorted({word for word in words if _tells(word)}, key=len, reverse=True)
        self._any = re.compile("|".join(map(_whole, longest))) if longest else None

    def gone_from(self, text: str) -> str:
        """A text without any of it."""
        return self._any.sub("", text) if self._any else text

    def stands_in(self, text: str) -> bool:
        """Whether any of it stands in a text."""
        return bool(self._any and self._any.search(text))


def _tells(word: str) -> bool:
    """Whether a word is long enough to tell somebody by; a short number stands in every month and code."""
    return len(word) >= (_LEAST_NUMBER if word.isascii() else _LEAST_NAME)


def _whole(word: str) -> str:
    """A word in a pattern; a number is not found inside a longer one."""
    found = re.escape(word)
    return rf"(?<![0-9A-Za-z]){found}(?![0-9A-Za-z])" if word.isascii() else found


def scrubbed(plain: bytes, known: Known) -> bytes:
    """A sealed value's content without what anybody wrote."""
    if plain.startswith(_PACKED):
        try:
            return zlib.compress(scrubbed(zlib.decompress(plain), known), 6)
        except zlib.error:
            return b""
    try:
        tree = json.loads(plain)
    except ValueError:
        return b""
    if not isinstance(tree, (dict, list)):
        return b""
    return json.dumps(scrubbed_tree(tree, known), ensure_ascii=False, separators=(",", ":")).encode()


def scrubbed_tree(tree: Any, known: Known) -> Any:
    """The same for what JSON holds; names of fields stay."""
    if isinstance(tree, dict):
        return {name: scrubbed_tree(value, known) for name, value in tree.items()}
    if isinstance(tree, list):
        return [scrubbed_tree(value, known) for value in tree]
    if isinstance(tree, str):
        return tree if _stays(tree) and not known.stands_in(tree) else ""
    return tree


def _stays(text: str) -> bool:
    """Whether a text is a code, a day, a division or a word of a fixed list."""
    return bool(text in fixed_words() or _CODE.fullmatch(text) or _DAY.fullmatch(text) or _DIVISION.fullmatch(text))
