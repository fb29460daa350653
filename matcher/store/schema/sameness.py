"""Adverts that are one job: by what each may be found, what is known of pairs, who stands together.

In: nothing. Out: four tables; phone numbers stand in them only as keyed digests, as everywhere.
"""

from __future__ import annotations

from sqlalchemy import JSON, BigInteger, Column, Float, ForeignKey, Index, Integer, Table, UniqueConstraint

from matcher.store.schema.columns import METADATA, key, moment, number, string


def _posting(name: str, *, primary: bool = False, index: bool = False) -> Column[int]:
    """A posting; what is known of its sameness goes when it goes."""
    return Column(name, ForeignKey("posting.key", ondelete="CASCADE"), primary_key=primary, nullable=False, index=index)


SAME_SIGN = Table(
    "same_sign",
    METADATA,
    _posting("posting_key", primary=True),
    string("digest"),
    moment("first_seen"),
    moment("last_seen"),
)
"""Which postings have been compared as they are now, and when each was delivered first and last."""

SAME_VALUE = Table(
    "same_value",
    METADATA,
    _posting("posting_key", primary=True),
    Column("kind", Integer, primary_key=True, autoincrement=False),
    Column("value", BigInteger, primary_key=True, autoincrement=False),
)
Index("ix_same_value_kind_value", SAME_VALUE.c.kind, SAME_VALUE.c.value)

SAME_LINK = Table(
    "same_link",
    METADATA,
    key(),
    _posting("one_key", index=True),
    _posting("other_key", index=True),
    string("found"),
    Column("score", Float, nullable=False, server_default="0"),
    Column("grounds", JSON, nullable=False),
    string("decided"),
    string("actor"),
    moment("decided_at", nullable=True),
    UniqueConstraint("one_key", "other_key"),
    sqlite_autoincrement=True,
)

SAME_MEMBER = Table(
    "same_member",
    METADATA,
    _posting("posting_key", primary=True),
    Column("group_key", Integer, nullable=False, index=True),
    number("rank"),
)
