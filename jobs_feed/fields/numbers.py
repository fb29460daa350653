"""Cells that hold a number of people or of lessons.

In: the text of a cell. Out: a whole number, or a notice what was assumed.
"""

from __future__ import annotations

import re

from jobs_feed.fields.values import Read, folded, is_blank
from matcher.domain.facts import Phrase

_WHOLE = re.compile(r"(?:约|共|招|招聘|拟招)?\s*(\d{1,5})\s*(?:名|人|个|位)?(?:左右|以上|以内)?(?:人|名)?")
_RANGE = re.compile(r"(\d{1,5})\s*(?:名|人)?\s*[-~—–至到]\s*(\d{1,5})\s*(?:名|人|个|位)?")
_CHINESE_COUNT = re.compile(r"([一二两三四五六七八九十]{1,3})\s*(?:名|人|个|位)+")
_HOURS = re.compile(r"(?:共|约)?(\d{1,5})(?:个)?(?:课时|学时|小时|节|h|H)?(?:左右)?")
_NUMERALS = {numeral: value for value, numeral in enumerate("零一二三四五六七八九")} | {"两": 2}


def read_count(text: str) -> Read[int]:
    """A head count; of 3-5 the lower, 若干 and 不限 are unknown; what was assumed is told."""
    written = folded(text)
    if is_blank(text):
        return Read()
    if match := _RANGE.fullmatch(written):
        low, high = sorted(int(part) for part in match.groups())
        return Read(low, notice=Phrase("IMPORT_COUNT_RANGE", {"low": low, "high": high}))
    if match := _WHOLE.fullmatch(written):
        number = int(match.group(1))
        return Read(number) if number else Read(notice=Phrase("IMPORT_COUNT_UNKNOWN"))
    if match := _CHINESE_COUNT.fullmatch(written):
        return Read(_chinese_number(match.group(1)))
    return Read(notice=Phrase("IMPORT_COUNT_UNKNOWN"))


def _chinese_number(text: str) -> int:
    """三 → 3, 十二 → 12, 二十 → 20."""
    tens, ten, ones = text.rpartition("十")
    if not ten:
        return _NUMERALS[text[-1]]
    return (_NUMERALS[tens] if tens else 1) * 10 + (_NUMERALS[ones] if ones else 0)


def read_hours(text: str) -> Read[int]:
    """A number of lessons: 80, 80课时, 80学时."""
    written = folded(text)
    if is_blank(text):
        return Read()
    match = _HOURS.fullmatch(written)
    return Read(int(match.group(1))) if match else Read(notice=Phrase("IMPORT_COUNT_UNKNOWN"))
