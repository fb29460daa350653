"""Tracking cards of the key-assistance list: contacts and changes, dated, by whom; what was a mistake is crossed out.

In: `KeyLine` records. Out: the same again; what was said and why stands sealed.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import msgspec
from sqlalchemy import select, update

from matcher.domain.errors import EditConflict, RecordNotFound
from matcher.domain.service.casefile import GuidanceWay
from matcher.domain.service.key_list import Found, KeyLine, LogKind
from matcher.store.context import Row, StoreContext, chunks, new_uid
from matcher.store.schema import KEY_LOG
from matcher.store.sealing import place_of


@dataclass(frozen=True, slots=True, kw_only=True)
class _Body:
    """What of a line is sealed."""

    content: str = ""
    next_step: str = ""
    why: str = ""


_BODY = msgspec.json.Decoder(_Body)


class Cards:
    """The table of lines inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def write(self, lines: Sequence[KeyLine], *, by_itself: bool = False) -> list[int]:
        """Keeps lines; their keys. What happens by itself is nobody's act and goes with an import."""
        rows = []
        for line in lines:
            uid = new_uid()
            row = {
                "uid": uid,
                "entry_key": line.entry_key,
                "worker_key": line.worker_key,
                "kind": line.kind.value,
                "on": line.on,
                "way": line.way.value if line.way else "",
                "found": line.found.value if line.found else "",
                "next_due": line.next_due,
                "body": self._sealed(uid, _Body(content=line.content, next_step=line.next_step)),
                "actor": "" if by_itself else self._context.actor,
                "recorded_at": self._context.clock(),
            }
            rows.append(row)
        return self._context.insert_many(KEY_LOG, rows)

    def get(self, key: int) -> KeyLine:
        """One line; RecordNotFound where there is none."""
        row = self._context.connection.execute(select(KEY_LOG).where(KEY_LOG.c.key == key)).mappings().first()
        if row is None:
            raise RecordNotFound("跟踪卡上没有这一条", ref=str(key))
        return self._line(dict(row))

    def of_entries(self, keys: Collection[int]) -> dict[int, list[KeyLine]]:
        """Stay → its lines, in the order they were written."""
        found: dict[int, list[KeyLine]] = {}
        for part in chunks(sorted(keys)):
            query = select(KEY_LOG).where(KEY_LOG.c.entry_key.in_(part)).order_by(KEY_LOG.c.on, KEY_LOG.c.key)
            for row in self._context.connection.execute(query).mappings():
                found.setdefault(row["entry_key"], []).append(self._line(dict(row)))
        return found

    def of_person(self, worker_key: int) -> list[KeyLine]:
        """Every line about a person."""
        query = select(KEY_LOG).where(KEY_LOG.c.worker_key == worker_key).order_by(KEY_LOG.c.key)
        return [self._line(dict(row)) for row in self._context.connection.execute(query).mappings()]

    def take_back(self, key: int, why: str) -> None:
        """Crosses a line out, with the reason; EditConflict where somebody did so before."""
        c = KEY_LOG.c
        row = self._context.connection.execute(select(c.uid, c.body).where(c.key == key)).first()
        if row is None:
            raise RecordNotFound("跟踪卡上没有这一条", ref=str(key))
        held = _BODY.decode(self._context.keys.unseal(row[1], place_of("key_log", "body", row[0])))
        body = _Body(content=held.content, next_step=held.next_step, why=why)
        values: dict[str, Any] = {
            "body": self._sealed(row[0], body),
            "taken_back_at": self._context.clock(),
            "taken_back_by": self._context.actor,
        }
        change = update(KEY_LOG).where(c.key == key, c.taken_back_at.is_(None)).values(**values)
        if self._context.connection.execute(change).rowcount != 1:
            raise EditConflict("这一条刚才已经划掉了；请刷新后再看", ref=str(key))

    def _sealed(self, uid: str, body: _Body) -> bytes:
        """The sealed part."""
        return self._context.keys.seal(msgspec.json.encode(body), place_of("key_log", "body", uid))

    def _line(self, row: Row) -> KeyLine:
        """A row, unsealed."""
        body = _BODY.decode(self._context.keys.unseal(row["body"], place_of("key_log", "body", row["uid"])))
        plain = ("key", "entry_key", "worker_key", "on", "next_due", "actor", "recorded_at", "taken_back_at")
        return KeyLine(
            **{name: row[name] for name in (*plain, "taken_back_by")},
            kind=LogKind(row["kind"]),
            way=GuidanceWay(row["way"]) if row["way"] else None,
            found=Found(row["found"]) if row["found"] else None,
            content=body.content,
            next_step=body.next_step,
            taken_back_why=body.why,
        )
