"""What every reading of a cell has in common.

In: the text of a cell. Out: `Read`: a typed value, or a `Phrase` that says what is wrong; values of enumerations in
the words people use for them. Unknown is None; nothing is guessed and nothing silently changed.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Generic, TypeVar

from jobs_feed.cells import seen
from jobs_feed.reference import rows_of, simplified
from matcher.domain.facts import Phrase

T = TypeVar("T")

_LONGEST_BLANK = 8
_BRACKETS = re.compile(r"[(\[【][^)\]】]*[)\]】]")
_NUMBERED = re.compile(r"^(?:\d{1,2}|[A-Za-z])[.、:：\-]")
_ENDING = re.compile(r"(?:的?人员|人口|状态|阶段|的)$")


@dataclass(frozen=True, slots=True)
class Read(Generic[T]):
    """A value as understood; `fault` refuses the row, `notice` only tells."""

    value: T | None = None
    fault: Phrase | None = None
    notice: Phrase | None = None


@lru_cache(maxsize=32)
def words_of(field: str) -> dict[str, str]:
    """Other words for the values of a field, normalised."""
    return {folded(row["alias"]): row["value"] for row in rows_of("values") if row["field"] == field}


@lru_cache(maxsize=65_536)
def folded(text: str) -> str:
    """A short value without width differences and spaces, in simplified characters."""
    return simplified("".join(unicodedata.normalize("NFKC", seen(text)).split()))


def is_blank(text: str) -> bool:
    """Whether a cell says nothing: empty, a dash, 不详."""
    return not text or (len(text) <= _LONGEST_BLANK and folded(text) in words_of("不填"))


def read_choice(field: str, text: str, choices: frozenset[str]) -> Read[str]:
    """One of the values of an enumeration; other words are known by the table, the rest is unknown with a notice."""
    written = folded(text)
    if is_blank(text) and written not in words_of(field):
        return Read()
    words = words_of(field)
    for one in ways_to_say(written):
        value = one if one in choices else words.get(one)
        if value:
            return Read(value)
    return Read(notice=Phrase("IMPORT_CHOICE_UNREAD", {"choices": "、".join(sorted(choices))}))


def ways_to_say(written: str) -> tuple[str, ...]:
    """A value as written, without what stands in brackets, without its number, without 人员 at its end."""
    bare = _BRACKETS.sub("", written)
    return tuple(dict.fromkeys((written, bare, _NUMBERED.sub("", bare), _ENDING.sub("", bare))))


def read_yes_no(text: str) -> Read[bool]:
    """是 or 否 in the ways people write them."""
    if is_blank(text):
        return Read()
    words = words_of("是否")
    value = next((words[one] for one in ways_to_say(folded(text)) if one in words), "")
    return Read(value == "是") if value else Read(notice=Phrase("IMPORT_YESNO_UNREAD"))
