"""Tables of what is published: employers' consents, pairings, senders whose postings came from other offices, and
postings that are no longer stored.

In: nothing. Out: SQLAlchemy Core tables.
"""

from __future__ import annotations

from sqlalchemy import Column, Date, Table, Text

from matcher.store.schema.columns import METADATA, flag, key, moment, number, string

CONTACT_CONSENT = Table(
    "contact_consent",
    METADATA,
    key(),
    string("subject", index=True),
    string("employer"),
    flag("given"),
    string("told_by"),
    Column("told_on", Date, nullable=False),
    string("actor"),
    moment("recorded_at"),
    sqlite_autoincrement=True,
)

PAIRING = Table(
    "pairing",
    METADATA,
    key(),
    string("banner"),
    string("district"),
    Column("since", Date, nullable=False),
    Column("until", Date),
    string("basis"),
    string("actor"),
    moment("recorded_at"),
    sqlite_autoincrement=True,
)

RECEIVED_FROM = Table(
    "received_from",
    METADATA,
    Column("sender", Text, primary_key=True),
    string("instance"),
    moment("noted_at"),
)

POSTING_GONE = Table(
    "posting_gone",
    METADATA,
    key(),
    string("sender"),
    string("ref"),
    number("first_change"),
    number("change", index=True),
    sqlite_autoincrement=True,
)
"""Written by a trigger when a posting is deleted; triggers number the changes of postings, too (migration 0004)."""
