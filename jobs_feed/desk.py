"""What every desk does: drafts planned against what is stored, texts read, everything written.

In: drafts of one kind with the rows they come from. Out: what is to be done with each, and the writing of it inside
the caller's transaction.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Generic, TypeVar

from jobs_feed.reading_pool import Reader, read_all
from jobs_feed.reconcile import FilePlan
from jobs_feed.staging import DraftRow
from matcher.store import UnitOfWork

T = TypeVar("T")
F = TypeVar("F")
Step = Callable[[float, str], None]
_CHECK_EVERY = 100


class Desk(Generic[T, F]):
    """One kind of record, from drafts to storage: what is to be done is worked out twice, before and inside the
    transaction, so that reading texts never holds the database."""

    def __init__(self, rows: Sequence[tuple[DraftRow, T]], reader: Reader[T, F], read_on: date) -> None:
        self._rows, self._reader, self._read_on = rows, reader, read_on
        self._facts: dict[T, F] = {}
        self.planned: FilePlan[T] = FilePlan()

    def plan(self, unit: UnitOfWork) -> None:
        """Works out what is to be done against what is stored now."""
        self.planned = self._planned(unit)

    def understand(self, step: Step) -> None:
        """Reads the texts of the records that change."""
        todo = [one.value for one in self.planned.steps]
        found = read_all(self._reader, todo, self._read_on)
        for done, (value, facts) in enumerate(zip(todo, found, strict=True)):
            if done % _CHECK_EVERY == 0:
                step(0.4 + 0.5 * done / len(todo), "IMPORT_STEP_READ")
            self._facts[value] = facts

    def store(self, unit: UnitOfWork) -> None:
        """Writes new and changed records."""
        raise NotImplementedError

    def settle(self, unit: UnitOfWork, import_key: int) -> None:
        """Keeps what this import leaves behind beside records; most kinds leave nothing."""

    def changes(self) -> Mapping[str, int] | None:
        """How many people the file changes in which way, where the kind has people."""
        return None

    def _planned(self, unit: UnitOfWork) -> FilePlan[T]:
        """The plan against a unit of work."""
        raise NotImplementedError

    def _facts_of(self, value: T) -> F:
        """What was understood of a record, read once."""
        if value not in self._facts:
            self._facts[value] = self._reader.read(value, self._read_on)
        return self._facts[value]

    def _inserts(self) -> list[tuple[T, F]]:
        """New records with their facts."""
        return [(value, self._facts_of(value)) for value in self.planned.inserts]

    def _updates(self) -> list[tuple[int, T, F]]:
        """Changed records with their facts."""
        return [(key, value, self._facts_of(value)) for key, value in self.planned.updates]
