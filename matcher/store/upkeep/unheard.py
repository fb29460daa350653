"""Background work nobody has heard of: found in every table that keeps a heartbeat and an end.

In: a connection in a transaction, a moment. Out: how many pieces of work a table began before it and neither ended nor
spoke since; a table that joins the schema is looked at without being named here.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Column, Connection, func, or_, select, text

from matcher.store.schema import METADATA

_BEAT, _ENDS, _BEGINS = "heartbeat_at", ("ended_at", "done_at"), ("asked_at", "created_at", "started_at")


def database_bytes(connection: Connection) -> int:
    """How many bytes a database takes, whatever of it is in use."""
    if connection.dialect.name == "sqlite":
        sizes = [connection.scalar(text(f"PRAGMA {name}")) or 0 for name in ("page_count", "page_size")]
        return int(sizes[0]) * int(sizes[1])
    return int(connection.scalar(select(func.pg_database_size(func.current_database()))) or 0)


def open_work(connection: Connection) -> dict[str, int]:
    """Table → how many pieces of work were asked for and have not ended; every table that keeps a heartbeat."""
    return {
        table.name: connection.scalar(select(func.count()).select_from(table).where(ends[0].is_(None))) or 0
        for table in METADATA.sorted_tables
        if _BEAT in table.c and (ends := [table.c[name] for name in _ENDS if name in table.c])
    }


def unheard_work(connection: Connection, before: datetime) -> dict[str, int]:
    """Table → work that is open and was last heard of, or asked for, before a moment; tables without any left out."""
    found: dict[str, int] = {}
    for table in METADATA.sorted_tables:
        ends = [table.c[name] for name in _ENDS if name in table.c]
        if _BEAT not in table.c or not ends:
            continue
        quiet = or_(table.c[_BEAT].is_(None), table.c[_BEAT] < before)
        begun: list[Column[datetime]] = [table.c[name] for name in _BEGINS if name in table.c][:1]
        old = [column < before for column in begun]
        query = select(func.count()).select_from(table).where(ends[0].is_(None), quiet, *old)
        if count := connection.scalar(query):
            found[table.name] = count
    return found
