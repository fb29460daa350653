"""Until when an advert holds, as people say it: 月底前, 6月30日前, 三天内, 招满为止.

In: the words and the day they were said. Out: the last day, None where there is none or it is not told.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from datetime import date, timedelta

from matcher.reading.numerals import read_number

_BACK = timedelta(days=90)
"""A day without a year lies ahead, or at most so far back; earlier ones are of the next year."""
_NUMBER = r"(\d{1,3}|[一二两三四五六七八九十]{1,3})"
_FULL = re.compile(r"(\d{4})[年./\-](\d{1,2})[月./\-](\d{1,2})[日号]?")
_MONTH_DAY = re.compile(r"(\d{1,2})[月./\-](\d{1,2})[日号]?")
_MONTH_END = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(?:份)?(底|末|中旬?|上旬|初)?")
_THIS_END = re.compile(r"(本|这个?|下个?)?月(底|末|中旬?|初)")
_DAY_ONLY = re.compile(r"(?:本月|这个?月)?(\d{1,2})[日号]")
_WITHIN = re.compile(rf"{_NUMBER}(天|日|周|个?星期|个?月)(?:之?内|有效)")
_TAIL = re.compile(r"(?:之?前|以前|截止|为止|止|前报名|前到岗|前有效|有效)+$")
_LEAD = re.compile(r"^(?:报名|招聘)?(?:截止|截至|有效期?|至|到|于|日期|时间|为|[:：])+")
_DAY_OF = {"底": 31, "末": 31, "中": 15, "中旬": 20, "上旬": 10, "初": 5}


def last_day(text: str, *, on: date) -> date | None:
    """The last day of an advert said on a day; the year of a day without one is that in which it lies ahead."""
    words = "".join(unicodedata.normalize("NFKC", text).split())
    words = _TAIL.sub("", _LEAD.sub("", words))
    if found := _FULL.fullmatch(words):
        return _day(int(found[1]), int(found[2]), int(found[3]))
    if found := _MONTH_DAY.fullmatch(words):
        return _ahead(int(found[1]), int(found[2]), on)
    if found := _DAY_ONLY.fullmatch(words):
        this = _day(on.year, on.month, int(found[1]))
        return this if this is None or this >= on else _next_month(on, int(found[1]))
    if found := _THIS_END.fullmatch(words):
        start = _first_of_next(on) if (found[1] or "").startswith("下") else on
        return _clipped(start.year, start.month, _DAY_OF[found[2]])
    if found := _MONTH_END.fullmatch(words):
        day = _DAY_OF[found[3] or "底"]
        return _clipped(int(found[1]), int(found[2]), day) if found[1] else _ahead(int(found[2]), day, on)
    return _within(words, on)


def _within(text: str, on: date) -> date | None:
    """So many days, weeks or months from a day."""
    found = _WITHIN.fullmatch(text if text.endswith(("内", "有效")) else f"{text}内")
    number = read_number(found[1]) if found else None
    if found is None or not number:
        return None
    days = {"天": 1, "日": 1, "周": 7}.get(found[2], 30 if "月" in found[2] else 7)
    return on + timedelta(days=int(number) * days)


def _ahead(month: int, day: int, on: date) -> date | None:
    """The day of a month in the year in which it lies ahead of another, or not long behind it."""
    this = _clipped(on.year, month, day)
    return this if this is None or this >= on - _BACK else _clipped(on.year + 1, month, day)


def _clipped(year: int, month: int, day: int) -> date | None:
    """A day, the last of the month where the month is shorter and the end was meant."""
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return None
    return date(year, month, min(day, monthrange(year, month)[1])) if day == 31 else _day(year, month, day)


def _day(year: int, month: int, day: int) -> date | None:
    """A day, None where there is no such day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _first_of_next(on: date) -> date:
    """The first day of the month after a day."""
    return (on.replace(day=1) + timedelta(days=32)).replace(day=1)


def _next_month(on: date, day: int) -> date | None:
    """The same day of the next month."""
    start = _first_of_next(on)
    return _day(start.year, start.month, day)
