"""What is done at the desk: changes of plans by hand, what people concede, who was told that a posting is filled.

In: nothing. Out: SQLAlchemy Core tables; reasons, limits set aside and words of people stand in `Sealed` columns.
"""

from __future__ import annotations

from sqlalchemy import JSON, Column, Date, ForeignKey, Table, UniqueConstraint

from matcher.store.schema.columns import METADATA, key, moment, string, uid
from matcher.store.sealing import Sealed


def _worker() -> Column[int]:
    """A person; what hangs on a person goes with the person."""
    return Column("worker_key", ForeignKey("worker.key", ondelete="CASCADE"), nullable=False, index=True)


PLAN_CHOICE = Table(
    "plan_choice",
    METADATA,
    key(),
    uid(),
    _worker(),
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
    _worker(),
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
    _worker(),
    Column("posting_key", ForeignKey("posting.key"), nullable=False, index=True),
    Column("told_on", Date, nullable=False),
    string("actor"),
    moment("recorded_at"),
    UniqueConstraint("worker_key", "posting_key"),
    sqlite_autoincrement=True,
)
