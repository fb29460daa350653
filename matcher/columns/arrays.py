"""Typed arrays out of plain iterables, the one way columns are filled; equal rows of a table stand once."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Generic, TypeVar

import numpy as np
import numpy.typing as npt

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

Kind = TypeVar("Kind", bound=np.generic)
Key = TypeVar("Key", bound=Hashable)
Record = TypeVar("Record", bound="DataclassInstance")

Floats = npt.NDArray[np.float32]
Bools = npt.NDArray[np.bool_]
Index = npt.NDArray[np.intp]


def column(values: Iterable[float], kind: type[Kind], size: int) -> npt.NDArray[Kind]:
    """One value a record, shape (size,)."""
    return np.fromiter(values, dtype=kind, count=size)


@dataclass(frozen=True, slots=True, eq=False)
class Rows(Generic[Kind]):
    """A table in which equal rows stand once: the row of person `at` is `table[kind[at]]`."""

    table: npt.NDArray[Kind]
    kind: npt.NDArray[np.int32]

    def take(self, people: Index) -> npt.NDArray[Kind]:
        """The rows of some people."""
        return np.take(self.table, self.kind[people], axis=0)

    def of(self, people: Index) -> Rows[Kind]:
        """The table of some people, without the rows of nobody among them."""
        used, kind = np.unique(self.kind[people], return_inverse=True)
        return Rows(self.table[used], kind.astype(np.int32))

    def cells(self, people: Index, columns: npt.NDArray[np.integer]) -> npt.NDArray[Kind]:
        """table[person, column] for people and columns that broadcast against each other."""
        found: npt.NDArray[Kind] = self.table[self.kind[people], columns]
        return found


def some_of(record: Record, chosen: Index | Bools) -> Record:
    """Some rows of a record whose every field is an array with a row each."""
    return type(record)(*(getattr(record, item.name)[chosen] for item in fields(record)))


def joined(records: Sequence[Record]) -> Record:
    """The rows of one record of arrays after those of the other."""
    names = [item.name for item in fields(records[0])]
    return type(records[0])(*(np.concatenate([getattr(record, name) for record in records]) for name in names))


def runs(start: Index, size: Index) -> Index:
    """All positions of some runs, run by run."""
    ends = np.cumsum(size)
    inside = np.arange(int(ends[-1]) if ends.size else 0)
    inside += np.repeat(start - ends + size, size)
    return np.asarray(inside, dtype=np.intp)


def place_in_run(values: npt.NDArray[np.integer]) -> Index:
    """The how-manieth each is among the equals it stands with; equals, none below nought, stand together."""
    first = np.flatnonzero(np.diff(values, prepend=-1))
    return np.asarray(np.arange(len(values)) - np.repeat(first, np.diff(first, append=len(values))), dtype=np.intp)


def intern_rows(
    keys: Sequence[Key], make: Callable[[Key], npt.NDArray[Kind]], width: int, kind: type[Kind]
) -> Rows[Kind]:
    """A row a person, made once for every different key."""
    seen: dict[Key, int] = {}
    kinds = column((seen.setdefault(key, len(seen)) for key in keys), np.int32, len(keys))
    table = np.zeros((len(seen), width), dtype=kind)
    for key, position in seen.items():
        table[position] = make(key)
    return Rows(table, kinds)


def gini(values: npt.NDArray[np.float64]) -> float:
    """How unevenly something is spread: 0 even, near 1 all in one place."""
    if values.size == 0 or values.sum() == 0:
        return 0.0
    ordered = np.sort(values)
    ranks = np.arange(1, ordered.size + 1)
    return float((2 * ranks - ordered.size - 1) @ ordered / (ordered.size * ordered.sum()))
