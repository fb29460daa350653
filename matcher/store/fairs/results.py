"""What came of people at booths: one result a person and posting, the newest standing.

In: results as tapped, or as another laptop noted them. Out: the same again; which postings somebody found unsuitable,
as long as the posting has not changed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, select, update

from matcher.domain.errors import RecordNotFound
from matcher.domain.fairs import BoothResult, FairResult, OtherSide
from matcher.store.context import Row, StoreContext, new_uid
from matcher.store.schema import FAIR_BOOTH, FAIR_POSTING, FAIR_RESULT, FAIR_VISITOR, POSTING
from matcher.store.sealing import SealedBytes, place_of

_OTHER = msgspec.json.Decoder(OtherSide)


class Results:
    """The table of results inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def put(self, result: BoothResult) -> int:
        """Keeps a result in the place of the one before; the key."""
        connection, c = self._context.connection, FAIR_RESULT.c
        here = (c.visitor_key == result.visitor_key) & (c.booth_posting_key == result.booth_posting_key)
        before = connection.execute(select(c.key, c.uid).where(here)).first()
        uid = before[1] if before is not None else result.uid or new_uid()
        row = self._row(uid, result)
        if before is not None:
            connection.execute(update(FAIR_RESULT).where(c.key == before[0]).values(row))
            return int(before[0])
        return self._context.insert_many(FAIR_RESULT, [row | {"uid": uid}])[0]

    def get(self, visitor_key: int, booth_posting_key: int) -> BoothResult | None:
        """The result of a person with a posting."""
        c = FAIR_RESULT.c
        found = self._found((c.visitor_key == visitor_key) & (c.booth_posting_key == booth_posting_key))
        return found[0] if found else None

    def of(self, fair_key: int) -> list[BoothResult]:
        """Every result of a fair, in the order they were first noted."""
        return self._found(FAIR_BOOTH.c.fair_key == fair_key)

    def after(self, fair_key: int, key: int, limit: int) -> list[BoothResult]:
        """Results of a fair behind one of them."""
        return self._found((FAIR_BOOTH.c.fair_key == fair_key) & (FAIR_RESULT.c.key > key), most=limit)

    def of_visitor(self, visitor_key: int) -> list[BoothResult]:
        """What came of one person."""
        return self._found(FAIR_RESULT.c.visitor_key == visitor_key)

    def of_booth(self, booth_key: int) -> list[BoothResult]:
        """What came of everybody at one booth."""
        return self._found(FAIR_POSTING.c.booth_key == booth_key)

    def note_fed(self, key: int, result: FairResult) -> None:
        """Remembers what the person's case has heard of."""
        self._context.connection.execute(update(FAIR_RESULT).where(FAIR_RESULT.c.key == key).values(fed=result.value))

    def remove(self, key: int) -> None:
        """Takes a result back that was tapped by mistake."""
        self._context.connection.execute(FAIR_RESULT.delete().where(FAIR_RESULT.c.key == key))

    def unsuited(self, workers: Sequence[int] | None = None) -> dict[int, set[int]]:
        """Person → postings found unsuitable at a fair, as long as the posting says the same."""
        joined = (
            FAIR_RESULT.join(FAIR_VISITOR, FAIR_VISITOR.c.key == FAIR_RESULT.c.visitor_key)
            .join(FAIR_POSTING, FAIR_POSTING.c.key == FAIR_RESULT.c.booth_posting_key)
            .join(POSTING, POSTING.c.key == FAIR_POSTING.c.posting_key)
        )
        same = FAIR_RESULT.c.posting_digest == POSTING.c.digest
        shut = FAIR_RESULT.c.result.in_([FairResult.UNSUITED.value, FairResult.LOST.value])
        query = select(FAIR_VISITOR.c.worker_key, POSTING.c.key).select_from(joined)
        query = query.where(FAIR_VISITOR.c.worker_key.is_not(None), same, shut)
        if workers is not None:
            query = query.where(FAIR_VISITOR.c.worker_key.in_(workers))
        found: dict[int, set[int]] = {}
        for worker_key, posting_key in self._context.connection.execute(query):
            found.setdefault(int(worker_key), set()).add(int(posting_key))
        return found

    def _found(self, condition: ColumnElement[bool], *, most: int | None = None) -> list[BoothResult]:
        """The results of a condition, unsealed."""
        joined = FAIR_RESULT.join(FAIR_POSTING, FAIR_POSTING.c.key == FAIR_RESULT.c.booth_posting_key).join(
            FAIR_BOOTH, FAIR_BOOTH.c.key == FAIR_POSTING.c.booth_key
        )
        query = select(FAIR_RESULT).select_from(joined).where(condition).order_by(FAIR_RESULT.c.key).limit(most)
        return [self._opened(row) for row in self._context.connection.execute(query).mappings()]

    def _row(self, uid: str, result: BoothResult) -> Row:
        """The columns of a result; the posting as it is now is what was talked about."""
        digest = self._context.connection.scalar(
            select(POSTING.c.digest)
            .join(FAIR_POSTING, FAIR_POSTING.c.posting_key == POSTING.c.key)
            .where(FAIR_POSTING.c.key == result.booth_posting_key)
        )
        if digest is None:
            raise RecordNotFound("这个岗位已经不在摊位上，没有记录", ref=str(result.booth_posting_key))
        other = None if result.other is None else self._seal("other", uid, msgspec.json.encode(result.other))
        return {
            "visitor_key": result.visitor_key,
            "booth_posting_key": result.booth_posting_key,
            "result": result.result.value,
            "posting_digest": digest,
            "body": self._seal("body", uid, msgspec.json.encode((result.reason, result.note))),
            "other": other,
            "at": result.at,
            "by": result.by,
            "base_at": result.base_at,
        }

    def _seal(self, column: str, uid: str, plain: bytes) -> SealedBytes:
        """A sealed value of this table."""
        return self._context.keys.seal(plain, place_of("fair_result", column, uid))

    def _opened(self, row: Mapping[Any, Any]) -> BoothResult:
        """A row, unsealed."""
        keys, uid = self._context.keys, row["uid"]
        reason, note = msgspec.json.decode(keys.unseal(row["body"], place_of("fair_result", "body", uid)))
        other = row["other"]
        return BoothResult(
            key=int(row["key"]),
            uid=uid,
            visitor_key=int(row["visitor_key"]),
            booth_posting_key=int(row["booth_posting_key"]),
            result=FairResult(row["result"]),
            reason=reason,
            note=note,
            at=row["at"],
            by=row["by"],
            base_at=row["base_at"],
            fed=row["fed"],
            other=None if other is None else _OTHER.decode(keys.unseal(other, place_of("fair_result", "other", uid))),
        )
