"""Tables of village coordinators: people, their villages, trainings, attendance and reviews, villages without need.

In: nothing. Out: SQLAlchemy Core tables; phones, contracts and free text stand in `Sealed` columns.
"""

from __future__ import annotations

from sqlalchemy import Column, Date, Float, ForeignKey, Table, UniqueConstraint

from matcher.store.schema.columns import METADATA, Follows, key, moment, number, string, uid, village
from matcher.store.sealing import Sealed

COORDINATOR = Table(
    "coordinator",
    METADATA,
    key(),
    uid(),
    string("name"),
    string("division", index=True),
    string("source"),
    string("account", index=True),
    Column("started_on", Date, nullable=False),
    Column("ended_on", Date),
    Column("contract_until", Date),
    Column("body", Sealed, nullable=False),
    string("actor"),
    moment("changed_at"),
    number("revision", default=1),
    sqlite_autoincrement=True,
)

COORDINATOR_VILLAGE = Table(
    "coordinator_village",
    METADATA,
    key(),
    Column("coordinator_key", ForeignKey("coordinator.key"), nullable=False, index=True),
    string("code", index=True),
    village("code", still=lambda table: table.c.until.is_(None)),
    Column("since", Date, nullable=False),
    Column("until", Date),
    string("actor"),
    moment("recorded_at"),
    sqlite_autoincrement=True,
)

COORDINATOR_EVENT = Table(
    "coordinator_event",
    METADATA,
    key(),
    uid(),
    Column("coordinator_key", ForeignKey("coordinator.key"), nullable=False, index=True),
    string("kind"),
    Column("happened_on", Date, nullable=False),
    string("result"),
    Column("hours", Float, nullable=False, server_default="0"),
    Column("body", Sealed, nullable=False),
    string("actor"),
    moment("recorded_at"),
    sqlite_autoincrement=True,
)

VILLAGE_NOT_NEEDED = Table(
    "village_not_needed",
    METADATA,
    key(),
    uid(),
    string("code", index=True),
    village("code", Follows.RENAMED),
    Column("said_on", Date, nullable=False),
    Column("body", Sealed, nullable=False),
    string("actor"),
    moment("recorded_at"),
    UniqueConstraint("code", "village"),
    sqlite_autoincrement=True,
)
