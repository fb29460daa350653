"""Stretches of work with what a timer needs, for many people in one look: nothing is unsealed.

In: a scope. Out: one light row a stretch; whom somebody has noted as dead or moved away is left out where asked.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, or_, select

from matcher.store.context import StoreContext
from matcher.store.intake.life import is_here
from matcher.store.schema import EMPLOYMENT_SPELL, POSTING, WORKER
from matcher.store.workers import in_scope


@dataclass(frozen=True, slots=True)
class WorkRow:
    """One stretch of work of one person; `place_code` is the posting's, "" where none is known."""

    key: int
    worker_key: int
    started_on: date
    ended_on: date | None
    said_by: str
    place_code: str
    name: str
    village: str
    home_code: str
    home_name: str


class Timers:
    """The look inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def rows(self, *, division: str = "", villages: tuple[str, ...] = (), back_to: date) -> list[WorkRow]:
        """All stretches of a scope that did not end before a day, by person and beginning."""
        s, w, p = EMPLOYMENT_SPELL.c, WORKER.c, POSTING.c
        joined = EMPLOYMENT_SPELL.join(WORKER, w.key == s.worker_key).outerjoin(POSTING, p.key == s.posting_key)
        columns = (s.key, s.worker_key, s.started_on, s.ended_on, s.said_by, p.place_code)
        query = select(*columns, w.name, w.village, w.home_code, w.home_name).select_from(joined)
        recent = or_(s.ended_on.is_(None), s.ended_on >= back_to)
        query = query.where(and_(recent, in_scope(division, villages), is_here())).order_by(s.worker_key, s.started_on)
        return [_row(*row) for row in self._context.connection.execute(query)]


def _row(*values: Any) -> WorkRow:
    """A row as read; a stretch without a posting names no place."""
    key, worker, began, ended, said, place, *person = values
    return WorkRow(key, worker, began, ended, said, place or "", *person)
