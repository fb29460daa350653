"""Rows of rosters that wait for a person to say who they are; the decision is remembered.

In: waiting rows, each marked by what identifies its person. Out: the queue of a scope, and what was decided before
about a row that comes again.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, and_, delete, func, insert, select, update

from matcher.domain.errors import EditConflict, RecordNotFound
from matcher.domain.rosters.records import Review, ReviewState, Waiting
from matcher.domain.worker import Worker
from matcher.store.context import Row, StoreContext, chunks, new_uid, within
from matcher.store.schema import IMPORT_REVIEW, WORKER
from matcher.store.sealing import place_of
from matcher.store.workers import in_scope

_ABOUT_SOMEBODY = frozenset({ReviewState.MERGED.value, ReviewState.NEW.value})
_BODY = msgspec.json.Decoder(Waiting)


class Reviews:
    """The table of waiting rows inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def queue(self, import_key: int, waiting: Mapping[str, Waiting]) -> None:
        """Lets rows wait, by mark; one that waits already is brought up to date, one that was decided stays so."""
        known = self.states({one.draft.sender for one in waiting.values()}, list(waiting))
        rows = [self._row(import_key, mark, one) for mark, one in waiting.items() if mark not in known]
        if rows:
            self._context.connection.execute(insert(IMPORT_REVIEW), rows)
        for mark, one in waiting.items():
            if mark in known and known[mark][0] is ReviewState.OPEN:
                self._refresh(mark, one)

    def states(self, senders: set[str], marks: Sequence[str]) -> dict[str, tuple[ReviewState, int | None]]:
        """What became of the rows with these marks, and who they were found to be.

        Who was merged since is the other person; a row decided to be somebody who is gone is open again.
        """
        c, person = IMPORT_REVIEW.c, func.coalesce(WORKER.c.merged_into, WORKER.c.key)
        joined = IMPORT_REVIEW.outerjoin(WORKER, WORKER.c.key == c.worker_key)
        found: dict[str, tuple[ReviewState, int | None]] = {}
        for part in chunks(marks):
            query = select(c.mark, c.state, person).select_from(joined).where(c.mark.in_(part), c.sender.in_(senders))
            for mark, state, worker_key in self._context.connection.execute(query):
                lost = state in _ABOUT_SOMEBODY and worker_key is None
                found[mark] = (ReviewState.OPEN if lost else ReviewState(state), worker_key)
        return found

    def open(
        self, *, division: str = "", limit: int = 200, after: int = 0, of_import: int | None = None
    ) -> list[Review]:
        """The rows of a scope that wait, oldest first; one that may be somebody outside the scope is not shown."""
        waits = and_(self._waits(division), IMPORT_REVIEW.c.key > after)
        waits = waits if of_import is None else and_(waits, IMPORT_REVIEW.c.import_key == of_import)
        query = select(IMPORT_REVIEW).where(waits).order_by(IMPORT_REVIEW.c.key)
        found = [self._review(dict(row)) for row in self._context.connection.execute(query.limit(limit)).mappings()]
        return [one for one in found if self._all_inside(one, division)]

    def count(self, *, division: str = "") -> int:
        """How many rows of a division wait."""
        return self._context.connection.scalar(select(func.count()).where(self._waits(division))) or 0

    def get(self, key: int, *, division: str = "") -> Review:
        """One row; RecordNotFound where it, or somebody it may be, lies outside the scope."""
        inside = and_(IMPORT_REVIEW.c.key == key, within(IMPORT_REVIEW.c.home_code, division))
        row = self._context.connection.execute(select(IMPORT_REVIEW).where(inside)).mappings().first()
        found = None if row is None else self._review(dict(row))
        if found is None or not self._all_inside(found, division):
            raise RecordNotFound("没有这一行，或不在您的范围内", ref=str(key))
        return found

    def decide(self, key: int, state: ReviewState, worker_key: int | None = None) -> None:
        """What a person decided, the words of the row given up; EditConflict where somebody was first."""
        c = IMPORT_REVIEW.c
        found = self._context.connection.execute(select(c.uid, c.sender).where(c.key == key)).first()
        uid, sender = ("", "") if found is None else (str(found[0]), str(found[1]))
        emptied = Waiting(draft=Worker(ref="", sender=sender, name=""), candidates=(), reason="")
        waits = and_(IMPORT_REVIEW.c.key == key, IMPORT_REVIEW.c.state == ReviewState.OPEN.value)
        values = {
            "state": state.value,
            "worker_key": worker_key,
            "decided_by": self._context.actor,
            "decided_at": self._context.clock(),
            "body": self._sealed(uid, emptied),
        }
        if self._context.connection.execute(update(IMPORT_REVIEW).where(waits).values(values)).rowcount == 0:
            raise EditConflict("这一行别人已经处理过了，您的选择没有保存", ref=str(key))

    def forget(self, import_key: int) -> None:
        """Takes back the rows of an import that is undone, as far as nobody decided about them."""
        c = IMPORT_REVIEW.c
        undecided = and_(c.import_key == import_key, c.state == ReviewState.OPEN.value)
        self._context.connection.execute(delete(IMPORT_REVIEW).where(undecided))

    def _row(self, import_key: int, mark: str, waiting: Waiting) -> Row:
        """The columns of one more row."""
        uid = new_uid()
        return {
            "uid": uid,
            "import_key": import_key,
            "sender": waiting.draft.sender,
            "mark": mark,
            "home_code": self._place_of(waiting),
            "village": waiting.draft.village,
            "state": ReviewState.OPEN.value,
            "body": self._sealed(uid, waiting),
            "created_at": self._context.clock(),
        }

    def _refresh(self, mark: str, waiting: Waiting) -> None:
        """The newest words of a row that waits, or waits again."""
        c = IMPORT_REVIEW.c
        mine = and_(c.sender == waiting.draft.sender, c.mark == mark)
        uid = str(self._context.connection.scalar(select(c.uid).where(mine)))
        values = {"state": ReviewState.OPEN.value, "body": self._sealed(uid, waiting)}
        self._context.connection.execute(update(IMPORT_REVIEW).where(mine).values(values))

    def _place_of(self, waiting: Waiting) -> str:
        """Where the row belongs: its own home, else that of whom it may be."""
        if waiting.draft.home.code or not waiting.candidates:
            return waiting.draft.home.code
        query = select(WORKER.c.home_code).where(WORKER.c.key == waiting.candidates[0])
        return self._context.connection.scalar(query) or ""

    def _sealed(self, uid: str, waiting: Waiting) -> bytes:
        """The row, sealed."""
        return self._context.keys.seal(msgspec.json.encode(waiting), place_of("import_review", "body", uid))

    def _waits(self, division: str) -> ColumnElement[bool]:
        """Rows of a division that wait."""
        return and_(IMPORT_REVIEW.c.state == ReviewState.OPEN.value, within(IMPORT_REVIEW.c.home_code, division))

    def _all_inside(self, review: Review, division: str) -> bool:
        """Whether everybody a row may be lives in the division."""
        if not division:
            return True
        named = WORKER.c.key.in_(review.waiting.candidates)
        query = select(func.count()).select_from(WORKER).where(named)
        every, inside = (self._context.connection.scalar(one) for one in (query, query.where(in_scope(division, ()))))
        return every == inside

    def _review(self, row: dict[str, Any]) -> Review:
        """A row, unsealed."""
        plain = self._context.keys.unseal(row["body"], place_of("import_review", "body", row["uid"]))
        waiting = _BODY.decode(plain)
        led = select(WORKER.c.key, WORKER.c.merged_into).where(WORKER.c.key.in_(waiting.candidates))
        led_to = {key: into or key for key, into in self._context.connection.execute(led)}
        candidates = tuple(dict.fromkeys(led_to[key] for key in waiting.candidates if key in led_to))
        return Review(
            key=row["key"],
            waiting=replace(waiting, candidates=candidates),
            state=ReviewState(row["state"]),
            import_key=row["import_key"],
            worker_key=row["worker_key"],
            decided_by=row["decided_by"],
            decided_at=row["decided_at"],
            created_at=row["created_at"],
        )
