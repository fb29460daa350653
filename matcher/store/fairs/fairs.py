"""Fairs, where their buses stop, and the PINs of their rooms.

In: `Fair`s, stops, hashes of PINs. Out: the same again, only those an account may see; a fair is found by its key, by
the reference people call it by, or by the uid it has on every laptop.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, func, insert, select, true, update

from matcher.domain.errors import EditConflict, InputRefused, RecordNotFound
from matcher.domain.fairs import BusStop, Fair, FairState, Room
from matcher.store.context import StoreContext, new_uid, within
from matcher.store.fairs.booths import Booths
from matcher.store.fairs.results import Results
from matcher.store.fairs.visitors import Visitors
from matcher.store.schema import FAIR, FAIR_PIN, FAIR_STOP

_NAMES = (
    "uid", "ref", "name", "division", "owner", "starts_on", "ends_on", "opens_at", "closes_at", "place", "note",
    "changed_at", "base_at",
)  # fmt: skip


class Fairs:
    """The tables of fairs inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context
        self.booths = Booths(context)
        self.visitors = Visitors(context)
        self.results = Results(context)

    def add(self, fair: Fair) -> int:
        """Keeps a new fair; the key."""
        if self._context.connection.scalar(select(FAIR.c.key).where(FAIR.c.ref == fair.ref)) is not None:
            raise InputRefused("已经有这个编号的招聘会，没有保存；请换一个编号", ref=fair.ref)
        now = self._context.clock()
        row = {name: getattr(fair, name) for name in _NAMES} | {"state": fair.state.value, "created_at": now}
        row |= {"uid": fair.uid or new_uid(), "changed_at": fair.changed_at or now}
        return self._context.insert_many(FAIR, [row])[0]

    def change(self, fair: Fair, *, expected_revision: int | None = None) -> None:
        """Keeps what a fair is now; EditConflict where somebody changed it meanwhile."""
        row = {name: getattr(fair, name) for name in _NAMES if name not in {"uid", "ref", "changed_at"}}
        row |= {"state": fair.state.value, "changed_at": fair.changed_at or self._context.clock()}
        self._context.revise(FAIR, fair.key, row, expected_revision=expected_revision)

    def move(self, fair: Fair, state: FairState) -> None:
        """To another state, if the fair still stands where it was seen."""
        c = FAIR.c
        row = {"state": state.value, "changed_at": self._context.clock(), "revision": c.revision + 1}
        moved = self._context.connection.execute(
            update(FAIR).where(c.key == fair.key, c.state == fair.state.value).values(row)
        )
        if moved.rowcount != 1:
            raise EditConflict("别人刚刚改过这场招聘会的状态，没有再改；请刷新后再看")

    def get(self, key: int, *, division: str = "", owner: str = "") -> Fair:
        """One fair; RecordNotFound where there is none in the scope."""
        return self._one(and_(FAIR.c.key == key, _seen(division, owner)), str(key))

    def by_ref(self, ref: str) -> Fair:
        """One fair by what people call it."""
        return self._one(FAIR.c.ref == ref, ref)

    def by_uid(self, uid: str) -> Fair | None:
        """One fair by the name it has on every laptop."""
        row = self._context.connection.execute(select(FAIR).where(FAIR.c.uid == uid)).mappings().first()
        return None if row is None else _fair(row)

    def revision(self, key: int) -> int:
        """How often a fair was changed."""
        return int(self._context.connection.scalar(select(FAIR.c.revision).where(FAIR.c.key == key)) or 0)

    def all(self, *, division: str = "", owner: str = "") -> list[Fair]:
        """The fairs of a scope, the latest first."""
        query = select(FAIR).where(_seen(division, owner)).order_by(FAIR.c.starts_on.desc(), FAIR.c.key.desc())
        return [_fair(row) for row in self._context.connection.execute(query).mappings()]

    def count(self) -> int:
        """How many fairs there are."""
        return int(self._context.connection.scalar(select(func.count()).select_from(FAIR)) or 0)

    def stops(self, fair_key: int) -> list[BusStop]:
        """Where the buses stop."""
        c = FAIR_STOP.c
        query = select(c.home_code, c.village, c.place, c.leaves_at).where(c.fair_key == fair_key)
        rows = self._context.connection.execute(query.order_by(c.home_code, c.village))
        return [BusStop(home_code=code, village=name, place=place, leaves_at=at) for code, name, place, at in rows]

    def put_stop(self, fair_key: int, stop: BusStop) -> None:
        """Keeps where the people of a village are picked up."""
        c = FAIR_STOP.c
        here = and_(c.fair_key == fair_key, c.home_code == stop.home_code, c.village == stop.village)
        self._context.connection.execute(delete(FAIR_STOP).where(here))
        row = {"fair_key": fair_key, "home_code": stop.home_code, "village": stop.village}
        self._context.connection.execute(
            insert(FAIR_STOP).values(row | {"place": stop.place, "leaves_at": stop.leaves_at})
        )

    def pin(self, fair_key: int, room: Room) -> tuple[str, int]:
        """Hash and version of a room's PIN; "" and 0 where none was made."""
        c = FAIR_PIN.c
        query = select(c.pin_hash, c.version).where(c.fair_key == fair_key, c.room == room.value)
        row = self._context.connection.execute(query).first()
        return ("", 0) if row is None else (str(row[0]), int(row[1]))

    def put_pin(self, fair_key: int, room: Room, pin_hash: str, *, version: int = 0) -> int:
        """Keeps the hash of a room's PIN and ends what was entered with the one before; its version."""
        version = version or self.pin(fair_key, room)[1] + 1
        c = FAIR_PIN.c
        self._context.connection.execute(delete(FAIR_PIN).where(c.fair_key == fair_key, c.room == room.value))
        row = {"fair_key": fair_key, "room": room.value, "pin_hash": pin_hash, "version": version}
        self._context.connection.execute(insert(FAIR_PIN).values(row | {"made_at": self._context.clock()}))
        return version

    def _one(self, condition: ColumnElement[bool], ref: str) -> Fair:
        """The fair of a condition."""
        row = self._context.connection.execute(select(FAIR).where(condition)).mappings().first()
        if row is None:
            raise RecordNotFound("没有这场招聘会，或不在您的范围内", ref=ref)
        return _fair(row)


def _seen(division: str, owner: str) -> ColumnElement[bool]:
    """Fairs of a division and, where an owner is named, of this account only."""
    mine = FAIR.c.owner == owner if owner else true()
    return and_(within(FAIR.c.division, division), mine)


def _fair(row: Mapping[Any, Any]) -> Fair:
    """A row as a fair."""
    values = {name: row[name] for name in _NAMES}
    return replace(Fair(**values, state=FairState(row["state"])), key=int(row["key"]))
