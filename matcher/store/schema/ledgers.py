"""Ledgers: an office's own columns, sheets that were written, months of villages that were handed in.

In: nothing. Out: SQLAlchemy Core tables; no row is about a single person, what was said in words is sealed.
"""

from __future__ import annotations

from sqlalchemy import JSON, Column, Date, Float, Index, String, Table, UniqueConstraint

from matcher.store.schema.columns import METADATA, Follows, flag, key, moment, number, string, uid, village
from matcher.store.sealing import Sealed

LEDGER_PROFILE = Table(
    "ledger_profile",
    METADATA,
    key(),
    string("ledger"),
    string("name"),
    string("division"),
    Column("columns", JSON, nullable=False),
    string("actor"),
    moment("saved_at"),
    UniqueConstraint("division", "name"),
    sqlite_autoincrement=True,
)

LEDGER_EXPORT = Table(
    "ledger_export",
    METADATA,
    key(),
    uid(),
    string("ledger"),
    string("state", index=True),
    string("actor", index=True),
    string("division", index=True),
    string("place"),
    string("month"),
    string("ending"),
    number("people"),
    number("hidden"),
    Column("progress", Float, nullable=False, server_default="0"),
    string("message"),
    flag("stop_asked"),
    Column("wanted", Sealed, nullable=False),
    moment("asked_at"),
    moment("heartbeat_at", nullable=True),
    moment("done_at", nullable=True),
    sqlite_autoincrement=True,
)

ROUND_EVENT = Table(
    "round_event",
    METADATA,
    key(),
    uid(),
    Column("month", String(7), nullable=False),
    string("home_code"),
    village("home_code", Follows.NEVER),
    string("step"),
    Column("happened_on", Date, nullable=False),
    number("people"),
    number("changed"),
    Column("reason", Sealed, nullable=False),
    string("actor"),
    moment("recorded_at"),
    sqlite_autoincrement=True,
)
Index("ix_round_event_month", ROUND_EVENT.c.month)
