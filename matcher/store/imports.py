"""Imports as they were done: which file, from whom, what came of it; the report carries masked values only.

In: the figures and the report of an import. Out: the list of imports, newest first.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import insert, select

from matcher.domain.errors import RecordNotFound
from matcher.store.context import StoreContext
from matcher.store.schema import IMPORT_BATCH

JsonValue = str | int | float | bool | None | list["JsonValue"] | dict[str, "JsonValue"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportRecord:
    """One file as imported; `report` is what the importer wants kept, ready for JSON."""

    kind: str
    sender: str
    file_name: str
    file_digest: str = ""
    rows: int = 0
    stored: int = 0
    updated: int = 0
    unchanged: int = 0
    refused: int = 0
    report: dict[str, JsonValue] = field(default_factory=dict)
    key: int | None = None
    actor: str = ""
    imported_at: datetime | None = None


_COLUMNS = ("kind", "sender", "file_name", "file_digest", "rows", "stored", "updated", "unchanged", "refused", "report")


class Imports:
    """The table of imports inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def record(self, done: ImportRecord) -> int:
        """Keeps an import; its key."""
        row = {name: getattr(done, name) for name in _COLUMNS}
        row |= {"actor": done.actor or self._context.actor, "imported_at": self._context.clock()}
        inserted = self._context.connection.execute(insert(IMPORT_BATCH).values(row)).inserted_primary_key
        return int(inserted[0]) if inserted is not None else 0

    def get(self, key: int) -> ImportRecord:
        """One import."""
        row = self._context.connection.execute(select(IMPORT_BATCH).where(IMPORT_BATCH.c.key == key)).mappings().first()
        if row is None:
            raise RecordNotFound("没有这次导入", ref=str(key))
        return ImportRecord(**row)

    def last_sender(self, kind: str, actor: str) -> str:
        """Whose file of a kind this account handed in last, "" where none."""
        c = IMPORT_BATCH.c
        query = select(c.sender).where(c.kind == kind, c.actor == actor).order_by(c.key.desc()).limit(1)
        return self._context.connection.scalar(query) or ""

    def recent(self, limit: int = 50, *, before: int | None = None, actor: str = "") -> list[ImportRecord]:
        """The newest imports, or those before one, newest first; only of one account where it is named."""
        c = IMPORT_BATCH.c
        query = select(IMPORT_BATCH).order_by(c.key.desc()).limit(limit)
        query = query if before is None else query.where(c.key < before)
        query = query.where(c.actor == actor) if actor else query
        return [ImportRecord(**row) for row in self._context.connection.execute(query).mappings()]
