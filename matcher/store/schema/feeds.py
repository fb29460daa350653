"""Feeds, the postings each has delivered, the files taken from folders, and the log of pulls.

In: nothing. Out: SQLAlchemy Core tables; the address is sealed because it may carry an access key.
"""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Integer, String, Table, Text

from matcher.store.schema.columns import METADATA, flag, key, moment, number, string, uid
from matcher.store.sealing import Sealed

FEED = Table(
    "feed",
    METADATA,
    key(),
    uid(),
    Column("name", Text, nullable=False, unique=True),
    Column("url", Sealed, nullable=False),
    string("kind"),
    string("sender"),
    Column("mapping", JSON, nullable=False),
    Column("hosts", JSON, nullable=False),
    number("every_minutes"),
    string("state"),
    flag("paused"),
    string("etag"),
    string("last_modified"),
    number("rows"),
    number("failures"),
    number("lost"),
    flag("accepted"),
    string("code"),
    Column("args", JSON, nullable=False),
    moment("last_pull_at", nullable=True),
    moment("last_good_at", nullable=True),
    moment("next_try_at", nullable=True),
    moment("wait_until", nullable=True),
    moment("claimed_at", nullable=True),
    string("claimed_by"),
    moment("created_at"),
    sqlite_autoincrement=True,
)

FEED_POSTING = Table(
    "feed_posting",
    METADATA,
    Column("feed_key", ForeignKey("feed.key"), primary_key=True),
    Column("sender", Text, primary_key=True),
    Column("ref", Text, primary_key=True),
    flag("gone"),
    string("state_before"),
    moment("since"),
)

FEED_FILE = Table(
    "feed_file",
    METADATA,
    Column("feed_key", ForeignKey("feed.key"), primary_key=True),
    Column("digest", String(64), primary_key=True),
    string("name"),
    moment("done_at"),
)

FEED_EVENT = Table(
    "feed_event",
    METADATA,
    key(),
    Column("feed_key", Integer, ForeignKey("feed.key"), nullable=False, index=True),
    string("state"),
    number("rows"),
    number("stored"),
    number("updated"),
    number("unchanged"),
    number("withdrawn"),
    number("refused"),
    string("code"),
    Column("args", JSON, nullable=False),
    string("actor"),
    moment("at"),
    sqlite_autoincrement=True,
)
