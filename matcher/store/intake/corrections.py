"""Corrected facts: kept for good, with who said so and when; taken back, never deleted.

In: corrections of a person. Out: those that stand, of one person or of many in one query, oldest first. Those of a
record that was merged into another count for the other.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy import ColumnElement, and_, func, insert, or_, select, true, update

from matcher.domain.errors import RecordNotFound
from matcher.domain.intake.told import Correction, KeptCorrection
from matcher.store.context import StoreContext, chunks, new_uid
from matcher.store.schema import FACT_CORRECTION, WORKER
from matcher.store.sealing import place_of

_CORRECTION = msgspec.json.Decoder(Correction)
_OWNER = func.coalesce(WORKER.c.merged_into, WORKER.c.key)


class Corrections:
    """The table of corrected facts inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def add(self, worker_key: int, correction: Correction, *, change_key: int | None = None) -> int:
        """Keeps a correction; its key."""
        uid = new_uid()
        body = msgspec.json.encode(correction)
        row = {
            "uid": uid,
            "worker_key": worker_key,
            "change_key": change_key,
            "body": self._context.keys.seal(body, place_of("fact_correction", "body", uid)),
            "actor": self._context.actor,
            "recorded_at": self._context.clock(),
        }
        inserted = self._context.connection.execute(insert(FACT_CORRECTION).values(row)).inserted_primary_key
        return int(inserted[0]) if inserted is not None else 0

    def undo(self, key: int, *, worker_key: int) -> None:
        """Takes one back; RecordNotFound where the person has no such correction, or a change of life brought it."""
        c = FACT_CORRECTION.c
        mine = and_(c.key == key, c.worker_key.in_(_records_of(worker_key)), c.change_key.is_(None))
        if self._undo(mine) != 1:
            raise RecordNotFound("没有这条更正，或已经撤销", ref=str(key))

    def undo_of_change(self, change_keys: Sequence[int]) -> None:
        """Takes back what came with changes of life."""
        for part in chunks(change_keys):
            self._undo(FACT_CORRECTION.c.change_key.in_(part))

    def of_person(self, worker_key: int) -> list[KeptCorrection]:
        """Those that stand of one person, oldest first."""
        return self._found(FACT_CORRECTION.c.worker_key.in_(_records_of(worker_key))).get(worker_key, [])

    def standing(self, workers: Sequence[int] | None = None) -> dict[int, tuple[KeptCorrection, ...]]:
        """Those that stand, by person, of everybody or of some."""
        found: dict[int, list[KeptCorrection]] = {}
        if workers is None:
            found = self._found(true())
        else:
            for part in chunks(workers):
                found.update(self._found(_OWNER.in_(part)))
        return {key: tuple(kept) for key, kept in found.items()}

    def _undo(self, condition: ColumnElement[bool]) -> int:
        """Marks those of a condition that stand as taken back; how many."""
        c = FACT_CORRECTION.c
        change = update(FACT_CORRECTION).where(condition, c.undone_at.is_(None))
        values = {"undone_at": self._context.clock(), "undone_by": self._context.actor}
        return self._context.connection.execute(change.values(values)).rowcount

    def _found(self, condition: ColumnElement[bool]) -> dict[int, list[KeptCorrection]]:
        """Those of a condition that stand, by the person they count for."""
        c = FACT_CORRECTION.c
        query = select(_OWNER, c.key, c.uid, c.body, c.actor, c.recorded_at, c.change_key)
        joined = query.select_from(FACT_CORRECTION.join(WORKER, WORKER.c.key == c.worker_key))
        rows = self._context.connection.execute(joined.where(condition, c.undone_at.is_(None)).order_by(c.key))
        found: dict[int, list[KeptCorrection]] = defaultdict(list)
        for owner, key, uid, body, actor, recorded_at, change_key in rows:
            found[int(owner)].append(self._kept(int(owner), key, uid, body, actor, recorded_at, change_key))
        return found

    def _kept(
        self, owner: int, key: int, uid: str, body: bytes, actor: str, recorded_at: datetime, change_key: int | None
    ) -> KeptCorrection:
        """A row, unsealed."""
        plain = self._context.keys.unseal(body, place_of("fact_correction", "body", uid))
        return KeptCorrection(
            key=key,
            worker_key=owner,
            correction=_CORRECTION.decode(plain),
            actor=actor,
            recorded_at=recorded_at,
            change_key=change_key,
        )


def _records_of(worker_key: int) -> ColumnElement[int]:
    """The keys of the records that are one person."""
    w = WORKER.c
    return select(w.key).where(or_(w.key == worker_key, w.merged_into == worker_key)).scalar_subquery()
