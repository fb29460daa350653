"""The history of postings: each change of where one stands, and each call or visit that verified it.

In: changes and verifications. Out: the same again, newest first; what people typed is sealed.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import insert, select, update

from matcher.domain.incoming.trust import PostingEvent, Verification, VerifiedHow, VerifiedResult
from matcher.domain.posting import PostingState
from matcher.store.context import Row, StoreContext, new_uid
from matcher.store.schema import POSTING, POSTING_EVENT, POSTING_VERIFICATION
from matcher.store.sealing import SealedBytes, place_of


class PostingHistory:
    """The tables of events and verifications inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def note_many(
        self, changes: Sequence[tuple[int, PostingState | None, PostingState]], *, why: str, reason: str = ""
    ) -> None:
        """Keeps changes of state: posting, from, to."""
        rows = [self._event(key, before, after, why, reason) for key, before, after in changes]
        if rows:
            self._context.connection.execute(insert(POSTING_EVENT), rows)

    def events(self, posting_key: int) -> list[PostingEvent]:
        """What happened to a posting, newest first."""
        c = POSTING_EVENT.c
        query = select(POSTING_EVENT).where(c.posting_key == posting_key).order_by(c.key.desc())
        return [
            PostingEvent(
                posting_key=row["posting_key"],
                at=row["at"],
                actor=row["actor"],
                from_state=PostingState(row["from_state"]) if row["from_state"] else None,
                to_state=PostingState(row["to_state"]),
                why=row["why"],
                reason=self._opened("posting_event", "reason", row),
            )
            for row in self._context.connection.execute(query).mappings()
        ]

    def verify(self, done: Verification) -> int:
        """Keeps a verification; one that proves the posting stands with it from then on."""
        uid = new_uid()
        row = {
            "uid": uid,
            "posting_key": done.posting_key,
            "verified_on": done.on,
            "verified_by": done.by,
            "how": done.how.value,
            "result": done.result.value,
            "note": self._sealed("posting_verification", "note", uid, done.note),
            "actor": self._context.actor,
            "recorded_at": self._context.clock(),
        }
        inserted = self._context.connection.execute(insert(POSTING_VERIFICATION).values(row)).inserted_primary_key
        if done.result.proves:
            self._stamp(done.posting_key)
        return int(inserted[0]) if inserted is not None else 0

    def verifications(self, posting_key: int) -> list[Verification]:
        """The verifications of a posting, newest first."""
        c = POSTING_VERIFICATION.c
        query = select(POSTING_VERIFICATION).where(c.posting_key == posting_key)
        rows = self._context.connection.execute(query.order_by(c.verified_on.desc(), c.key.desc())).mappings()
        return [
            Verification(
                key=row["key"],
                posting_key=row["posting_key"],
                on=row["verified_on"],
                by=row["verified_by"],
                how=VerifiedHow(row["how"]),
                result=VerifiedResult(row["result"]),
                note=self._opened("posting_verification", "note", row),
            )
            for row in rows
        ]

    def last_tried(self, keys: Sequence[int]) -> dict[int, date]:
        """The last day somebody tried to verify each posting."""
        c = POSTING_VERIFICATION.c
        query = select(c.posting_key, c.verified_on).where(c.posting_key.in_(list(keys))).order_by(c.verified_on)
        return {int(key): on for key, on in self._context.connection.execute(query)}

    def _stamp(self, posting_key: int) -> None:
        """The newest proof onto the posting itself, where plans and pages look."""
        proof = next(one for one in self.verifications(posting_key) if one.result.proves)
        self._context.touch(POSTING)
        change = update(POSTING).where(POSTING.c.key == posting_key)
        values = {"checked_on": proof.on, "checked_by": proof.by, "checked_how": proof.how.value}
        self._context.connection.execute(change.values(**values))

    def _event(self, key: int, before: PostingState | None, after: PostingState, why: str, reason: str) -> Row:
        """The columns of a change."""
        uid = new_uid()
        return {
            "uid": uid,
            "posting_key": key,
            "at": self._context.clock(),
            "actor": self._context.actor,
            "from_state": "" if before is None else before.value,
            "to_state": after.value,
            "why": why,
            "reason": self._sealed("posting_event", "reason", uid, reason),
        }

    def _sealed(self, table: str, column: str, uid: str, text: str) -> SealedBytes:
        """Words that were typed, sealed in their place."""
        return self._context.keys.seal(text.encode(), place_of(table, column, uid))

    def _opened(self, table: str, column: str, row: Any) -> str:
        """The words again."""
        return self._context.keys.unseal(row[column], place_of(table, column, row["uid"])).decode()
