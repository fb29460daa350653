"""Changes of life: who died, moved, is called otherwise; which villages became others; whom no machine plans for.

In: changes with what stood before. Out: the history of a person, what still stands of it, and whole acts to take back.
Nothing is deleted: what is undone says when and by whom.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, and_, exists, func, insert, select, true, update

from matcher.domain.errors import RecordNotFound
from matcher.domain.intake.life import Field, LifeChange, LifeKind, VillageMerge
from matcher.store.context import StoreContext, chunks, new_uid, within
from matcher.store.schema import LIFE_CHANGE, PLAN, VILLAGE_MERGE, WORKER
from matcher.store.sealing import place_of

_ACCOUNTS = msgspec.json.Decoder(tuple[tuple[str, tuple[str, ...]], ...])
_OF_FIELDS = (LifeKind.NAME, LifeKind.PHONE, LifeKind.GUIDE, LifeKind.MOVED, LifeKind.VILLAGE)


class _Body(msgspec.Struct, frozen=True):
    """What of a change is sealed."""

    fields: tuple[Field, ...] = ()
    note: str = ""


_BODY = msgspec.json.Decoder(_Body)


_GONE = tuple(kind for kind in LifeKind if kind.gone)


def is_here() -> ColumnElement[bool]:
    """Whether nobody has said that a worker died or moved away for good, and the file still has a name."""
    c = LIFE_CHANGE.c
    return ~exists().where(
        c.worker_key == WORKER.c.key, c.kind.in_([kind.value for kind in _GONE]), c.undone_at.is_(None)
    )


class LifeChanges:
    """The tables of changes of life inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def add(
        self,
        worker_key: int,
        kind: LifeKind,
        *,
        on: date,
        fields: tuple[Field, ...] = (),
        note: str = "",
        batch: str = "",
    ) -> int:
        """Writes a change down; its key."""
        uid = new_uid()
        body = msgspec.json.encode(_Body(fields, note))
        row = {
            "uid": uid,
            "worker_key": worker_key,
            "kind": kind.value,
            "happened_on": on,
            "batch": batch,
            "body": self._context.keys.seal(body, place_of("life_change", "body", uid)),
            "actor": self._context.actor,
            "recorded_at": self._context.clock(),
        }
        inserted = self._context.connection.execute(insert(LIFE_CHANGE).values(row)).inserted_primary_key
        return int(inserted[0]) if inserted is not None else 0

    def of_person(self, worker_key: int) -> list[LifeChange]:
        """Everything ever written down of a person, newest first."""
        return self._found(LIFE_CHANGE.c.worker_key == worker_key)

    def get(self, key: int, *, worker_key: int) -> LifeChange:
        """A change of a person that still stands; RecordNotFound where there is none."""
        c = LIFE_CHANGE.c
        found = self._found(and_(c.key == key, c.worker_key == worker_key, c.undone_at.is_(None)))
        if not found:
            raise RecordNotFound("没有这条变更，或已经撤销", ref=str(key))
        return found[0]

    def of_batch(self, batch: str) -> list[LifeChange]:
        """What one act changed and still stands."""
        return self._found(and_(LIFE_CHANGE.c.batch == batch, LIFE_CHANGE.c.undone_at.is_(None)))

    def batches(self, workers: Sequence[int], kind: LifeKind) -> list[tuple[str, int, date, str]]:
        """(batch, people, day, by whom) of acts that changed several of these people and still stand, newest first."""
        c = LIFE_CHANGE.c
        mine = and_(c.kind == kind.value, c.batch != "", c.undone_at.is_(None))
        found: dict[str, tuple[str, int, date, str]] = {}
        for part in chunks(workers):
            query = select(c.batch, func.count(), func.min(c.happened_on), func.min(c.actor), func.max(c.key))
            grouped = query.where(mine, c.worker_key.in_(part)).group_by(c.batch).order_by(func.max(c.key).desc())
            for batch, count, on, actor, _ in self._context.connection.execute(grouped):
                before = found.get(batch)
                found[batch] = (batch, count + (before[1] if before else 0), on, actor)
        return list(found.values())

    def standing(self, worker_key: int) -> list[LifeChange]:
        """What still stands of a person, newest first."""
        return [one for one in self.of_person(worker_key) if one.undone_at is None]

    def undo(self, keys: Sequence[int]) -> None:
        """Marks changes as taken back."""
        values = {"undone_at": self._context.clock(), "undone_by": self._context.actor}
        for part in chunks(keys):
            self._context.connection.execute(update(LIFE_CHANGE).where(LIFE_CHANGE.c.key.in_(part)).values(values))

    def restricted(self, workers: Sequence[int] | None = None) -> frozenset[int]:
        """People nobody is planned for by machine, of everybody or of some."""
        return self._of_kinds((LifeKind.RESTRICTED, LifeKind.NAMELESS), workers)

    def of_kind(self, kind: LifeKind) -> frozenset[int]:
        """People for whom a change of a kind stands."""
        return self._of_kinds((kind,), None)

    def gone(self, workers: Sequence[int] | None = None) -> frozenset[int]:
        """People who died, moved away or are kept without a name: no call, no sheet; of everybody or of some."""
        return self._of_kinds(_GONE, workers)

    def lasting(self) -> dict[int, tuple[Field, ...]]:
        """Fields that changes have set, by person, oldest first: a roster that still says what was is out of date."""
        c = LIFE_CHANGE.c
        found: dict[int, list[Field]] = defaultdict(list)
        kinds = [kind.value for kind in _OF_FIELDS]
        for one in reversed(self._found(and_(c.kind.in_(kinds), c.undone_at.is_(None)))):
            found[one.worker_key] += one.fields
        return {key: tuple(fields) for key, fields in found.items()}

    def retire_plan(self, worker_key: int) -> None:
        """Whoever wants no plan by machine has none that counts."""
        mine = and_(PLAN.c.worker_key == worker_key, PLAN.c.current)
        self._context.connection.execute(update(PLAN).where(mine).values(current=False))

    def add_village(self, merge: VillageMerge) -> None:
        """Writes down that a village became another."""
        row = {
            "batch": merge.batch,
            "from_code": merge.from_code,
            "from_village": merge.from_village,
            "into_code": merge.into_code,
            "into_village": merge.into_village,
            "people": merge.people,
            "accounts": msgspec.json.encode(merge.accounts).decode(),
            "happened_on": merge.on,
            "actor": self._context.actor,
            "recorded_at": self._context.clock(),
        }
        self._context.connection.execute(insert(VILLAGE_MERGE).values(row))

    def villages(self, *, division: str = "", batch: str = "") -> list[VillageMerge]:
        """Villages of a division that became others, newest first."""
        c = VILLAGE_MERGE.c
        inside = and_(within(c.from_code, division), c.batch == batch if batch else true())
        rows = self._context.connection.execute(select(VILLAGE_MERGE).where(inside).order_by(c.key.desc())).mappings()
        return [_village(dict(row)) for row in rows]

    def undo_village(self, batch: str) -> None:
        """Marks the act as taken back."""
        values = {"undone_at": self._context.clock(), "undone_by": self._context.actor}
        self._context.connection.execute(update(VILLAGE_MERGE).where(VILLAGE_MERGE.c.batch == batch).values(values))

    def _of_kinds(self, kinds: Sequence[LifeKind], workers: Sequence[int] | None) -> frozenset[int]:
        """People for whom a change of some kinds stands."""
        c = LIFE_CHANGE.c
        query = select(c.worker_key).where(c.kind.in_([kind.value for kind in kinds]), c.undone_at.is_(None))
        if workers is None:
            return frozenset(self._context.connection.scalars(query))
        found: set[int] = set()
        for part in chunks(workers):
            found.update(self._context.connection.scalars(query.where(c.worker_key.in_(part))))
        return frozenset(found)

    def _found(self, condition: ColumnElement[bool]) -> list[LifeChange]:
        """Changes of a condition, newest first."""
        query = select(LIFE_CHANGE).where(condition).order_by(LIFE_CHANGE.c.key.desc())
        return [self._change(dict(row)) for row in self._context.connection.execute(query).mappings()]

    def _change(self, row: dict[Any, Any]) -> LifeChange:
        """A row, unsealed."""
        body = _BODY.decode(self._context.keys.unseal(row["body"], place_of("life_change", "body", row["uid"])))
        return LifeChange(
            key=row["key"],
            worker_key=row["worker_key"],
            kind=LifeKind(row["kind"]),
            on=row["happened_on"],
            fields=body.fields,
            note=body.note,
            batch=row["batch"],
            actor=row["actor"],
            recorded_at=row["recorded_at"],
            undone_at=row["undone_at"],
            undone_by=row["undone_by"],
        )


def _village(row: dict[Any, Any]) -> VillageMerge:
    """A row as a merge of villages."""
    named = {str(name): value for name, value in row.items() if name not in {"happened_on", "accounts"}}
    return VillageMerge(**named, on=row["happened_on"], accounts=_ACCOUNTS.decode(row["accounts"] or "[]"))
