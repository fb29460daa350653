"""Programs that use the JSON API, and the requests they marked as one.

In: nothing. Out: SQLAlchemy Core tables; of a token only a keyed hash is kept, of a request only a keyed digest and
where its record is, so that nothing of a person stands in either.
"""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, String, Table, Text, UniqueConstraint

from matcher.store.schema.columns import METADATA, key, moment, number, string, villages

API_CLIENT = Table(
    "api_client",
    METADATA,
    key(),
    Column("name", Text, nullable=False, unique=True),
    Column("rights", JSON, nullable=False),
    string("division"),
    villages("division"),
    Column("prefix", String(8), nullable=False, unique=True),
    string("token_hash"),
    string("created_by"),
    moment("created_at"),
    moment("expires_at", nullable=True),
    moment("revoked_at", nullable=True),
    moment("last_used_at", nullable=True),
    sqlite_autoincrement=True,
)

API_ONCE = Table(
    "api_once",
    METADATA,
    key(),
    Column("client_key", ForeignKey("api_client.key"), nullable=False),
    Column("mark", String(64), nullable=False),
    string("digest"),
    number("status"),
    string("location"),
    moment("began_at"),
    UniqueConstraint("client_key", "mark"),
    sqlite_autoincrement=True,
)
