"""Column mappings that were confirmed, by sender and kind of file.

In: header → field. Out: the same again for the sender's next file.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import and_, delete, insert, select

from matcher.store.context import StoreContext
from matcher.store.schema import COLUMN_MAPPING


class Mappings:
    """The table of column mappings inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def get(self, sender: str, kind: str) -> dict[str, str]:
        """Header → field as last used for a sender, empty where nothing is remembered."""
        c = COLUMN_MAPPING.c
        found = self._context.connection.scalar(select(c.columns).where(c.sender == sender, c.kind == kind))
        return dict(found) if found else {}

    def put(self, sender: str, kind: str, columns: Mapping[str, str]) -> None:
        """Remembers header → field for a sender."""
        c = COLUMN_MAPPING.c
        self._context.connection.execute(delete(COLUMN_MAPPING).where(and_(c.sender == sender, c.kind == kind)))
        row = {"sender": sender, "kind": kind, "columns": dict(columns), "updated_at": self._context.clock()}
        self._context.connection.execute(insert(COLUMN_MAPPING).values(row))
