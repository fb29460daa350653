"""Work near home: the register with what it was before, its postings, pay-outs, and the people at its sites.

In: nothing. Out: SQLAlchemy Core tables. What is told of an entry, a person, a month stands in `Sealed` columns; in
clear only what lists are made and counted by.
"""

from __future__ import annotations

from sqlalchemy import Column, Date, Index, String, Table, UniqueConstraint

from matcher.store.schema.columns import METADATA, flag, key, moment, number, part_of, person, string, uid, village
from matcher.store.sealing import Sealed

LOCAL_SITE = Table(
    "local_site",
    METADATA,
    key(),
    uid(),
    string("kind"),
    string("name"),
    string("division"),
    village("division", index=True),
    string("state"),
    string("origin"),
    flag("removed"),
    Column("body", Sealed, nullable=False),
    number("revision", default=1),
    string("actor"),
    moment("changed_at"),
    sqlite_autoincrement=True,
)
Index("ix_local_site_listed", LOCAL_SITE.c.kind, LOCAL_SITE.c.division)

LOCAL_SITE_BEFORE = Table(
    "local_site_before",
    METADATA,
    key(),
    uid(),
    part_of("local_site", "site_key"),
    Column("body", Sealed, nullable=False),
    string("actor"),
    moment("replaced_at"),
    sqlite_autoincrement=True,
)

LOCAL_SITE_POSTING = Table(
    "local_site_posting",
    METADATA,
    key(),
    part_of("local_site", "site_key"),
    part_of("posting", "posting_key"),
    flag("held"),
    UniqueConstraint("site_key", "posting_key"),
    sqlite_autoincrement=True,
)

LOCAL_PAY = Table(
    "local_pay",
    METADATA,
    key(),
    uid(),
    part_of("local_site", "site_key"),
    Column("paid_on", Date, nullable=False),
    Column("body", Sealed, nullable=False),
    string("actor"),
    moment("recorded_at"),
    string("taken_back_by"),
    moment("taken_back_at", nullable=True),
    sqlite_autoincrement=True,
)

LOCAL_MEMBER = Table(
    "local_member",
    METADATA,
    key(),
    uid(),
    part_of("local_site", "site_key"),
    person(),
    string("stage"),
    string("ground"),
    Column("notice_from", Date),
    Column("notice_to", Date),
    Column("started_on", Date),
    Column("term_end", Date),
    Column("ended_on", Date),
    number("extended"),
    Column("body", Sealed, nullable=False),
    number("revision", default=1),
    string("actor"),
    moment("changed_at"),
    sqlite_autoincrement=True,
)
Index("ix_local_member_stage", LOCAL_MEMBER.c.stage, LOCAL_MEMBER.c.term_end)

LOCAL_ATTENDANCE = Table(
    "local_attendance",
    METADATA,
    key(),
    uid(),
    part_of("local_member", "member_key"),
    Column("month", String(7), nullable=False),
    number("days_due"),
    number("days_present"),
    Column("note", Sealed),
    string("actor"),
    moment("recorded_at"),
    UniqueConstraint("member_key", "month"),
    sqlite_autoincrement=True,
)

LOCAL_REVIEW = Table(
    "local_review",
    METADATA,
    key(),
    uid(),
    part_of("local_member", "member_key"),
    Column("reviewed_on", Date, nullable=False),
    string("result"),
    Column("note", Sealed),
    string("actor"),
    moment("recorded_at"),
    sqlite_autoincrement=True,
)
