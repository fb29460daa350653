"""One kind of record: fields that are columns stand in clear, all others sealed together.

In: a table and the dataclass of its records. Out: records added, changed, taken back, found; nothing is deleted, what
was taken back is not found any more.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from datetime import date
from typing import Any, Generic, TypeVar

import msgspec
from sqlalchemy import ColumnElement, Table, func, select, true, update

from matcher.domain.errors import RecordNotFound
from matcher.store.context import Row, StoreContext, chunks, new_uid, within
from matcher.store.sealing import place_of

T = TypeVar("T")
_OWN = frozenset({"key", "actor", "recorded_at"})
Value = str | int | bool | date | None


class Records(Generic[T]):
    """The records of one table inside one unit of work."""

    def __init__(self, context: StoreContext, table: Table, kind: type[T]) -> None:
        self._context = context
        self._table = table
        self._kind = kind
        names = [field.name for field in fields(kind)]  # type: ignore[arg-type]
        self._clear = [name for name in names if name in table.c]
        self._sealed = [name for name in names if name not in table.c]

    def add(self, record: T) -> int:
        """Keeps a new record; its key."""
        return self.add_many([record])[0]

    def add_many(self, records: Sequence[T]) -> list[int]:
        """Keeps new records; their keys, in order."""
        rows = []
        for record in records:
            uid = new_uid()
            written = {"actor": self._context.actor, "recorded_at": self._context.clock()}
            rows.append({"uid": uid, **self._row(record, uid), **written})
        return self._context.insert_many(self._table, rows)

    def change(self, record: T) -> None:
        """A record as it is from now on, by its key; who wrote it last stands on it."""
        key = int(record.key)  # type: ignore[attr-defined]
        row = self._row(record, self._context.uid(self._table, key)) | {"actor": self._context.actor}
        c = self._table.c
        changed = update(self._table).where(c.key == key, c.withdrawn_at.is_(None)).values(**row)
        if self._context.connection.execute(changed).rowcount == 0:
            raise RecordNotFound("没有这条记录", ref=str(key))

    def take_back(self, key: int) -> T:
        """A record entered by mistake; what it said."""
        record, c = self.get(key), self._table.c
        gone = {"withdrawn_at": self._context.clock(), "withdrawn_by": self._context.actor}
        self._context.connection.execute(update(self._table).where(c.key == key).values(**gone))
        return record

    def get(self, key: int, *, division: str = "") -> T:
        """One record within a division; RecordNotFound for any other."""
        found = self.find([self._table.c.key == key], division=division)
        if not found:
            raise RecordNotFound("没有这条记录", ref=str(key))
        return found[0]

    def where(self, *, division: str = "", newest: str = "key", limit: int = 0, **equals: Value) -> list[T]:
        """Records whose columns have these values, those with the highest `newest` first."""
        conditions = [self._table.c[name] == value for name, value in equals.items()]
        return self.find(conditions, division=division, newest=newest, limit=limit)

    def of(self, column: str, keys: Sequence[int]) -> list[T]:
        """Records that point to some of these keys, in the order they were entered."""
        found: list[T] = []
        for part in chunks(sorted(set(keys))):
            found += self.find([self._table.c[column].in_(part)])[::-1]
        return found

    def between(self, column: str, first: date, last: date, *, division: str = "") -> list[T]:
        """Records with a day between two days, the latest first."""
        c = self._table.c[column]
        return self.find([c >= first, c <= last], division=division, newest=column)

    def count(self, *, division: str = "") -> int:
        """How many there are."""
        query = select(func.count()).where(self._table.c.withdrawn_at.is_(None), self._within(division))
        return int(self._context.connection.scalar(query) or 0)

    def find(
        self, conditions: Sequence[ColumnElement[bool]], *, division: str = "", newest: str = "key", limit: int = 0
    ) -> list[T]:
        """Records that stand, under conditions of the store."""
        c = self._table.c
        query = select(*c).where(c.withdrawn_at.is_(None), self._within(division), *conditions)
        query = query.order_by(c[newest].desc(), c.key.desc())
        rows = self._context.connection.execute(query.limit(limit) if limit else query).mappings()
        return [self._record(dict(row)) for row in rows]

    def _within(self, division: str) -> ColumnElement[bool]:
        """Whether a row lies in a division, for tables that have one."""
        return within(self._table.c.division, division) if division else true()

    def _row(self, record: T, uid: str) -> Row:
        """The columns of a record."""
        clear: Row = {}
        for name in self._clear:
            if name not in _OWN:
                value = getattr(record, name)
                clear[name] = value if isinstance(value, (date, bool, int, type(None))) else str(value)
        body = msgspec.json.encode({name: getattr(record, name) for name in self._sealed})
        return clear | {"body": self._context.keys.seal(body, place_of(self._table.name, "body", uid))}

    def _record(self, row: dict[str, Any]) -> T:
        """A row as a record."""
        body = self._context.keys.unseal(row["body"], place_of(self._table.name, "body", row["uid"]))
        clear = {name: row[name] for name in self._clear}
        return msgspec.convert(clear | msgspec.json.decode(body), self._kind)
