"""Which coordinator serves which village, villages that need none, and what waits in a village.

In: assignments and decisions. Out: the same again, of a division; counts of what is open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Column, ColumnElement, Select, and_, delete, exists, func, insert, or_, select, update

from matcher.domain.service.around.coordinators import Assignment, NotNeeded, OpenItems
from matcher.store.around.bodies import Bodies
from matcher.store.context import StoreContext, new_uid, within
from matcher.store.schema import (
    COORDINATOR_VILLAGE,
    FOLLOW_UP,
    PERSON_QUESTION,
    PLAN,
    SERVICE_CASE,
    VILLAGE_NOT_NEEDED,
    WORKER,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reason:
    """Why a village needs no coordinator."""

    reason: str = ""


class Staffing:
    """The tables inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context
        self._reasons = Bodies(context, "village_not_needed", _Reason)

    def assign(self, coordinator_key: int, code: str, village: str, *, since: date) -> None:
        """A coordinator serves a village from a day on."""
        row = {
            "coordinator_key": coordinator_key,
            "code": code,
            "village": village,
            "since": since,
            "actor": self._context.actor,
            "recorded_at": self._context.clock(),
        }
        self._context.connection.execute(insert(COORDINATOR_VILLAGE).values(row))

    def release(self, coordinator_key: int, *, on: date, code: str = "", village: str = "") -> int:
        """A coordinator no longer serves a village after a day, or any where none is named; how many villages."""
        c = COORDINATOR_VILLAGE.c
        mine = and_(c.coordinator_key == coordinator_key, c.until.is_(None))
        if village:
            mine = and_(mine, c.code == code, c.village == village)
        return self._context.connection.execute(update(COORDINATOR_VILLAGE).where(mine).values(until=on)).rowcount

    def assignments(self, *, division: str = "", on: date | None = None, key: int | None = None) -> list[Assignment]:
        """Who serves which village, of a day where one is named."""
        c = COORDINATOR_VILLAGE.c
        query = select(c.key, c.coordinator_key, c.code, c.village, c.since, c.until).where(within(c.code, division))
        if on is not None:
            query = query.where(c.since <= on, or_(c.until.is_(None), c.until > on))
        if key is not None:
            query = query.where(c.coordinator_key == key)
        rows = self._context.connection.execute(query.order_by(c.code, c.village, c.since, c.key)).mappings()
        return [Assignment(**dict(row)) for row in rows]

    def say_not_needed(self, one: NotNeeded) -> None:
        """Notes that a village needs nobody; said again it is as now said."""
        self.need_again(one.code, one.village)
        uid = new_uid()
        row = {
            "uid": uid,
            "code": one.code,
            "village": one.village,
            "said_on": one.on,
            "body": self._reasons.seal(uid, _Reason(reason=one.reason)),
            "actor": self._context.actor,
            "recorded_at": self._context.clock(),
        }
        self._context.insert_many(VILLAGE_NOT_NEEDED, [row])

    def need_again(self, code: str, village: str) -> int:
        """Takes that note back; how many there were."""
        c = VILLAGE_NOT_NEEDED.c
        mine = and_(c.code == code, c.village == village)
        return self._context.connection.execute(delete(VILLAGE_NOT_NEEDED).where(mine)).rowcount

    def not_needed(self, *, division: str = "") -> list[NotNeeded]:
        """The villages of a division that need nobody."""
        c = VILLAGE_NOT_NEEDED.c
        query = select(VILLAGE_NOT_NEEDED).where(within(c.code, division)).order_by(c.code, c.village)
        return [
            NotNeeded(
                code=row["code"],
                village=row["village"],
                reason=self._reasons.open(dict(row)).reason,
                on=row["said_on"],
                actor=row["actor"],
            )
            for row in self._context.connection.execute(query).mappings()
        ]

    def open_items(self, code: str, villages: Sequence[str], *, on: date, calls_within: int) -> OpenItems:
        """What waits in a village, however it is spelt, on a day, with the calls due within so many days."""
        w = WORKER.c
        here = and_(w.home_code == code, w.village.in_(villages), w.merged_into.is_(None))
        planned = exists().where(PLAN.c.worker_key == w.key, PLAN.c.current)
        due = FOLLOW_UP.c.due_on <= on + timedelta(days=calls_within)
        count = select(func.count()).select_from(WORKER)
        counts = (
            count.where(here),
            count.where(here, ~planned),
            _hanging(PERSON_QUESTION.c.worker_key, and_(here, PERSON_QUESTION.c.state == "open")),
            _hanging(FOLLOW_UP.c.worker_key, and_(here, due, FOLLOW_UP.c.done_on.is_(None))),
            _hanging(SERVICE_CASE.c.worker_key, and_(here, SERVICE_CASE.c.state == "open")),
        )
        row = self._context.connection.execute(select(*(one.scalar_subquery() for one in counts))).one()
        return OpenItems(people=row[0], without_plan=row[1], questions=row[2], calls=row[3], cases=row[4])


def _hanging(column: Column[int], condition: ColumnElement[bool]) -> Select[int]:
    """How many rows that hang on people fulfil a condition."""
    return select(func.count()).select_from(WORKER).where(column == WORKER.c.key, condition)
