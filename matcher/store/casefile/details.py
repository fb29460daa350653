"""Statements about spells of work: the newest claim and the newest that was verified stand side by side.

In: statements. Out: those of people that were not taken back, in the order they were made.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import msgspec
from sqlalchemy import select, update

from matcher.domain.aftercare import SaidBy
from matcher.domain.service.ladder import SpellDetail
from matcher.store.context import StoreContext, chunks, new_uid
from matcher.store.schema import SPELL_DETAIL
from matcher.store.sealing import place_of

_CODES = ("region", "channel", "contract", "insurance", "industry", "province", "city", "county")
_SAME = ("worker_key", "spell_key", "told_on", "verified_how", *_CODES)


class _Body(msgspec.Struct, frozen=True):
    """What of a statement is sealed."""

    employer: str = ""
    yuan: int | None = None
    note: str = ""


_BODY = msgspec.json.Decoder(_Body)


class SpellDetails:
    """The table of statements inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def add(self, detail: SpellDetail) -> int:
        """Keeps a statement; its key."""
        uid = new_uid()
        body = msgspec.json.encode(_Body(detail.employer, detail.yuan, detail.note))
        row = {name: getattr(detail, name) for name in _SAME} | {
            "uid": uid,
            "said_by": detail.said_by.value,
            "body": self._context.keys.seal(body, place_of("spell_detail", "body", uid)),
            "actor": self._context.actor,
            "recorded_at": self._context.clock(),
        }
        return self._context.insert_many(SPELL_DETAIL, [row])[0]

    def take_back(self, key: int, *, worker_key: int) -> bool:
        """A statement that was wrong counts no more; whether there was one that did."""
        c = SPELL_DETAIL.c
        mine = update(SPELL_DETAIL).where(c.key == key, c.worker_key == worker_key, c.undone_at.is_(None))
        values = {"undone_at": self._context.clock(), "undone_by": self._context.actor}
        return self._context.connection.execute(mine.values(values)).rowcount == 1

    def of_people(self, workers: Collection[int], *, all_of_them: bool = False) -> dict[int, list[SpellDetail]]:
        """The statements about spells of some people, the newest last; those taken back too where asked for."""
        c, found = SPELL_DETAIL.c, dict[int, list[SpellDetail]]()
        for part in chunks(sorted(workers)):
            query = select(*c).where(c.worker_key.in_(part)).order_by(c.key)
            for row in self._context.connection.execute(
                query if all_of_them else query.where(c.undone_at.is_(None))
            ).mappings():
                detail = self._detail(dict(row))
                found.setdefault(detail.worker_key, []).append(detail)
        return found

    def _detail(self, row: dict[str, Any]) -> SpellDetail:
        """A row, unsealed."""
        body = _BODY.decode(self._context.keys.unseal(row["body"], place_of("spell_detail", "body", row["uid"])))
        same = {name: row[name] for name in (*_SAME, "key", "actor", "recorded_at")}
        return SpellDetail(
            said_by=SaidBy(row["said_by"]), employer=body.employer, yuan=body.yuan, note=body.note, **same
        )
