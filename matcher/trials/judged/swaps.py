"""The same people told otherwise: another sex, another ethnicity, another language, another order of rows.

In: rows of a roster. Out: rows that differ in nothing else; an ID number says the new sex with a right check digit.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from matcher.reading.identity import check_digit
from matcher.trials.judged.cases import Row

OTHER_SEX = {"女": "男", "男": "女"}
OTHER_PEOPLE = {"蒙古族": "汉族", "汉族": "蒙古族"}
MANDARIN, MONGOLIAN = "汉语会话", "蒙语为主，汉语会话"
SEX_DIGIT = 16

Swap = Callable[[Row], Row]


def other_sex(row: Row) -> Row:
    """The sex the other way round, in the column and in the ID number."""
    number = row.get("身份证号", "").strip()
    told = {"身份证号": flipped_number(number)} if len(number) == 18 and number[:17].isdigit() else {}
    return {**row, **told, **_told(row, "性别", OTHER_SEX)}


def flipped_number(number: str) -> str:
    """The ID number with an even digit of sex made odd, or the other way round."""
    digits = number[:SEX_DIGIT] + str(int(number[SEX_DIGIT]) ^ 1)
    return digits + check_digit(digits)


def other_people(row: Row) -> Row:
    """Han for Mongolian and the other way round."""
    return {**row, **_told(row, "民族", OTHER_PEOPLE)}


def _told(row: Row, column: str, other: dict[str, str]) -> dict[str, str]:
    """A cell told otherwise, where it says anything."""
    value = row.get(column, "").strip()
    return {column: other[value]} if value in other else {}


def speaking(language: str) -> Swap:
    """Everybody with one language."""
    return lambda row: {**row, "语言": language}


def every(rows: Sequence[Row], swap: Swap) -> list[Row]:
    """All rows swapped."""
    return [swap(row) for row in rows]


def shuffled(rows: Sequence[Row], seed: int) -> list[Row]:
    """The rows in another order."""
    return random.Random(seed).sample(rows, len(rows))
