"""Figures and policy: pages of anonymous traits that charts are counted from, values of policy entered by the office,
what a run's policy said, and trials of a change.

In: nothing. Out: SQLAlchemy Core tables; traits stand in a `Sealed` column.
"""

from __future__ import annotations

from sqlalchemy import JSON, Column, Date, Float, Index, Table, UniqueConstraint

from matcher.store.schema.columns import METADATA, flag, key, moment, number, string, uid
from matcher.store.schema.tables import PLAN, WORKER
from matcher.store.sealing import Sealed

FIGURE_PAGE = Table(
    "figure_page",
    METADATA,
    key(),
    uid(),
    string("place", index=True),
    string("stamp"),
    number("people"),
    Column("as_of", Date, nullable=False),
    Column("body", Sealed, nullable=False),
    moment("made_at"),
    sqlite_autoincrement=True,
)

POLICY_VALUE = Table(
    "policy_value",
    METADATA,
    key(),
    string("name", index=True),
    Column("value", JSON, nullable=False),
    string("unit"),
    Column("since", Date, nullable=False),
    string("basis"),
    string("actor"),
    moment("recorded_at"),
    sqlite_autoincrement=True,
)

POLICY_STAND = Table(
    "policy_stand",
    METADATA,
    key(),
    string("digest", index=True),
    Column("on_day", Date, nullable=False),
    Column("entries", JSON, nullable=False),
    moment("recorded_at"),
    UniqueConstraint("digest", "on_day"),
    sqlite_autoincrement=True,
)

POLICY_TRIAL = Table(
    "policy_trial",
    METADATA,
    key(),
    string("division"),
    Column("changes", JSON, nullable=False),
    string("state", index=True),
    Column("progress", Float, nullable=False, server_default="0"),
    string("message"),
    flag("cancel_requested"),
    Column("result", JSON, nullable=False),
    string("started_by"),
    moment("created_at"),
    moment("heartbeat_at"),
    moment("ended_at", nullable=True),
    sqlite_autoincrement=True,
)

Index("ix_worker_merged_into_revision", WORKER.c.merged_into, WORKER.c.revision)
Index("ix_plan_printed_on", PLAN.c.printed_on)
"""Whether anything has changed since figures were counted is read from these two, not from rows with sealed bodies."""
