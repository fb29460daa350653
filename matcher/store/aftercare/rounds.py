"""The monthly round: one line a person and month, changed or confirmed.

In: what the coordinator found. Out: the lines of a month, and the newest before it, from which the month is filled in.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import and_, case, delete, func, insert, select

from matcher.domain.aftercare import RoundRow, RoundState
from matcher.store.context import StoreContext, chunks, new_uid
from matcher.store.schema import ROUND_ROW, WORKER
from matcher.store.sealing import place_of
from matcher.store.workers import in_scope

_STATE = msgspec.json.Decoder(RoundState)


class Rounds:
    """The table of monthly lines inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def put(self, rows: Sequence[RoundRow]) -> None:
        """Keeps lines; a second one of the same person and month takes the place of the first."""
        by_month: dict[str, list[int]] = {}
        for row in rows:
            by_month.setdefault(row.month, []).append(row.worker_key)
        for month, workers in by_month.items():
            self.forget(month, workers)
        for some in chunks([self._columns(row) for row in rows]):
            self._context.connection.execute(insert(ROUND_ROW), list(some))

    def forget(self, month: str, workers: Collection[int]) -> None:
        """Lines that are to be filled in again."""
        c = ROUND_ROW.c
        for part in chunks(sorted(workers)):
            self._context.connection.execute(delete(ROUND_ROW).where(c.month == month, c.worker_key.in_(part)))

    def newest(self, workers: Collection[int]) -> dict[int, RoundRow]:
        """The newest line of each of some people, whichever month it is of."""
        c, found = ROUND_ROW.c, dict[int, RoundRow]()
        for part in chunks(sorted(workers)):
            query = select(*c).where(c.worker_key.in_(part)).order_by(c.month)
            for row in self._context.connection.execute(query).mappings():
                found[row["worker_key"]] = self._row(dict(row))
        return found

    def of_people(self, workers: Collection[int]) -> dict[int, list[RoundRow]]:
        """Every line of some people, the oldest month first."""
        c, found = ROUND_ROW.c, dict[int, list[RoundRow]]()
        for part in chunks(sorted(workers)):
            query = select(*c).where(c.worker_key.in_(part)).order_by(c.month)
            for row in self._context.connection.execute(query).mappings():
                found.setdefault(row["worker_key"], []).append(self._row(dict(row)))
        return found

    def changed(
        self, month: str, *, division: str = "", villages: tuple[str, ...] = (), first: int, size: int
    ) -> tuple[list[int], int]:
        """A window of the people of a scope who changed in a month, by village and name, and how many they are."""
        c, w = ROUND_ROW.c, WORKER.c
        joined = ROUND_ROW.join(WORKER, w.key == c.worker_key)
        inside = and_(c.month == month, c.changed, in_scope(division, villages))
        query = select(w.key).select_from(joined).where(inside)
        keys = query.order_by(w.home_code, w.village, w.name, w.key).offset(first).limit(size)
        total = query.with_only_columns(func.count())
        return list(self._context.connection.scalars(keys)), self._context.connection.scalar(total) or 0

    def untouched(self, month: str, *, division: str = "", villages: tuple[str, ...] = ()) -> list[int]:
        """People of a scope who have no line of a month yet."""
        c, w = ROUND_ROW.c, WORKER.c
        joined = WORKER.outerjoin(ROUND_ROW, and_(c.worker_key == w.key, c.month == month))
        query = select(w.key).select_from(joined).where(in_scope(division, villages), c.key.is_(None))
        return list(self._context.connection.scalars(query.order_by(w.key)))

    def counts(self, month: str, *, division: str = "", villages: tuple[str, ...] = ()) -> tuple[int, int, int]:
        """People of a scope, how many of them have a line of a month, and how many changed."""
        c, w = ROUND_ROW.c, WORKER.c
        joined = WORKER.outerjoin(ROUND_ROW, and_(c.worker_key == w.key, c.month == month))
        changed = func.coalesce(func.sum(case((c.changed, 1), else_=0)), 0)
        query = select(func.count(), func.count(c.key), changed).select_from(joined)
        people, seen, moved = self._context.connection.execute(query.where(in_scope(division, villages))).one()
        return int(people), int(seen), int(moved)

    def of_person(self, worker_key: int) -> list[RoundRow]:
        """Every line of a person."""
        query = select(*ROUND_ROW.c).where(ROUND_ROW.c.worker_key == worker_key).order_by(ROUND_ROW.c.month)
        return [self._row(dict(row)) for row in self._context.connection.execute(query).mappings()]

    def _columns(self, row: RoundRow) -> dict[str, Any]:
        """The columns of a line."""
        uid, body = new_uid(), msgspec.json.encode(row.state)
        return {
            "uid": uid,
            "worker_key": row.worker_key,
            "month": row.month,
            "changed": row.changed,
            "confirmed_on": row.confirmed_on,
            "body": self._context.keys.seal(body, place_of("round_row", "body", uid)),
            "actor": self._context.actor,
            "recorded_at": self._context.clock(),
        }

    def _row(self, row: dict[str, Any]) -> RoundRow:
        """A row, unsealed."""
        body = self._context.keys.unseal(row["body"], place_of("round_row", "body", row["uid"]))
        day: date = row["confirmed_on"]
        return RoundRow(
            worker_key=row["worker_key"],
            month=row["month"],
            state=_STATE.decode(body),
            changed=bool(row["changed"]),
            confirmed_on=day,
            actor=row["actor"],
        )
