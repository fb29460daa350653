"""Cells that hold a day, as people write it.

In: the text of a cell and the day the file is read at. Out: a day; without a year the latest one not after that
day (formats.md), a month alone as its first day and said so, the last day of 6月底 as such.
"""

from __future__ import annotations

import calendar
import re
import unicodedata
from datetime import date, timedelta

from jobs_feed.cells import seen
from jobs_feed.fields.values import Read, folded, is_blank, words_of
from jobs_feed.validity import last_day
from matcher.domain.facts import Phrase

_EXCEL_ZERO = date(1899, 12, 30)
_SHIFT_1904 = 1462
"""Days between the two ways of counting days in workbooks."""
_EXCEL_FIRST, _EXCEL_LAST = 10_000, 73_050
"""Serials of 1927-05-18 and 2099-12-31."""
_OLDEST_YEAR, _NEWEST_YEAR = 1900, 2100
_FULL_DATE = re.compile(r"(\d{4}|\d{2})\s*[年./\-]\s*(\d{1,2})\s*[月./\-]\s*(\d{1,2})\s*[日号]?(?:\s.*|T.*|\(.*)?")
_FOREIGN_DATE = re.compile(r"(\d{1,2})[./\-](\d{1,2})[./\-](\d{4})(?:\s.*)?")
_MONTH = re.compile(r"(\d{4})\s*[年./\-]\s*(\d{1,2})\s*月?(?:份)?")
_DIGIT_MONTH = re.compile(r"((?:19|20)\d{2})(0[1-9]|1[0-2])")
_SHORT_DATE = re.compile(r"(\d{1,2})\s*[月./\-]\s*(\d{1,2})\s*[日号]?")
_SHORT_MONTH = re.compile(r"(\d{1,2})\s*月(?:份)?")
_PART = re.compile(r"(?:(\d{4}|\d{2})\s*[年./\-]\s*)?(\d{1,2})\s*月(?:份)?\s*(底|末|初|中旬?|上旬|下旬)")
_DIGIT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})(?:\d{6})?")
_DAYS_OF_PART = {"初": 1, "上旬": 10, "中": 15, "中旬": 20}
_AROUND = re.compile(r"^(?:截至|截止到?|截止日期|至|到|自|从|于|约)[:：]?|(?:之前|以前|前|为止|止|截止|起|开始|左右)$")
_NOW = re.compile(r"(?:从|自)?(?:即日|今日|现在|今)(?:起|开始)?")
_WRITTEN = re.compile(r"[〇零一二三四五六七八九十]+(?=[年月日号])")
_NUMERALS = {numeral: str(value) for value, numeral in enumerate("零一二三四五六七八九")} | {"〇": "0"}
_BETWEEN = re.compile(r"\s*(?:--+|——?|~|～|至|到|–|-(?=\d{4}[年./\-])|(?<=\d)\s+-\s+)\s*")


def read_date(text: str, *, as_of: date, since_1904: bool = False, last: bool = False) -> Read[date]:
    """A day; of a stretch of days its first one, or its `last`; a day that does not exist is a fault."""
    if is_blank(text):
        return Read()
    spaced = " " in text.strip()
    written = unicodedata.normalize("NFKC", seen(text)).strip() if spaced else folded(text)
    written = _WRITTEN.sub(_digits, written)
    found = _one_day(written, as_of, since_1904)
    if found is not None:
        return found
    ends = [end for end in _BETWEEN.split(_AROUND.sub("", written)) if end]
    if len(ends) == 2 and (pair := _stretch(ends, as_of, since_1904)) is not None:
        return pair[1] if last else pair[0]
    bare = _AROUND.sub("", _AROUND.sub("", written).strip()).strip()
    found = _one_day(bare, as_of, since_1904) if bare != written else None
    return found or Read(notice=Phrase("IMPORT_DATE_UNREAD"))


def _stretch(ends: list[str], as_of: date, since_1904: bool) -> tuple[Read[date], Read[date]] | None:
    """Both ends of a stretch of days; the second one may leave out what the first one says."""
    first = _one_day(_AROUND.sub("", ends[0]), as_of, since_1904)
    if first is None and _NOW.fullmatch(ends[0]):
        first = Read()
    if first is None:
        return None
    second = _AROUND.sub("", ends[1])
    if first.value is not None and (short := _SHORT_DATE.fullmatch(second)):
        month, day = int(short.group(1)), int(short.group(2))
        year = first.value.year + ((month, day) < (first.value.month, first.value.day))
        return first, _day(year, month, day)
    found = _one_day(second, as_of, since_1904)
    return None if found is None else (first, found)


