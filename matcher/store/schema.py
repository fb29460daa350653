"""The tables.

In: nothing. Out: SQLAlchemy Core tables; what is sensitive stands in `Sealed` columns, which open only with the
key file, and every sealed row has a random `uid` that its seals are tied to.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.types import TypeDecorator

from matcher.store.sealing import Sealed


class Instant(TypeDecorator[datetime]):
    """A moment, kept as UTC in ISO form so that both databases sort and compare it alike."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        """Aware datetime → UTC text."""
        return None if value is None else value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: Any | None, dialect: Dialect) -> datetime | None:
        """UTC text → aware datetime."""
        return None if value is None else datetime.fromisoformat(value)


METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _key() -> Column[int]:
    """The primary key; never used again after a row is gone."""
    return Column("key", Integer, primary_key=True, autoincrement=True)


def _uid() -> Column[str]:
    """The random name of a row that its seals are tied to."""
    return Column("uid", String(32), nullable=False, unique=True)


def _string(name: str, *, index: bool = False) -> Column[str]:
    """A text column, "" where nothing is known."""
    return Column(name, Text, nullable=False, server_default="", index=index)


def _number(name: str, *, default: int = 0, index: bool = False) -> Column[int]:
    """A whole number with a default."""
    return Column(name, Integer, nullable=False, server_default=str(default), index=index)


def _flag(name: str) -> Column[bool]:
    """Yes or no, no by default."""
    return Column(name, Boolean, nullable=False, server_default=text("false"))


def _moment(name: str, *, nullable: bool = False) -> Column[datetime]:
    """A moment."""
    return Column(name, Instant, nullable=nullable)


KEY_CHECK = Table("key_check", METADATA, _key(), _uid(), Column("probe", Sealed, nullable=False))

WORKER = Table(
    "worker",
    METADATA,
    _key(),
    _uid(),
    _string("sender"),
    _string("ref", index=True),
    _string("name", index=True),
    _string("initials"),
    _string("home_code", index=True),
    _string("home_name"),
    _string("village", index=True),
    _string("id_index", index=True),
    _string("phone_index", index=True),
    _string("birth_index"),
    _string("digest"),
    Column("body", Sealed, nullable=False),
    Column("facts", Sealed),
    _number("revision", default=1),
    _moment("created_at"),
    _moment("updated_at"),
    UniqueConstraint("sender", "ref"),
    sqlite_autoincrement=True,
)

POSTING = Table(
    "posting",
    METADATA,
    _key(),
    _uid(),
    _string("sender"),
    _string("ref", index=True),
    _string("source_ref"),
    _string("title"),
    _string("employer"),
    _string("kind"),
    _string("place_code", index=True),
    _string("place_name"),
    _string("wage_text"),
    _string("occupation"),
    Column("openings", Integer),
    Column("published_on", Date),
    Column("deadline", Date),
    _string("state"),
    _string("state_note"),
    _string("digest"),
    Column("body", LargeBinary, nullable=False),
    Column("contact", Sealed, nullable=False),
    Column("facts", LargeBinary),
    _number("revision", default=1),
    _moment("created_at"),
    _moment("updated_at"),
    UniqueConstraint("sender", "ref"),
    sqlite_autoincrement=True,
)

TRAINING_CLASS = Table(
    "training_class",
    METADATA,
    _key(),
    _uid(),
    _string("sender"),
    _string("ref"),
    _string("title"),
    _string("provider"),
    _string("place_code"),
    Column("starts_on", Date),
    Column("enrol_until", Date),
    _string("digest"),
    Column("body", LargeBinary, nullable=False),
    Column("contact", Sealed, nullable=False),
    Column("facts", LargeBinary),
    _number("revision", default=1),
    _moment("created_at"),
    _moment("updated_at"),
    UniqueConstraint("sender", "ref"),
    sqlite_autoincrement=True,
)

MATCH_RUN = Table(
    "match_run",
    METADATA,
    _key(),
    _string("division"),
    _string("worker_ref"),
    Column("as_of", Date, nullable=False),
    _string("engine"),
    _string("policy_digest"),
    _string("reference_digest"),
    _string("state", index=True),
    Column("progress", Float, nullable=False, server_default="0"),
    _string("message"),
    _string("started_by"),
    _flag("cancel_requested"),
    Column("quality", JSON, nullable=False),
    _moment("created_at"),
    _moment("started_at", nullable=True),
    _moment("heartbeat_at", nullable=True),
    _moment("ended_at", nullable=True),
    sqlite_autoincrement=True,
)

PLAN = Table(
    "plan",
    METADATA,
    _key(),
    _uid(),
    Column("run_key", ForeignKey("match_run.key"), nullable=False),
    Column("worker_key", ForeignKey("worker.key"), nullable=False, index=True),
    Column("code", String(8), nullable=False, unique=True),
    _flag("current"),
    Column("made_on", Date, nullable=False),
    Column("valid_until", Date, nullable=False),
    _string("track"),
    _number("matches"),
    _number("missing"),
    _flag("has_training"),
    Column("score_sum", Float, nullable=False, server_default="0"),
    _number("priority"),
    Column("body", Sealed, nullable=False),
    Column("printed_on", Date),
    UniqueConstraint("run_key", "worker_key"),
    sqlite_autoincrement=True,
)
Index(
    "ix_plan_one_current",
    PLAN.c.worker_key,
    unique=True,
    sqlite_where=text("current"),
    postgresql_where=text("current"),
)

PLAN_MATCH = Table(
    "plan_match",
    METADATA,
    Column("plan_key", ForeignKey("plan.key"), primary_key=True),
    Column("rank", Integer, primary_key=True),
    Column("posting_key", ForeignKey("posting.key"), nullable=False, index=True),
)

PLAN_ANSWER = Table(
    "plan_answer",
    METADATA,
    _key(),
    _uid(),
    Column("plan_key", ForeignKey("plan.key"), nullable=False, index=True),
    Column("worker_key", ForeignKey("worker.key"), nullable=False, index=True),
    Column("posting_key", ForeignKey("posting.key"), nullable=False),
    _string("answer"),
    _string("posting_digest"),
    Column("answered_on", Date, nullable=False),
    Column("reason", Sealed, nullable=False),
    _string("actor"),
    _moment("recorded_at"),
    sqlite_autoincrement=True,
)

IMPORT_BATCH = Table(
    "import_batch",
    METADATA,
    _key(),
    _string("kind"),
    _string("sender"),
    _string("file_name"),
    _string("file_digest"),
    _number("rows"),
    _number("stored"),
    _number("updated"),
    _number("unchanged"),
    _number("refused"),
    _string("actor"),
    Column("report", JSON, nullable=False),
    _moment("imported_at"),
    sqlite_autoincrement=True,
)

COLUMN_MAPPING = Table(
    "column_mapping",
    METADATA,
    Column("sender", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("columns", JSON, nullable=False),
    _moment("updated_at"),
)

ACCOUNT = Table(
    "account",
    METADATA,
    _key(),
    Column("name", Text, nullable=False, unique=True),
    _string("role"),
    _string("division"),
    Column("villages", JSON, nullable=False),
    _string("password_hash"),
    _number("failures"),
    _flag("disabled"),
    _number("session_version", default=1),
    _moment("locked_until", nullable=True),
    _moment("created_at"),
    sqlite_autoincrement=True,
)

AUDIT_ENTRY = Table(
    "audit_entry",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    _moment("at"),
    _string("actor"),
    _string("origin"),
    _string("action"),
    _string("purpose"),
    _string("subject"),
    _string("fields"),
    _string("previous"),
    _string("link"),
)

TABLE_VERSION = Table("table_version", METADATA, Column("name", Text, primary_key=True), _number("changes"))

SETTING = Table(
    "setting",
    METADATA,
    _key(),
    _string("name", index=True),
    _string("value"),
    _string("actor"),
    _moment("since"),
    sqlite_autoincrement=True,
)
