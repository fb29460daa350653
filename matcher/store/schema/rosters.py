"""What rosters leave behind beside people: rows that wait for a person, questions, changes, cases, merges.

In: nothing. Out: SQLAlchemy Core tables; whatever was said of a person stands in `Sealed` columns.
"""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Integer, Table, Text, UniqueConstraint

from matcher.store.schema.columns import METADATA, flag, key, moment, number, string, uid
from matcher.store.sealing import Sealed

_GOES_WITH_PERSON = {"goes_with_record": True}
"""A row that keeps nobody from being taken back or erased."""


def _worker(name: str = "worker_key") -> Column[int]:
    """A person; what hangs on a person goes with the person."""
    return Column(name, ForeignKey("worker.key", ondelete="CASCADE"), nullable=False, index=True)


IMPORT_REVIEW = Table(
    "import_review",
    METADATA,
    key(),
    uid(),
    number("import_key", index=True),
    string("sender"),
    string("mark"),
    string("home_code", index=True),
    string("village"),
    string("state", index=True),
    Column("worker_key", Integer),
    Column("body", Sealed, nullable=False),
    string("decided_by"),
    moment("decided_at", nullable=True),
    moment("created_at"),
    UniqueConstraint("sender", "mark"),
    sqlite_autoincrement=True,
)

PERSON_QUESTION = Table(
    "person_question",
    METADATA,
    key(),
    uid(),
    _worker(),
    string("mark"),
    string("state", index=True),
    Column("asked_on", Date, nullable=False),
    number("import_key", index=True),
    Column("body", Sealed, nullable=False),
    Column("answer", Sealed),
    string("answered_by"),
    moment("answered_at", nullable=True),
    UniqueConstraint("worker_key", "mark"),
    sqlite_autoincrement=True,
    info=_GOES_WITH_PERSON,
)

ROSTER_MEMBER = Table(
    "roster_member",
    METADATA,
    Column("sender", Text, primary_key=True),
    Column("worker_key", ForeignKey("worker.key", ondelete="CASCADE"), primary_key=True, index=True),
    number("import_key"),
    flag("fell_out"),
    info=_GOES_WITH_PERSON,
)

ROSTER_CHANGE = Table(
    "roster_change",
    METADATA,
    key(),
    number("import_key", index=True),
    _worker(),
    string("kind"),
    string("was"),
    string("now"),
    sqlite_autoincrement=True,
    info=_GOES_WITH_PERSON,
)

SERVICE_CASE = Table(
    "service_case",
    METADATA,
    key(),
    _worker(),
    string("entry_type"),
    string("state", index=True),
    Column("opened_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("closed_on", Date),
    Column("previous_key", Integer),
    number("import_key", index=True),
    number("closing_import_key", index=True),
    moment("created_at"),
    sqlite_autoincrement=True,
    info=_GOES_WITH_PERSON,
)

PERSON_MERGE = Table(
    "person_merge",
    METADATA,
    key(),
    uid(),
    _worker("kept_key"),
    _worker("gone_key"),
    Column("plan_key", Integer),
    Column("body", Sealed, nullable=False),
    string("merged_digest"),
    string("actor"),
    moment("merged_at"),
    moment("undone_at", nullable=True),
    sqlite_autoincrement=True,
)
