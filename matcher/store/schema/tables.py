"""The tables of the first release.

In: nothing. Out: SQLAlchemy Core tables; what is sensitive stands in `Sealed` columns, which open only with the
key file, and every sealed row has a random `uid` that its seals are tied to.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from matcher.store.schema.columns import METADATA, Follows, flag, key, moment, number, string, uid, village, villages
from matcher.store.sealing import Sealed

KEY_CHECK = Table("key_check", METADATA, key(), uid(), Column("probe", Sealed, nullable=False))

WORKER = Table(
    "worker",
    METADATA,
    key(),
    uid(),
    string("sender"),
    string("ref", index=True),
    string("name", index=True),
    string("initials"),
    string("home_code", index=True),
    string("home_name"),
    village("home_code", Follows.OWN, index=True),
    string("id_index", index=True),
    string("phone_index", index=True),
    string("birth_index", index=True),
    string("household_index", index=True),
    Column("merged_into", Integer),
    string("digest"),
    Column("body", Sealed, nullable=False),
    Column("facts", Sealed),
    number("revision", default=1),
    moment("created_at"),
    moment("updated_at"),
    UniqueConstraint("sender", "ref"),
    sqlite_autoincrement=True,
)

POSTING = Table(
    "posting",
    METADATA,
    key(),
    uid(),
    string("sender"),
    string("ref", index=True),
    string("source_ref"),
    string("title"),
    string("employer"),
    string("kind"),
    string("place_code", index=True),
    string("place_name"),
    string("wage_text"),
    string("occupation"),
    Column("occupation_confidence", Float),
    Column("openings", Integer),
    Column("published_on", Date),
    Column("deadline", Date),
    string("state"),
    string("state_note"),
    string("text_digest"),
    string("cleared_digest"),
    number("taken"),
    number("taken_of"),
    Column("checked_on", Date),
    string("checked_by"),
    string("checked_how"),
    string("digest"),
    Column("body", LargeBinary, nullable=False),
    Column("contact", Sealed, nullable=False),
    Column("facts", LargeBinary),
    number("revision", default=1),
    number("first_change"),
    number("change", index=True),
    moment("created_at"),
    moment("updated_at"),
    UniqueConstraint("sender", "ref"),
    sqlite_autoincrement=True,
)

TRAINING_CLASS = Table(
    "training_class",
    METADATA,
    key(),
    uid(),
    string("sender"),
    string("ref"),
    string("title"),
    string("provider"),
    string("place_code"),
    Column("starts_on", Date),
    Column("enrol_until", Date),
    string("digest"),
    Column("body", LargeBinary, nullable=False),
    Column("contact", Sealed, nullable=False),
    Column("facts", LargeBinary),
    number("revision", default=1),
    moment("created_at"),
    moment("updated_at"),
    UniqueConstraint("sender", "ref"),
    sqlite_autoincrement=True,
)

MATCH_RUN = Table(
    "match_run",
    METADATA,
    key(),
    string("division"),
    string("worker_ref"),
    Column("as_of", Date, nullable=False),
    string("engine"),
    string("policy_digest"),
    string("reference_digest"),
    string("state", index=True),
    Column("progress", Float, nullable=False, server_default="0"),
    string("message"),
    string("started_by"),
    flag("cancel_requested"),
    Column("quality", JSON, nullable=False),
    moment("created_at"),
    moment("started_at", nullable=True),
    moment("heartbeat_at", nullable=True),
    moment("ended_at", nullable=True),
    sqlite_autoincrement=True,
)

PLAN = Table(
    "plan",
    METADATA,
    key(),
    uid(),
    Column("run_key", ForeignKey("match_run.key"), nullable=False),
    Column("worker_key", ForeignKey("worker.key"), nullable=False, index=True),
    Column("code", String(8), nullable=False, unique=True),
    flag("current"),
    Column("made_on", Date, nullable=False),
    Column("valid_until", Date, nullable=False),
    string("track"),
    number("matches"),
    number("missing"),
    flag("has_training"),
    Column("score_sum", Float, nullable=False, server_default="0"),
    number("priority"),
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
    key(),
    uid(),
    Column("plan_key", ForeignKey("plan.key"), nullable=False, index=True),
    Column("worker_key", ForeignKey("worker.key"), nullable=False, index=True),
    Column("posting_key", ForeignKey("posting.key"), nullable=False),
    string("answer"),
    string("posting_digest"),
    Column("answered_on", Date, nullable=False),
    Column("reason", Sealed, nullable=False),
    string("actor"),
    moment("recorded_at"),
    sqlite_autoincrement=True,
)

IMPORT_BATCH = Table(
    "import_batch",
    METADATA,
    key(),
    string("kind"),
    string("sender"),
    string("file_name"),
    string("file_digest"),
    number("rows"),
    number("stored"),
    number("updated"),
    number("unchanged"),
    number("refused"),
    string("actor"),
    Column("report", JSON, nullable=False),
    moment("imported_at"),
    sqlite_autoincrement=True,
)

COLUMN_MAPPING = Table(
    "column_mapping",
    METADATA,
    Column("sender", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("columns", JSON, nullable=False),
    moment("updated_at"),
)

ACCOUNT = Table(
    "account",
    METADATA,
    key(),
    Column("name", Text, nullable=False, unique=True),
    string("role"),
    string("division"),
    villages("division", Follows.OWN),
    string("password_hash"),
    number("failures"),
    flag("disabled"),
    flag("must_change"),
    number("session_version", default=1),
    moment("locked_until", nullable=True),
    moment("signed_in_at", nullable=True),
    moment("created_at"),
    sqlite_autoincrement=True,
)

AUDIT_ENTRY = Table(
    "audit_entry",
    METADATA,
    Column("number", Integer, primary_key=True, autoincrement=False),
    moment("at"),
    string("actor"),
    string("origin"),
    string("action"),
    string("purpose"),
    string("subject"),
    string("fields"),
    string("previous"),
    string("link"),
)

TABLE_VERSION = Table("table_version", METADATA, Column("name", Text, primary_key=True), number("changes"))

SETTING = Table(
    "setting",
    METADATA,
    key(),
    string("name", index=True),
    string("value"),
    string("actor"),
    moment("since"),
    sqlite_autoincrement=True,
)
