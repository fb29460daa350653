"""A pasted text → its lines, each with what it is: words, a gap, a rule, who wrote it and when, or noise.

In: the text as it is searched. Out: `Line`s in order; every character but line ends lies in one of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from jobs_feed.fields import find_phones
from jobs_feed.pasted.vocabulary import field_of, group, whole


class Kind(Enum):
    """What a line is."""

    WORDS = "words"
    BLANK = "blank"
    RULE = "rule"
    HEADER = "header"
    """Who wrote what follows, and when."""
    FORWARD = "forward"
    NOISE = "noise"
    LINK = "link"


@dataclass(frozen=True, slots=True)
class Line:
    """One line, or a stretch of a long one that holds several adverts; `number` as an editor counts."""

    kind: Kind
    start: int
    end: int
    number: int
    day: str = ""
    """The date of a header as written."""


_TIME = r"(?:上午|下午|晚上|凌晨|中午|早上|清晨)?\s*\d{1,2}[:：]\d{2}(?:[:：]\d{2})?"
_DAY = r"(?:\d{4}[-/.年])?\d{1,2}[-/.月]\d{1,2}日?"
_WHEN = rf"(?:(?P<day>{_DAY}|昨天|今天|前天|星期[一二三四五六日天]|周[一二三四五六日])?\s*{_TIME})"
_WHO = r"[^\s:：,，。;；\d][^\n:：,，。;；]{0,18}?"
_HEADER = re.compile(rf"\s{{0,9}}(?P<who>{_WHO})\s{{1,9}}{_WHEN}\s{{0,9}}[:：]?\s{{0,9}}")
_HEADER_FIRST = re.compile(rf"\s{{0,9}}\[?{_WHEN}\]?\s{{0,9}}(?P<who>{_WHO})?\s{{0,9}}[:：]?\s{{0,9}}")
_INLINE = re.compile(
    rf"\s{{0,9}}(?:\[?{_WHEN}\]?\s{{0,9}}(?P<who>{_WHO})"
    rf"|(?P<whob>{_WHO})\s{{1,9}}{_WHEN.replace('<day>', '<dayb>')})\s{{0,9}}[:：]\s{{0,9}}(?=\S)"
)
_DATE_LINE = re.compile(rf"[\s—–\-=*]*(?P<day>{_DAY})(?:\s*(?:星期|周)[一二三四五六日天])?[\s—–\-=*]*")
_NAMED = re.compile(r"\s*(?P<who>[^\s:：,，。;；]{1,6})\s*[:：]\s*")
_SHIFT = re.compile(r"班|时|点|午|晚上|早上|开始|截止|面试|集合|休|至|到|每|周一|工作|营业")
_WORD = re.compile(r"[0-9A-Za-z\u3400-\u9fff]")
_LINK = re.compile(r"\s*(?:https?://|www\.)\S+\s*")
_NUMBERED = re.compile(r"(?<=[。；;，,\s\d）)])(?=(?:\d{1,2}[.、．)）]|[①-⑩]|[（(]\d{1,2}[）)])\s*[^\d\s])")
_CALLS = re.compile(
    r"(?<=[。；;！!\s\d）)])(?=(?:[^\s，,。；;]{2,14}?)?(?<![要需])(?:急招|招聘|诚聘|招工|急聘|高薪招|招(?=[一-龥]{2,6}[，,\d])))"
)
_LONG = 30
"""A line with fewer characters is never cut."""


def lines_of(text: str) -> list[Line]:
    """The lines of a text."""
    found: list[Line] = []
    start = 0
    for number, words in enumerate(text.split("\n"), start=1):
        found += _parts(text, start, start + len(words), number)
        start += len(words) + 1
    return found


def _parts(text: str, start: int, end: int, number: int) -> Iterator[Line]:
    """One line of the text; a header before words in the same line, and several adverts in one line, come apart."""
    words = text[start:end]
    inline = _INLINE.match(words)
    if inline and not _shift(inline["who"] or inline["whob"]):
        stop = start + inline.end()
        yield Line(Kind.HEADER, start, stop, number, inline["day"] or inline["dayb"] or "")
        yield from _parts(text, stop, end, number)
        return
    kind, day = _kind(words)
    cuts = _cuts(words) if kind is Kind.WORDS else []
    for begin, stop in zip([0, *cuts], [*cuts, len(words)], strict=True):
        yield Line(kind, start + begin, start + stop, number, day)


def _kind(words: str) -> tuple[Kind, str]:
    """What a line is, and the date it gives to what follows."""
    if not words.strip():
        return Kind.BLANK, ""
    if not _WORD.search(words):
        return Kind.RULE if len(words.strip()) > 1 else Kind.NOISE, ""
    dated = _DATE_LINE.fullmatch(words)
    if dated:
        return Kind.HEADER, dated["day"]
    for pattern in (_HEADER, _HEADER_FIRST):
        header = pattern.fullmatch(words)
        if header and not _shift(header["who"] or ""):
            return Kind.HEADER, header["day"] or ""
    if (
        (named := _NAMED.fullmatch(words))
        and not field_of(named["who"])
        and re.search(group("honorific") + r"$", named["who"])
    ):
        return Kind.HEADER, ""
    if _LINK.fullmatch(words):
        return Kind.LINK, ""
    if whole("forwarded").fullmatch(words):
        return Kind.FORWARD, ""
    if whole("noise").fullmatch(words) and not find_phones(words):
        return Kind.NOISE, ""
    return Kind.WORDS, ""


def _shift(who: str) -> bool:
    """Whether what stands before a time speaks of working hours, and is nobody's name."""
    return bool(field_of(who.strip()) or _SHIFT.search(who))


def _cuts(words: str) -> list[int]:
    """Where a line that holds several adverts, each with its phone, is cut: at its numbers, or where the next calls."""
    phones = find_phones(words)
    if len(phones) < 2 or len(words) < _LONG:
        return []
    for pattern in (_NUMBERED, _CALLS):
        places = [found.start() for found in pattern.finditer(words) if found.start() > 0]
        edges = [0, *places, len(words)]
        told = [
            any(first <= start < last for start, _, _ in phones) for first, last in zip(edges, edges[1:], strict=False)
        ]
        if places and sum(told) == len(phones) and (all(told) or all(told[1:])):
            return places if told[0] or pattern is _NUMBERED else places[1:]
    return []
