"""What is watched, inside one unit of work: the key-assistance list, the care for alerts, months as counted.

In: a unit's context. Out: `Watching`, one table class a concept.
"""

from __future__ import annotations

from sqlalchemy import ScalarSelect, func, select

from matcher.store.context import StoreContext
from matcher.store.schema import (
    EMPLOYMENT_SPELL,
    ENROLMENT,
    KEY_ENTRY,
    KEY_LOG,
    MONTH_COUNT,
    PLAN,
    POSTING,
    SERVICE_CASE,
    WORKER,
)
from matcher.store.watching.cards import Cards
from matcher.store.watching.cares import Cares
from matcher.store.watching.entries import KeyEntries
from matcher.store.watching.losses import Losses
from matcher.store.watching.months import Months

_TELLING = (KEY_ENTRY, KEY_LOG, MONTH_COUNT, EMPLOYMENT_SPELL, SERVICE_CASE, PLAN, ENROLMENT, POSTING, WORKER)


class Watching:
    """The tables of what is watched."""

    def __init__(self, context: StoreContext) -> None:
        self.entries = KeyEntries(context)
        self.cards = Cards(context)
        self.cares = Cares(context)
        self.months = Months(context)
        self.losses = Losses(context)
        self._context = context

    def stamp(self) -> tuple[int, ...]:
        """Changes whenever something is added that alerts are told from."""
        last = [select(func.coalesce(func.max(table.c.key), 0)).scalar_subquery() for table in _TELLING]
        left = select(func.count()).where(KEY_ENTRY.c.left_on.is_not(None)).scalar_subquery()
        ended = select(func.count()).where(EMPLOYMENT_SPELL.c.ended_on.is_not(None)).scalar_subquery()
        crossed = select(func.count(KEY_LOG.c.taken_back_at)).scalar_subquery()
        row = self._context.connection.execute(select(*last, left, ended, crossed, people_state())).one()
        return tuple(map(int, row))


def people_state() -> ScalarSelect[int]:
    """Changes whenever a person does."""
    return select(func.coalesce(func.sum(WORKER.c.revision), 0)).scalar_subquery()
