"""Tables of trust: checks of postings, their history, verifications, employers nothing is suggested of, complaints.

In: nothing. Out: SQLAlchemy Core tables; what people typed stands in `Sealed` columns.
"""

from __future__ import annotations

from sqlalchemy import JSON, Column, Date, Float, ForeignKey, Index, Integer, Table, text

from matcher.store.schema.columns import METADATA, TELLS_ONLY, flag, key, moment, number, string, uid
from matcher.store.sealing import Sealed

POSTING_CHECK = Table(
    "posting_check",
    METADATA,
    Column("posting_key", ForeignKey("posting.key", ondelete="CASCADE"), primary_key=True),
    string("severity", index=True),
    string("text_digest"),
    Column("flags", JSON, nullable=False),
    moment("checked_at"),
    string("decided"),
    string("decided_by"),
    moment("decided_at", nullable=True),
)

POSTING_EVENT = Table(
    "posting_event",
    METADATA,
    key(),
    uid(),
    Column("posting_key", ForeignKey("posting.key", ondelete="CASCADE"), nullable=False, index=True),
    moment("at"),
    string("actor"),
    string("from_state"),
    string("to_state"),
    string("why"),
    Column("reason", Sealed, nullable=False),
    info={TELLS_ONLY: True},
    sqlite_autoincrement=True,
)

POSTING_VERIFICATION = Table(
    "posting_verification",
    METADATA,
    key(),
    uid(),
    Column("posting_key", ForeignKey("posting.key"), nullable=False, index=True),
    Column("verified_on", Date, nullable=False),
    string("verified_by"),
    string("how"),
    string("result"),
    Column("note", Sealed, nullable=False),
    string("actor"),
    moment("recorded_at"),
    sqlite_autoincrement=True,
)

EMPLOYER_MARK = Table(
    "employer_mark",
    METADATA,
    key(),
    uid(),
    string("name"),
    string("name_key", index=True),
    string("uscc", index=True),
    string("kind"),
    Column("reason", Sealed, nullable=False),
    Column("since", Date, nullable=False),
    Column("until", Date),
    string("actor"),
    moment("recorded_at"),
    moment("lifted_at", nullable=True),
    string("lifted_by"),
    sqlite_autoincrement=True,
)

EMPLOYER_COMPLAINT = Table(
    "employer_complaint",
    METADATA,
    key(),
    uid(),
    string("employer"),
    string("name_key", index=True),
    string("uscc", index=True),
    Column("posting_key", ForeignKey("posting.key")),
    Column("made_on", Date, nullable=False),
    string("made_by"),
    Column("text", Sealed, nullable=False),
    string("actor"),
    moment("recorded_at"),
    moment("settled_at", nullable=True),
    sqlite_autoincrement=True,
)

OPENING_TAKEN = Table(
    "opening_taken",
    METADATA,
    key(),
    Column("posting_key", ForeignKey("posting.key"), nullable=False, index=True),
    Column("worker_key", ForeignKey("worker.key")),
    flag("counted"),
    number("of_openings"),
    Column("taken_on", Date, nullable=False),
    string("actor"),
    moment("recorded_at"),
    moment("undone_at", nullable=True),
    sqlite_autoincrement=True,
)
Index(
    "ix_opening_taken_once",
    OPENING_TAKEN.c.posting_key,
    OPENING_TAKEN.c.worker_key,
    unique=True,
    sqlite_where=text("undone_at IS NULL"),
    postgresql_where=text("undone_at IS NULL"),
)

PAY_RANGE = Table(
    "pay_range",
    METADATA,
    Column("occupation", string("occupation").type, primary_key=True),
    Column("division", string("division").type, primary_key=True),
    Column("postings", Integer, nullable=False),
    Column("median_yuan", Float, nullable=False),
)
