"""Tables of the exchange by file: who this office is, what both sides last agreed on, conflicts, slip codes put aside.

In: nothing. Out: SQLAlchemy Core tables; contents and their digests stand in `Sealed` columns.
"""

from __future__ import annotations

from sqlalchemy import JSON, Column, String, Table, UniqueConstraint

from matcher.store.schema.columns import (
    METADATA,
    Follows,
    flag,
    key,
    moment,
    number,
    person,
    string,
    uid,
    village,
    villages,
)
from matcher.store.sealing import Sealed

SLICE_OFFICE = Table(
    "slice_office",
    METADATA,
    key(),
    string("office"),
    string("family"),
    number("last_number"),
    moment("made_at"),
    sqlite_autoincrement=True,
)
"""One row: the random name of this office, and that of the office all its slices began with."""

SLICE_BASE = Table(
    "slice_base",
    METADATA,
    key(),
    uid(),
    string("peer"),
    string("mark"),
    person(nullable=True),
    number("number"),
    number("own_number"),
    flag("decided"),
    Column("body", Sealed, nullable=False),
    UniqueConstraint("peer", "mark"),
    sqlite_autoincrement=True,
)
"""What was last taken in from each other office, by a keyed mark of the record: in which of its files, after which of
our own, and whether somebody decided a conflict then."""

SLICE_CONFLICT = Table(
    "slice_conflict",
    METADATA,
    key(),
    uid(),
    string("peer"),
    string("mark", index=True),
    string("kind"),
    person(nullable=True),
    string("home_code", index=True),
    village("home_code", still=lambda table: table.c.state == "open"),
    string("state", index=True),
    number("number"),
    Column("body", Sealed, nullable=False),
    Column("undo", Sealed),
    string("theirs_by"),
    moment("theirs_at", nullable=True),
    moment("found_at"),
    string("decided_by"),
    moment("decided_at", nullable=True),
    sqlite_autoincrement=True,
)

SLICE_EVENT = Table(
    "slice_event",
    METADATA,
    key(),
    string("way", index=True),
    string("file_id", index=True),
    string("peer"),
    string("division"),
    villages("division", Follows.NEVER),
    number("people"),
    Column("figures", JSON, nullable=False),
    string("actor"),
    moment("at"),
    sqlite_autoincrement=True,
)
"""Every slice that went out or came in."""

SLICE_CODE = Table(
    "slice_code",
    METADATA,
    Column("code", String(8), primary_key=True),
    flag("own"),
)
"""Slip codes put aside for another office; `own` = given to this one, to be used for its next sheets."""
