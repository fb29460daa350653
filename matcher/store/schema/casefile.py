"""What staff put on record of cases, what is stated of spells of work, and what proves them.

In: nothing. Out: SQLAlchemy Core tables; words, pay and employers stand in `Sealed` columns, in clear only days, codes
that are counted, and names of staff. Rows are added, never changed but for being taken back.
"""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Table

from matcher.store.schema.columns import METADATA, flag, key, moment, number, person, string, uid
from matcher.store.sealing import Sealed

CASE_EVENT = Table(
    "case_event",
    METADATA,
    key(),
    uid(),
    person(),
    string("step"),
    Column("happened_on", Date, nullable=False),
    string("way"),
    string("who"),
    number("minutes"),
    string("signed"),
    flag("read_aloud"),
    string("plan_code"),
    Column("posting_key", ForeignKey("posting.key"), index=True),
    Column("due_on", Date),
    string("about"),
    Column("body", Sealed, nullable=False),
    string("actor"),
    moment("recorded_at"),
    sqlite_autoincrement=True,
)

SPELL_DETAIL = Table(
    "spell_detail",
    METADATA,
    key(),
    uid(),
    person(),
    Column("spell_key", ForeignKey("employment_spell.key", ondelete="CASCADE"), nullable=False, index=True),
    string("said_by"),
    Column("told_on", Date, nullable=False),
    string("verified_how"),
    string("region"),
    string("channel"),
    string("contract"),
    string("insurance"),
    string("industry"),
    string("province"),
    string("city"),
    string("county"),
    Column("body", Sealed, nullable=False),
    string("actor"),
    moment("recorded_at"),
    moment("undone_at", nullable=True),
    string("undone_by"),
    sqlite_autoincrement=True,
)
Index("ix_spell_detail_channel", SPELL_DETAIL.c.channel)

SPELL_PROOF = Table(
    "spell_proof",
    METADATA,
    key(),
    uid(),
    person(),
    Column("spell_key", ForeignKey("employment_spell.key", ondelete="CASCADE"), nullable=False, index=True),
    string("kind"),
    Column("from_on", Date, nullable=False),
    Column("until_on", Date),
    Column("told_on", Date, nullable=False),
    string("said_by"),
    Column("body", Sealed, nullable=False),
    string("actor"),
    moment("recorded_at"),
    moment("undone_at", nullable=True),
    string("undone_by"),
    sqlite_autoincrement=True,
)
