"""A table as found on a sheet, and the names by which its header is known.

In: nothing. Out: `Table`, `KnownNames`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from jobs_feed.cells import CellValue, NumberedRow, SheetRows, plain
from jobs_feed.report import RowProblem
from matcher.domain.facts import Phrase

LONGEST_HEADER = 40


@dataclass(frozen=True, slots=True)
class KnownNames:
    """What a header may be called."""

    field_of: Callable[[str], str]
    """Header → field by its own or another name, "" where unknown."""
    required: frozenset[str]
    texts: frozenset[str]
    """Fields that hold text, which may go on in the next row."""

    def field(self, header: str) -> str:
        """The field of a header that is short enough to be one."""
        return self.field_of(header) if header and len(header) <= LONGEST_HEADER else ""

    def fields(self, headers: Sequence[str]) -> set[str]:
        """The different fields that headers name."""
        return {self.field(header) for header in headers} - {""}

    def score(self, headers: Sequence[str]) -> int:
        """How much of a header a row is: fields named, required ones count double."""
        return sum(2 if field in self.required else 1 for field in self.fields(headers))


@dataclass(slots=True)
class Table:
    """A header and the rows below it."""

    sheet: SheetRows
    headers: tuple[str, ...]
    header_row: int
    recognised: int
    rows: list[NumberedRow] = field(default_factory=list)
    bad: list[RowProblem] = field(default_factory=list)
    """Rows that cannot be taken whatever they mean."""
    notices: list[RowProblem] = field(default_factory=list)
    broken: frozenset[tuple[int, int]] = frozenset()
    """Cells (row, column from 1) whose formula holds no usable value, as `rows` number them."""

    def samples(self, index: int, *, count: int = 3) -> tuple[str, ...]:
        """The first values of a column."""
        values = (plain(cells[index]) for _, cells in self.rows[:200] if index < len(cells))
        return tuple(value for value in values if value)[:count]

    def unnamed(self) -> list[int]:
        """Columns (from 0) that hold something but have no header."""
        width = max((len(cells) for _, cells in self.rows[:200]), default=0)
        named = {index for index, header in enumerate(self.headers) if header}
        return [index for index in range(width) if index not in named and self.samples(index, count=1)]

    def tell(self, code: str, number: int = 0, **args: int) -> None:
        """A notice about the sheet or one of its rows."""
        self.notices.append(RowProblem(Phrase(code, dict(args)), self.sheet.name, number))


def texts_of(cells: Sequence[CellValue]) -> tuple[str, ...]:
    """Cells as text."""
    return tuple(plain(cell) for cell in cells)


def column_letters(index: int) -> str:
    """0 → A, 27 → AB."""
    letters = ""
    while index >= 0:
        letters = chr(65 + index % 26) + letters
        index = index // 26 - 1
    return letters
