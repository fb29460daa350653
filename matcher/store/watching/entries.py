"""Stays on the key-assistance list.

In: `KeyEntry` records. Out: the same again, by person or by scope; what the ledger says stands sealed.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, Select, and_, case, func, or_, select, true, update

from matcher.domain.errors import RecordNotFound
from matcher.domain.service.key_list import EntryReason, KeyEntry, LeaveReason
from matcher.store.context import Row, StoreContext, chunks, new_uid
from matcher.store.schema import KEY_ENTRY, WORKER
from matcher.store.sealing import place_of
from matcher.store.workers import in_scope

WHICH = ("late", "bare", "open", "left")
"""Parts of the list: contact overdue, no measure yet, still on it, left it."""


class _Body(msgspec.Struct, frozen=True):
    """What of a stay is sealed."""

    words: str = ""
    measures: str = ""


_BODY = msgspec.json.Decoder(_Body)


class KeyEntries:
    """The table of stays inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def enter(self, entries: Sequence[KeyEntry], *, by_itself: bool = False) -> list[int]:
        """Puts people on the list; their keys. What happens by itself is nobody's act and goes with an import."""
        rows = []
        for one in entries:
            uid = new_uid()
            row = {
                "uid": uid,
                "worker_key": one.worker_key,
                "reason": one.reason.value,
                "entered_on": one.entered_on,
                "identified_on": one.identified_on,
                "owner": one.owner,
                "contact_on": one.contact_on,
                "measure_on": one.measure_on,
                "next_due": one.next_due,
                "body": self._sealed(uid, one.words, one.measures),
                "actor": "" if by_itself else self._context.actor,
                "recorded_at": self._context.clock(),
            }
            rows.append(row)
        return self._context.insert_many(KEY_ENTRY, rows)

    def get(self, key: int, *, division: str = "", villages: tuple[str, ...] = ()) -> KeyEntry:
        """One stay; RecordNotFound outside the scope."""
        found = self._some(and_(KEY_ENTRY.c.key == key, in_scope(division, villages)))
        if not found:
            raise RecordNotFound("清单上没有这个人，或不在您的范围内", ref=str(key))
        return found[0]

    def of_person(self, worker_key: int) -> list[KeyEntry]:
        """Every stay of a person, the newest first."""
        return self._some(KEY_ENTRY.c.worker_key == worker_key, newest_first=True)

    def standing(self) -> dict[int, KeyEntry]:
        """Worker → the stay that goes on."""
        return {one.worker_key: one for one in self._some(KEY_ENTRY.c.left_on.is_(None))}

    def newest(self, workers: Collection[int]) -> dict[int, KeyEntry]:
        """Worker → the newest stay, whether it goes on or not."""
        found: dict[int, KeyEntry] = {}
        for part in chunks(sorted(workers)):
            found |= {one.worker_key: one for one in self._some(KEY_ENTRY.c.worker_key.in_(part))}
        return found

    def listed(
        self, which: str, *, late_since: date, bare_since: date, division: str = "",
        villages: tuple[str, ...] = (), first: int = 0, limit: int = 50,
    ) -> tuple[list[KeyEntry], int]:  # fmt: skip
        """A part of the list, the most urgent first, and how many there are in all."""
        here = and_(_part(which, late_since, bare_since), in_scope(division, villages))
        c = KEY_ENTRY.c
        order = (c.left_on.desc(), c.key.desc()) if which == "left" else (c.next_due, c.entered_on, c.key)
        query = _joined(func.count().over().label("_total")).where(here).order_by(*order)
        rows = self._context.connection.execute(query.offset(first).limit(limit)).mappings().all()
        total = int(rows[0]["_total"]) if rows else self._count(here) if first else 0
        return [self._entry(dict(row)) for row in rows], total

    def counts(
        self, *, late_since: date, bare_since: date, division: str = "", villages: tuple[str, ...] = (),
    ) -> dict[str, int]:  # fmt: skip
        """How many people are in each part of the list."""
        parts = [_part(which, late_since, bare_since) for which in WHICH]
        columns = [func.coalesce(func.sum(case((part, 1), else_=0)), 0) for part in parts]
        joined = KEY_ENTRY.join(WORKER, WORKER.c.key == KEY_ENTRY.c.worker_key)
        row = self._context.connection.execute(
            select(*columns).select_from(joined).where(in_scope(division, villages))
        ).one()
        return dict(zip(WHICH, map(int, row), strict=True))

    def change(self, key: int, **values: Any) -> None:
        """Changes columns that stand in clear: owner, leaving, the days of contact."""
        changed = self._context.connection.execute(update(KEY_ENTRY).where(KEY_ENTRY.c.key == key).values(**values))
        if changed.rowcount != 1:
            raise RecordNotFound("清单上没有这一条", ref=str(key))

    def say(self, key: int, words: str, measures: str) -> None:
        """What the ledger says now."""
        sealed = self._sealed(self._context.uid(KEY_ENTRY, key), words, measures)
        self.change(key, body=sealed)

    def _count(self, condition: ColumnElement[bool]) -> int:
        """How many stays."""
        joined = KEY_ENTRY.join(WORKER, WORKER.c.key == KEY_ENTRY.c.worker_key)
        return int(self._context.connection.scalar(select(func.count()).select_from(joined).where(condition)) or 0)

    def _sealed(self, uid: str, words: str, measures: str) -> bytes:
        """The sealed part."""
        body = msgspec.json.encode(_Body(words, measures))
        return self._context.keys.seal(body, place_of("key_entry", "body", uid))

    def _some(self, condition: ColumnElement[bool], *, newest_first: bool = False) -> list[KeyEntry]:
        """Stays of a condition, oldest first."""
        order = KEY_ENTRY.c.key.desc() if newest_first else KEY_ENTRY.c.key
        rows = self._context.connection.execute(_joined().where(condition).order_by(order)).mappings()
        return [self._entry(dict(row)) for row in rows]

    def _entry(self, row: Row) -> KeyEntry:
        """A row, unsealed."""
        body = _BODY.decode(self._context.keys.unseal(row["body"], place_of("key_entry", "body", row["uid"])))
        plain = ("key", "worker_key", "entered_on", "identified_on", "owner", "left_on", "contact_on", "measure_on")
        return KeyEntry(
            **{name: row[name] for name in (*plain, "next_due", "name", "village", "home_code", "home_name")},
            reason=EntryReason(row["reason"]),
            left_reason=LeaveReason(row["left_reason"]) if row["left_reason"] else None,
            words=body.words,
            measures=body.measures,
        )


def _joined(*more: ColumnElement[Any]) -> Select[Any]:
    """Stays with the names of their people."""
    w = WORKER.c
    joined = KEY_ENTRY.join(WORKER, w.key == KEY_ENTRY.c.worker_key)
    return select(*KEY_ENTRY.c, w.name, w.village, w.home_code, w.home_name, *more).select_from(joined)


def _part(which: str, late_since: date, bare_since: date) -> ColumnElement[bool]:
    """Who belongs to a part of the list."""
    c = KEY_ENTRY.c
    if which == "left":
        return c.left_on.is_not(None)
    if which == "late":
        return and_(c.left_on.is_(None), c.next_due < late_since)
    if which == "bare":
        since = or_(c.identified_on < bare_since, and_(c.identified_on.is_(None), c.entered_on < bare_since))
        return and_(c.left_on.is_(None), c.measure_on.is_(None), since)
    return c.left_on.is_(None) if which == "open" else true()
