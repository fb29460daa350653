"""The journal of an import: every record of people, postings or classes it is about to change is copied first.

In: a connection, a table and keys. Out: rows in the table of versions, copied inside the database: sealed columns are
never opened, and a hundred thousand rows cost seconds. Where no import is being kept nothing is written.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, Table, exists, false, insert, literal, select, true, update

from matcher.store.schema import OWN_COLUMNS, VERSIONS

_CHUNK = 500


@dataclass(slots=True)
class Journal:
    """Which import the changes of a unit of work belong to, None where to none."""

    import_key: int | None = None

    def note_inserted(self, connection: Connection, table: Table, after_key: int) -> None:
        """The rows with keys above `after_key` are new: nothing stood before."""
        versions = VERSIONS.get(table.name)
        if self.import_key is None or versions is None:
            return
        fresh = select(literal(self.import_key), table.c.key, true(), table.c.revision).where(table.c.key > after_key)
        names = ["import_key", "record_key", "inserted", "revision_after"]
        connection.execute(insert(versions).from_select(names, fresh))

    def note_before(self, connection: Connection, table: Table, keys: Sequence[int]) -> None:
        """The rows of these keys are about to change; what this import already noted stays."""
        versions = VERSIONS.get(table.name)
        if self.import_key is None or versions is None:
            return
        copied = [column for column in versions.c if column.name not in OWN_COLUMNS]
        known = exists().where(versions.c.import_key == self.import_key, versions.c.record_key == table.c.key)
        own = [literal(self.import_key), table.c.key, false()]
        names = ["import_key", "record_key", "inserted", *(column.name for column in copied)]
        for start in range(0, len(keys), _CHUNK):
            wanted = table.c.key.in_(keys[start : start + _CHUNK])
            rows = select(*own, *(table.c[column.name] for column in copied)).where(wanted, ~known)
            connection.execute(insert(versions).from_select(names, rows))

    def close(self, connection: Connection) -> None:
        """Notes in which revision the import left its records; from now on nothing is kept."""
        for name, versions in VERSIONS.items():
            table = versions.metadata.tables[name]
            now = select(table.c.revision).where(table.c.key == versions.c.record_key).scalar_subquery()
            connection.execute(
                update(versions).where(versions.c.import_key == self.import_key).values(revision_after=now)
            )
        self.import_key = None
