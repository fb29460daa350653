"""What is done at the desk: changes of plans by hand, what people concede, who was told that a posting is filled.

In: nothing. Out: SQLAlchemy Core tables; reasons, limits set aside and words of people stand in `Sealed` columns.
"""

from __future__ import annotations

from sqlalchemy import JSON, Column, Date, ForeignKey, Table, UniqueConstraint

from matcher.store.schema.columns import METADATA, key, moment, person, string, uid
from matcher.store.sealing import Sealed

PLAN_CHOICE = Table(
    "plan_choice",
    METADATA,
    key(),
    uid(),
    person(),
    Column("plan_key", ForeignKey("plan.key"), nullable=False, index=True),
    Column("from_plan_key", ForeignKey("plan.key"), nullable=False),
    string("verb"),
    Column("came_key", ForeignKey("posting.key")),
    Column("left_key", ForeignKey("posting.key")),
    Column("given", JSON, nullable=False),
    Column("taken", JSON, nullable=False),
    Column("body", Sealed, nullable=False),
    string("actor"),
    moment("chosen_at"),
    sqlite_autoincrement=True,
)

CONCESSION = Table(
    "concession",
    METADATA,
    key(),
    uid(),
    person(),
    Column("body", Sealed, nullable=False),
    Column("said_on", Date, nullable=False),
    string("actor"),
    moment("recorded_at"),
    sqlite_autoincrement=True,
)

HOLDER_TOLD = Table(
    "holder_told",
    METADATA,
    key(),
    person(),
    Column("posting_key", ForeignKey("posting.key"), nullable=False, index=True),
    Column("told_on", Date, nullable=False),
    string("actor"),
    moment("recorded_at"),
    UniqueConstraint("worker_key", "posting_key"),
    sqlite_autoincrement=True,
)