def _one_day(written: str, as_of: date, since_1904: bool) -> Read[date] | None:
    """A single day, None where the text is none."""
    if match := _DIGIT_DATE.fullmatch(written):
        return _day(*(int(part) for part in match.groups()))
    if written.isdecimal() and _EXCEL_FIRST <= int(written) <= _EXCEL_LAST:
        return Read(_EXCEL_ZERO + timedelta(days=int(written) + _SHIFT_1904 * since_1904))
    if match := _FULL_DATE.fullmatch(written):
        year, month, day = (int(part) for part in match.groups())
        return _day(_whole_year(year, as_of), month, day)
    if match := _FOREIGN_DATE.fullmatch(written):
        return _foreign(*(int(part) for part in match.groups()))
    return _day_of_month(written, as_of)


def _day_of_month(written: str, as_of: date) -> Read[date] | None:
    """A month, a part of one, or a day without a year."""
    if match := _MONTH.fullmatch(written) or _DIGIT_MONTH.fullmatch(written):
        first = _day(int(match.group(1)), int(match.group(2)), 1)
        return first if first.fault else Read(first.value, notice=Phrase("IMPORT_DATE_MONTH"))
    if match := _PART.fullmatch(written):
        return _part_of_month(match.group(1), int(match.group(2)), match.group(3), as_of)
    if match := _SHORT_DATE.fullmatch(written):
        return _latest(int(match.group(1)), int(match.group(2)), as_of)
    if match := _SHORT_MONTH.fullmatch(written):
        found = _latest(int(match.group(1)), 1, as_of)
        return found if found.fault else Read(found.value, notice=Phrase("IMPORT_DATE_MONTH"))
    return None


def _digits(match: re.Match[str]) -> str:
    """二〇二二 → 2022, 十二 → 12, 三十 → 30."""
    written = match.group()
    if "十" not in written:
        return "".join(_NUMERALS[one] for one in written)
    tens, _, ones = written.partition("十")
    return str(int(_NUMERALS.get(tens, "1")) * 10 + int(_NUMERALS.get(ones, "0")))


def _whole_year(year: int, as_of: date) -> int:
    """22 → 2022, 79 → 1979: two digits mean a year not later than ten years from now."""
    if year >= 100:
        return year
    return year + 2000 if year + 2000 <= as_of.year + 10 else year + 1900


def _foreign(first: int, second: int, year: int) -> Read[date]:
    """6/13/2022 and 13/6/2022 are clear; 6/1/2022 may be either and stays unknown."""
    if first > 12 >= second:
        return _day(year, second, first)
    if second > 12 >= first or first == second:
        return _day(year, first, second)
    return Read(notice=Phrase("IMPORT_DATE_UNREAD"))


def _day(year: int, month: int, day: int) -> Read[date]:
    """A day, or the fault that it does not exist."""
    try:
        found = date(year, month, day)
    except ValueError:
        return Read(fault=Phrase("IMPORT_DATE_IMPOSSIBLE"))
    if not _OLDEST_YEAR <= year <= _NEWEST_YEAR:
        return Read(notice=Phrase("IMPORT_DATE_UNREAD"))
    return Read(found)


def _part_of_month(year: str | None, month: int, part: str, as_of: date) -> Read[date]:
    """6月底 is its last day, 初 its first, 上旬, 中旬 and 下旬 their last days."""
    if not 1 <= month <= 12:
        return Read(fault=Phrase("IMPORT_DATE_IMPOSSIBLE"))

    def found(in_year: int) -> date:
        """The day in a year."""
        return date(in_year, month, _DAYS_OF_PART.get(part) or calendar.monthrange(in_year, month)[1])

    if year:
        return Read(found(_whole_year(int(year), as_of)))
    this = found(as_of.year)
    return Read(this if this <= as_of else found(as_of.year - 1))


def _latest(month: int, day: int, as_of: date) -> Read[date]:
    """The latest such day not after `as_of`; 29 February looks back up to eight years."""
    for year in range(as_of.year, as_of.year - 9, -1):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found <= as_of:
            return Read(found)
    return Read(fault=Phrase("IMPORT_DATE_IMPOSSIBLE"))


def read_deadline(text: str, *, as_of: date, published_on: date | None, since_1904: bool = False) -> Read[date]:
    """The last day; 长期 is none, a day before the publication is unknown with a notice."""
    written = folded(text)
    if written in words_of("长期"):
        return Read()
    found = read_date(text, as_of=as_of, since_1904=since_1904, last=True)
    if found.value is None and found.fault is None and (worded := last_day(text, on=published_on or as_of)):
        found = Read(worded, notice=Phrase("IMPORT_DATE_YEAR", {"found_on": worded.isoformat()}))
    if found.value is not None and published_on is not None and found.value < published_on:
        return Read(notice=Phrase("IMPORT_DEADLINE_EARLY"))
    bare = _AROUND.sub("", written)
    part = _PART.fullmatch(bare)
    if found.value is not None and (_SHORT_DATE.fullmatch(bare) or (part and not part.group(1))):
        return Read(found.value, notice=Phrase("IMPORT_DATE_YEAR", {"found_on": found.value.isoformat()}))
    return found
