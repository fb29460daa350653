"""What staff have decided that titles and places of adverts mean; every decision is kept, the newest holds."""

from __future__ import annotations

from sqlalchemy import Table

from matcher.store.schema.columns import METADATA, key, moment, string

PLACED_NAME = Table(
    "placed_name",
    METADATA,
    key(),
    string("kind"),
    string("text", index=True),
    string("code"),
    string("actor"),
    moment("placed_at"),
    sqlite_autoincrement=True,
)
