"""What is watched: the key-assistance list with its cards, what was done about alerts, and months as they were counted.

In: nothing. Out: SQLAlchemy Core tables; words of people, reasons and counts of villages stand in `Sealed` columns.
"""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, String, Table, UniqueConstraint

from matcher.store.schema.columns import METADATA, Follows, key, moment, person, string, uid, village
from matcher.store.sealing import Sealed

KEY_ENTRY = Table(
    "key_entry",
    METADATA,
    key(),
    uid(),
    person(),
    string("reason"),
    Column("entered_on", Date, nullable=False),
    Column("identified_on", Date),
    string("owner"),
    Column("left_on", Date),
    string("left_reason"),
    Column("contact_on", Date),
    Column("measure_on", Date),
    Column("next_due", Date),
    Column("body", Sealed, nullable=False),
    string("actor"),
    moment("recorded_at"),
    sqlite_autoincrement=True,
)
Index("ix_key_entry_left_on", KEY_ENTRY.c.left_on, KEY_ENTRY.c.next_due)

KEY_LOG = Table(
    "key_log",
    METADATA,
    key(),
    uid(),
    Column("entry_key", ForeignKey("key_entry.key", ondelete="CASCADE"), nullable=False, index=True),
    person(),
    string("kind"),
    Column("on", Date, nullable=False),
    string("way"),
    string("found"),
    Column("next_due", Date),
    Column("body", Sealed, nullable=False),
    string("actor"),
    moment("recorded_at"),
    moment("taken_back_at", nullable=True),
    string("taken_back_by"),
    sqlite_autoincrement=True,
)

ALERT_CARE = Table(
    "alert_care",
    METADATA,
    key(),
    uid(),
    string("mark", index=True),
    string("code"),
    string("division", index=True),
    village("division", mark="mark"),
    person(nullable=True),
    string("state"),
    Column("until", Date),
    string("owner"),
    Column("on", Date, nullable=False),
    Column("body", Sealed, nullable=False),
    string("actor"),
    moment("recorded_at"),
    sqlite_autoincrement=True,
)

MONTH_COUNT = Table(
    "month_count",
    METADATA,
    key(),
    uid(),
    Column("month", String(7), nullable=False),
    string("home_code", index=True),
    village("home_code", Follows.NEVER),
    Column("as_of", Date, nullable=False),
    Column("body", Sealed, nullable=False),
    moment("recorded_at"),
    UniqueConstraint("month", "home_code", "village"),
    sqlite_autoincrement=True,
)
