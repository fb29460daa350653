"""What was printed: orders and their end, and the parts each paper was made of.

In: nothing. Out: SQLAlchemy Core tables; orders and parts are sealed, parts go with the person they are about.
"""

from __future__ import annotations

from sqlalchemy import Column, Date, Float, ForeignKey, Integer, Table

from matcher.store.schema.columns import METADATA, flag, key, moment, number, string, uid
from matcher.store.sealing import Sealed

PRINTING = Table(
    "printing",
    METADATA,
    key(),
    uid(),
    string("kind"),
    string("state", index=True),
    string("actor", index=True),
    string("division", index=True),
    string("place"),
    string("ending"),
    string("lang"),
    flag("large"),
    flag("pack"),
    flag("only_changed"),
    number("sheets"),
    Column("progress", Float, nullable=False, server_default="0"),
    string("message"),
    string("versions"),
    Column("again", Integer),
    flag("stop_asked"),
    Column("wanted", Sealed, nullable=False),
    moment("asked_at"),
    moment("heartbeat_at", nullable=True),
    moment("done_at", nullable=True),
    sqlite_autoincrement=True,
)

PAPER = Table(
    "paper",
    METADATA,
    key(),
    uid(),
    Column("worker_key", ForeignKey("worker.key", ondelete="CASCADE"), index=True),
    Column("plan_key", ForeignKey("plan.key", ondelete="CASCADE"), index=True),
    string("kind"),
    string("digest", index=True),
    string("mark"),
    Column("made_on", Date),
    Column("body", Sealed, nullable=False),
    sqlite_autoincrement=True,
)

PRINTING_PAPER = Table(
    "printing_paper",
    METADATA,
    key(),
    Column("printing_key", ForeignKey("printing.key", ondelete="CASCADE"), nullable=False, index=True),
    Column("paper_key", ForeignKey("paper.key", ondelete="CASCADE"), nullable=False, index=True),
    number("position"),
    sqlite_autoincrement=True,
)
