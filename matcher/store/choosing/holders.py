"""Whoever holds a sheet for a posting, and who of them has been told that it is filled.

In: a posting, a scope. Out: `Holder`s in the order of villages and names; ticks that somebody was told.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import Integer, and_, cast, delete, func, insert, or_, select

from matcher.domain.choosing.choices import Holder
from matcher.store.context import StoreContext
from matcher.store.schema import HOLDER_TOLD, PLAN, PLAN_MATCH, WORKER
from matcher.store.workers import in_scope


class Holders:
    """Plans and ticks of one posting inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def of_posting(
        self, posting_key: int, *, division: str = "", villages: tuple[str, ...] = (), limit: int = 200
    ) -> tuple[list[Holder], int]:
        """People of a scope whose current plan or printed sheet holds a posting, and how many there are in all."""
        w, p, told = WORKER.c, PLAN.c, HOLDER_TOLD.c
        held = PLAN_MATCH.join(PLAN, p.key == PLAN_MATCH.c.plan_key)
        current = func.max(cast(p.current, Integer))
        printed = func.max(cast(p.printed_on.is_not(None), Integer))
        mine = (
            select(p.worker_key, current.label("on_plan"), printed.label("printed"))
            .select_from(held)
            .where(PLAN_MATCH.c.posting_key == posting_key, or_(p.current, p.printed_on.is_not(None)))
            .group_by(p.worker_key)
            .subquery("mine")
        )
        ticks = and_(told.worker_key == w.key, told.posting_key == posting_key)
        source = mine.join(WORKER, w.key == mine.c.worker_key).outerjoin(HOLDER_TOLD, ticks)
        inside = in_scope(division, villages)
        total = self._context.connection.scalar(select(func.count()).select_from(source).where(inside)) or 0
        columns = (w.key.label("worker_key"), w.name, w.village, w.home_name.label("place_name"))
        query = (
            select(*columns, mine.c.on_plan, mine.c.printed, told.told_on, told.actor.label("told_by"))
            .select_from(source)
            .where(inside)
            .order_by(told.told_on.is_not(None), w.home_code, w.village, w.name, w.key)
            .limit(limit)
        )
        found = [
            Holder(**{**row, "on_plan": bool(row["on_plan"]), "printed": bool(row["printed"])})
            for row in map(dict, self._context.connection.execute(query).mappings())
        ]
        return found, int(total)

    def tell(self, posting_key: int, worker_key: int, *, on: date) -> None:
        """Ticks that somebody was told; the first day stays."""
        c = HOLDER_TOLD.c
        one = and_(c.worker_key == worker_key, c.posting_key == posting_key)
        if self._context.connection.scalar(select(c.key).where(one)) is None:
            row = {
                "worker_key": worker_key,
                "posting_key": posting_key,
                "told_on": on,
                "actor": self._context.actor,
                "recorded_at": self._context.clock(),
            }
            self._context.connection.execute(insert(HOLDER_TOLD), [row])

    def untell(self, posting_key: int, worker_key: int) -> None:
        """Takes a tick back."""
        c = HOLDER_TOLD.c
        one = and_(c.worker_key == worker_key, c.posting_key == posting_key)
        self._context.connection.execute(delete(HOLDER_TOLD).where(one))
