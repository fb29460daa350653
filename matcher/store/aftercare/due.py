"""What is due in a village, straight from the columns that stand in clear.

In: a scope and a day. Out: the villages of a scope, people without a plan, sheets nobody has handed a slip back for,
and postings of printed sheets that have closed since.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select

from matcher.domain.posting import PostingState
from matcher.store.context import StoreContext, within
from matcher.store.intake.life import is_here
from matcher.store.schema import PLAN, PLAN_ANSWER, PLAN_MATCH, POSTING, SLIP_RETURN, WORKER
from matcher.store.workers import in_scope


@dataclass(frozen=True, slots=True)
class VillageName:
    """A village with the division its people are registered in, and how many they are."""

    home_code: str
    home_name: str
    name: str
    people: int


@dataclass(frozen=True, slots=True)
class DuePerson:
    """One person of a list; `since` is the day the sheet was printed, where one was."""

    key: int
    name: str
    village: str
    since: date | None = None
    code: str = ""


@dataclass(frozen=True, slots=True)
class ClosedPosting:
    """A posting of somebody's printed sheet that nobody can be sent to any more."""

    worker_key: int
    name: str
    village: str
    posting_key: int
    title: str
    employer: str
    state: str
    deadline: date | None


class Due:
    """The lists inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def villages(self, *, division: str = "", villages: tuple[str, ...] = ()) -> list[VillageName]:
        """The villages of a scope, by place and name."""
        w = WORKER.c
        query = select(w.home_code, func.max(w.home_name), w.village, func.count()).where(
            in_scope(division, villages), w.village != ""
        )
        rows = self._context.connection.execute(query.group_by(w.home_code, w.village).order_by(w.home_code, w.village))
        return [VillageName(code, name, village, many) for code, name, village, many in rows]

    def without_plan(
        self, *, division: str = "", villages: tuple[str, ...] = (), limit: int
    ) -> tuple[list[DuePerson], int]:
        """People of a scope who have no plan, by village and name."""
        w = WORKER.c
        planned = exists().where(PLAN.c.worker_key == w.key, PLAN.c.current)
        query = select(w.key, w.name, w.village).where(in_scope(division, villages), is_here(), ~planned)
        rows, total = self._some(query, (w.home_code, w.village, w.name, w.key), limit)
        return [DuePerson(*row) for row in rows], total

    def to_collect(
        self, *, division: str = "", villages: tuple[str, ...] = (), limit: int
    ) -> tuple[list[DuePerson], int]:
        """People whose sheet was printed and who have not answered to anything on it, the oldest first."""
        w, p = WORKER.c, PLAN.c
        r = SLIP_RETURN.c
        handed_in = exists().where(r.plan_key == p.key, r.taken_back_at.is_(None))
        answered = or_(handed_in, exists().where(PLAN_ANSWER.c.plan_key == p.key))
        joined = PLAN.join(WORKER, w.key == p.worker_key)
        query = select(w.key, w.name, w.village, p.printed_on, p.code).select_from(joined)
        waits = and_(
            p.current, p.printed_on.is_not(None), p.matches > 0, ~answered, in_scope(division, villages), is_here()
        )
        rows, total = self._some(query.where(waits), (p.printed_on, w.village, w.name, w.key), limit)
        return [DuePerson(*row) for row in rows], total

    def closed_since(
        self, on: date, *, division: str = "", villages: tuple[str, ...] = (), limit: int
    ) -> tuple[list[ClosedPosting], int]:
        """Postings of printed sheets that have closed and that their person has not answered to, by person."""
        w, p, o, m = WORKER.c, PLAN.c, POSTING.c, PLAN_MATCH.c
        joined = (
            PLAN.join(WORKER, w.key == p.worker_key)
            .join(PLAN_MATCH, m.plan_key == p.key)
            .join(POSTING, o.key == m.posting_key)
        )
        answered = exists().where(PLAN_ANSWER.c.plan_key == p.key, PLAN_ANSWER.c.posting_key == o.key)
        closed = or_(o.state != PostingState.OPEN.value, o.deadline < on)
        inside = and_(p.current, p.printed_on.is_not(None), closed, ~answered, in_scope(division, villages), is_here())
        query = select(w.key, w.name, w.village, o.key, o.title, o.employer, o.state, o.deadline)
        rows, total = self._some(query.select_from(joined).where(inside), (w.village, w.name, w.key, m.rank), limit)
        return [ClosedPosting(*row) for row in rows], total

    def people(
        self, *, division: str = "", villages: tuple[str, ...] = (), first: int, size: int
    ) -> tuple[list[int], int]:
        """A window of the people of a scope by village and name, and how many there are."""
        w = WORKER.c
        inside = and_(in_scope(division, villages), is_here())
        query = select(w.key).where(inside).order_by(w.home_code, w.village, w.name, w.key)
        keys = list(self._context.connection.scalars(query.offset(first).limit(size)))
        total = select(func.count()).select_from(WORKER).where(inside)
        return keys, self._context.connection.scalar(total) or 0

    def is_village(self, name: str, *, division: str) -> bool:
        """Whether anybody of a division lives in a village of this name."""
        w = WORKER.c
        here: ColumnElement[bool] = and_(w.village == name, within(w.home_code, division), w.merged_into.is_(None))
        return self._context.connection.scalar(select(w.key).where(here).limit(1)) is not None

    def _some(self, query: Select[Any], order: tuple[Any, ...], limit: int) -> tuple[list[Any], int]:
        """The first rows of a query, and how many it has."""
        counted = query.add_columns(func.count().over()).order_by(*order).limit(limit)
        rows = self._context.connection.execute(counted).all()
        return [tuple(row)[:-1] for row in rows], int(rows[0][-1]) if rows else 0
