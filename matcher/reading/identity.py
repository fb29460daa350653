"""What an identity number says: birth date and sex, after its check digit (ISO 7064 MOD 11-2) was proved.

In: the number as typed: 18 digits, the 20 or 22 of a disability card that begin with them, or the old 15.
Out: `IdNumber`, or what is wrong with it. Nothing of the number itself is ever put into a message.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from matcher.domain.worker import Sex
from matcher.reading.folding import fold

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_NOISE = re.compile(r"[\s'’`\-.]")
_EARLIEST = date(1900, 1, 1)


class IdProblem(StrEnum):
    """Why a number is none."""

    LENGTH = "length"
    CHARACTERS = "characters"
    BIRTH_DATE = "birth_date"
    CHECK_DIGIT = "check_digit"


@dataclass(frozen=True, slots=True)
class IdNumber:
    """A proved identity number."""

    digits: str
    """The 18 digits (the old form extended), X in upper case; never shown."""
    birth_date: date
    sex: Sex
    disability_kind: str = ""
    """Of a disability card: 1 sight, 2 hearing, 3 speech, 4 limbs, 5 mind, 6 mental illness, 7 several."""
    disability_grade: str = ""


def read_id_number(text: str) -> IdNumber | IdProblem:
    """The identity number in a cell, or what is wrong with it."""
    digits = _NOISE.sub("", fold(text.strip()).text).upper()
    if len(digits) not in {15, 18, 20, 22}:
        return IdProblem.LENGTH
    if not re.fullmatch(r"[0-9]{15}|[0-9]{17}[0-9X](?:[1-7][1-4](?:[0-9B][0-9])?)?", digits):
        return IdProblem.CHARACTERS
    if len(digits) == 15:
        digits = _extended(digits)
    born = _birth_date(digits[6:14])
    if born is None:
        return IdProblem.BIRTH_DATE
    if check_digit(digits[:17]) != digits[17]:
        return IdProblem.CHECK_DIGIT
    sex = Sex.MALE if int(digits[16]) % 2 else Sex.FEMALE
    return IdNumber(digits[:18], born, sex, digits[18:19], digits[19:20])


def check_digit(body: str) -> str:
    """The check character of the first 17 digits."""
    return _CHECK[sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, body, strict=True)) % 11]


def _extended(digits: str) -> str:
    """The old 15 digits as 18: the century put in, the check digit computed."""
    body = digits[:6] + "19" + digits[6:]
    return body + check_digit(body)


def _birth_date(digits: str) -> date | None:
    """A plausible date of eight digits."""
    try:
        born = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
    return born if born >= _EARLIEST else None
