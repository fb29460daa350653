"""What every desk does: drafts planned against what is stored, texts read, everything written.

In: drafts of one kind with the rows they come from. Out: what is to be done with each, and the writing of it inside
the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import date
from typing import Generic, Protocol, TypeVar

from jobs_feed.pace import READ
from jobs_feed.ready import ReadyRows, in_parts
from jobs_feed.reconcile import FilePlan
from jobs_feed.reconcile import Step as FileStep
from jobs_feed.staging import DraftRow
from matcher.reading_pool import Reader, read_all
from matcher.store import Stored, UnitOfWork
from matcher.store.context import Row, chunks, without_collection

T = TypeVar("T")
F = TypeVar("F")
Step = Callable[[str, int, int], None]
"""Told the step, the records done and all of them; stops the import where a person asked to."""
CHECK_EVERY = 100
WRITTEN_AT_ONCE = 5_000
"""Rows that are in memory while they are written."""


class Records(Protocol[T, F]):
    """The table of one kind of record, as a desk uses it."""

    def state(self) -> tuple[int, int, int]:
        """Changes whenever a record does."""

    def many(self, keys: Sequence[int]) -> Mapping[int, Stored[T, F]]:
        """Stored records by key."""

    def prepare(self, values: Sequence[tuple[T, F | None]], /) -> list[Row]:
        """Rows of new records."""

    def prepare_changes(self, values: Sequence[tuple[int, T, F | None]], /) -> list[Row]:
        """Rows of changed records."""

    def add_prepared(self, rows: Sequence[Row]) -> list[int]:
        """Stores new rows; their keys."""

    def replace_prepared(self, rows: Sequence[Row]) -> None:
        """Stores changed rows."""


class Desk(Generic[T, F]):
    """One kind of record, from drafts to storage. What is to be done is worked out, and every row made ready, before
    the transaction; inside it both are used as they are, or done again where somebody else stored meanwhile."""

    def __init__(self, rows: Sequence[tuple[DraftRow, T]], reader: Reader[T, F], read_on: date) -> None:
        self._rows, self._reader, self._read_on = rows, reader, read_on
        self._ready = ReadyRows()
        self._seen: tuple[int, int, int] | None = None
        self.planned: FilePlan[T] = FilePlan()
        self.anew = False
        """Whether somebody else stored between the plan and the transaction."""

    def plan(self, unit: UnitOfWork) -> None:
        """Works out what is to be done against what is stored now."""
        self.planned = self._planned(unit)
        self._seen = self._table(unit).state()

    def understand(self, reading: Callable[[], AbstractContextManager[UnitOfWork]], step: Step) -> None:
        """Reads the texts of the records that change and makes their rows ready."""
        steps = self.planned.steps
        found = read_all(self._reader, [one.value for one in steps], self._read_on)
        done = 0
        for part in chunks(steps, CHECK_EVERY):
            step(READ, done, len(steps))
            facts = [next(found) for _ in part]
            with reading() as unit:
                self._ready.extend(self._made(unit, part, facts))
            done += len(part)

    def settle(self, unit: UnitOfWork) -> None:
        """Makes sure that the plan fits what is stored at this moment."""
        if self._seen != self._table(unit).state():
            self._again(unit)

    def store(self, unit: UnitOfWork) -> None:
        """Writes new and changed records, as settled."""
        steps = self.planned.steps
        new = (row for one, row in zip(steps, self._ready, strict=True) if one.key is None)
        changed = (row for one, row in zip(steps, self._ready, strict=True) if one.key is not None)
        with without_collection():
            self._write(unit, new, changed if self.planned.updates else ())

    def leave(self, unit: UnitOfWork, import_key: int) -> None:
        """Keeps what this import leaves behind beside records; most kinds leave nothing."""

    def changes(self) -> Mapping[str, int] | None:
        """How many people the file changes in which way, where the kind has people."""
        return None

    def stored(self, unit: UnitOfWork, keys: Sequence[int]) -> dict[int, T]:
        """Stored records by key."""
        return {key: found.value for key, found in self._table(unit).many(keys).items()}

    def _again(self, unit: UnitOfWork) -> None:
        """Somebody stored meanwhile: what is still to be done keeps its row, the rest is read now."""
        self.anew = True
        made = {(one.key, one.value): row for one, row in zip(self.planned.steps, self._ready, strict=True)}
        self.plan(unit)
        self._ready = ReadyRows()
        for one in self.planned.steps:
            row = made.get((one.key, one.value))
            fresh = [] if row else self._made(unit, [one], [self._reader.read(one.value, self._read_on)])
            self._ready.extend([row or fresh[0]])

    def _made(self, unit: UnitOfWork, steps: Sequence[FileStep[T]], facts: Sequence[F | None]) -> list[Row]:
        """The rows of some steps, in their order."""
        table = self._table(unit)
        told = list(zip(steps, facts, strict=True))
        with without_collection():
            new = iter(table.prepare([(one.value, found) for one, found in told if one.key is None]))
            changes = [(one.key, one.value, found) for one, found in told if one.key is not None]
            changed = iter(table.prepare_changes(changes))
            return [next(new if one.key is None else changed) for one in steps]

    def _write(self, unit: UnitOfWork, new: Iterable[Row], changed: Iterable[Row]) -> list[int]:
        """Writes rows, one part after the other, new ones first; the keys of the new ones."""
        table = self._table(unit)
        keys = [key for part in in_parts(new, WRITTEN_AT_ONCE) for key in table.add_prepared(part)]
        for part in in_parts(changed, WRITTEN_AT_ONCE):
            table.replace_prepared(part)
        return keys

    def _table(self, unit: UnitOfWork) -> Records[T, F]:
        """The table of the records."""
        raise NotImplementedError

    def _planned(self, unit: UnitOfWork) -> FilePlan[T]:
        """The plan against a unit of work."""
        raise NotImplementedError
