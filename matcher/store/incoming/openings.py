"""Openings counted down: who started takes one, who left again gives it back.

In: a posting, and who took the opening. Out: whether one was left; the last one closes the posting, one given back
opens it again. However many take at once, no more are taken than the advert states.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, and_, case, func, insert, select, update

from matcher.domain.posting import PostingState
from matcher.store.context import StoreContext
from matcher.store.incoming.history import PostingHistory
from matcher.store.schema import OPENING_TAKEN, POSTING


def taken_now() -> ColumnElement[int]:
    """Openings taken of those the advert states now; a new number stated begins a new count."""
    return case((POSTING.c.taken_of == POSTING.c.openings, POSTING.c.taken), else_=0)


def openings_left(openings: int | None, taken: int, taken_of: int) -> int | None:
    """Openings left, None where the advert states no number or none was taken."""
    if openings is None or taken_of != openings or taken == 0:
        return None
    return max(0, openings - taken)


class Openings:
    """The table of openings taken inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context
        self._history = PostingHistory(context)

    def take(self, posting_key: int, *, on: date, worker_key: int | None = None) -> bool:
        """Takes one opening; False where none is left. The same person takes one only once, and one who works there
        though the count says full is kept all the same: figures ask who began to work, not whether the count held."""
        if worker_key is not None and self._standing(posting_key, worker_key) is not None:
            return True
        self._context.touch(POSTING)
        p, left = POSTING.c, POSTING.c.openings - taken_now()
        lowered = self._context.connection.execute(
            update(POSTING)
            .where(p.key == posting_key, p.openings.is_not(None), left > 0)
            .values(taken=taken_now() + 1, taken_of=p.openings, revision=p.revision + 1)
        )
        stated = self._context.connection.scalar(select(p.openings).where(p.key == posting_key))
        if lowered.rowcount == 0 and stated is not None:
            if worker_key is not None:
                self._record(posting_key, worker_key, on, counted=False, of_openings=stated)
            return False
        self._record(posting_key, worker_key, on, counted=lowered.rowcount == 1, of_openings=stated or 0)
        if stated is not None:
            self._move(posting_key, PostingState.OPEN, PostingState.FILLED, left == 0, "OPENINGS_TAKEN")
        return True

    def give_back(self, posting_key: int, *, worker_key: int | None = None) -> bool:
        """Undoes the newest taking, of a person where one is named; False where there is none."""
        key = self._standing(posting_key, worker_key)
        if key is None:
            return False
        t, p = OPENING_TAKEN.c, POSTING.c
        row = self._context.connection.execute(select(t.counted, t.of_openings).where(t.key == key)).one()
        self._context.connection.execute(
            update(OPENING_TAKEN).where(t.key == key).values(undone_at=self._context.clock())
        )
        if row[0]:
            self._context.touch(POSTING)
            same = and_(p.key == posting_key, p.taken_of == row[1], p.openings == row[1], p.taken > 0)
            raised = update(POSTING).where(same).values(taken=p.taken - 1, revision=p.revision + 1)
            if self._context.connection.execute(raised).rowcount == 1:
                self._move(posting_key, PostingState.FILLED, PostingState.OPEN, p.openings > p.taken, "OPENING_BACK")
        return True

    def begin_anew(self, posting_key: int) -> None:
        """Forgets the count, where the employer looks for as many again."""
        self._context.touch(POSTING)
        change = update(POSTING).where(POSTING.c.key == posting_key)
        self._context.connection.execute(change.values(taken=0, taken_of=0))

    def taken(self, posting_key: int) -> int:
        """How many takings of a posting stand."""
        t = OPENING_TAKEN.c
        query = select(func.count()).where(t.posting_key == posting_key, t.undone_at.is_(None))
        return self._context.connection.scalar(query) or 0

    def _record(self, posting_key: int, worker_key: int | None, on: date, *, counted: bool, of_openings: int) -> None:
        """Keeps who took it, and when."""
        row = {
            "posting_key": posting_key,
            "worker_key": worker_key,
            "counted": counted,
            "of_openings": of_openings,
            "taken_on": on,
            "actor": self._context.actor,
            "recorded_at": self._context.clock(),
        }
        self._context.connection.execute(insert(OPENING_TAKEN).values(row))

    def _standing(self, posting_key: int, worker_key: int | None) -> int | None:
        """The newest taking that stands, of a person where one is named."""
        t = OPENING_TAKEN.c
        query = select(t.key).where(t.posting_key == posting_key, t.undone_at.is_(None)).order_by(t.key.desc())
        if worker_key is not None:
            query = query.where(t.worker_key == worker_key)
        found = self._context.connection.scalar(query.limit(1))
        return None if found is None else int(found)

    def _move(
        self, key: int, before: PostingState, after: PostingState, condition: ColumnElement[bool], why: str
    ) -> None:
        """From one state to another, where the condition holds."""
        here = and_(POSTING.c.key == key, POSTING.c.state == before.value, condition)
        moved = self._context.connection.execute(update(POSTING).where(here).values(state=after.value))
        if moved.rowcount == 1:
            self._history.note_many([(key, before, after)], why=why)
