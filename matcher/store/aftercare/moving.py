"""What came after the paper goes with a person who turns out to be another one, and comes back if that was wrong.

In: two people. Out: the keys of the rows that moved, by table, with which undoing moves them back.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, select, update

from matcher.store.schema import EMPLOYMENT_SPELL, FOLLOW_UP, ROUND_ROW, SLIP_RETURN

TABLES = {table.name: table for table in (SLIP_RETURN, EMPLOYMENT_SPELL, FOLLOW_UP, ROUND_ROW)}


def move_rows(connection: Connection, gone_key: int, kept_key: int) -> dict[str, tuple[int, ...]]:
    """Rows of one person become the other's; of a month both have a line for, each keeps the own one."""
    moved: dict[str, tuple[int, ...]] = {}
    for name, table in TABLES.items():
        theirs = select(table.c.key).where(table.c.worker_key == gone_key)
        if table is ROUND_ROW:
            own = select(ROUND_ROW.c.month).where(ROUND_ROW.c.worker_key == kept_key)
            theirs = theirs.where(ROUND_ROW.c.month.not_in(own))
        moved[name] = tuple(connection.scalars(theirs.order_by(table.c.key)))
        _give(connection, name, moved[name], kept_key)
    return {name: keys for name, keys in moved.items() if keys}


def move_back(connection: Connection, moved: Mapping[str, tuple[int, ...]], gone_key: int) -> None:
    """The rows that moved are the other person's again."""
    for name, keys in moved.items():
        _give(connection, name, keys, gone_key)


def _give(connection: Connection, name: str, keys: tuple[int, ...], worker_key: int) -> None:
    """Rows of a table become somebody's."""
    table = TABLES[name]
    for key in keys:
        connection.execute(update(table).where(table.c.key == key).values(worker_key=worker_key))
