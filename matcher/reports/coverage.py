"""Coverage of 1-3-1: who is owed a plan and how far the service has come, by banner, township and village.

In: a book, a scope, a division. Out: a table whose counts each stand for people that can be listed.
"""

from __future__ import annotations

from collections.abc import Callable

from matcher.listings import Scope
from matcher.reports.book import Book
from matcher.reports.tables import Line, Table, level_below, place_below
from matcher.reports.traits import Trait

Test = Callable[[Trait], bool]

MEASURES: dict[str, Test] = {
    "PEOPLE": lambda one: True,
    "UNPLANNED": lambda one: not one.track,
    "ENTITLED": lambda one: one.owed,
    "GUIDED": lambda one: one.owed and one.guided,
    "THREE": lambda one: one.owed and not one.missing,
    "TRAINED": lambda one: one.owed and one.trained,
    "FULL": lambda one: one.owed and one.guided and not one.missing and one.trained,
    "SHORTFALL": lambda one: one.owed and one.missing > 0,
    "PRINTED": lambda one: one.owed and one.printed,
}
"""What is counted, in the order of the columns; definitions stand in the catalogue under FIG_DEF_…"""


def coverage(book: Book, scope: Scope, division: str) -> Table:
    """The table of a division: a line for each division directly below."""
    return book.once(("coverage", scope, division), lambda: _coverage(book, scope, division))


def _coverage(book: Book, scope: Scope, division: str) -> Table:
    """The counts."""
    level = level_below(division or scope.division)
    counts: dict[tuple[str, str], list[int]] = {}
    tests = list(MEASURES.values())
    for one in book.of(scope, division):
        line = counts.setdefault(place_below(one.home, "" if level else book.village(one), level), [0] * len(tests))
        for position, test in enumerate(tests):
            line[position] += test(one)
    lines = tuple(
        Line(kind=kind, code=code, cells=tuple(cells), inner=_inner(kind, code, level))
        for (kind, code), cells in sorted(counts.items())
    )
    sums = tuple(sum(column) for column in zip(*counts.values(), strict=True)) or (0,) * len(tests)
    total = Line(kind="total", code=division or scope.division, cells=sums)
    return Table(name="COVERAGE", columns=tuple(MEASURES), lines=lines, total=total)


def _inner(kind: str, code: str, level: int) -> str:
    """What a line leads to: the division itself, where it is as exact as the level."""
    return code if kind == "division" and len(code) == level else ""


def people_of(book: Book, scope: Scope, division: str, measure: str) -> list[int]:
    """Keys of the people one count stands for."""
    test = MEASURES[measure]
    return [one.key for one in book.of(scope, division) if test(one)]
