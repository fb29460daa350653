"""Slips handed back, work as told, calls that are due, monthly rounds: all of it hangs on a person and goes with it.

In: nothing. Out: SQLAlchemy Core tables; what was said stands in `Sealed` columns, in clear only days and states.
"""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, String, Table, UniqueConstraint

from matcher.store.schema.columns import METADATA, flag, key, moment, number, person, string, uid
from matcher.store.sealing import Sealed

SLIP_RETURN = Table(
    "slip_return",
    METADATA,
    key(),
    uid(),
    person(),
    Column("plan_key", ForeignKey("plan.key", ondelete="CASCADE"), nullable=False, index=True),
    Column("handed_in_on", Date, nullable=False),
    Column("body", Sealed, nullable=False),
    string("actor", index=True),
    moment("recorded_at"),
    string("taken_back_by"),
    moment("taken_back_at", nullable=True),
    sqlite_autoincrement=True,
)

POSTING_VOICE = Table(
    "posting_voice",
    METADATA,
    key(),
    Column("return_key", ForeignKey("slip_return.key", ondelete="CASCADE"), nullable=False, index=True),
    Column("posting_key", ForeignKey("posting.key", ondelete="CASCADE"), nullable=False, index=True),
    string("voice"),
    Column("heard_on", Date, nullable=False),
    sqlite_autoincrement=True,
)

EMPLOYMENT_SPELL = Table(
    "employment_spell",
    METADATA,
    key(),
    uid(),
    person(),
    Column("posting_key", ForeignKey("posting.key"), index=True),
    Column("return_key", ForeignKey("slip_return.key", ondelete="CASCADE"), index=True),
    Column("started_on", Date, nullable=False),
    Column("ended_on", Date),
    string("said_by"),
    string("ended_said_by"),
    Column("body", Sealed, nullable=False),
    string("actor"),
    moment("recorded_at"),
    sqlite_autoincrement=True,
)

FOLLOW_UP = Table(
    "follow_up",
    METADATA,
    key(),
    uid(),
    Column("spell_key", ForeignKey("employment_spell.key", ondelete="CASCADE"), nullable=False),
    person(),
    number("after_days"),
    Column("due_on", Date, nullable=False),
    Column("done_on", Date),
    string("result"),
    string("done_by"),
    number("tries"),
    Column("tried_on", Date),
    Column("note", Sealed),
    moment("recorded_at", nullable=True),
    UniqueConstraint("spell_key", "after_days"),
    sqlite_autoincrement=True,
)
Index("ix_follow_up_open", FOLLOW_UP.c.done_on, FOLLOW_UP.c.due_on)
Index("ix_follow_up_spell", FOLLOW_UP.c.spell_key, FOLLOW_UP.c.done_on, FOLLOW_UP.c.due_on)

ROUND_ROW = Table(
    "round_row",
    METADATA,
    key(),
    uid(),
    person(),
    Column("month", String(7), nullable=False),
    flag("changed"),
    Column("confirmed_on", Date, nullable=False),
    Column("body", Sealed, nullable=False),
    string("actor"),
    moment("recorded_at"),
    UniqueConstraint("worker_key", "month"),
    sqlite_autoincrement=True,
)
Index("ix_round_row_month", ROUND_ROW.c.month)
