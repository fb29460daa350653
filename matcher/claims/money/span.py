"""A range of yuan whose ends may be unknown.

In: numbers, or None where nobody knows. Out: ranges; adding an unknown end gives an unknown end.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """From `low` to `high`; None = that end is unknown."""

    low: float | None = None
    high: float | None = None

    def __add__(self, other: Span) -> Span:
        """Both together."""
        low = None if self.low is None or other.low is None else self.low + other.low
        high = None if self.high is None or other.high is None else self.high + other.high
        return Span(low, high)

    def minus(self) -> Span:
        """The same to be paid instead of got."""
        return Span(None if self.high is None else -self.high, None if self.low is None else -self.low)

    def times(self, other: Span) -> Span:
        """So many times; both sides are never below nought."""
        low = None if self.low is None or other.low is None else self.low * other.low
        high = None if self.high is None or other.high is None else self.high * other.high
        return Span(low, high)

    def holds(self, other: Span) -> bool:
        """Whether everything the other may be lies in this one."""
        low = self.low is None or (other.low is not None and self.low <= other.low + 1e-6)
        high = self.high is None or (other.high is not None and other.high <= self.high + 1e-6)
        return low and high

    @property
    def known(self) -> bool:
        """Whether both ends are known."""
        return self.low is not None and self.high is not None


NOTHING = Span(0.0, 0.0)
UNKNOWN = Span(None, None)
SOME_COST = Span(0.0, None)
"""Costs something, nobody knows how much."""


def hull(spans: Iterable[Span]) -> Span:
    """The smallest range that holds all of these; of none it is unknown."""
    found = list(spans)
    if not found:
        return UNKNOWN
    lows, highs = [one.low for one in found], [one.high for one in found]
    low = None if None in lows else min(value for value in lows if value is not None)
    high = None if None in highs else max(value for value in highs if value is not None)
    return Span(low, high)


def pair(values: Iterable[float]) -> Span:
    """The numbers of a policy entry as a range."""
    found = list(values)
    return Span(min(found), max(found)) if found else UNKNOWN
