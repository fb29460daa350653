"""Short codes of match sheets: eight characters that survive handwriting, the last one a check.

In: one random number. Out: the code; reading one forgives case, spaces and hyphens, and nothing else.
"""

from __future__ import annotations

from collections.abc import Callable

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""31 symbols without 0 O 1 I L; a prime, so the check finds every single slip and every swap of neighbours."""
LENGTH = 8


def _check_symbol(body: str) -> str:
    """The symbol that makes the weighted sum zero modulo 31."""
    total = 0
    for position, symbol in enumerate(body, start=2):
        total += position * ALPHABET.index(symbol)
    return ALPHABET[-total % len(ALPHABET)]


def new_slip_code(draw: Callable[[int], int]) -> str:
    """A new code; `draw(n)` gives a random whole number in [0, n), e.g. secrets.randbelow."""
    number, body, total = draw(len(ALPHABET) ** (LENGTH - 1)), "", 0
    for position in range(2, LENGTH + 1):
        number, symbol = divmod(number, len(ALPHABET))
        body += ALPHABET[symbol]
        total += position * symbol
    return body + ALPHABET[-total % len(ALPHABET)]


def read_slip_code(text: str) -> str | None:
    """The code as typed, tidied; None where it cannot be one."""
    code = "".join(text.split()).replace("-", "").upper()
    if len(code) != LENGTH or any(symbol not in ALPHABET for symbol in code):
        return None
    return code if _check_symbol(code[:-1]) == code[-1] else None
