"""Imports as they were done: which file, from whom, what came of it; the report carries masked values only.

In: the figures and the report of an import. Out: the list of imports, newest first.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import ColumnElement, insert, literal, or_, select, true

from matcher.domain.clients import PROGRAM
from matcher.domain.errors import RecordNotFound
from matcher.store.context import StoreContext, within
from matcher.store.schema import ACCOUNT, API_CLIENT, IMPORT_BATCH

JsonValue = str | int | float | bool | None | list["JsonValue"] | dict[str, "JsonValue"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportsSeen:
    """Whose imports somebody may see: one's own, and those of accounts and programs of a division; "" = all."""

    actor: str = ""
    division: str = ""
    only_own: bool = False


EVERYBODY = ImportsSeen()


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

    def get(self, key: int, *, seen: ImportsSeen = EVERYBODY) -> ImportRecord:
        """One import; RecordNotFound where there is none, or none that may be seen."""
        query = select(IMPORT_BATCH).where(IMPORT_BATCH.c.key == key, _seen(seen))
        row = self._context.connection.execute(query).mappings().first()
        if row is None:
            raise RecordNotFound("没有这次导入，或不在您的范围内", ref=str(key))
        return ImportRecord(**row)

    def last_sender(self, kind: str, actor: str) -> str:
        """Whose file of a kind this account handed in last, "" where none."""
        c = IMPORT_BATCH.c
        query = select(c.sender).where(c.kind == kind, c.actor == actor).order_by(c.key.desc()).limit(1)
        return self._context.connection.scalar(query) or ""

    def recent(
        self, limit: int = 50, *, before: int | None = None, seen: ImportsSeen = EVERYBODY
    ) -> list[ImportRecord]:
        """The newest imports that may be seen, or those before one, newest first."""
        c = IMPORT_BATCH.c
        query = select(IMPORT_BATCH).where(_seen(seen)).order_by(c.key.desc()).limit(limit)
        query = query if before is None else query.where(c.key < before)
        return [ImportRecord(**row) for row in self._context.connection.execute(query).mappings()]


def _seen(seen: ImportsSeen) -> ColumnElement[bool]:
    """The imports somebody may see."""
    own = IMPORT_BATCH.c.actor == seen.actor
    if seen.only_own:
        return own
    if not seen.division:
        return true()
    accounts = select(ACCOUNT.c.name).where(within(ACCOUNT.c.division, seen.division))
    programs = select(literal(PROGRAM) + API_CLIENT.c.name).where(within(API_CLIENT.c.division, seen.division))
    return or_(own, IMPORT_BATCH.c.actor.in_(accounts), IMPORT_BATCH.c.actor.in_(programs))
