"""What a spreadsheet is made of once it is open, and how the reading child hands it over.

In: nothing. Out: the lines a child process writes (JSON, one a line), `SheetRows` as the parent keeps a sheet, and
`TableRow`, one row under a header, whose cells still know sheet and row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec

CellValue = str | int | float | bool | None

_QUOTED = frozenset("=+-@")
"""What spreadsheet programs, and our own sheets, put an apostrophe before so that it is no formula."""

_HARMFUL = re.compile("[\x00\u202a-\u202e\u2066-\u2069]")
"""A zero no database stores, and overrides of direction that would show a text backwards."""
_UNSEEN = re.compile("[\x01-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u061c\u200b-\u200f\u2060-\u2065\ufe00-\ufe0f\ufeff]")
"""Characters nobody sees; texts keep them word for word, names, numbers and headers do not."""
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
    hidden_columns: int = 0
    since_1904: bool = False
    """Days are counted from 1904-01-01, as old workbooks of a Macintosh do."""


class RowLine(msgspec.Struct, array_like=True, tag="row", frozen=True):
    """A row that is not empty; `number` as the sheet shows it."""

    number: int
    cells: list[CellValue]
    down: tuple[int, ...] = ()
    """Columns (from 0) whose value comes from a merged cell that begins above."""
    wide: int = 1
    """How many columns the first filled cell spans."""


class BadRowLine(msgspec.Struct, array_like=True, tag="bad", frozen=True):
    """A row that cannot be taken, as a code of the message catalogue."""

    number: int
    code: str


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


ChildLine = FormLine | SheetLine | RowLine | BadRowLine | NoteLine | NextLine | RefusalLine | EndLine
Emit = Callable[[ChildLine], None]
"""Takes the next line."""


NumberedRow = tuple[int, Sequence[CellValue]]
"""A row with the number the sheet shows."""


@dataclass(slots=True)
class SheetRows:
    """One sheet: (row number, cells) of the rows that are not empty."""

    name: str
    broken: frozenset[tuple[int, int]] = frozenset()
    hidden_rows: int = 0
    hidden_columns: int = 0
    since_1904: bool = False
    rows: list[NumberedRow] = field(default_factory=list)
    down: dict[int, tuple[int, ...]] = field(default_factory=dict)
    """Row → columns (from 0) filled from a merged cell that begins above."""
    wide: dict[int, int] = field(default_factory=dict)
    """Row → columns its first filled cell spans, where more than one."""
    bad: dict[int, str] = field(default_factory=dict)
    """Row that cannot be taken → code of the reason."""


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
    since_1904: bool = False


def plain(value: CellValue) -> str:
    """A cell as text: without what harms, whole numbers without .0, line ends as one newline."""
    if value is None:
        return ""
    if isinstance(value, str):
        if not value.isprintable():
            value = _HARMFUL.sub("", value.replace("\r\n", "\n").replace("\r", "\n"))
        value = value.strip(" \t\n\u3000\xa0\ufeff")
        return value[1:] if value[:1] == "'" and value[1:2] in _QUOTED else value
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    return str(value)


def seen(text: str) -> str:
    """A short text without characters nobody sees."""
    return text if text.isprintable() else _UNSEEN.sub("", text).strip()
