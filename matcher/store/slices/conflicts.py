"""Records that were changed on both sides: kept side by side until a person decides, and the decision can be undone.

In: what the file says of a record. Out: open conflicts of a scope; decided ones with what is needed to undo them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, and_, func, insert, or_, select, update

from matcher.domain.errors import RecordNotFound
from matcher.store.context import StoreContext, new_uid, within
from matcher.store.schema import SLICE_CONFLICT
from matcher.store.sealing import place_of
from matcher.store.slices.kinds import Plain


class ConflictState(StrEnum):
    """Where a conflict stands."""

    OPEN = "open"
    DECIDED = "decided"
    SETTLED = "settled"
    """A later file made both sides say the same."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """What a conflict is about."""

    ref: str
    """The name of the record here."""
    foreign_ref: str
    theirs: list[Plain]
    digest: str
    """Of what the file says."""
    own_number: int
    base: list[Plain] | None = None
    """What both began with, where that is known."""
    twin: bool = False
    """Somebody new there has the reference of somebody else here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Undo:
    """What undoing a decision needs: what stood before, and the digest of what was made of it."""

    before: list[Plain]
    after: str
    created: str = ""
    """The uid of a person the decision made."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """One conflict as stored."""

    key: int
    peer: str
    mark: str
    kind: str
    worker_key: int | None
    home_code: str
    village: str
    state: ConflictState
    number: int
    sides: Sides
    theirs_by: str
    theirs_at: datetime | None
    found_at: datetime
    decided_by: str
    decided_at: datetime | None
    undo: Undo | None = None


class Conflicts:
    """The table of conflicts inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context, self._connection = context, context.connection

    def find(self, conflict: Conflict) -> bool:
        """Keeps a conflict; False where the same one waits already."""
        c = SLICE_CONFLICT.c
        open_one = and_(c.peer == conflict.peer, c.mark == conflict.mark, c.state == ConflictState.OPEN.value)
        row = self._connection.execute(select(c.key, c.uid, c.body).where(open_one)).first()
        if row is not None and self._sides(row[1], row[2]).digest == conflict.sides.digest:
            return False
        uid = str(row[1]) if row is not None else new_uid()
        names = ("peer", "mark", "kind", "worker_key", "home_code", "village", "number", "theirs_by", "theirs_at")
        values = {name: getattr(conflict, name) for name in (*names, "found_at")} | {"state": conflict.state.value}
        values["body"] = self._context.keys.seal(
            msgspec.json.encode(conflict.sides), place_of("slice_conflict", "body", uid)
        )
        if row is not None:
            self._connection.execute(update(SLICE_CONFLICT).where(c.key == row[0]).values(values))
        else:
            self._connection.execute(insert(SLICE_CONFLICT).values(values | {"uid": uid}))
        return True

    def settle(self, mark: str) -> None:
        """Both sides say the same by now."""
        c = SLICE_CONFLICT.c
        change = update(SLICE_CONFLICT).where(c.mark == mark, c.state == ConflictState.OPEN.value)
        self._connection.execute(change.values(state=ConflictState.SETTLED.value))

    def open_marks(self) -> set[str]:
        """The marks of records in conflict."""
        c = SLICE_CONFLICT.c
        return set(self._connection.scalars(select(c.mark).where(c.state == ConflictState.OPEN.value)))

    def open(
        self, *, division: str = "", villages: tuple[str, ...] = (), first: int = 0, limit: int = 50
    ) -> list[Conflict]:
        """Conflicts of a scope that wait, the oldest first."""
        c = SLICE_CONFLICT.c
        wanted = and_(c.state == ConflictState.OPEN.value, _inside(division, villages))
        return self._many(wanted, limit, newest=False, first=first)

    def count(self, *, division: str = "", villages: tuple[str, ...] = ()) -> int:
        """How many wait."""
        wanted = and_(SLICE_CONFLICT.c.state == ConflictState.OPEN.value, _inside(division, villages))
        return self._connection.scalar(select(func.count()).select_from(SLICE_CONFLICT).where(wanted)) or 0

    def decided(self, *, division: str = "", villages: tuple[str, ...] = (), limit: int = 10) -> list[Conflict]:
        """The newest decisions of a scope."""
        wanted = and_(SLICE_CONFLICT.c.state == ConflictState.DECIDED.value, _inside(division, villages))
        return self._many(wanted, limit, newest=True)

    def about(self, worker_key: int) -> list[Conflict]:
        """Every conflict about a person, also those that were decided."""
        return self._many(SLICE_CONFLICT.c.worker_key == worker_key, 1_000, newest=False)

    def get(self, key: int, *, division: str = "", villages: tuple[str, ...] = ()) -> Conflict:
        """One conflict of a scope."""
        found = self._many(and_(SLICE_CONFLICT.c.key == key, _inside(division, villages)), 1, newest=True)
        if not found:
            raise RecordNotFound("没有这处冲突，或不在您的范围内", ref=str(key))
        return found[0]

    def decide(self, key: int, undo: Undo | None, *, worker_key: int | None) -> None:
        """Closes a conflict, or opens it again where nothing is given to undo."""
        c = SLICE_CONFLICT.c
        uid = str(self._connection.scalar(select(c.uid).where(c.key == key)))
        sealed = None
        if undo is not None:
            sealed = self._context.keys.seal(msgspec.json.encode(undo), place_of("slice_conflict", "undo", uid))
        values = {
            "state": (ConflictState.OPEN if undo is None else ConflictState.DECIDED).value,
            "undo": sealed,
            "worker_key": worker_key,
            "decided_by": "" if undo is None else self._context.actor,
            "decided_at": None if undo is None else self._context.clock(),
        }
        self._connection.execute(update(SLICE_CONFLICT).where(c.key == key).values(values))

    def _many(self, wanted: ColumnElement[bool], limit: int, *, newest: bool, first: int = 0) -> list[Conflict]:
        """Conflicts of a condition."""
        c = SLICE_CONFLICT.c
        order = c.decided_at.desc() if newest else c.key
        query = select(SLICE_CONFLICT).where(wanted).order_by(order, c.key).offset(first).limit(limit)
        return [self._conflict(row) for row in self._connection.execute(query).mappings()]

    def _sides(self, uid: str, body: bytes) -> Sides:
        """The sides, opened."""
        plain = self._context.keys.unseal(body, place_of("slice_conflict", "body", uid))
        return msgspec.json.decode(plain, type=Sides)

    def _conflict(self, row: Any) -> Conflict:
        """A row, opened."""
        undo = None
        if row["undo"] is not None:
            plain = self._context.keys.unseal(row["undo"], place_of("slice_conflict", "undo", row["uid"]))
            undo = msgspec.json.decode(plain, type=Undo)
        names = (
            "key",
            "peer",
            "mark",
            "kind",
            "worker_key",
            "home_code",
            "village",
            "number",
            "theirs_by",
            "theirs_at",
        )
        told = {name: row[name] for name in (*names, "found_at", "decided_by", "decided_at")}
        state = ConflictState(row["state"])
        return Conflict(**told, state=state, sides=self._sides(row["uid"], row["body"]), undo=undo)


def _inside(division: str, villages: tuple[str, ...]) -> ColumnElement[bool]:
    """Whether a conflict belongs to a scope; what is about no person belongs to the whole office."""
    c = SLICE_CONFLICT.c
    if not division:
        return and_(c.key > 0)
    mine = within(c.home_code, division)
    inside = and_(mine, c.village.in_(villages)) if villages else mine
    return or_(inside, and_(c.home_code == "", c.worker_key.is_(None))) if not villages else inside
