"""Merged areas of a sheet, so that each row can be read by itself; runs inside the limited child only.

In: the areas, and the rows in order. Out: `RowLine` with values filled downwards, the columns so filled, and how
wide the first filled cell of the row is.
"""

from __future__ import annotations

from collections.abc import Iterable

from jobs_feed.cells import MAX_COLUMNS, MAX_ROWS, CellValue, RowLine

Place = tuple[int, int]
Area = tuple[Place, Place]


class Merged:
    """The areas of one sheet; corners are (row, column) from 0, both inside the area."""

    def __init__(self, areas: Iterable[Area] = ()) -> None:
        self._wide: dict[Place, int] = {}
        self._below: dict[Place, Place] = {}
        self._tops: set[Place] = set()
        self._heads: dict[Place, CellValue] = {}
        self.add(areas)

    def add(self, areas: Iterable[Area]) -> None:
        """Areas that begin at a row still to come."""
        for (top, left), (bottom, right) in areas:
            if left >= MAX_COLUMNS:
                continue
            if right > left:
                self._wide[top, left] = right - left + 1
            if bottom > top:
                self._tops.add((top, left))
            for row in range(top + 1, min(bottom, MAX_ROWS) + 1):
                self._below[row, left] = (top, left)

    def line(self, number: int, cells: list[CellValue]) -> RowLine | None:
        """A row as it reads, None where it holds nothing; `number` counts from 1."""
        down = self._filled(number - 1, cells) if self._tops else ()
        while cells and cells[-1] in (None, ""):
            cells.pop()
        if not cells:
            return None
        first = next(index for index, cell in enumerate(cells) if cell not in (None, ""))
        return RowLine(number, cells, down, self._wide.get((number - 1, first), 1))

    def _filled(self, row: int, cells: list[CellValue]) -> tuple[int, ...]:
        """Puts the values of merged cells that begin above into the row; the columns it did so in."""
        down = []
        for column, cell in enumerate(cells):
            place = (row, column)
            if place in self._tops:
                self._heads[place] = cell
            elif place in self._below and cell in (None, ""):
                head = self._heads.get(self._below[place])
                if head not in (None, ""):
                    cells[column] = head
                    down.append(column)
        return tuple(down)
