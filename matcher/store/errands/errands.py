"""Errands inside one unit of work: ordered, begun once, ended once.

In: orders. Out: how each stands; how far one is lies beside the database, so that a long transaction hides nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import msgspec
from sqlalchemy import and_, select, update

from matcher.domain.errors import RecordNotFound
from matcher.domain.intake.errands import Errand, ErrandKind, ErrandOrder, ErrandState, Told
from matcher.store.context import Row, StoreContext, new_uid
from matcher.store.schema import ERRAND
from matcher.store.sealing import place_of

_ORDER = msgspec.json.Decoder(ErrandOrder)
_SHOWN = ("key", "kind", "state", "actor", "division", "fair_key", "message", "told", "asked_at", "began_at", "done_at")


class Errands:
    """The table of errands inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def order(self, wanted: ErrandOrder) -> int:
        """Keeps an order; its key."""
        uid = new_uid()
        row: Row = {
            "uid": uid,
            "kind": wanted.kind.value,
            "state": ErrandState.WAITING.value,
            "actor": self._context.actor,
            "division": wanted.may_division,
            "fair_key": wanted.fair_key,
            "told": [],
            "wanted": self._context.keys.seal(msgspec.json.encode(wanted), place_of("errand", "wanted", uid)),
            "asked_at": self._context.clock(),
        }
        return self._context.insert_many(ERRAND, [row])[0]

    def begin(self, key: int) -> ErrandOrder | None:
        """Takes a waiting errand on; None where somebody else was first or it is over."""
        c = ERRAND.c
        mine = and_(c.key == key, c.state == ErrandState.WAITING.value)
        begun = {"state": ErrandState.AT_WORK.value, "began_at": self._context.clock()}
        if self._context.connection.execute(update(ERRAND).where(mine).values(begun)).rowcount != 1:
            return None
        uid, wanted = self._context.connection.execute(select(c.uid, c.wanted).where(c.key == key)).one()
        return _ORDER.decode(self._context.keys.unseal(wanted, place_of("errand", "wanted", uid)))

    def end(self, key: int, state: ErrandState, *, message: str = "", told: Sequence[Told] = ()) -> None:
        """It is over; what was ordered, with its passphrase, is forgotten."""
        values = {
            "state": state.value,
            "message": message,
            "told": [asdict(one) for one in told],
            "wanted": None,
            "done_at": self._context.clock(),
        }
        open_one = and_(ERRAND.c.key == key, ERRAND.c.done_at.is_(None))
        self._context.connection.execute(update(ERRAND).where(open_one).values(values))

    def get(self, key: int) -> Errand:
        """One errand."""
        found = self._some(ERRAND.c.key == key)
        if not found:
            raise RecordNotFound("没有这项后台工作", ref=str(key))
        return found[0]

    def unended(self) -> list[Errand]:
        """Errands that wait or are at work, the oldest first."""
        return self._some(ERRAND.c.done_at.is_(None))

    def running(self, kinds: Collection[ErrandKind], *, actor: str) -> list[Errand]:
        """The errands of some kinds an account has ordered and that are not over."""
        mine = and_(ERRAND.c.kind.in_([kind.value for kind in kinds]), ERRAND.c.actor == actor)
        return self._some(and_(ERRAND.c.done_at.is_(None), mine))

    def _some(self, condition: Any) -> list[Errand]:
        """Errands of a condition."""
        query = select(*(ERRAND.c[name] for name in _SHOWN)).where(condition).order_by(ERRAND.c.key)
        return [_errand(row) for row in self._context.connection.execute(query).mappings()]


def _errand(row: Mapping[Any, Any]) -> Errand:
    """A row as an errand."""
    told = tuple(Told(**one) for one in row["told"])
    return Errand(**dict(row) | {"kind": ErrandKind(row["kind"]), "state": ErrandState(row["state"]), "told": told})
