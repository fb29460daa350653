"""Titles and places of adverts that staff have placed, and those that wait for it.

In: names, folded, with codes. Out: the decisions in force, their history, and the names of open postings nobody is
sure of, the most frequent first.
"""

from __future__ import annotations

from sqlalchemy import func, insert, or_, select

from matcher.domain.incoming.placed_name import NameDecision, NameKind, UnsureName
from matcher.domain.posting import PostingState
from matcher.store.context import StoreContext
from matcher.store.schema import PLACED_NAME, POSTING


class PlacedNames:
    """The table of placed names inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def all(self, kind: NameKind) -> dict[str, str]:
        """Name → code as decided last; names whose decision was taken back are missing."""
        c = PLACED_NAME.c
        newest = select(func.max(c.key)).where(c.kind == kind.value).group_by(c.text)
        found = self._context.connection.execute(select(c.text, c.code).where(c.key.in_(newest))).all()
        return {text: code for text, code in found if code}

    def put(self, kind: NameKind, text: str, code: str) -> None:
        """Keeps a decision; the same again is no change."""
        if self.all(kind).get(text, "") == code:
            return
        row = {"kind": kind.value, "text": text, "code": code, "actor": self._context.actor}
        self._context.connection.execute(insert(PLACED_NAME).values(row | {"placed_at": self._context.clock()}))

    def recent(self, limit: int = 50) -> list[NameDecision]:
        """The newest decisions, newest first."""
        c = PLACED_NAME.c
        query = select(c.kind, c.text, c.code, c.actor, c.placed_at).order_by(c.key.desc()).limit(limit)
        rows = self._context.connection.execute(query).all()
        return [NameDecision(NameKind(kind), text, code, actor, when) for kind, text, code, actor, when in rows]

    def unsure_titles(self, sure: float, *, limit: int) -> list[UnsureName]:
        """Titles of open postings whose occupation is unknown or less sure than that."""
        c = POSTING.c
        confidence = func.min(func.coalesce(c.occupation_confidence, 0.0))
        query = (
            select(c.title, func.max(c.occupation), confidence, func.count(), func.max(c.key))
            .where(c.state == PostingState.OPEN.value, or_(c.occupation_confidence < sure, c.occupation == ""))
            .group_by(c.title)
            .order_by(func.count().desc(), c.title)
            .limit(limit)
        )
        rows = self._context.connection.execute(query).all()
        return [UnsureName(NameKind.TITLE, *row) for row in rows]

    def unknown_places(self, *, limit: int) -> list[UnsureName]:
        """Places of open postings that are no known division."""
        c = POSTING.c
        query = (
            select(c.place_name, func.count(), func.max(c.key))
            .where(c.state == PostingState.OPEN.value, c.place_code == "", c.place_name != "")
            .group_by(c.place_name)
            .order_by(func.count().desc(), c.place_name)
            .limit(limit)
        )
        rows = self._context.connection.execute(query).all()
        return [UnsureName(NameKind.PLACE, text, "", 0.0, count, key) for text, count, key in rows]

    def postings_titled(self, title: str) -> list[int]:
        """Keys of all postings with this very title."""
        query = select(POSTING.c.key).where(POSTING.c.title == title).order_by(POSTING.c.key)
        return list(self._context.connection.scalars(query))

    def postings_placed(self, place: str) -> list[int]:
        """Keys of all postings with this unknown place."""
        query = select(POSTING.c.key).where(POSTING.c.place_name == place, POSTING.c.place_code == "")
        return list(self._context.connection.scalars(query.order_by(POSTING.c.key)))
