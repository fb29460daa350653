"""Tables of what staff say beside rosters and catalogues: corrected facts, changes of life, classes as run.

In: nothing. Out: SQLAlchemy Core tables; what was said of a person stands in `Sealed` columns. Which work people wish
and which class a plan names stand in clear, as which posting it names does: they are counted, never searched by name.
"""

from __future__ import annotations

from sqlalchemy import JSON, Column, Date, ForeignKey, Integer, String, Table, Text, UniqueConstraint

from matcher.store.schema.columns import METADATA, Follows, flag, key, moment, number, person, string, uid, village
from matcher.store.sealing import Sealed

FACT_CORRECTION = Table(
    "fact_correction",
    METADATA,
    key(),
    uid(),
    person(),
    Column("change_key", Integer, index=True),
    Column("body", Sealed, nullable=False),
    string("actor"),
    moment("recorded_at"),
    moment("undone_at", nullable=True),
    string("undone_by"),
    sqlite_autoincrement=True,
)

LIFE_CHANGE = Table(
    "life_change",
    METADATA,
    key(),
    uid(),
    person(),
    string("kind", index=True),
    Column("happened_on", Date, nullable=False),
    Column("batch", String(32), nullable=False, server_default="", index=True),
    Column("body", Sealed, nullable=False),
    string("actor"),
    moment("recorded_at"),
    moment("undone_at", nullable=True),
    string("undone_by"),
    sqlite_autoincrement=True,
)

VILLAGE_MERGE = Table(
    "village_merge",
    METADATA,
    key(),
    Column("batch", String(32), nullable=False, unique=True),
    string("from_code"),
    village("from_code", Follows.NEVER, name="from_village"),
    string("into_code"),
    village("into_code", Follows.NEVER, name="into_village"),
    number("people"),
    string("accounts"),
    Column("happened_on", Date, nullable=False),
    string("actor"),
    moment("recorded_at"),
    moment("undone_at", nullable=True),
    string("undone_by"),
    sqlite_autoincrement=True,
)

VILLAGE_FOLLOW = Table(
    "village_follow",
    METADATA,
    key(),
    Column("batch", String(32), nullable=False, index=True),
    string("of_table"),
    number("row_key"),
    Column("was", JSON, nullable=False),
    Column("became", JSON, nullable=False),
    sqlite_autoincrement=True,
)
"""Each row that went with a village, with what stood there before and after: taking it back needs no guess."""

ENROLMENT = Table(
    "enrolment",
    METADATA,
    key(),
    person(),
    Column("class_key", ForeignKey("training_class.key"), nullable=False, index=True),
    string("state"),
    string("actor"),
    moment("changed_at"),
    UniqueConstraint("worker_key", "class_key"),
    sqlite_autoincrement=True,
)

CLASS_EDIT = Table(
    "class_edit",
    METADATA,
    Column("class_key", ForeignKey("training_class.key", ondelete="CASCADE"), primary_key=True),
    Column("seats", Integer),
    Column("starts_on", Date),
    Column("ends_on", Date),
    Column("enrol_until", Date),
    flag("cancelled"),
    string("actor"),
    moment("edited_at"),
)

PLAN_CLASS = Table(
    "plan_class",
    METADATA,
    Column("plan_key", ForeignKey("plan.key"), primary_key=True),
    Column("class_key", ForeignKey("training_class.key"), nullable=False, index=True),
)

WORKER_WISH = Table(
    "worker_wish",
    METADATA,
    person(primary=True),
    Column("occupation", Text, primary_key=True, index=True),
)
