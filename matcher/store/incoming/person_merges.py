"""Two stored people found to be one, and taken apart again.

In: who stays and who goes, and what is known of the one who stays. Out: the one who went can no longer be seen but
leads to the other wherever rosters name it; undoing brings both back as they were.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import msgspec
from sqlalchemy import insert, select, true, update

from matcher.domain.errors import InputRefused, RecordNotFound
from matcher.domain.rosters.records import PersonMerged
from matcher.domain.worker import Worker, WorkerFacts
from matcher.store.aftercare.moving import move_back, move_rows
from matcher.store.context import StoreContext, new_uid
from matcher.store.schema import PERSON_MERGE, PLAN, WORKER
from matcher.store.sealing import place_of
from matcher.store.workers import Workers, in_scope


@dataclass(frozen=True, slots=True, kw_only=True)
class _Before:
    """What undoing needs: the person who stayed as it was, and who had been merged into the other before."""

    worker: Worker
    facts: WorkerFacts | None
    followers: tuple[int, ...] = ()
    moved: dict[str, tuple[int, ...]] = field(default_factory=dict)


_BEFORE = msgspec.json.Decoder(_Before)


class PersonMerges:
    """The table of merges inside one unit of work."""

    def __init__(self, context: StoreContext, workers: Workers) -> None:
        self._context, self._workers = context, workers

    def merge(self, kept_key: int, gone_key: int, value: Worker, facts: WorkerFacts | None) -> int:
        """One person from now on, known as `value`; the key to undo it by."""
        if kept_key == gone_key:
            raise InputRefused("同一条记录不能与自己合并", ref=str(kept_key))
        kept, gone = self._workers.get(kept_key), self._workers.get(gone_key)
        connection, uid = self._context.connection, new_uid()
        led = WORKER.c.merged_into == gone_key
        followers = tuple(connection.scalars(select(WORKER.c.key).where(led)))
        plan_key = connection.scalar(select(PLAN.c.key).where(PLAN.c.worker_key == gone_key, PLAN.c.current))
        connection.execute(update(PLAN).where(PLAN.c.key == plan_key).values(current=False))
        connection.execute(update(WORKER).where(led | (WORKER.c.key == gone.key)).values(merged_into=kept_key))
        self._workers.replace(kept_key, value, facts)
        moved = move_rows(connection, gone_key, kept_key)
        told = _Before(worker=kept.value, facts=kept.facts, followers=followers, moved=moved)
        before = msgspec.json.encode(told)
        row = {
            "uid": uid,
            "kept_key": kept_key,
            "gone_key": gone_key,
            "plan_key": plan_key,
            "body": self._context.keys.seal(before, place_of("person_merge", "body", uid)),
            "merged_digest": self._workers.digest_of(value),
            "actor": self._context.actor,
            "merged_at": self._context.clock(),
        }
        inserted = connection.execute(insert(PERSON_MERGE).values(row)).inserted_primary_key
        return int(inserted[0]) if inserted is not None else 0

    def standing(self, *, division: str = "", limit: int = 50, kept_key: int | None = None) -> list[PersonMerged]:
        """The merges of a division, or of one person, that were not undone, newest first."""
        c, w = PERSON_MERGE.c, WORKER.c
        joined = PERSON_MERGE.join(WORKER, w.key == c.kept_key)
        query = select(c.key, c.kept_key, w.name, w.village, c.actor, c.merged_at).select_from(joined)
        mine = true() if kept_key is None else c.kept_key == kept_key
        inside = query.where(c.undone_at.is_(None), mine, in_scope(division, ())).order_by(c.key.desc()).limit(limit)
        rows = self._context.connection.execute(inside).mappings()
        return [PersonMerged(**{str(name): value for name, value in row.items()}) for row in rows]

    def undo(self, key: int, *, division: str = "") -> None:
        """Two people again; the one who stayed keeps what was learnt since, else is as before."""
        c, connection = PERSON_MERGE.c, self._context.connection
        query = select(PERSON_MERGE).join(WORKER, WORKER.c.key == c.kept_key)
        mine = query.where(c.key == key, c.undone_at.is_(None), in_scope(division, ()))
        row = connection.execute(mine).mappings().first()
        if row is None:
            raise RecordNotFound("没有这次合并，或已经撤销", ref=str(key))
        kept, gone = int(row["kept_key"]), int(row["gone_key"])
        plain = self._context.keys.unseal(row["body"], place_of("person_merge", "body", row["uid"]))
        before = _BEFORE.decode(plain)
        connection.execute(update(WORKER).where(WORKER.c.key == gone).values(merged_into=None))
        for follower in before.followers:
            connection.execute(update(WORKER).where(WORKER.c.key == follower).values(merged_into=gone))
        move_back(connection, before.moved, gone)
        if row["plan_key"] is not None:
            connection.execute(update(PLAN).where(PLAN.c.key == row["plan_key"]).values(current=True))
        stored = self._workers.get(kept)
        if stored.digest == row["merged_digest"]:
            self._workers.replace(kept, before.worker, before.facts)
        connection.execute(update(PERSON_MERGE).where(c.key == key).values(undone_at=self._context.clock()))
