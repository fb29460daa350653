"""What stood before an import changed it, and which imports were taken back.

In: the tables imports write to. Out: a table of versions beside each, with the same columns: rows are copied as they
are, so what is sealed stays sealed to its row and nothing is opened.
"""

from __future__ import annotations

from sqlalchemy import JSON, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from matcher.store.schema.columns import METADATA, flag, key, moment, number, string
from matcher.store.schema.tables import POSTING, TRAINING_CLASS, WORKER

OWN_COLUMNS = ("key", "import_key", "record_key", "inserted", "revision_after")
"""What a version says of itself; every other column is the record's."""


def _versions_of(source: Table, name: str) -> Table:
    """The table of versions of one table; a record an import made has no columns filled in: nothing stood before."""
    copied = [Column(column.name, column.type, nullable=True) for column in source.c if column.name != "key"]
    table = Table(
        name,
        METADATA,
        key(),
        Column("import_key", ForeignKey("import_batch.key"), nullable=False),
        Column("record_key", Integer, nullable=False),
        flag("inserted"),
        number("revision_after"),
        *copied,
        UniqueConstraint("import_key", "record_key"),
        sqlite_autoincrement=True,
    )
    Index(f"ix_{name}_record_key", table.c.record_key)
    return table


WORKER_VERSION = _versions_of(WORKER, "worker_version")
POSTING_VERSION = _versions_of(POSTING, "posting_version")
CLASS_VERSION = _versions_of(TRAINING_CLASS, "class_version")

VERSIONS = {WORKER.name: WORKER_VERSION, POSTING.name: POSTING_VERSION, TRAINING_CLASS.name: CLASS_VERSION}
"""Name of a table → its versions."""

IMPORT_UNDO = Table(
    "import_undo",
    METADATA,
    Column("import_key", ForeignKey("import_batch.key"), primary_key=True),
    number("removed"),
    number("restored"),
    number("withdrawn"),
    Column("kept", JSON, nullable=False),
    string("actor"),
    moment("undone_at"),
)

IMPORT_MARK = Table(
    "import_mark",
    METADATA,
    Column("import_key", ForeignKey("import_batch.key"), primary_key=True),
    Column("ticket", Text, unique=True),
    number("last_plan"),
    number("last_answer"),
)
"""Which upload became this import (a ticket is taken once), and which plans and answers there were before it."""
