"""What a job is called once praise, pay and head counts are left out, and whether two names are one job.

In: a title as typed and the occupations read out of the advert. Out: `Title`, and how two titles stand to each other.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from rapidfuzz import fuzz

from jobs_feed.sameness.wordlists import any_of, points

TABLE = "title_words"
_PRAISE = re.compile(any_of(TABLE, "praise"))
_CLUTTER = re.compile(r"[^0-9a-z一-龥]+")
_LIST = re.compile(r"[/、,，;；+|｜&＆]|\s(?=[一-龥])")
_SPACED = re.compile(r"(?<=[一-龥])\s+(?=[一-龥](?:\s|$))")
"""Blanks between single characters: 电 焊 工."""
_STRAY = re.compile(r"(?<=[一-龥]{2})[a-z]{1,2}$")
"""Letters a sender adds to tell its own adverts apart."""
_ENDING = re.compile(rf"(?<=[一-龥a-z]){any_of(TABLE, 'ending')}$")
_MARKS = {kind: re.compile(any_of(TABLE, kind)) for kind in ("rank", "grade", "hours", "terms", "sex", "class", "part")}
_STRICT = frozenset({"rank", "part", "terms"})
"""Kinds of which both titles must have the same words."""
_MOST_PARTS = 6
_SEX = {"女": "女", "男": "男"}
_HOURS = {"长白班": "白班", "早班": "白班", "晚班": "夜班", "钟点工": "小时工", "白天": "白班"}


class Alike(StrEnum):
    """How two titles stand to each other."""

    EQUAL = "TITLE_EQUAL"
    NEAR = "TITLE_NEAR"
    OTHER = "TITLE_OTHER"


@dataclass(frozen=True, slots=True)
class Title:
    """A job name: its core, the jobs it lists, and the words that make another post of the same trade."""

    text: str
    core: str
    parts: tuple[str, ...]
    marks: tuple[tuple[str, frozenset[str]], ...]

    def marked(self, kind: str) -> frozenset[str]:
        """The words of one kind."""
        return next((words for name, words in self.marks if name == kind), frozenset())


@lru_cache(maxsize=131072)
def title_of(text: str) -> Title:
    """A title taken apart; kept, since the same titles come again and again."""
    folded = _SPACED.sub("", unicodedata.normalize("NFKC", text).lower().replace("\u200b", ""))
    plain = _PRAISE.sub(" ", folded)
    names = dict.fromkeys(core for piece in _LIST.split(folded) if (core := _core(piece)))
    parts = tuple(name for name in names if not any(_says_more(name, other) for other in names))[:_MOST_PARTS]
    marks = tuple(
        (kind, found)
        for kind, pattern in _MARKS.items()
        if (found := frozenset(_settled(kind, word) for word in pattern.findall(plain)))
    )
    core = "".join(parts) or _CLUTTER.sub("", folded)
    return Title(text, core, parts or (core,), marks)


def _says_more(name: str, other: str) -> bool:
    """Whether a name of a title that lists several is one character, or another of them with a word before it."""
    return name != other and (len(name) == 1 or (len(other) > 1 and name.endswith(other)))


def _settled(kind: str, word: str) -> str:
    """A word under the one of its spellings that is compared."""
    if kind == "sex":
        return next((sex for letter, sex in _SEX.items() if letter in word), word)
    return _HOURS.get(word, word) if kind in {"hours", "terms"} else word.removesuffix("工").removesuffix("生")


def _core(piece: str) -> str:
    """The job a piece of a title names, "" where it only praises."""
    plain = _STRAY.sub("", _CLUTTER.sub("", _PRAISE.sub(" ", piece)))
    for kind in ("hours", "terms", "sex"):
        plain = _MARKS[kind].sub("", plain) or plain
    return _ENDING.sub("", plain) if len(plain) > 2 else plain


def same_trade(one: Title, other: Title) -> bool:
    """Whether two job names of one occupation have a word in common."""
    return fuzz.partial_ratio(one.core, other.core) >= points()["TRADE_TITLE"]


@lru_cache(maxsize=262144)
def alike(one: Title, other: Title) -> Alike:
    """How two titles stand to each other, occupations left aside."""
    if one.core == other.core or set(one.parts) == set(other.parts):
        return Alike.EQUAL
    if len(one.parts) > 1 or len(other.parts) > 1:
        shared = len(set(one.parts) & set(other.parts))
        if shared * 2 >= max(len(one.parts), len(other.parts)) and shared:
            return Alike.NEAR
        if min(len(one.parts), len(other.parts)) > 1:
            return Alike.OTHER
    short, long = sorted((one.core, other.core), key=len)
    if len(short) >= 2 and (long.startswith(short) or long.endswith(short)):
        return Alike.NEAR
    return Alike.NEAR if fuzz.ratio(short, long) >= points()["NEAR_TITLE"] else Alike.OTHER


def apart_by(one: Title, other: Title) -> tuple[str, str, str] | None:
    """The kind of word that makes two posts of two titles, with the words of each; None where none does."""
    for kind in _MARKS:
        first, second = one.marked(kind), other.marked(kind)
        if first == second or (kind == "grade" and not _grades_differ(first, second)):
            continue
        both = bool(first) and bool(second) and not first & second
        if both or kind in _STRICT:
            return kind, "、".join(sorted(first)), "、".join(sorted(second))
    return None


def _grades_differ(first: frozenset[str], second: frozenset[str]) -> bool:
    """Whether two titles ask for different grades of one trade."""
    return bool(first) and bool(second) and not first & second
