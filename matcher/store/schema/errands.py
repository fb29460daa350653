"""Errands: work ordered by somebody that a process of its own does.

In: nothing. Out: SQLAlchemy Core tables; an order stands in a `Sealed` column and is emptied when the work is over.
"""

from __future__ import annotations

from sqlalchemy import JSON, Column, Table

from matcher.store.schema.columns import METADATA, key, moment, number, string, uid
from matcher.store.sealing import Sealed

ERRAND = Table(
    "errand",
    METADATA,
    key(),
    uid(),
    string("kind"),
    string("state", index=True),
    string("actor", index=True),
    string("division"),
    number("fair_key"),
    string("message"),
    Column("told", JSON, nullable=False),
    Column("wanted", Sealed),
    moment("asked_at"),
    moment("began_at", nullable=True),
    moment("done_at", nullable=True),
    sqlite_autoincrement=True,
)
