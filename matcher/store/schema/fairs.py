"""Tables of job fairs: fairs, booths, their postings, visitors, results, bus stops, PINs.

In: nothing. Out: SQLAlchemy Core tables; what is known of a visitor beyond name and village stands in `Sealed`
columns, and whatever hangs on a person goes with the person.
"""

from __future__ import annotations

from sqlalchemy import Column, ColumnElement, Date, ForeignKey, String, Table, UniqueConstraint, select

from matcher.store.schema.columns import METADATA, flag, key, moment, number, part_of, string, uid, village
from matcher.store.sealing import Sealed

FAIR = Table(
    "fair",
    METADATA,
    key(),
    uid(),
    Column("ref", String(40), nullable=False, unique=True),
    string("name"),
    string("division", index=True),
    string("owner", index=True),
    string("state"),
    Column("starts_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    *(string(name) for name in ("opens_at", "closes_at", "place", "note")),
    number("revision", default=1),
    moment("changed_at"),
    moment("base_at", nullable=True),
    moment("created_at"),
    sqlite_autoincrement=True,
)


def _ahead(table: Table) -> ColumnElement[bool]:
    """Rows of fairs that are not over yet."""
    return table.c.fair_key.in_(select(FAIR.c.key).where(FAIR.c.state.not_in(("closed", "reported"))))


FAIR_BOOTH = Table(
    "fair_booth",
    METADATA,
    key(),
    uid(),
    part_of("fair", "fair_key"),
    string("number"),
    number("position"),
    string("employer"),
    string("name_key", index=True),
    string("note"),
    moment("changed_at"),
    moment("base_at", nullable=True),
    UniqueConstraint("fair_key", "number"),
    sqlite_autoincrement=True,
)

FAIR_POSTING = Table(
    "fair_posting",
    METADATA,
    key(),
    part_of("fair_booth", "booth_key"),
    part_of("posting", "posting_key"),
    UniqueConstraint("booth_key", "posting_key"),
    sqlite_autoincrement=True,
)

FAIR_VISITOR = Table(
    "fair_visitor",
    METADATA,
    key(),
    uid(),
    part_of("fair", "fair_key"),
    Column("worker_key", ForeignKey("worker.key", ondelete="CASCADE"), index=True),
    Column("code", String(8), nullable=False, unique=True),
    string("name"),
    string("initials"),
    string("home_code"),
    string("home_name"),
    village("home_code", still=_ahead),
    string("tail_index", index=True),
    flag("invited"),
    flag("away"),
    moment("arrived_at", nullable=True),
    string("arrived_by"),
    Column("body", Sealed, nullable=False),
    moment("changed_at"),
    moment("base_at", nullable=True),
    UniqueConstraint("fair_key", "worker_key"),
    sqlite_autoincrement=True,
)

FAIR_RESULT = Table(
    "fair_result",
    METADATA,
    key(),
    uid(),
    part_of("fair_visitor", "visitor_key"),
    part_of("fair_posting", "booth_posting_key"),
    string("result"),
    string("posting_digest"),
    Column("body", Sealed, nullable=False),
    Column("other", Sealed),
    moment("at"),
    string("by"),
    moment("base_at", nullable=True),
    string("fed"),
    UniqueConstraint("visitor_key", "booth_posting_key"),
    sqlite_autoincrement=True,
)

FAIR_STOP = Table(
    "fair_stop",
    METADATA,
    key(),
    part_of("fair", "fair_key"),
    string("home_code"),
    village("home_code", still=_ahead),
    *(string(name) for name in ("place", "leaves_at")),
    UniqueConstraint("fair_key", "home_code", "village"),
    sqlite_autoincrement=True,
)

FAIR_PIN = Table(
    "fair_pin",
    METADATA,
    key(),
    part_of("fair", "fair_key"),
    string("room"),
    string("pin_hash"),
    number("version"),
    moment("made_at"),
    UniqueConstraint("fair_key", "room"),
    sqlite_autoincrement=True,
)
