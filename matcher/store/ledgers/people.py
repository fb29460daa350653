"""Who stands in a ledger, and what of them is opened for one page or one piece of a sheet.

In: a scope, or some people. Out: keys by village and name, and for those shown their calls and months.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date

from sqlalchemy import and_, func, select

from matcher.domain.aftercare import CallResult
from matcher.domain.intake.classes import EnrolmentState
from matcher.domain.posting import PostingKind
from matcher.store.context import StoreContext, chunks
from matcher.store.intake.life import is_here
from matcher.store.schema import ENROLMENT, FOLLOW_UP, POSTING, SERVICE_CASE, WORKER
from matcher.store.workers import in_scope


@dataclass(frozen=True, slots=True)
class CallMade:
    """A call about somebody's work: after how many days it was due, when it was made, and what it found."""

    spell_key: int
    after_days: int
    due_on: date
    done_on: date | None
    result: CallResult | None


@dataclass(frozen=True, slots=True)
class CaseLine:
    """The newest case of somebody, as far as a ledger shows it."""

    entry_type: str
    opened_on: date
    due_on: date
    closed_on: date | None


class LedgerPeople:
    """People of ledgers inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def keys(self, *, division: str = "", villages: tuple[str, ...] = ()) -> list[int]:
        """Everybody of a scope who is here, by village and name."""
        w = WORKER.c
        query = select(w.key).where(in_scope(division, villages), is_here())
        return list(self._context.connection.scalars(query.order_by(w.home_code, w.village, w.name, w.key)))

    def by_village(
        self, *, division: str = "", villages: tuple[str, ...] = (), plain: Callable[[str], str]
    ) -> list[list[int]]:
        """Everybody of a scope by banner and village, a name written in two ways together."""
        w, groups = WORKER.c, dict[tuple[str, str], list[int]]()
        query = select(w.key, w.home_code, w.village).where(in_scope(division, villages), is_here()).order_by(w.key)
        for key, home, village in self._context.connection.execute(query):
            groups.setdefault((home[:6], plain(village)), []).append(key)
        return [groups[place] for place in sorted(groups)]

    def same_number(self, workers: Collection[int]) -> dict[int, int]:
        """People of some who share their identity number with others stored: how many have it."""
        w, found = WORKER.c, dict[int, int]()
        other = WORKER.alias("other")
        many = select(func.count()).where(other.c.id_index == w.id_index, other.c.merged_into.is_(None))
        for part in chunks(sorted(workers)):
            counted = many.scalar_subquery()
            query = select(w.key, counted).where(w.key.in_(part), w.id_index != "", counted > 1)
            found.update((int(key), int(count)) for key, count in self._context.connection.execute(query))
        return found

    def count(self, *, division: str = "", villages: tuple[str, ...] = ()) -> int:
        """How many people of a scope are here."""
        query = select(func.count()).select_from(WORKER).where(in_scope(division, villages), is_here())
        return self._context.connection.scalar(query) or 0

    def calls(self, workers: Collection[int]) -> dict[int, list[CallMade]]:
        """The calls about some people, by person, in the order they are due."""
        c, found = FOLLOW_UP.c, dict[int, list[CallMade]]()
        for part in chunks(sorted(workers)):
            query = select(c.worker_key, c.spell_key, c.after_days, c.due_on, c.done_on, c.result)
            rows = self._context.connection.execute(query.where(c.worker_key.in_(part)).order_by(c.due_on, c.key))
            for worker, spell, after, due, done, result in rows:
                made = CallMade(spell, after, due, done, CallResult(result) if result else None)
                found.setdefault(worker, []).append(made)
        return found

    def cases(self, workers: Collection[int]) -> dict[int, CaseLine]:
        """The newest case of some people."""
        c, found = SERVICE_CASE.c, dict[int, CaseLine]()
        for part in chunks(sorted(workers)):
            query = select(c.worker_key, c.entry_type, c.opened_on, c.due_on, c.closed_on)
            rows = self._context.connection.execute(query.where(c.worker_key.in_(part)).order_by(c.key))
            found.update({worker: CaseLine(*rest) for worker, *rest in rows})
        return found

    def enrolled(self, workers: Collection[int]) -> dict[int, EnrolmentState]:
        """What became of the last class some people signed up for."""
        c, found = ENROLMENT.c, dict[int, EnrolmentState]()
        for part in chunks(sorted(workers)):
            query = select(c.worker_key, c.state).where(and_(c.worker_key.in_(part), c.state != ""))
            rows = self._context.connection.execute(query.order_by(c.changed_at, c.key))
            found.update({worker: EnrolmentState(state) for worker, state in rows})
        return found

    def kinds(self, postings: Collection[int]) -> dict[int, PostingKind]:
        """The kinds of some postings."""
        found: dict[int, PostingKind] = {}
        for part in chunks(sorted(postings)):
            query = select(POSTING.c.key, POSTING.c.kind).where(POSTING.c.key.in_(part))
            found.update({key: PostingKind(kind) for key, kind in self._context.connection.execute(query)})
        return found
