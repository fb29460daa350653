"""Everything sealed, sealed anew with the current key.

In: a connection in a transaction and the keys. Out: how many values were sealed with an older key and no longer are.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sqlalchemy import Column, Connection, Table, bindparam, select, update

from matcher.store.schema import METADATA
from matcher.store.sealing import KeyRing, Sealed, place_of

CHUNK = 500

Tell = Callable[[str], None]


def sealed_columns() -> list[tuple[Table, Column[Any]]]:
    """Every sealed column with its table; each such table has a uid its seals are tied to."""
    return [
        (table, column)
        for table in METADATA.sorted_tables
        for column in table.columns
        if isinstance(column.type, Sealed)
    ]


def seal_anew(connection: Connection, keys: KeyRing, tell: Tell | None = None) -> int:
    """Opens and seals again what stands under an older key, tied to the same place."""
    changed = 0
    for table, column in sealed_columns():
        if tell is not None:
            tell(table.name)
        [identity] = table.primary_key.columns
        after: Any = None
        while True:
            query = select(identity, table.c.uid, column).where(column.is_not(None)).order_by(identity).limit(CHUNK)
            rows = connection.execute(query if after is None else query.where(identity > after)).all()
            if not rows:
                break
            after = rows[-1][0]
            old = [(key, uid, value) for key, uid, value in rows if not keys.is_current(value)]
            fresh = [
                {"_key": key, "_value": keys.seal(keys.unseal(value, place), place)}
                for key, uid, value in old
                for place in [place_of(table.name, column.name, uid)]
            ]
            if fresh:
                statement = update(table).where(identity == bindparam("_key"))
                connection.execute(statement.values({column.name: bindparam("_value")}), fresh)
                changed += len(fresh)
    return changed
