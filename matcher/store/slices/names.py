"""What a row is called in every office: its random name, or sender and reference.

In: keys of this database, or names out of a file. Out: the one for the other; nothing where there is no such row.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Table, select

from matcher.store.context import StoreContext, chunks
from matcher.store.schema import MATCH_RUN, POSTING, TRAINING_CLASS, WORKER

SEPARATOR = "\x1f"
_SPELLED = {
    POSTING.name: ("sender", "ref"),
    TRAINING_CLASS.name: ("sender", "ref"),
    MATCH_RUN.name: ("created_at", "division", "worker_ref", "started_by"),
}
"""Tables whose rows are told apart by what they say; they are read whole. All others have a uid."""


def name_columns(table: Table) -> tuple[str, ...]:
    """The columns that name a row of a table everywhere."""
    return _SPELLED.get(table.name, ("uid",))


def spelled(values: Collection[Any]) -> str:
    """A name made of several values."""
    return SEPARATOR.join(value.isoformat() if hasattr(value, "isoformat") else str(value) for value in values)


class Names:
    """Keys and names of the rows of one database, looked up once."""

    def __init__(self, context: StoreContext) -> None:
        self._connection = context.connection
        self._by_key: dict[str, dict[int, str]] = {}
        self._by_name: dict[str, dict[str, int]] = {}
        self._whole: set[str] = set()

    def ready(self, table: Table, *, keys: Collection[int] = (), names: Collection[str] = ()) -> None:
        """Looks up many at once."""
        known_keys, known_names = self._maps(table)
        if table.name in _SPELLED:
            self._read_whole(table)
            return
        for column, wanted in (
            (table.c.key, [key for key in keys if key not in known_keys]),
            (table.c.uid, [name for name in names if name not in known_names]),
        ):
            for part in chunks(list(dict.fromkeys(wanted))):
                query = select(table.c.key, table.c.uid).where(column.in_(part))
                self._take(table, self._connection.execute(query).all())

    def name_of(self, table: Table, key: int | None) -> str:
        """The name of a row, "" where there is none."""
        if key is None:
            return ""
        self.ready(table, keys=[key])
        return self._maps(table)[0].get(key, "")

    def key_of(self, table: Table, name: str) -> int | None:
        """The key of a name, None where there is none."""
        if not name:
            return None
        self.ready(table, names=[name])
        return self._maps(table)[1].get(name)

    def note(self, table: Table, name: str, key: int) -> None:
        """A name that leads to a row which is called otherwise here, or is new."""
        known_keys, known_names = self._maps(table)
        known_names[name] = key
        known_keys.setdefault(key, name)

    def noted(self, table: Table, row: Mapping[str, Any]) -> None:
        """A row that has just been read."""
        if name_columns(table) == ("uid",) and "uid" in row and table is not WORKER:
            self.note(table, row["uid"], row["key"])

    def forget(self, table: Table, name: str) -> None:
        """A row that may have another key by now, or none."""
        known_keys, known_names = self._maps(table)
        key = known_names.pop(name, None)
        if key is not None:
            known_keys.pop(key, None)

    def _maps(self, table: Table) -> tuple[dict[int, str], dict[str, int]]:
        """What is known of a table."""
        return self._by_key.setdefault(table.name, {}), self._by_name.setdefault(table.name, {})

    def _read_whole(self, table: Table) -> None:
        """All names of a small table."""
        if table.name not in self._whole:
            self._whole.add(table.name)
            columns = [table.c[name] for name in name_columns(table)]
            self._take(table, self._connection.execute(select(table.c.key, *columns)).all())

    def _take(self, table: Table, rows: Iterable[Any]) -> None:
        """Notes rows of key and naming columns."""
        known_keys, known_names = self._maps(table)
        for row in rows:
            known_keys[int(row[0])] = name = spelled(row[1:])
            known_names[name] = int(row[0])
