"""What a report counts, as a table of plain values: pages, printouts and spreadsheets show the same.

In: counts. Out: `Table`s of `Line`s; a cell None is not shown because too few people stand behind it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from matcher.domain.division import division_prefix

Cell = int | float | str | None
LEVELS = {6: 9, 4: 6, 2: 6, 0: 6}
"""Digits of a division → digits of those directly below it."""
VILLAGE = "village"


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: of a division, a family of occupations, a village or a code, by `kind`; cells in column order."""

    kind: str
    code: str
    cells: tuple[Cell, ...]
    inner: str = ""
    """The division to look into, "" where there is nothing below."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A report: columns are codes of wording, each with a definition; shares are in [0, 1]."""

    name: str
    columns: tuple[str, ...]
    lines: tuple[Line, ...]
    total: Line | None = None
    shares: frozenset[str] = frozenset()
    money: frozenset[str] = frozenset()


def level_below(division: str) -> int:
    """How many digits divisions directly below one have; 0 below a township, where villages stand."""
    return LEVELS.get(len(division_prefix(division)), 0)


def place_below(home: str, village: str, level: int) -> tuple[str, str]:
    """(kind, code) of the division a person belongs to on a level; a township nobody named is the banner itself."""
    if level:
        return "division", home[:level]
    return VILLAGE, village


def masked(counts: Sequence[int], least: int) -> list[bool]:
    """Which cells stay hidden: those of fewer people, and the smallest other one where a single cell could be
    worked out from the total."""
    hidden = [0 < count < least for count in counts]
    others = [position for position, count in enumerate(counts) if not hidden[position] and count]
    if sum(hidden) == 1 and others:
        hidden[min(others, key=lambda position: counts[position])] = True
    return hidden


def median(values: Iterable[float]) -> float | None:
    """The middle value, None of nothing."""
    ordered = sorted(values)
    if not ordered:
        return None
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
