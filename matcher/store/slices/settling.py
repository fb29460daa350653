"""What follows from records taken in, where another table here must say the same.

In: a unit of work's context, after a kind has landed. Out: no work and no calls that a slip taken back, or work that is
over, has left behind; no plan that counts of whom no machine plans for.
"""

from __future__ import annotations

from sqlalchemy import delete, select, update

from matcher.domain.intake.life import LifeKind
from matcher.domain.run import HAND
from matcher.store.context import StoreContext
from matcher.store.schema import EMPLOYMENT_SPELL, FOLLOW_UP, LIFE_CHANGE, MATCH_RUN, PLAN, SLIP_RETURN
from matcher.store.slices.kinds import CALL, SPELL, Kind


def settle(context: StoreContext, kind: Kind) -> None:
    """After all records of a kind have landed."""
    if kind is SPELL:
        mistaken = select(SLIP_RETURN.c.key).where(SLIP_RETURN.c.taken_back_at.is_not(None))
        gone = delete(EMPLOYMENT_SPELL).where(EMPLOYMENT_SPELL.c.return_key.in_(mistaken))
        context.connection.execute(gone)
    elif kind is CALL:
        over = select(EMPLOYMENT_SPELL.c.key).where(EMPLOYMENT_SPELL.c.ended_on.is_not(None))
        dropped = delete(FOLLOW_UP).where(FOLLOW_UP.c.spell_key.in_(over), FOLLOW_UP.c.done_on.is_(None))
        context.connection.execute(dropped)


def retire(context: StoreContext) -> None:
    """Whoever wants no plan by machine has none that counts but one that staff made by hand."""
    c = LIFE_CHANGE.c
    by_hand = select(MATCH_RUN.c.key).where(MATCH_RUN.c.engine == HAND)
    restricted = select(c.worker_key).where(c.kind == LifeKind.RESTRICTED.value, c.undone_at.is_(None))
    mine = update(PLAN).where(PLAN.c.current, PLAN.c.worker_key.in_(restricted), PLAN.c.run_key.not_in(by_hand))
    context.connection.execute(mine.values(current=False))
