"""The policy catalogue: versions of offers and questions, notices that reached people, what people said of themselves.

In: nothing. Out: SQLAlchemy Core tables; versions are added, never changed; what was said stands in `Sealed` columns.
"""

from __future__ import annotations

from sqlalchemy import JSON, Column, Date, Table

from matcher.store.schema.columns import METADATA, key, moment, person, string, uid
from matcher.store.sealing import Sealed

CATALOGUE_VERSION = Table(
    "catalogue_version",
    METADATA,
    key(),
    uid(),
    string("code", index=True),
    Column("body", JSON, nullable=False),
    string("actor"),
    moment("recorded_at"),
    sqlite_autoincrement=True,
)

CATALOGUE_QUESTION = Table(
    "catalogue_question",
    METADATA,
    key(),
    uid(),
    string("code", index=True),
    Column("body", JSON, nullable=False),
    string("actor"),
    moment("recorded_at"),
    sqlite_autoincrement=True,
)

NOTICE_ISSUE = Table(
    "notice_issue",
    METADATA,
    key(),
    uid(),
    person(),
    Column("issued_on", Date, nullable=False, index=True),
    string("how"),
    string("receipt"),
    Column("body", Sealed, nullable=False),
    string("actor"),
    moment("recorded_at"),
    moment("undone_at", nullable=True),
    string("undone_by"),
    sqlite_autoincrement=True,
)

FACT_ANSWER = Table(
    "fact_answer",
    METADATA,
    key(),
    uid(),
    person(),
    Column("answered_on", Date, nullable=False),
    Column("body", Sealed, nullable=False),
    string("actor"),
    moment("recorded_at"),
    sqlite_autoincrement=True,
)
