"""Sheets that were asked for: an order, how far it is, how it ended; a killed process is noticed by its silence.

In: `ExportOrder`s. Out: `Export`s of a scope, newest first. What was ordered, and for which purpose, is sealed.
"""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime, timedelta
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, and_, func, insert, or_, select, update

from matcher.domain.errors import RecordNotFound
from matcher.domain.service.ledgers import Export, ExportOrder, ExportState, LedgerKind
from matcher.store.context import StoreContext, new_uid, within
from matcher.store.schema import LEDGER_EXPORT
from matcher.store.sealing import place_of

SILENT = timedelta(seconds=60)
"""An export at work that says nothing for this long has died."""
_ORDER = msgspec.json.Decoder(ExportOrder)
_SHOWN = tuple(LEDGER_EXPORT.c[field.name] for field in fields(Export))


class Exports:
    """The table of exports inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def order(self, wanted: ExportOrder, *, place: str = "") -> int:
        """Keeps an order that waits to be worked off; its key."""
        uid = new_uid()
        plain = msgspec.json.encode(wanted)
        values = {
            "uid": uid,
            "ledger": wanted.ledger.value,
            "state": ExportState.WAITING.value,
            "actor": self._context.actor,
            "division": wanted.division,
            "place": place,
            "month": wanted.month,
            "ending": wanted.ending,
            "wanted": self._context.keys.seal(plain, place_of("ledger_export", "wanted", uid)),
            "asked_at": self._context.clock(),
        }
        inserted = self._context.connection.execute(insert(LEDGER_EXPORT).values(values)).inserted_primary_key
        return int(inserted[0]) if inserted is not None else 0

    def claim(self, key: int) -> bool:
        """Takes a waiting order to work on it; False where somebody else was first."""
        c = LEDGER_EXPORT.c
        values = {"state": ExportState.MAKING.value, "heartbeat_at": self._context.clock(), "progress": 0.0}
        mine = and_(c.key == key, c.state == ExportState.WAITING.value)
        return self._context.connection.execute(update(LEDGER_EXPORT).where(mine).values(values)).rowcount == 1

    def progress(self, key: int, share: float) -> bool:
        """Notes how far it is and that it lives; True where somebody asked it to stop."""
        self._change(key, {"progress": share, "heartbeat_at": self._context.clock()})
        asked = select(LEDGER_EXPORT.c.stop_asked).where(LEDGER_EXPORT.c.key == key)
        return bool(self._context.connection.scalar(asked))

    def finish(self, key: int, *, people: int, hidden: int) -> None:
        """It was written."""
        ended = {"state": ExportState.DONE.value, "people": people, "hidden": hidden, "progress": 1.0}
        self._change(key, ended | {"done_at": self._context.clock()})

    def abandon(self, key: int, state: ExportState, message: str) -> None:
        """It was not written; nothing of it is kept but that it was asked for."""
        self._change(key, {"state": state.value, "message": message, "done_at": self._context.clock()})

    def ask_to_stop(self, key: int) -> None:
        """A person wants it stopped; one that waits is stopped at once."""
        self._change(key, {"stop_asked": True})
        waits = and_(LEDGER_EXPORT.c.key == key, LEDGER_EXPORT.c.state == ExportState.WAITING.value)
        ended = {"state": ExportState.STOPPED.value, "done_at": self._context.clock()}
        self._context.connection.execute(update(LEDGER_EXPORT).where(waits).values(ended))

    def close_silent(self, message: str) -> None:
        """Marks exports whose process died as failed."""
        dead = and_(LEDGER_EXPORT.c.state == ExportState.MAKING.value, self._silent())
        ended = {"state": ExportState.FAILED.value, "message": message, "done_at": self._context.clock()}
        self._context.connection.execute(update(LEDGER_EXPORT).where(dead).values(ended))

    def waiting(self) -> list[int]:
        """Orders nobody has begun, the oldest first."""
        c = LEDGER_EXPORT.c
        return list(
            self._context.connection.scalars(select(c.key).where(c.state == ExportState.WAITING.value).order_by(c.key))
        )

    def get(self, key: int) -> Export:
        """One export."""
        row = self._context.connection.execute(select(*_SHOWN).where(LEDGER_EXPORT.c.key == key)).first()
        if row is None:
            raise RecordNotFound("没有这次导出", ref=str(key))
        return _export(tuple(row))

    def wanted(self, key: int) -> ExportOrder:
        """What was ordered."""
        c = LEDGER_EXPORT.c
        found = self._context.connection.execute(select(c.uid, c.wanted).where(c.key == key)).first()
        if found is None:
            raise RecordNotFound("没有这次导出", ref=str(key))
        return _ORDER.decode(self._context.keys.unseal(found[1], place_of("ledger_export", "wanted", found[0])))

    def recent(self, *, division: str = "", actor: str = "", limit: int = 12) -> list[Export]:
        """Exports of a division (or only of one account), newest first."""
        whose = LEDGER_EXPORT.c.actor == actor if actor else within(LEDGER_EXPORT.c.division, division)
        query = select(*_SHOWN).where(whose).order_by(LEDGER_EXPORT.c.key.desc()).limit(limit)
        return [_export(tuple(row)) for row in self._context.connection.execute(query)]

    def last_written(self, *, division: str = "", actor: str = "") -> dict[LedgerKind, datetime]:
        """When each ledger of a division was last written."""
        c = LEDGER_EXPORT.c
        whose = c.actor == actor if actor else within(c.division, division)
        query = select(c.ledger, func.max(c.done_at)).where(whose, c.state == ExportState.DONE.value)
        rows = self._context.connection.execute(query.group_by(c.ledger))
        return {LedgerKind(ledger): at for ledger, at in rows}

    def _silent(self) -> ColumnElement[bool]:
        """Whether an export has not been heard of for long."""
        c = LEDGER_EXPORT.c
        return or_(c.heartbeat_at.is_(None), c.heartbeat_at < self._context.clock() - SILENT)

    def _change(self, key: int, values: dict[str, Any]) -> None:
        """Changes one export."""
        changed = self._context.connection.execute(
            update(LEDGER_EXPORT).where(LEDGER_EXPORT.c.key == key).values(values)
        )
        if changed.rowcount != 1:
            raise RecordNotFound("没有这次导出", ref=str(key))


def _export(row: tuple[Any, ...]) -> Export:
    """A row as an export."""
    values = dict(zip((field.name for field in fields(Export)), row, strict=True))
    return Export(**values | {"ledger": LedgerKind(values["ledger"]), "state": ExportState(values["state"])})
