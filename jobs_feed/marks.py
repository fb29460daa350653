"""Marks that number the jobs of an advert: ① ⑴ （一） 1. 岗位一.

In: what a mark shows. Out: which job it begins, and the marks that count 1, 2, 3 … in their order.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

CIRCLED, BRACKETED, DIGITS = "①②③④⑤⑥⑦⑧⑨⑩", "⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽", "一二三四五六七八九十"
Item = TypeVar("Item")


def place_of_mark(mark: str) -> int:
    """Which job a mark begins, from 1; 0 where it is none."""
    for row in (CIRCLED, BRACKETED, DIGITS):
        if mark in row:
            return row.index(mark) + 1
    return int(mark) if mark.isdecimal() else 0


def rising(marks: Iterable[tuple[int, Item]]) -> list[Item]:
    """What the numbers 1, 2, 3 … stand with, in their order; a text that counts twice has no such list."""
    found: list[Item] = []
    for number, item in marks:
        if number == len(found) + 1:
            found.append(item)
        elif number == 1:
            return []
    return found
