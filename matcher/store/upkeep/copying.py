"""Whole databases: every row of every table from one to another, and a fingerprint of all that is in one.

In: connections in transactions. Out: the rows in the other database, seals untouched, counters of keys behind the
last key; and `Contents`, equal for equal contents whatever the kind of database or the order of its rows.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import Connection, Integer, Table, func, insert, select, text

from matcher.domain.errors import InputRefused
from matcher.store.schema import DERIVED, METADATA
from matcher.store.sealing import Sealed, SealedBytes

CHUNK = 1_000
_MODULUS = 1 << 256

Tell = Callable[[str], None]
"""Is told the name of each table before its rows."""


@dataclass(frozen=True, slots=True)
class Contents:
    """What a database holds: rows a table, and one fingerprint of everything."""

    rows: dict[str, int]
    digest: str

    @property
    def total(self) -> int:
        """Rows of all tables."""
        return sum(self.rows.values())


def tables() -> list[Table]:
    """All tables but those that triggers fill from others, those first that others point to."""
    return [table for table in METADATA.sorted_tables if not table.info.get(DERIVED)]


def contents_of(connection: Connection) -> Contents:
    """What is in a database, read once in streams of rows."""
    rows, whole = {}, hashlib.sha256()
    for table in tables():
        count, total = 0, 0
        for values in _streamed(connection, table):
            count += 1
            total = (total + _weight(values)) % _MODULUS
        rows[table.name] = count
        whole.update(f"{table.name}\x1f{count}\x1f{total:x}\x1e".encode())
    return Contents(rows, whole.hexdigest())


def _weight(values: Mapping[str, Any]) -> int:
    """A row as a number that adds up: order does not matter, every value does."""
    line = msgspec.json.encode(dict(values), order="deterministic")
    return int.from_bytes(hashlib.sha256(line).digest(), "big")


def _streamed(connection: Connection, table: Table) -> Iterator[Mapping[str, Any]]:
    """The rows of a table, a chunk in memory at a time."""
    found = connection.execution_options(yield_per=CHUNK).execute(select(table))
    for row in found.mappings():
        yield {column.name: row[column.name] for column in table.columns}


def copy_everything(source: Connection, target: Connection, tell: Tell | None = None) -> None:
    """All rows of one database into another one whose tables are empty and of the same version."""
    if held := sum(target.scalar(select(func.count()).select_from(table)) or 0 for table in tables()):
        raise InputRefused(f"目标数据库不是空的（已有{held}条记录），没有写入；请换一个空的数据库")
    for table in tables():
        if tell is not None:
            tell(table.name)
        sealed = [column.name for column in table.columns if isinstance(column.type, Sealed)]
        chunk: list[dict[str, Any]] = []
        for values in _streamed(source, table):
            row = dict(values)
            row |= {name: SealedBytes(row[name]) for name in sealed if row[name] is not None}
            chunk.append(row)
            if len(chunk) == CHUNK:
                target.execute(insert(table), chunk)
                chunk = []
        if chunk:
            target.execute(insert(table), chunk)
        _set_counter(target, table)


def _set_counter(target: Connection, table: Table) -> None:
    """The next key of a table comes after the last one; SQLite sees to that by itself."""
    column = table.autoincrement_column
    if target.dialect.name != "postgresql" or column is None or not isinstance(column.type, Integer):
        return
    last = target.scalar(select(func.max(column)))
    counter = target.scalar(select(func.pg_get_serial_sequence(table.name, column.name)))
    if last is not None and counter is not None:
        target.execute(text("SELECT setval(CAST(:counter AS regclass), :last)"), {"counter": counter, "last": last})
