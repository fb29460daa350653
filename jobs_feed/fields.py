"""One cell → one value, or a reason.

In: the text of a cell and what it is meant to be. Out: a typed value, or a `Phrase` that says what is wrong.
Unknown is None; nothing is guessed and nothing silently changed.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Generic, TypeVar

from stdnum.cn import uscc
from stdnum.exceptions import ValidationError

from jobs_feed.reference import rows_of
from jobs_feed.validity import last_day
from matcher.domain.facts import Phrase

T = TypeVar("T")

_EXCEL_ZERO = date(1899, 12, 30)
_EXCEL_FIRST, _EXCEL_LAST = 18_264, 73_050
"""Serials of 1950-01-01 and 2099-12-31."""
_OLDEST_YEAR, _NEWEST_YEAR = 1900, 2100
_FULL_DATE = re.compile(r"(\d{4}|\d{2})\s*[年./\-]\s*(\d{1,2})\s*[月./\-]\s*(\d{1,2})\s*[日号]?(?:\s.*|T.*)?")
_MONTH = re.compile(r"(\d{4})\s*[年./\-]\s*(\d{1,2})\s*月?")
_SHORT_DATE = re.compile(r"(\d{1,2})\s*[月./\-]\s*(\d{1,2})\s*[日号]?")
_DIGIT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
_WHOLE = re.compile(r"(?:约|共|招|招聘|拟招)?\s*(\d{1,5})\s*(?:名|人|个|位)?(?:左右|以上|以内)?(?:人|名)?")
_RANGE = re.compile(r"(\d{1,5})\s*(?:名|人)?\s*[-~—–至到]\s*(\d{1,5})\s*(?:名|人|个|位)?")
_CHINESE_COUNT = re.compile(r"([一二两三四五六七八九十]{1,3})\s*(?:名|人|个|位)+")
_HOURS = re.compile(r"(?:共|约)?(\d{1,5})(?:个)?(?:课时|学时|小时|节|h|H)?(?:左右)?")
_NUMERALS = {numeral: value for value, numeral in enumerate("零一二三四五六七八九")} | {"两": 2}
_LONGEST_BLANK = 8
_MOBILE = re.compile(r"(?<!\d)(?:\+?86[-\s]?)?(1[3-9]\d)[-\s]?(\d{4})[-\s]?(\d{4})(?!\d)")
_LANDLINE = re.compile(
    r"(?<!\d)(?:\(?0\d{2,3}\)?[-\s]?)?[2-8]\d{6,7}(?:[-转]\d{1,5})?(?!\d)|(?<!\d)400[-\s]?\d{3}[-\s]?\d{4}"
)


@dataclass(frozen=True, slots=True)
class Read(Generic[T]):
    """A value as understood; `fault` refuses the row, `notice` only tells."""

    value: T | None = None
    fault: Phrase | None = None
    notice: Phrase | None = None


@lru_cache(maxsize=32)
def words_of(field: str) -> dict[str, str]:
    """Other words for the values of a field, normalised."""
    return {_folded(row["alias"]): row["value"] for row in rows_of("values") if row["field"] == field}


@lru_cache(maxsize=8192)
def _folded(text: str) -> str:
    """A short value without width differences and spaces."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def is_blank(text: str) -> bool:
    """Whether a cell says nothing: empty, a dash, 不详."""
    return not text or (len(text) <= _LONGEST_BLANK and _folded(text) in words_of("不填"))


def read_date(text: str, *, as_of: date) -> Read[date]:
    """A day; without a year the latest one not after `as_of`; a day that does not exist is a fault."""
    folded = _folded(text) if " " not in text.strip() else unicodedata.normalize("NFKC", text).strip()
    if is_blank(text):
        return Read()
    if match := _DIGIT_DATE.fullmatch(folded):
        return _day(*(int(part) for part in match.groups()))
    if folded.isdigit() and _EXCEL_FIRST <= int(folded) <= _EXCEL_LAST:
        return Read(_EXCEL_ZERO + timedelta(days=int(folded)))
    if match := _FULL_DATE.fullmatch(folded):
        year, month, day = (int(part) for part in match.groups())
        return _day(year + 2000 if year < 100 else year, month, day)
    if match := _MONTH.fullmatch(folded):
        first = _day(int(match.group(1)), int(match.group(2)), 1)
        return first if first.fault else Read(first.value, notice=Phrase("IMPORT_DATE_MONTH"))
    if match := _SHORT_DATE.fullmatch(folded):
        return _latest(int(match.group(1)), int(match.group(2)), as_of)
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


