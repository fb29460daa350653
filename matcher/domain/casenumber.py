"""Case numbers: 131-000123-0, the key of the person and a check digit, stable for life.

In: the key of a worker. Out: the number said on papers and over the phone; reading one forgives hyphens and spaces.
"""

from __future__ import annotations

import re

_SHAPE = re.compile(r"(?:131-?)?(\d{6,})-?(\d)")


def _check_digit(body: str) -> int:
    """Luhn check digit: finds every wrong digit and most swaps of neighbours."""
    total = 0
    for position, digit in enumerate(reversed(body)):
        value = int(digit) * (2 if position % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return -total % 10


def case_number(key: int) -> str:
    """The case number of a worker's key."""
    body = f"{key:06d}"
    return f"131-{body}-{_check_digit(body)}"


def read_case_number(text: str) -> int | None:
    """The worker's key; None where the text cannot be a case number."""
    found = _SHAPE.fullmatch("".join(text.split()))
    if found is None or _check_digit(found[1]) != int(found[2]):
        return None
    return int(found[1])
