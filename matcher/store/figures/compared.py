"""The plans of a run as they are compared and counted: who has which postings, how often each posting stands.

In: the key of a run and a division. Out: worker → what the plan holds; posting → number of plans.
"""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import and_, select

from matcher.store.context import StoreContext, chunks
from matcher.store.schema import PLAN, PLAN_MATCH, POSTING, WORKER
from matcher.store.workers import in_scope


@dataclass(frozen=True, slots=True)
class RunLine:
    """One person's plan of a run."""

    track: str
    missing: int
    has_training: bool
    postings: tuple[int, ...]


class RunPlans:
    """The plans of runs inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def lines(self, run_key: int, division: str = "") -> dict[int, RunLine]:
        """Worker → the plan of a run, of the people of a division."""
        of_run = and_(PLAN.c.run_key == run_key, in_scope(division, ()))
        joined = PLAN.join(WORKER, WORKER.c.key == PLAN.c.worker_key)
        with_postings = joined.join(PLAN_MATCH, PLAN_MATCH.c.plan_key == PLAN.c.key)
        ranked = select(PLAN.c.worker_key, PLAN_MATCH.c.posting_key).select_from(with_postings).where(of_run)
        held: dict[int, list[int]] = {}
        for worker, posting in self._context.connection.execute(ranked.order_by(PLAN.c.key, PLAN_MATCH.c.rank)):
            held.setdefault(worker, []).append(posting)
        columns = (PLAN.c.worker_key, PLAN.c.track, PLAN.c.missing, PLAN.c.has_training)
        rows = self._context.connection.execute(select(*columns).select_from(joined).where(of_run))
        return {
            worker: RunLine(track, missing, bool(trained), tuple(held.get(worker, ())))
            for worker, track, missing, trained in rows
        }

    def names(self, keys: list[int], division: str = "") -> dict[int, tuple[str, str]]:
        """Worker → name and village, of these people within a division."""
        query = select(WORKER.c.key, WORKER.c.name, WORKER.c.village).where(in_scope(division, ()))
        found: dict[int, tuple[str, str]] = {}
        for part in chunks(keys):
            rows = self._context.connection.execute(query.where(WORKER.c.key.in_(part)))
            found.update((key, (name, village)) for key, name, village in rows)
        return found

    def titles(self, keys: list[int]) -> dict[int, str]:
        """Posting → title."""
        found: dict[int, str] = {}
        for part in chunks(keys):
            rows = self._context.connection.execute(
                select(POSTING.c.key, POSTING.c.title).where(POSTING.c.key.in_(part))
            )
            found.update((key, title) for key, title in rows)
        return found