def read_deadline(text: str, *, as_of: date, published_on: date | None) -> Read[date]:
    """The last day; 长期 is none, a day before the publication is unknown with a notice."""
    if _folded(text) in words_of("长期"):
        return Read()
    found = read_date(text, as_of=as_of)
    if found.value is None and found.fault is None and (worded := last_day(text, on=published_on or as_of)):
        found = Read(worded, notice=Phrase("IMPORT_DATE_YEAR", {"found_on": worded.isoformat()}))
    if found.value is not None and published_on is not None and found.value < published_on:
        return Read(notice=Phrase("IMPORT_DEADLINE_EARLY"))
    if found.value is not None and _SHORT_DATE.fullmatch(_folded(text)):
        return Read(found.value, notice=Phrase("IMPORT_DATE_YEAR", {"found_on": found.value.isoformat()}))
    return found


def read_count(text: str) -> Read[int]:
    """A head count; of 3-5 the lower, 若干 and 不限 are unknown; what was assumed is told."""
    folded = _folded(text)
    if is_blank(text):
        return Read()
    if match := _RANGE.fullmatch(folded):
        low, high = sorted(int(part) for part in match.groups())
        return Read(low, notice=Phrase("IMPORT_COUNT_RANGE", {"low": low, "high": high}))
    if match := _WHOLE.fullmatch(folded):
        number = int(match.group(1))
        return Read(number) if number else Read(notice=Phrase("IMPORT_COUNT_UNKNOWN"))
    if match := _CHINESE_COUNT.fullmatch(folded):
        return Read(_chinese_number(match.group(1)))
    return Read(notice=Phrase("IMPORT_COUNT_UNKNOWN"))


def _chinese_number(text: str) -> int:
    """三 → 3, 十二 → 12, 二十 → 20."""
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _NUMERALS[text[-1]]
    return (_NUMERALS[tens] if tens else 1) * 10 + (_NUMERALS[ones] if ones else 0)


def stable_reference(sender: str, parts: Sequence[str]) -> str:
    """sender-hash8 for a record that came without a reference; for parts that are nobody's secret."""
    return f"{sender}-{hashlib.sha256(chr(31).join(parts).encode()).hexdigest()[:8]}"


def read_hours(text: str) -> Read[int]:
    """A number of lessons: 80, 80课时, 80学时."""
    folded = _folded(text)
    if is_blank(text):
        return Read()
    match = _HOURS.fullmatch(folded)
    return Read(int(match.group(1))) if match else Read(notice=Phrase("IMPORT_COUNT_UNKNOWN"))


def read_choice(field: str, text: str, choices: frozenset[str]) -> Read[str]:
    """One of the values of an enumeration; other words are known by the table, the rest is unknown with a notice."""
    folded = _folded(text)
    if is_blank(text) and folded not in words_of(field):
        return Read()
    if folded in choices:
        return Read(folded)
    value = words_of(field).get(folded)
    return (
        Read(value) if value else Read(notice=Phrase("IMPORT_CHOICE_UNREAD", {"choices": "、".join(sorted(choices))}))
    )


def read_yes_no(text: str) -> Read[bool]:
    """是 or 否 in the ways people write them."""
    if is_blank(text):
        return Read()
    value = words_of("是否").get(_folded(text))
    return Read(value == "是") if value else Read(notice=Phrase("IMPORT_YESNO_UNREAD"))


def read_phone(text: str) -> Read[str]:
    """Phone numbers, several joined by a space: eleven digits, or a landline as written."""
    folded = unicodedata.normalize("NFKC", text).strip()
    if is_blank(text):
        return Read()
    found = find_phones(folded)
    mobiles = [number for _, _, number in found if _MOBILE.fullmatch(number)]
    numbers = mobiles or [number for _, _, number in found]
    if not numbers:
        return Read(folded, notice=Phrase("IMPORT_PHONE_UNREAD"))
    return Read(" ".join(dict.fromkeys(numbers)))


def find_phones(text: str) -> list[tuple[int, int, str]]:
    """Every phone number in a text: (start, end, number), in order."""
    mobiles = [(*match.span(), "".join(match.groups())) for match in _MOBILE.finditer(text)]
    taken = [(start, end) for start, end, _ in mobiles]
    landlines = [
        (*match.span(), match.group())
        for match in _LANDLINE.finditer(text)
        if not any(start < match.end() and match.start() < end for start, end in taken)
    ]
    return sorted(mobiles + landlines)


def read_uscc(text: str) -> Read[str]:
    """A credit code in capitals; a wrong check digit is told, the code kept as written."""
    folded = _folded(text).upper()
    if is_blank(text):
        return Read()
    try:
        return Read(str(uscc.validate(folded)))
    except ValidationError:
        return Read(folded, notice=Phrase("IMPORT_USCC_WRONG"))
