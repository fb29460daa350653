"""Months as they were counted: the counts of every village on one day of a month.

In: `MonthCount` records. Out: the months there are, and the counts of one; counted again, a month is written anew.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec
from sqlalchemy import delete, func, insert, select

from matcher.domain.service.months import MonthCount
from matcher.store.context import StoreContext, chunks, new_uid, within
from matcher.store.schema import MONTH_COUNT
from matcher.store.sealing import place_of

_COUNTS = msgspec.json.Decoder(dict[str, int])


class Months:
    """The table of counted months inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def put(self, month: str, counts: Sequence[MonthCount]) -> None:
        """Writes a month in the place of what stood there."""
        connection, seal = self._context.connection, self._context.keys.seal
        connection.execute(delete(MONTH_COUNT).where(MONTH_COUNT.c.month == month))
        rows = []
        for one in counts:
            uid = new_uid()
            row = {
                "uid": uid,
                "month": month,
                "home_code": one.home_code,
                "village": one.village,
                "as_of": one.as_of,
                "body": seal(msgspec.json.encode(dict(one.counts)), place_of("month_count", "body", uid)),
                "recorded_at": self._context.clock(),
            }
            rows.append(row)
        for part in chunks(rows):
            connection.execute(insert(MONTH_COUNT), list(part))

    def taken(self) -> dict[str, date]:
        """The months there are, newest first, and the day each was counted."""
        c = MONTH_COUNT.c
        query = select(c.month, func.max(c.as_of)).group_by(c.month).order_by(c.month.desc())
        return {str(row[0]): row[1] for row in self._context.connection.execute(query)}

    def of(self, month: str, *, division: str = "", villages: tuple[str, ...] = ()) -> list[MonthCount]:
        """The villages of a month."""
        c = MONTH_COUNT.c
        query = select(c.uid, c.home_code, c.village, c.as_of, c.body)
        query = query.where(c.month == month, within(c.home_code, division))
        if villages:
            query = query.where(c.village.in_(villages))
        unseal = self._context.keys.unseal
        return [
            MonthCount(
                month=month,
                home_code=home,
                village=village,
                as_of=as_of,
                counts=_COUNTS.decode(unseal(body, place_of("month_count", "body", uid))),
            )
            for uid, home, village, as_of, body in self._context.connection.execute(query.order_by(c.home_code, c.key))
        ]
