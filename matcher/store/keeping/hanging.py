"""All that hangs on people: rows of every table that point to them, however far, found from the tables themselves.

In: a connection in a transaction, keys of people. Out: the keys of rows a table, and which columns tell when something
was done; a table that joins the schema is found without being named here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, Connection, Date, Table, select

from matcher.store.context import chunks
from matcher.store.schema import METADATA, VERSIONS, WORKER
from matcher.store.schema.columns import Instant

_OWNER = "worker_key"
_NOT_DONE = frozenset({"due_on", "ends_on", "from_on", "until_on", "graduation_on"})
"""Days that say when something is due or ends, not when somebody did something."""


def own_columns(table: Table) -> list[Column[int]]:
    """The columns of a table that hold keys of people."""
    named = [column for column in table.c if column.name == _OWNER]
    pointing = [key.parent for key in table.foreign_keys if key.column.table is WORKER and key.parent.name != _OWNER]
    return [] if table in (WORKER, *VERSIONS.values()) else [*named, *pointing]


def done_columns(table: Table) -> list[Column[Any]]:
    """The columns that tell when something was done, said or written down."""
    days = [one for one in table.c if isinstance(one.type, Date) and one.name.endswith("_on")]
    return [
        *(one for one in table.c if isinstance(one.type, Instant)),
        *(one for one in days if one.name not in _NOT_DONE),
    ]


def tables_of_people() -> list[Table]:
    """Every table with rows of people."""
    return [table for table in METADATA.sorted_tables if own_columns(table)]


def rows_of(connection: Connection, people: Sequence[int]) -> dict[Table, list[int]]:
    """Table → keys of the rows that hang on people, directly or through other rows; only tables with one key."""
    found: dict[Table, set[int]] = defaultdict(set)
    for table in tables_of_people():
        for column in own_columns(table):
            _collect(connection, table, column, people, found)
    return {table: sorted(keys) for table, keys in found.items() if keys}


def _collect(
    connection: Connection, table: Table, column: Column[int], keys: Sequence[int], found: dict[Table, set[int]]
) -> None:
    """Rows whose column holds one of some keys, and what hangs on them."""
    if len(table.primary_key.columns) != 1:
        return
    [identity] = table.primary_key.columns
    fresh: set[int] = set()
    for part in chunks(keys):
        fresh.update(connection.scalars(select(identity).where(column.in_(part))))
    fresh -= found[table]
    found[table] |= fresh
    if fresh:
        for other in METADATA.sorted_tables:
            for key in other.foreign_keys:
                if key.column.table is table and other is not table:
                    _collect(connection, other, key.parent, sorted(fresh), found)
