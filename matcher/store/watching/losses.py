"""Work that ended, straight from the columns that stand in clear.

In: days and a scope. Out: who lost work where and when, as spells tell and as rosters tell.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, exists, or_, select

from matcher.domain.posting import PostingKind
from matcher.domain.rosters.records import EntryType
from matcher.domain.service.ladder import Channel
from matcher.store.context import StoreContext
from matcher.store.schema import EMPLOYMENT_SPELL, POSTING, SERVICE_CASE, SPELL_DETAIL, WORKER
from matcher.store.workers import in_scope


@dataclass(frozen=True, slots=True)
class Loss:
    """Somebody who lost work; `employer` and `place` are those of the posting, "" where there was none."""

    worker_key: int
    on: date
    home_code: str
    village: str
    employer: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class WorkTold:
    """What was told of somebody's work: whether it goes on, whether any, or what goes on, came through cooperation."""

    open_now: bool = False
    cooperation: bool = False
    cooperation_now: bool = False


class Losses:
    """The losses inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def ended(self, since: date, *, division: str = "", villages: tuple[str, ...] = ()) -> list[Loss]:
        """Spells that ended since a day."""
        s, w, p = EMPLOYMENT_SPELL.c, WORKER.c, POSTING.c
        joined = EMPLOYMENT_SPELL.join(WORKER, w.key == s.worker_key).outerjoin(POSTING, p.key == s.posting_key)
        query = select(s.worker_key, s.ended_on, w.home_code, w.village, p.employer, p.place_code)
        query = query.select_from(joined).where(s.ended_on >= since, in_scope(division, villages))
        rows = self._context.connection.execute(query.order_by(s.ended_on, s.key))
        return [
            Loss(key, on, home, village, employer or "", place or "")
            for key, on, home, village, employer, place in rows
        ]

    def told(self, since: date, *, division: str = "", villages: tuple[str, ...] = ()) -> list[Loss]:
        """Cases opened since a day for people who lost work."""
        c, w = SERVICE_CASE.c, WORKER.c
        joined = SERVICE_CASE.join(WORKER, w.key == c.worker_key)
        lost = and_(c.entry_type == EntryType.NEWLY_UNEMPLOYED.value, c.opened_on >= since)
        query = select(c.worker_key, c.opened_on, w.home_code, w.village).select_from(joined)
        rows = self._context.connection.execute(query.where(lost, in_scope(division, villages)).order_by(c.key))
        return [Loss(*row) for row in rows]

    def spells(self, since: date, until: date) -> dict[int, WorkTold]:
        """Worker → what was told of work between two days; cooperation by the posting, or by what was said of it."""
        s, p, d = EMPLOYMENT_SPELL.c, POSTING.c, SPELL_DETAIL.c
        said = exists().where(d.spell_key == s.key, d.channel == Channel.JINGMENG.value, d.undone_at.is_(None))
        joined = EMPLOYMENT_SPELL.outerjoin(POSTING, p.key == s.posting_key)
        during = and_(s.started_on <= until, or_(s.ended_on.is_(None), s.ended_on >= since))
        query = select(s.worker_key, s.ended_on, p.kind, said).select_from(joined).where(during)
        found: dict[int, WorkTold] = {}
        for worker, ended, kind, told in self._context.connection.execute(query):
            known = found.get(worker, WorkTold())
            open_now, through = ended is None or ended > until, bool(told) or kind == PostingKind.COOPERATION.value
            found[worker] = WorkTold(
                known.open_now or open_now,
                known.cooperation or through,
                known.cooperation_now or (open_now and through),
            )
        return found
