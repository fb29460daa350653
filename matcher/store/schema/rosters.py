"""What rosters leave behind beside people: rows that wait for a person, questions, changes, cases, merges.

In: nothing. Out: SQLAlchemy Core tables; whatever was said of a person stands in `Sealed` columns.
"""

from __future__ import annotations

from sqlalchemy import Column, Date, Integer, Table, UniqueConstraint

from matcher.store.schema.columns import METADATA, flag, key, moment, number, person, string, uid, village
from matcher.store.sealing import Sealed

IMPORT_REVIEW = Table(
    "import_review",
    METADATA,
    key(),
    uid(),
    number("import_key", index=True),
    string("sender"),
    string("mark"),
    string("home_code", index=True),
    village("home_code", still=lambda table: table.c.state == "open"),
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
    person(),
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
)

ROSTER_MEMBER = Table(
    "roster_member",
    METADATA,
    string("sender"),
    person(),
    number("import_key"),
    flag("fell_out"),
    UniqueConstraint("sender", "worker_key"),
)

ROSTER_CHANGE = Table(
    "roster_change",
    METADATA,
    key(),
    number("import_key", index=True),
    person(),
    string("kind"),
    string("was"),
    string("now"),
    sqlite_autoincrement=True,
)

SERVICE_CASE = Table(
    "service_case",
    METADATA,
    key(),
    person(),
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
)

PERSON_MERGE = Table(
    "person_merge",
    METADATA,
    key(),
    uid(),
    person("kept_key"),
    person("gone_key"),
    Column("plan_key", Integer),
    Column("body", Sealed, nullable=False),
    string("merged_digest"),
    string("actor"),
    moment("merged_at"),
    moment("undone_at", nullable=True),
    sqlite_autoincrement=True,
)
