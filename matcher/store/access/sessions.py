"""Sessions somebody signed out of, so that a copied cookie opens nothing.

In: the random name of a session. Out: whether it was ended; names are kept keyed, and only as long as a session lasts.
"""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, insert, select

from matcher.store.context import StoreContext
from matcher.store.schema import SESSION_ENDED

LONGEST = timedelta(hours=24)
"""No session lasts as long."""


class Sessions:
    """The table of ended sessions inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def end(self, name: str) -> None:
        """Ends a session for good; old ones are forgotten."""
        c, now, mark = SESSION_ENDED.c, self._context.clock(), self._mark(name)
        self._context.connection.execute(delete(SESSION_ENDED).where((c.ended_at < now - LONGEST) | (c.mark == mark)))
        self._context.connection.execute(insert(SESSION_ENDED).values(mark=mark, ended_at=now))

    def ended(self, name: str) -> bool:
        """Whether somebody signed out of a session."""
        query = select(SESSION_ENDED.c.mark).where(SESSION_ENDED.c.mark == self._mark(name))
        return self._context.connection.scalar(query) is not None

    def _mark(self, name: str) -> str:
        """The keyed mark of a session."""
        return self._context.keys.blind("session", name)
