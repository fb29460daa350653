"""Pay that a list of jobs is given behind it: 两个瓦工，三个小工，瓦工400小工230; 待遇分别是3000、2200、3800.

In: a description and the names of its jobs in its order. Out: the words of each one's pay, "" where none are told so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_ROW = re.compile(
    r"分别(?:是|为|给)?[:：]?\s*(?P<row>\d{2,5}(?:元|块)?(?:\s*[、,，/和]\s*\d{2,5}(?:元|块)?)+)"
    r"(?P<per>\s*[/一每]\s*(?:天|月|小时))?"
)
_BETWEEN = re.compile(r"[、,，/和]")
_PAID = (
    r"\s*(?:[一每]天|一个月|每月|月薪|日薪|工资)?[:：]?\s*"
    r"(?P<pay>[1-9]\d{2,4}(?:\s*[-~—–至到]+\s*[1-9]\d{2,4})?)"
    r"(?P<per>\s*(?:元|块)?\s*[/一每]\s*(?:天|月|小时))?(?!\d|[名人个位])"
)
_A_DAY = 1000
"""A bare amount below is a day's pay."""


def pay_told_together(text: str, names: Sequence[str]) -> list[str]:
    """The pay of each job."""
    row = _ROW.search(text)
    if row:
        pieces = [piece.strip() for piece in _BETWEEN.split(row["row"])]
        if len(pieces) == len(names):
            return [_with_period(piece, row["per"]) for piece in pieces]
    return [_named(text, name) for name in names]


def _named(text: str, name: str) -> str:
    """The pay that stands right behind a name."""
    match = re.search(re.escape(name) + _PAID, text)
    return _with_period(match["pay"], match["per"]) if match else ""


def _with_period(pay: str, per: str | None) -> str:
    """An amount with what it is paid for."""
    return pay + (per or ("/天" if int(re.split(r"\D", pay)[0]) < _A_DAY else ""))
