"""What a spreadsheet is made of once it is open, and how the reading child hands it over.

In: nothing. Out: the lines a child process writes (JSON, one a line), `SheetRows` as the parent keeps a sheet, and
`TableRow`, one row under a header, whose cells still know sheet and row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec

CellValue = str | int | float | bool | None

_QUOTED = frozenset("=+-@")
"""What spreadsheet programs, and our own sheets, put an apostrophe before so that it is no formula."""

MAX_ROWS = 200_000
MAX_COLUMNS = 300


class FormLine(msgspec.Struct, array_like=True, tag="form", frozen=True):
    """What kind of file it was found to be."""

    form: str


class SheetLine(msgspec.Struct, array_like=True, tag="sheet", frozen=True):
    """The start of a sheet; `broken` are cells (row, column) whose formula holds no usable value."""

    name: str
    broken: tuple[tuple[int, int], ...] = ()
    hidden_rows: int = 0


class RowLine(msgspec.Struct, array_like=True, tag="row", frozen=True):
    """A row that is not empty; `number` as the sheet shows it."""

    number: int
    cells: list[CellValue]


class NoteLine(msgspec.Struct, array_like=True, tag="note", frozen=True):
    """Something left out on purpose, as a code of the message catalogue."""

    code: str
    args: dict[str, str | int]


class RefusalLine(msgspec.Struct, array_like=True, tag="refusal", frozen=True):
    """Why the file cannot be read, as a code of the message catalogue."""

    code: str
    args: dict[str, str | int]


class NextLine(msgspec.Struct, array_like=True, tag="next", frozen=True):
    """Where a page of a feed says that more is; `mark` is a cursor rather than an address."""

    address: str
    mark: bool = False


class EndLine(msgspec.Struct, array_like=True, tag="end", frozen=True):
    """The child read everything."""


ChildLine = FormLine | SheetLine | RowLine | NoteLine | NextLine | RefusalLine | EndLine
Emit = Callable[[ChildLine], None]
"""Takes the next line."""


@dataclass(slots=True)
class SheetRows:
    """One sheet: (row number, cells) of the rows that are not empty."""

    name: str
    broken: frozenset[tuple[int, int]] = frozenset()
    hidden_rows: int = 0
    rows: list[tuple[int, Sequence[CellValue]]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row under a header; `cells` by field, `extra` holds the parts of fields that several columns feed."""

    sheet: str
    number: int
    cells: Mapping[str, CellValue]
    columns: Mapping[str, str]
    """Field → header as the file writes it."""
    broken: frozenset[str] = frozenset()
    extra: Mapping[str, str] = field(default_factory=dict)


def plain(value: CellValue) -> str:
    """A cell as text: stripped, whole numbers without .0, line ends as one newline."""
    if value is None:
        return ""
    if isinstance(value, str):
        if "\r" in value:
            value = value.replace("\r\n", "\n").replace("\r", "\n")
        value = value.strip(" \t\n\u3000\xa0\ufeff")
        return value[1:] if value[:1] == "'" and value[1:2] in _QUOTED else value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value)
