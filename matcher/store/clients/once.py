"""Requests that clients marked as one, so that sending them again makes no second record.

In: a client, its mark, a digest of what was sent. Out: `Once`: begun now, under way, or done with where its record is.
"""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, insert, select, update

from matcher.domain.clients import Once
from matcher.store.context import StoreContext
from matcher.store.schema import API_ONCE


class OnceMarks:
    """The table of marks inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def begin(self, client_key: int, mark: str, request: bytes, *, forget_before: datetime) -> Once:
        """Takes a mark, or says what became of it; marks begun earlier than a moment are forgotten."""
        c, connection = API_ONCE.c, self._context.connection
        connection.execute(delete(API_ONCE).where(c.began_at < forget_before))
        kept = self._context.keys.blind("api_once", mark)
        digest = self._context.keys.digest(request)
        mine = (c.client_key == client_key) & (c.mark == kept)
        row = connection.execute(select(c.key, c.digest, c.status, c.location).where(mine)).first()
        if row is not None:
            return Once(key=row[0], fresh=False, digest=row[1], status=row[2], location=row[3])
        values = {"client_key": client_key, "mark": kept, "digest": digest, "began_at": self._context.clock()}
        inserted = connection.execute(insert(API_ONCE).values(values)).inserted_primary_key
        return Once(key=int(inserted[0]) if inserted is not None else 0, fresh=True, digest=digest)

    def digest_of(self, request: bytes) -> str:
        """The digest by which two requests are told apart."""
        return self._context.keys.digest(request)

    def finish(self, key: int, *, status: int, location: str) -> None:
        """Notes where the record is."""
        done = update(API_ONCE).where(API_ONCE.c.key == key)
        self._context.connection.execute(done.values(status=status, location=location))

    def drop(self, key: int) -> None:
        """Nothing came of it: it may be sent again."""
        self._context.connection.execute(delete(API_ONCE).where(API_ONCE.c.key == key))
