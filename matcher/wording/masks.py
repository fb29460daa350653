"""Numbers of people without what names them.

In: an identity number, a phone. Out: as much of it as pages and programs may show.
"""

from __future__ import annotations


def masked_id(number: str) -> str:
    """An identity number with nothing but its last two characters; more beside the age would name one person."""
    return "*" * (len(number) - 2) + number[-2:] if number else ""


def masked_phone(number: str) -> str:
    """A phone number without its middle."""
    return f"{number[:3]}****{number[-4:]}" if len(number) >= 11 else "*" * len(number)
