"""Numbers as people write them.

In: a stretch of folded text such as “3千5”, “1.2万”, “三千五”, “五十三”. Out: a number, or None where it is none.
"""

from __future__ import annotations

import re

_DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")} | {
    "〇": 0,
    "两": 2,
    "俩": 2,
    "仨": 3,
}
_UNITS = {"十": 10, "百": 100, "千": 1000, "万": 10000, "k": 1000, "w": 10000}
_MIXED = re.compile(r"(\d+(?:\.\d+)?)([千万kw])(?:(\d)(?![\d.])|(\d{3})(?!\d))?")
_PLAIN = re.compile(r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?")


def read_number(text: str) -> float | None:
    """The number a whole text stands for: 3500, 3,500, 3.5k, 3千5, 一万二, 三千五百, 五十三."""
    if _PLAIN.fullmatch(text):
        return float(text.replace(",", ""))
    mixed = _MIXED.fullmatch(text)
    if mixed:
        unit = _UNITS[mixed[2]]
        rest = int(mixed[3]) * unit / 10 if mixed[3] else int(mixed[4] or 0)
        return float(mixed[1]) * unit + rest
    return read_chinese(text)


def read_chinese(text: str) -> float | None:
    """The number written in Chinese characters; a digit left over at the end counts in tenths of the last unit."""
    total = section = 0
    digit: int | None = None
    last = 1
    for character in text:
        if character in _DIGITS:
            if digit not in (None, 0):
                return None
            digit = _DIGITS[character]
            last = 1 if character in "零〇" else last
            continue
        unit = _UNITS.get(character, 0)
        if not unit or character in "kw":
            return None
        if unit == 10000:
            total, section = (total + section + (digit or 0)) * unit, 0
        else:
            section += (1 if digit is None else digit) * unit
        digit, last = None, unit
    tail = (digit or 0) * (last // 10 if last >= 100 else 1)
    return float(total + section + tail) if text else None
