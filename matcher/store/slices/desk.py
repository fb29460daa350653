"""Everything of the exchange by file that use cases need, as one attribute of a unit of work.

In: a unit of work's context. Out: the book, the conflicts, records that go out, records taken in, and decisions made.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

import msgspec
from sqlalchemy import select

from matcher.domain.errors import EditConflict
from matcher.domain.intake.errands import Tell, untold
from matcher.domain.worker import Worker
from matcher.store.context import StoreContext, new_uid
from matcher.store.schema import WORKER
from matcher.store.slices.bases import Bases
from matcher.store.slices.book import SliceBook
from matcher.store.slices.collecting import Collector, Extent, all_records, ref_of
from matcher.store.slices.conflicts import Conflict, Conflicts, Undo
from matcher.store.slices.kinds import BY_NAME, PERSON, Plain
from matcher.store.slices.merging import ALIAS, Figures, MayTake, Merging, Sender
from matcher.store.slices.names import Names
from matcher.store.slices.records import Agreed, Record
from matcher.store.slices.rows import content_digest
from matcher.store.slices.standing import Held, Standing


class Slices:
    """The exchange by file inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context
        self.book, self.conflicts = SliceBook(context), Conflicts(context)

    def collect(self, extent: Extent, tell: Tell = untold) -> tuple[int, list[Record]]:
        """How many people belong to a slice, and all its records."""
        collector = Collector(self._context, extent)
        return len(collector.people), list(all_records(collector, tell=tell))

    def take(
        self,
        records: Iterable[Record],
        sender: Sender,
        *,
        own: str,
        own_number: int,
        erased: Collection[str],
        may: MayTake,
        tell: Tell = untold,
    ) -> Figures:
        """Takes the records of a file in."""
        merging = Merging(self._context, sender, own=own, own_number=own_number, erased=erased, may=may)
        return merging.take(records, tell)

    def here(self, conflict: Conflict) -> tuple[list[Plain], str]:
        """The record of a conflict as it stands here now, and its digest; of a twin the one who has its reference."""
        held, digest = self._held(conflict, self._standing())
        return ([] if held is None else held.rows), digest

    def decide(self, conflict: Conflict, rows: list[Plain], *, seen: str) -> None:
        """Makes the record what somebody decided; EditConflict where it was changed since it was looked at."""
        standing = self._standing()
        held, digest = self._held(conflict, standing)
        if digest != seen:
            raise EditConflict("这条记录刚刚又变了，还没有保存您的决定；请看过新内容再定", ref=str(conflict.key))
        kind = BY_NAME[conflict.kind]
        before = [] if held is None else held.rows
        if rows != before and not standing.write(kind, held, rows):
            raise EditConflict("这条记录要用的人或岗位已经不在了，没有保存", ref=str(conflict.key))
        after = content_digest(kind, [standing.local(kind, row) for row in rows])
        self.conflicts.decide(conflict.key, Undo(before=before, after=after), worker_key=conflict.worker_key)
        self._agree(conflict, standing, conflict.worker_key)
        if conflict.sides.twin and conflict.worker_key is not None:
            self._lead(conflict, conflict.worker_key)

    def decide_other(self, conflict: Conflict) -> int:
        """The newcomer is somebody else than the one with the reference here: lands under a reference of its own."""
        plain = dict(conflict.sides.theirs[0])
        body = dict(plain["body"])
        body["ref"] = f"{body['ref']}-{new_uid()[:4]}"
        standing = self._standing()
        key, _ = standing.insert_person(plain | {"body": body})
        undo = Undo(before=[], after="", created=str(plain["uid"]))
        self.conflicts.decide(conflict.key, undo, worker_key=key)
        self._agree(conflict, standing, key)
        return key

    def undo(self, conflict: Conflict) -> None:
        """Takes a decision back, as far as nothing was changed since."""
        undo, standing = conflict.undo, self._standing()
        if undo is None or undo.created:
            raise EditConflict("这个决定不能撤销了；新加的人可以在本人页面合并或删除", ref=str(conflict.key))
        held, digest = self._held(conflict, standing)
        if digest != undo.after:
            raise EditConflict("决定之后这条记录又改过，没有撤销，免得丢掉后来的修改", ref=str(conflict.key))
        if held is not None and undo.before != held.rows:
            standing.write(BY_NAME[conflict.kind], held, undo.before)
        self.conflicts.decide(conflict.key, None, worker_key=conflict.worker_key)

    def twin_of(self, conflict: Conflict) -> int | None:
        """The key of the person here who has the reference of the newcomer."""
        body = msgspec.convert(conflict.sides.theirs[0]["body"], Worker)
        c = WORKER.c
        found = self._context.connection.scalar(select(c.key).where(c.sender == body.sender, c.ref == body.ref))
        return None if found is None else int(found)

    def _standing(self) -> Standing:
        """Records of this database."""
        return Standing(self._context, Names(self._context))

    def _held(self, conflict: Conflict, standing: Standing) -> tuple[Held | None, str]:
        """The record here, and its digest."""
        kind, plain = BY_NAME[conflict.kind], conflict.sides.theirs[0]
        if conflict.sides.twin and conflict.worker_key is not None:
            standing.names.name_of(WORKER, conflict.worker_key)
            standing.names.note(WORKER, str(plain["uid"]), conflict.worker_key)
        place = standing.place(kind, plain)
        held = None if place is None else standing.held(kind, [plain]).get(place)
        return held, "" if held is None else content_digest(kind, held.rows)

    def _agree(self, conflict: Conflict, standing: Standing, worker_key: int | None) -> None:
        """From now on both offices know what the other one said."""
        bases, number = Bases(self._context), self.book.last_number()
        kind, sides = BY_NAME[conflict.kind], conflict.sides
        rows = [standing.local(kind, row) for row in sides.theirs]
        kept = rows if kind is PERSON or kind.fades else None
        agreed = Agreed(content_digest(kind, rows), conflict.number, number, decided=True, rows=kept)
        mark = bases.mark(kind.name, ref_of(kind, rows[0]))
        known = mark in bases.all_of(conflict.peer)
        bases.put(conflict.peer, mark, agreed, worker_key=worker_key, known=known)

    def _lead(self, conflict: Conflict, worker_key: int) -> None:
        """The newcomer of the other office is this person whenever it comes again."""
        bases = Bases(self._context)
        mark = bases.mark(ALIAS, conflict.sides.foreign_ref)
        known = mark in bases.all_of(conflict.peer)
        bases.put(conflict.peer, mark, Agreed("", 0, 0), worker_key=worker_key, known=known)
