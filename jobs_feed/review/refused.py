"""Refused rows as the file delivered them, each problem beside its cell.

In: the tables of a staged file and the problems found. Out: `RefusedRow`s in the order of the file. They hold what was
delivered: whoever shows them masks what is private.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jobs_feed.cells import CellValue
from jobs_feed.columns import Column, names_of
from jobs_feed.report import RowProblem
from jobs_feed.staging import StagedTable
from matcher.domain.facts import Phrase

_HIDDEN = frozenset({"联系电话", "身份证号"})
"""Never shown whole on a screen, whatever the kind of file."""


@dataclass(frozen=True, slots=True)
class WrongCell:
    """A cell that refuses its row; `column` from 1, 0 where the row as a whole is refused."""

    column: int
    phrase: Phrase


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that was not taken."""

    sheet: str
    row: int
    headers: tuple[str, ...]
    cells: tuple[CellValue, ...]
    hidden: tuple[int, ...]
    """Columns from 1 whose values stay off the screen."""
    wrong: tuple[WrongCell, ...]


def refused_rows(kind: str, tables: Sequence[StagedTable], problems: Sequence[RowProblem]) -> list[RefusedRow]:
    """Every row a problem speaks of, once."""
    by_row: dict[tuple[str, int], list[RowProblem]] = {}
    for problem in problems:
        by_row.setdefault((problem.sheet, problem.row), []).append(problem)
    return [row for table in tables for row in _of_table(kind, table, by_row)]


def _of_table(kind: str, table: StagedTable, by_row: dict[tuple[str, int], list[RowProblem]]) -> Iterator[RefusedRow]:
    """The refused rows of one table."""
    places = _places(table.columns)
    private = names_of(kind).private | _HIDDEN
    hidden = tuple(column.index + 1 for column in table.columns if column.field in private)
    for number, cells in table.rows:
        found = by_row.get((table.sheet, number))
        if found:
            width = len(table.headers)
            shown = (*cells[:width], *[None] * (width - len(cells)))
            wrong = tuple(WrongCell(places.get(problem.field, 0), problem.phrase) for problem in found)
            yield RefusedRow(table.sheet, number, table.headers, shown, hidden, wrong)


def _places(columns: Sequence[Column]) -> dict[str, int]:
    """Where a problem's column stands, by the header of the file or the name of the field."""
    by_field = {column.field: column.index + 1 for column in reversed(columns) if column.field}
    return by_field | {column.header: column.index + 1 for column in reversed(columns) if column.field}
