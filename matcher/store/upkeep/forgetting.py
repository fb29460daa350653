"""A record and all that hangs on it, taken out of every table.

In: a connection in a transaction, a table and keys. Out: those rows and every row that points to them, gone; how many
of which table. SQLite overwrites what it frees, so that nothing is left to be read in the file.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from sqlalchemy import Column, Connection, Table, delete, select

from matcher.store.context import chunks
from matcher.store.schema import METADATA


def forget(connection: Connection, table: Table, keys: Sequence[int]) -> Counter[str]:
    """Deletes rows by key, those first that point to them."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("PRAGMA secure_delete=ON")
    gone: Counter[str] = Counter()
    for part in chunks(keys):
        gone += _forget(connection, table, part)
    return gone


def _forget(connection: Connection, table: Table, keys: Sequence[int]) -> Counter[str]:
    """One chunk of keys."""
    gone: Counter[str] = Counter()
    for other, column in _pointing_to(table):
        own = [one for one in other.primary_key.columns if one is not column]
        if len(other.primary_key.columns) == 1 and own:
            theirs = connection.scalars(select(own[0]).where(column.in_(keys))).all()
            gone += _forget(connection, other, theirs) if theirs else Counter()
        else:
            gone[other.name] += connection.execute(delete(other).where(column.in_(keys))).rowcount
    [identity] = table.primary_key.columns
    gone[table.name] += connection.execute(delete(table).where(identity.in_(keys))).rowcount
    return gone


def _pointing_to(table: Table) -> list[tuple[Table, Column[int]]]:
    """Tables with a column that holds keys of this one."""
    return [
        (other, key.parent)
        for other in METADATA.sorted_tables
        for key in other.foreign_keys
        if key.column.table is table and other is not table
    ]
