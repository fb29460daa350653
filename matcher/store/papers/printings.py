"""Printings: an order, how far it is, how it ended; a killed process is noticed by its silence.

In: `PrintOrder`s. Out: `Printing`s of a scope, newest first. What was ordered is sealed.
"""

from __future__ import annotations

from dataclasses import fields
from datetime import timedelta
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, and_, delete, exists, insert, or_, select, update

from matcher.domain.errors import RecordNotFound
from matcher.domain.papers.records import PaperKind, Printing, PrintOrder, PrintState
from matcher.store.context import StoreContext, new_uid, within
from matcher.store.schema import PAPER, PRINTING, PRINTING_PAPER
from matcher.store.sealing import SealedBytes, place_of

SILENT = timedelta(seconds=60)
"""A printing at work that says nothing for this long has died."""
_ORDER = msgspec.json.Decoder(PrintOrder)
_SHOWN = tuple(PRINTING.c[field.name] for field in fields(Printing))


class Printings:
    """The table of printings inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def order(self, wanted: PrintOrder, *, place: str = "") -> int:
        """Keeps an order that waits to be worked off; its key."""
        uid = new_uid()
        values = {
            "uid": uid,
            "kind": wanted.kind.value,
            "state": PrintState.WAITING.value,
            "actor": self._context.actor,
            "division": wanted.division,
            "place": place,
            "ending": wanted.ending,
            "lang": wanted.lang,
            "large": wanted.large,
            "pack": wanted.pack,
            "only_changed": wanted.only_changed,
            "again": wanted.again,
            "wanted": self._sealed("wanted", uid, msgspec.json.encode(wanted)),
            "asked_at": self._context.clock(),
        }
        inserted = self._context.connection.execute(insert(PRINTING).values(values)).inserted_primary_key
        return int(inserted[0]) if inserted is not None else 0

    def claim(self, key: int) -> bool:
        """Takes a waiting order, or one whose process died, to work on it; False where somebody else was first."""
        c = PRINTING.c
        waits = or_(c.state == PrintState.WAITING.value, and_(c.state == PrintState.MAKING.value, self._silent()))
        values = {"state": PrintState.MAKING.value, "heartbeat_at": self._context.clock(), "progress": 0.0, "sheets": 0}
        taken = self._context.connection.execute(update(PRINTING).where(c.key == key, waits).values(**values))
        if taken.rowcount == 1:
            self._drop_parts(key)
        return taken.rowcount == 1

    def progress(self, key: int, share: float) -> bool:
        """Notes how far it is and that it lives; True where somebody asked it to stop."""
        self._change(key, {"progress": share, "heartbeat_at": self._context.clock()})
        return bool(self._context.connection.scalar(select(PRINTING.c.stop_asked).where(PRINTING.c.key == key)))

    def finish(self, key: int, *, sheets: int, versions: str) -> None:
        """It was printed."""
        ended = {"state": PrintState.DONE.value, "sheets": sheets, "versions": versions, "progress": 1.0}
        self._change(key, ended | {"done_at": self._context.clock()})

    def abandon(self, key: int, state: PrintState, message: str) -> None:
        """It was not printed; nothing of it is kept but that it was asked for."""
        self._drop_parts(key)
        self._change(key, {"state": state.value, "message": message, "done_at": self._context.clock(), "sheets": 0})

    def ask_to_stop(self, key: int) -> None:
        """A person wants it stopped; one that waits is stopped at once."""
        self._change(key, {"stop_asked": True})
        waits = and_(PRINTING.c.key == key, PRINTING.c.state == PrintState.WAITING.value)
        ended = {"state": PrintState.STOPPED.value, "done_at": self._context.clock()}
        self._context.connection.execute(update(PRINTING).where(waits).values(**ended))

    def close_silent(self, message: str) -> int:
        """Marks printings whose process died as failed; how many."""
        dead = and_(PRINTING.c.state == PrintState.MAKING.value, self._silent())
        keys = list(self._context.connection.scalars(select(PRINTING.c.key).where(dead)))
        for key in keys:
            self.abandon(key, PrintState.FAILED, message)
        return len(keys)

    def waiting(self) -> list[int]:
        """Orders nobody has begun, the oldest first."""
        query = select(PRINTING.c.key).where(PRINTING.c.state == PrintState.WAITING.value).order_by(PRINTING.c.key)
        return list(self._context.connection.scalars(query))

    def get(self, key: int) -> Printing:
        """One printing."""
        row = self._context.connection.execute(select(*_SHOWN).where(PRINTING.c.key == key)).first()
        if row is None:
            raise RecordNotFound("没有这次打印", ref=str(key))
        return _printing(tuple(row))

    def wanted(self, key: int) -> PrintOrder:
        """What was ordered."""
        row = self._context.connection.execute(select(PRINTING.c.uid, PRINTING.c.wanted).where(PRINTING.c.key == key))
        found = row.first()
        if found is None:
            raise RecordNotFound("没有这次打印", ref=str(key))
        return _ORDER.decode(self._context.keys.unseal(found[1], place_of("printing", "wanted", found[0])))

    def recent(self, *, division: str = "", actor: str = "", limit: int = 30) -> list[Printing]:
        """Printings of a division (or only of one account), newest first."""
        whose = PRINTING.c.actor == actor if actor else within(PRINTING.c.division, division)
        query = select(*_SHOWN).where(whose).order_by(PRINTING.c.key.desc()).limit(limit)
        return [_printing(tuple(row)) for row in self._context.connection.execute(query)]

    def _silent(self) -> ColumnElement[bool]:
        """Whether a printing has not been heard of for long."""
        c = PRINTING.c
        return or_(c.heartbeat_at.is_(None), c.heartbeat_at < self._context.clock() - SILENT)

    def _drop_parts(self, key: int) -> None:
        """The parts of a printing go, and what no other printing was made of."""
        c = PRINTING_PAPER.c
        self._context.connection.execute(delete(PRINTING_PAPER).where(c.printing_key == key))
        self._context.connection.execute(delete(PAPER).where(~exists().where(c.paper_key == PAPER.c.key)))

    def _sealed(self, column: str, uid: str, plain: bytes) -> SealedBytes:
        """A value sealed to its row."""
        return self._context.keys.seal(plain, place_of("printing", column, uid))

    def _change(self, key: int, values: dict[str, Any]) -> None:
        """Changes one printing."""
        changed = self._context.connection.execute(update(PRINTING).where(PRINTING.c.key == key).values(**values))
        if changed.rowcount != 1:
            raise RecordNotFound("没有这次打印", ref=str(key))


def _printing(row: tuple[Any, ...]) -> Printing:
    """A row as a printing."""
    values = dict(zip((field.name for field in fields(Printing)), row, strict=True))
    return Printing(**values | {"kind": PaperKind(values["kind"]), "state": PrintState(values["state"])})
