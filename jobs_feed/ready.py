"""Rows made ready for the database, kept until the transaction.

In: rows as the tables of the store prepare them, sealed where the store seals. Out: the same rows in order, as often as
wanted. Up to `IN_MEMORY` stay in memory; of more, all wait in a nameless temporary file that ends with the process.
"""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, BinaryIO, TypeVar
from weakref import finalize

T = TypeVar("T")
Row = dict[str, Any]
IN_MEMORY = 5_000
_AT_ONCE = 1_000
"""Rows of one write to the file."""


class ReadyRows:
    """Rows in the order they were added."""

    def __init__(self, in_memory: int = IN_MEMORY) -> None:
        self._most = in_memory
        self._open: list[Row] = []
        self._file: BinaryIO | None = None
        self._count = 0

    def extend(self, rows: Sequence[Row]) -> None:
        """Adds rows behind the others."""
        self._open += rows
        self._count += len(rows)
        if len(self._open) > (self._most if self._file is None else _AT_ONCE):
            self._put_away()

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[Row]:
        """Every row; nothing may be added meanwhile."""
        if self._file is not None:
            end = self._file.tell()
            self._file.seek(0)
            while self._file.tell() < end:
                yield from pickle.load(self._file)  # nosec B301 - written by this very process, in a file without a name
        yield from self._open

    def _put_away(self) -> None:
        """What is open goes into the file."""
        if self._file is None:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 - lives as long as the rows
            finalize(self, self._file.close)
        for part in in_parts(self._open, _AT_ONCE):
            pickle.dump(part, self._file, protocol=pickle.HIGHEST_PROTOCOL)
        self._open = []


def in_parts(values: Iterable[T], size: int) -> Iterator[list[T]]:
    """The values in lists of at most so many."""
    rest = iter(values)
    while part := list(islice(rest, size)):
        yield part
