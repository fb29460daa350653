"""Claims of money with their steps, notices on the board with their lines and objections.

In: nothing. Out: SQLAlchemy Core tables. What was said, and where somebody works, stands in `Sealed` columns; in clear
only kinds, days, states and amounts.
"""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, String, Table, UniqueConstraint

from matcher.store.schema.columns import METADATA, key, moment, number, person, string, uid, village
from matcher.store.sealing import Sealed

SUBSIDY_CLAIM = Table(
    "subsidy_claim",
    METADATA,
    key(),
    uid(),
    person(nullable=True),
    Column("spell_key", ForeignKey("employment_spell.key", ondelete="SET NULL"), index=True),
    Column("class_key", Integer, index=True),
    string("kind"),
    string("claimant"),
    string("division"),
    number("year"),
    string("tier"),
    Column("since", Date, nullable=False),
    Column("until", Date, nullable=False),
    number("months"),
    string("state", index=True),
    Column("state_on", Date, nullable=False),
    Column("yuan", Integer),
    Column("standing", String(200), unique=True),
    Column("body", Sealed, nullable=False),
    Column("made_on", Date, nullable=False),
    string("actor"),
    moment("recorded_at"),
    sqlite_autoincrement=True,
)
"""`class_key` names a training class without holding it: remaking this table for a reference would empty its steps.
`standing` is common to claims of which only one may stand; NULL where one was refused or withdrawn."""

CLAIM_STEP = Table(
    "claim_step",
    METADATA,
    key(),
    uid(),
    Column("claim_key", ForeignKey("subsidy_claim.key", ondelete="CASCADE"), nullable=False, index=True),
    string("state"),
    Column("done_on", Date, nullable=False),
    Column("yuan", Integer),
    Column("note", Sealed),
    string("actor"),
    moment("recorded_at"),
    string("undone_by"),
    moment("undone_at", nullable=True),
    sqlite_autoincrement=True,
)

CLAIM_PERSON = Table(
    "claim_person",
    METADATA,
    key(),
    uid(),
    Column("claim_key", ForeignKey("subsidy_claim.key", ondelete="CASCADE"), nullable=False, index=True),
    person(),
    number("months"),
    Column("yuan", Integer),
    Column("since", Date),
    Column("until", Date),
    UniqueConstraint("claim_key", "worker_key"),
    sqlite_autoincrement=True,
)

PUBLICITY = Table(
    "publicity",
    METADATA,
    key(),
    uid(),
    string("topic"),
    string("matter"),
    string("level"),
    string("division"),
    village("division", still=lambda table: table.c.decision == ""),
    Column("notice_from", Date, nullable=False),
    Column("notice_until", Date, nullable=False),
    Column("previous_key", ForeignKey("publicity.key", ondelete="SET NULL"), index=True),
    string("decision"),
    Column("decided_on", Date),
    string("decided_by"),
    Column("body", Sealed, nullable=False),
    string("actor"),
    moment("recorded_at"),
    sqlite_autoincrement=True,
)
Index("ix_publicity_open", PUBLICITY.c.decision, PUBLICITY.c.notice_until)

PUBLICITY_ENTRY = Table(
    "publicity_entry",
    METADATA,
    key(),
    uid(),
    Column("publicity_key", ForeignKey("publicity.key", ondelete="CASCADE"), nullable=False, index=True),
    person(nullable=True),
    Column("claim_key", ForeignKey("subsidy_claim.key", ondelete="CASCADE"), index=True),
    Column("taken_off_on", Date),
    Column("body", Sealed, nullable=False),
    sqlite_autoincrement=True,
)

PUBLICITY_OBJECTION = Table(
    "publicity_objection",
    METADATA,
    key(),
    uid(),
    Column("publicity_key", ForeignKey("publicity.key", ondelete="CASCADE"), nullable=False, index=True),
    Column("entry_key", ForeignKey("publicity_entry.key", ondelete="CASCADE"), index=True),
    Column("told_on", Date, nullable=False),
    string("outcome"),
    Column("answered_on", Date),
    Column("body", Sealed, nullable=False),
    string("actor"),
    moment("recorded_at"),
    sqlite_autoincrement=True,
)
