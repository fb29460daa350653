"""Tables of signed-in people: sessions that were ended, what was typed and not yet sent, filters worth keeping.

In: nothing. Out: SQLAlchemy Core tables; what was typed stands in `Sealed` columns.
"""

from __future__ import annotations

from sqlalchemy import Column, Integer, Table, Text, UniqueConstraint

from matcher.store.schema.columns import METADATA, key, moment, string, uid
from matcher.store.sealing import Sealed

SESSION_ENDED = Table(
    "session_ended",
    METADATA,
    Column("mark", Text, primary_key=True),
    moment("ended_at"),
)
"""Sessions somebody signed out of: a copied cookie of theirs opens nothing; kept as long as a session can last."""

DRAFT = Table(
    "draft",
    METADATA,
    key(),
    uid(),
    Column("account_key", Integer, nullable=False),
    string("form"),
    Column("body", Sealed, nullable=False),
    moment("saved_at"),
    UniqueConstraint("account_key", "form"),
    sqlite_autoincrement=True,
)

SAVED_FILTER = Table(
    "saved_filter",
    METADATA,
    key(),
    uid(),
    Column("account_key", Integer, nullable=False),
    string("page"),
    string("name"),
    Column("body", Sealed, nullable=False),
    moment("saved_at"),
    UniqueConstraint("account_key", "page", "name"),
    sqlite_autoincrement=True,
)
