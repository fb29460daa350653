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
from matcher.store.schema import EMPLOYMENT_SPELL, POSTING, SPELL_DETAIL, SPELL_PROOF, WORKER
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

    def proved(self, *, division: str = "", villages: tuple[str, ...] = ()) -> frozenset[int]:
        """People of a scope for whom somebody has shown a proof of work."""
        c = SPELL_PROOF.c
        query = select(c.worker_key).distinct().join_from(SPELL_PROOF, WORKER, WORKER.c.key == c.worker_key)
        rows = self._context.connection.scalars(query.where(c.undone_at.is_(None), in_scope(division, villages)))
        return frozenset(rows)

    def regions(self, *, division: str = "", villages: tuple[str, ...] = ()) -> dict[int, str]:
        """How far from home each stretch of a scope is said to be, the newest word; by the key of the stretch."""
        c = SPELL_DETAIL.c
        query = select(c.spell_key, c.region).join_from(SPELL_DETAIL, WORKER, WORKER.c.key == c.worker_key)
        told = query.where(c.undone_at.is_(None), c.region != "", in_scope(division, villages)).order_by(c.key)
        return {int(spell): str(region) for spell, region in self._context.connection.execute(told)}


def _row(*values: Any) -> WorkRow:
    """A row as read; a stretch without a posting names no place."""
    key, worker, began, ended, said, place, *person = values
    return WorkRow(key, worker, began, ended, said, place or "", *person)
