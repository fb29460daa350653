"""Days as people name them: 2026-05, 明年三月, 下个月, 秋收完, 三个月后.

In: a stretch of folded text and the day it is read on. Out: `NamedDay`s; one that names only a month has no day.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from matcher.reading.numerals import read_number
from matcher.reference.tables import read_table

NUMBER = r"(?:\d+(?:\.\d+)?|[一二两俩三仨四五六七八九十]+)"
MONTH = r"(?:1[0-2]|[1-9]|十[一二]?|[一二三四五六七八九])"
"""A month by its number, without 月."""
_YEAR_WORDS = {"今": 0, "本": 0, "明": 1, "来": 1, "后": 2, "去": -1, "前": -2}
_FULL = re.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d{2}|\d{2}(?=年))(?:年|[-./])(?P<month>1[0-2]|0?[1-9])(?:月份?|(?=[-./\D])|$)"
    r"(?:[-./]?(?P<day>3[01]|[12]\d|0?[1-9])(?!\d)(?:[日号])?)?"
)
_YEAR_MONTH = re.compile(
    rf"(?P<word>[今本明来后去前])年(?:的)?(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月份?(?P<day>{NUMBER}[日号])?"
)
_MONTH = re.compile(
    r"(?<![\d个一二三四五六七八九十半几两])(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月(?!工资|薪|嫂|子|入|租|节)份?"
    rf"(?P<day>{NUMBER}(?:[日号]|(?=才|[,。;、\s)]|$)))?"
)
_DOTTED = re.compile(
    r"(?<![\d.])(?P<month>1[0-2]|[1-9])\.(?P<day>3[01]|[12]\d|[1-9])(?![\d.])(?=[日号]?(?:以后|之后|后|起|开始|才|就|前|到|发|拿|毕业))[日号]?"
)
_COMPACT = re.compile(r"(?<!\d)(?P<year>20\d{2})(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?!\d)")
_YEAR_ONLY = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d{2})年?(?![\d.\-/年])|(?P<word>[今明来后去前])年")
_NEXT_MONTH = re.compile(rf"下(?:个)?月(?P<day>{NUMBER}[日号])?")
_MONTH_END = re.compile(r"(?<![月年份0-9一二三四五六七八九十])(?:本|这个)?月底")
_NEXT_WEEK = re.compile(r"下(?:个)?(?:礼拜|星期|周)(?!末)")
_HALF_YEAR = re.compile(r"下半年")
_AFTER = re.compile(
    rf"(?:再)?(?:过|等)?(?P<count>{NUMBER}|半)(?P<unit>个(?:多)?月|(?<=[俩仨])月|年|周|个?星期|个?礼拜|天)(?:以?后|之后|内|以内|之内|里)"
    rf"|(?:再过|还得|还要|得养|得歇|养|歇|等)(?P<wait>{NUMBER}|半)(?P<of>个(?:多)?月|年|周|个?星期|天)(?=[一-龥]{{0,6}}(?:才|再|能))"
)


@dataclass(frozen=True, slots=True)
class NamedDay:
    """A day somebody named, with its place in the text; day None = only the month was named, month None = the year."""

    year: int
    month: int | None
    day: int | None
    start: int
    end: int

    @property
    def first(self) -> date:
        """The first day that is meant."""
        return date(self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> date:
        """The last day that is meant."""
        month = self.month or 12
        return date(self.year, month, self.day or calendar.monthrange(self.year, month)[1])


@lru_cache(maxsize=16384)
def named_days(text: str, read_on: date) -> tuple[NamedDay, ...]:
    """Every day named in a folded text, in order, none inside another."""
    found = sorted(_candidates(text, read_on), key=lambda named: (named.start, -named.end))
    kept: list[NamedDay] = []
    for named in found:
        if not kept or named.start >= kept[-1].end:
            kept.append(named)
    return tuple(kept)


def _candidates(text: str, read_on: date) -> Iterator[NamedDay]:
    """Named days by every notation, overlapping ones included."""
    for pattern in (_FULL, _COMPACT, _YEAR_MONTH, _MONTH, _DOTTED, _YEAR_ONLY):
        for match in pattern.finditer(text):
            named = _written(match, read_on)
            if named is not None:
                yield named
    for match in _NEXT_MONTH.finditer(text):
        year, month = divmod(read_on.year * 12 + read_on.month, 12)
        day = int(read_number(match["day"].rstrip("日号")) or 0) if match["day"] else None
        if day is None or 1 <= day <= calendar.monthrange(year, month + 1)[1]:
            yield NamedDay(year, month + 1, day, match.start(), match.end())
    for match in _AFTER.finditer(text):
        later = _later(read_on, match["count"] or match["wait"], match["unit"] or match["of"])
        yield _on(later, match.start(), match.end())
    yield from _near(text, read_on)
    yield from _seasons(text, read_on)


def _near(text: str, read_on: date) -> Iterator[NamedDay]:
    """月底, 下礼拜, 下半年."""
    for match in _MONTH_END.finditer(text):
        last = calendar.monthrange(read_on.year, read_on.month)[1]
        yield NamedDay(read_on.year, read_on.month, last, match.start(), match.end())
    for match in _NEXT_WEEK.finditer(text):
        yield _on(read_on + timedelta(days=7 - read_on.weekday()), match.start(), match.end())
    for match in _HALF_YEAR.finditer(text):
        yield NamedDay(read_on.year + (read_on.month > 6), 7, 1, match.start(), match.end())


def _written(match: re.Match[str], read_on: date) -> NamedDay | None:
    """A date with year, month or day in figures or characters; None where there is no such day."""
    parts = match.groupdict()
    month = int(read_number(parts["month"]) or 0) if parts.get("month") else None
    day = int(read_number(parts["day"].rstrip("日号")) or 0) if parts.get("day") else None
    year = _year(parts, month, read_on)
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        return None
    return NamedDay(year, month, day, match.start(), match.end())


def _year(parts: dict[str, str | None], month: int | None, read_on: date) -> int:
    """The year written, named by a word, or the one in which a bare month comes next."""
    written, word = parts.get("year"), parts.get("word")
    if written:
        return int(written) if len(written) == 4 else _century(int(written), read_on)
    if word:
        return read_on.year + _YEAR_WORDS[word]
    return read_on.year + (month is not None and month < read_on.month)


def _century(short: int, read_on: date) -> int:
    """A year of two figures: the one nearest to the day of reading that is not far ahead."""
    return 2000 + short if 2000 + short <= read_on.year + 15 else 1900 + short


def _later(read_on: date, count: str, unit: str) -> date:
    """The day so many months, years, weeks or days after another."""
    number = 0.5 if count == "半" else (read_number(count) or 0)
    days = {"年": 365.25, "周": 7, "天": 1}.get(unit, 7 if "星期" in unit or "礼拜" in unit else 30.44)
    return read_on + timedelta(days=round(min(number, 50) * days))


def _on(day: date, start: int, end: int) -> NamedDay:
    """A full day as a named one."""
    return NamedDay(day.year, day.month, day.day, start, end)


@lru_cache(maxsize=1)
def _season_words() -> tuple[tuple[str, int, int], ...]:
    """(word, month, day) of calendar_words.csv."""
    return tuple((row["word"], int(row["month"]), int(row["day"])) for row in read_table("calendar_words"))


def _seasons(text: str, read_on: date) -> Iterator[NamedDay]:
    """Days named by the season: the next one that comes, a year later after 明年."""
    for word, month, day in _season_words():
        start = text.find(word)
        while start >= 0:
            told = re.search(r"([今明来后去前])年$", text[max(0, start - 3) : start])
            year = read_on.year + (_YEAR_WORDS[told[1]] if told else (month, day) < (read_on.month, read_on.day))
            yield NamedDay(year, month, day, start - (2 if told else 0), start + len(word))
            start = text.find(word, start + 1)
