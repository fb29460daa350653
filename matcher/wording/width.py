"""How wide a text stands on a terminal, where a Chinese sign takes two columns."""

from __future__ import annotations

from unicodedata import east_asian_width


def width(text: str) -> int:
    """Columns a text takes on a terminal."""
    return sum(2 if east_asian_width(symbol) in "WF" else 1 for symbol in text)
