"""Counts of people, place by place, without small cells and without what they could be worked out from.

In: a book, a scope, a division, what is counted. Out: the cells of the division and of those directly below it, None =
hidden. A cell is hidden where fewer people than the least stand behind it, or behind what is left of its whole; then
whatever else a sum would give away. A division is masked as the table above it masks it, so that asking for one
division after the other tells no more than asking for all at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from matcher.domain.division import division_prefix
from matcher.domain.errors import RecordNotFound
from matcher.listings import Scope
from matcher.reports.book import Book
from matcher.reports.tables import level_below, place_below
from matcher.reports.traits import Trait

Cells = tuple[int | None, ...]
Count = Callable[[Sequence[Trait]], Sequence[int]]
_LEVELS = (6, 9)
"""Digits of the divisions that can be asked for: banners and townships."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counting:
    """What is counted: `wholes` are columns and the column each is a part of; `sums` are columns that add up to the
    first of them."""

    count: Count
    wholes: dict[int, int]
    sums: tuple[tuple[int, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class PlaceCells:
    """One place below, and its cells; `inner` is the division to look into, "" where there is none."""

    kind: str
    code: str
    inner: str
    cells: Cells


@dataclass(frozen=True, slots=True)
class Outside:
    """A division and the places directly below it."""

    own: Cells
    places: tuple[PlaceCells, ...]


def outside(book: Book, scope: Scope, division: str, counting: Counting, least: int) -> Outside:
    """The cells of a division of the scope; RecordNotFound where it is neither banner nor township."""
    steps = _steps(scope, division, book)
    own: Cells | None = None
    for at, step in enumerate(steps):
        people = book.of(scope, step)
        whole = tuple(counting.count(people))
        own = _alone(whole, counting, least) if own is None else own
        places, counts = _below(book, scope, step, people, counting)
        shown = hide(counts, own, counting, least)
        found = tuple(
            PlaceCells(kind, code, inner, cells) for (kind, code, inner), cells in zip(places, shown, strict=True)
        )
        if at + 1 == len(steps):
            return Outside(own, found)
        own = next((one.cells for one in found if one.code == steps[at + 1]), (0,) * len(whole))
    raise AssertionError("there is always the scope itself")


def _steps(scope: Scope, division: str, book: Book) -> list[str]:
    """The divisions from the scope down to the one that is asked for, "" for the scope itself."""
    inner, own = division_prefix(division), division_prefix(scope.division)
    if book.home.startswith(inner) or own.startswith(inner):
        return [""]
    if len(inner) not in _LEVELS or not inner.startswith(own):
        raise RecordNotFound("没有这个区划，或不在您的范围内")
    return ["", *(inner[:size] for size in _LEVELS if len(own) < size <= len(inner))]


def _below(
    book: Book, scope: Scope, division: str, people: Sequence[Trait], counting: Counting
) -> tuple[list[tuple[str, str, str]], list[tuple[int, ...]]]:
    """The places directly below a division, and what is counted of each."""
    level = level_below(division or scope.division)
    groups: dict[tuple[str, str], list[Trait]] = {}
    for one in people:
        groups.setdefault(place_below(one.home, "" if level else book.village(one), level), []).append(one)
    ordered = sorted(groups)
    places = [(kind, code, code if kind == "division" and len(code) == level else "") for kind, code in ordered]
    return places, [tuple(counting.count(groups[key])) for key in ordered]


def _alone(cells: tuple[int, ...], counting: Counting, least: int) -> Cells:
    """The cells of the scope itself."""
    hidden = _small(cells, counting, least)
    while _keep_sums([cells], [hidden], counting):
        pass
    return tuple(None if at in hidden else cell for at, cell in enumerate(cells))


def _small(cells: Sequence[int], counting: Counting, least: int) -> set[int]:
    """Columns of a line with few people behind them, or behind what is left of their whole."""
    few = {at for at, cell in enumerate(cells) if 0 < cell < least}
    rest = {at for at, whole in counting.wholes.items() if 0 < cells[whole] - cells[at] < least}
    return few | rest


def hide(lines: Sequence[tuple[int, ...]], total: Cells, counting: Counting, least: int) -> list[Cells]:
    """The lines of a table whose total is known as far as it is shown."""
    hidden = [_small(line, counting, least) for line in lines]
    while _keep_columns(lines, hidden, total) or _keep_sums(lines, hidden, counting):
        pass
    return [
        tuple(None if at in gone else cell for at, cell in enumerate(line))
        for line, gone in zip(lines, hidden, strict=True)
    ]


def _keep_columns(lines: Sequence[tuple[int, ...]], hidden: list[set[int]], total: Cells) -> bool:
    """Hides what a total would give away; whether anything was hidden."""
    more = False
    for at, whole in enumerate(total):
        shown = [place for place in range(len(lines)) if at not in hidden[place]]
        if whole is None:
            gone = [place for place in shown if lines[place][at]]
        elif len(shown) == len(lines) - 1 and shown:
            gone = [min(shown, key=lambda place: (lines[place][at] == 0, lines[place][at]))]
        else:
            gone = []
        for place in gone:
            hidden[place].add(at)
        more = more or bool(gone)
    return more


def _keep_sums(lines: Sequence[tuple[int, ...]], hidden: list[set[int]], counting: Counting) -> bool:
    """Hides what columns that add up would give away; whether anything was hidden."""
    more = False
    for line, gone in zip(lines, hidden, strict=True):
        for columns in counting.sums:
            left = [at for at in columns if at not in gone]
            if len(left) == len(columns) - 1 and left:
                gone.add(min(left, key=lambda at: (line[at] == 0, line[at])))
                more = True
    return more
