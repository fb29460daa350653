"""What the readers and writers of all tables share inside one unit of work.

In: a connection in a transaction, the keys, the clock and the name of the person acting. Out: `StoreContext`,
records as `Stored`, and helpers for large sets of keys and for scopes by division.
"""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Generic, TypeVar, cast

from sqlalchemy import ColumnElement, Connection, Table, and_, bindparam, func, insert, select, true, update

from matcher.domain.division import division_prefix
from matcher.domain.errors import EditConflict, RecordNotFound
from matcher.domain.intake.told import Correction, KeptCorrection
from matcher.store.journal import Journal
from matcher.store.schema import POSTING, TABLE_VERSION, TRAINING_CLASS
from matcher.store.sealing import KeyRing

T = TypeVar("T")
F = TypeVar("F")
V = TypeVar("V")

Row = dict[str, Any]
"""A row to be written, by column name."""
_CHUNK = 500
_ROWS_AT_ONCE = 2_000
"""Rows handed over in one piece: the statement keeps a copy of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored(Generic[T, F]):
    """A record as stored; `facts` None = not read yet."""

    key: int
    revision: int
    value: T
    facts: F | None
    updated_at: datetime
    digest: str = ""
    corrections: tuple[KeptCorrection, ...] = ()

    @property
    def told(self) -> tuple[Correction, ...]:
        """What staff corrected of a person; laid over the facts wherever they are used (matcher/told)."""
        return tuple(kept.correction for kept in self.corrections)


@dataclass(frozen=True, slots=True)
class Known:
    """What an import needs to know of a stored record: which one, and a digest of what it says."""

    key: int
    digest: str


@dataclass(frozen=True, slots=True)
class StoreContext:
    """One unit of work as the tables see it."""

    connection: Connection
    keys: KeyRing
    clock: Callable[[], datetime]
    actor: str = ""
    journal: Journal = field(default_factory=Journal)
    one_moment: bool = False
    """Nothing can be changed and everything is as it was at one moment, so that nothing need be asked twice."""
    _asked: dict[str, object] = field(default_factory=dict)

    def once(self, name: str, ask: Callable[[], F]) -> F:
        """What is asked: of one moment once, where things can change every time."""
        if not self.one_moment:
            return ask()
        if name not in self._asked:
            self._asked[name] = ask()
        return cast("F", self._asked[name])

    def insert_rows(self, table: Table, rows: Sequence[Row]) -> int:
        """Inserts rows; the last key before them."""
        self.touch(table)
        before = int(self.connection.scalar(select(func.coalesce(func.max(table.c.key), 0))) or 0)
        for part in chunks(rows, _ROWS_AT_ONCE):
            self.connection.execute(insert(table), list(part))
        self.journal.note_inserted(self.connection, table, before)
        return before

    def insert_many(self, table: Table, rows: Sequence[Row]) -> list[int]:
        """Inserts rows that carry a uid; their keys, in the order of the rows."""
        if not rows:
            return []
        before = self.insert_rows(table, rows)
        fresh = self.connection.execute(select(table.c.uid, table.c.key).where(table.c.key > before))
        keys = dict(fresh.all())
        return [keys[row["uid"]] for row in rows]

    def revise(self, table: Table, key: int, row: Row, *, expected_revision: int | None) -> int:
        """Changes one row and raises its revision; EditConflict where somebody was first."""
        self.touch(table)
        self.journal.note_before(self.connection, table, [key])
        statement = update(table).where(table.c.key == key)
        if expected_revision is not None:
            statement = statement.where(table.c.revision == expected_revision)
        changed = self.connection.execute(statement.values(**row, revision=table.c.revision + 1))
        if changed.rowcount == 1:
            found = self.connection.scalar(select(table.c.revision).where(table.c.key == key))
            return int(found or 0)
        if self.connection.scalar(select(table.c.key).where(table.c.key == key)) is None:
            raise RecordNotFound("没有这条记录", ref=str(key))
        raise EditConflict("别人刚刚改过这条记录，您的修改没有保存；请看过新内容后再改", ref=str(key))

    def revise_many(self, table: Table, rows: Sequence[Row]) -> None:
        """Changes many rows, each with its key under `_key`, and raises their revisions."""
        if rows:
            self.touch(table)
            self.journal.note_before(self.connection, table, [row["_key"] for row in rows])
            statement = update(table).where(table.c.key == bindparam("_key")).values(revision=table.c.revision + 1)
            for part in chunks(rows, _ROWS_AT_ONCE):
                self.connection.execute(statement, list(part))

    def state_of(self, table: Table) -> tuple[int, int, int]:
        """Rows, last key and sum of revisions: where they are the same nothing was added, changed or removed."""
        c = table.c
        query = select(func.count(), func.coalesce(func.max(c.key), 0), func.coalesce(func.sum(c.revision), 0))
        count, last, revisions = self.connection.execute(query).one()
        return int(count), int(last), int(revisions)

    def touch(self, table: Table) -> None:
        """Counts a change of a table that markets are made from."""
        if table in (POSTING, TRAINING_CLASS):
            one = TABLE_VERSION.c.name == table.name
            changed = self.connection.execute(
                update(TABLE_VERSION).where(one).values(changes=TABLE_VERSION.c.changes + 1)
            )
            if changed.rowcount == 0:
                self.connection.execute(insert(TABLE_VERSION).values(name=table.name, changes=1))

    def changes(self) -> tuple[tuple[str, int], ...]:
        """How often each of these tables has changed: two looks that find the same saw the same rows."""
        return self.once("changes", self._changes)

    def _changes(self) -> tuple[tuple[str, int], ...]:
        """The table of changes as it stands."""
        query = select(TABLE_VERSION.c.name, TABLE_VERSION.c.changes).order_by(TABLE_VERSION.c.name)
        return tuple((str(name), int(changes)) for name, changes in self.connection.execute(query))

    def uid(self, table: Table, key: int) -> str:
        """The uid of a row; RecordNotFound where there is none."""
        return self.uids(table, [key])[key]

    def uids(self, table: Table, keys: Sequence[int]) -> dict[int, str]:
        """The uids of rows by key; RecordNotFound where one is missing."""
        found: dict[int, str] = {}
        for part in chunks(keys):
            rows = self.connection.execute(select(table.c.key, table.c.uid).where(table.c.key.in_(part)))
            found.update((key, uid) for key, uid in rows)
        missing = next((key for key in keys if key not in found), None)
        if missing is not None:
            raise RecordNotFound("没有这条记录", ref=str(missing))
        return found


@contextmanager
def without_collection() -> Iterator[None]:
    """Pauses the cycle collector while many records are made: it doubled the time of 40,000 and found nothing.

    Held until the records are gone: the first collection after many were made goes through all of them.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def new_uid() -> str:
    """A random name for a row."""
    return os.urandom(16).hex()


def chunks(values: Sequence[V], size: int = _CHUNK) -> Iterator[Sequence[V]]:
    """The values in pieces small enough for one statement."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


def within(column: ColumnElement[str], division: str) -> ColumnElement[bool]:
    """Whether a division column lies in a division; "" holds everything."""
    prefix = division_prefix(division)
    return column.startswith(prefix, autoescape=True) if prefix else true()


def between_codes(column: ColumnElement[str], division: str) -> ColumnElement[bool]:
    """The same for a small division: its codes, which are digits, stand in a row, so that an index finds them."""
    prefix = division_prefix(division)
    if not prefix.isdecimal():
        return within(column, division)
    return and_(column >= prefix, column < str(int(prefix) + 1).zfill(len(prefix)))
