"""Who stands in a ledger, and what of them is opened for one page or one piece of a sheet.

In: a scope, or some people. Out: keys by village and name, and for those shown their calls and months.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import CompoundSelect, Date, Integer, cast, func, literal, null, select, union_all

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


@dataclass(slots=True)
class Beside:
    """What stands in clear beside a person."""

    calls: list[CallMade] = field(default_factory=list)
    case: CaseLine | None = None
    enrolled: EnrolmentState | None = None


_CALL, _CASE, _CLASS = "call", "case", "class"


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

    def beside(self, workers: Collection[int]) -> dict[int, Beside]:
        """Calls, the newest case and the last class of some people, in one query: all of it stands in clear."""
        found: dict[int, Beside] = {}
        for part in chunks(sorted(workers)):
            for kind, worker, _, *row in self._context.connection.execute(_clear_lines(part)):
                one = found.setdefault(worker, Beside())
                if kind == _CALL:
                    spell, after, due, done, result = row
                    one.calls.append(CallMade(spell, after, due, done, CallResult(result) if result else None))
                elif kind == _CASE:
                    _, _, opened, due, entry = row
                    one.case = CaseLine(entry, opened, due)
                else:
                    one.enrolled = EnrolmentState(row[-1])
        return found

    def kinds(self, postings: Collection[int]) -> dict[int, PostingKind]:
        """The kinds of some postings."""
        found: dict[int, PostingKind] = {}
        for part in chunks(sorted(postings)):
            query = select(POSTING.c.key, POSTING.c.kind).where(POSTING.c.key.in_(part))
            found.update({key: PostingKind(kind) for key, kind in self._context.connection.execute(query)})
        return found


def _clear_lines(workers: Collection[int]) -> CompoundSelect[Any]:
    """Calls, cases and classes of some people as rows of one shape, each kind in its own order."""
    f, c, n = FOLLOW_UP.c, SERVICE_CASE.c, ENROLMENT.c
    no_day, no_number = cast(null(), Date()), cast(null(), Integer())
    calls = select(
        literal(_CALL).label("kind"), f.worker_key, f.key.label("place"), f.spell_key, f.after_days, f.due_on,
        f.done_on, f.result,
    ).where(f.worker_key.in_(workers))  # fmt: skip
    cases = select(
        literal(_CASE), c.worker_key, c.key, no_number, no_number, c.opened_on, c.due_on, c.entry_type
    ).where(c.worker_key.in_(workers))
    classes = select(literal(_CLASS), n.worker_key, n.key, no_number, no_number, no_day, no_day, n.state).where(
        n.worker_key.in_(workers), n.state != ""
    )
    return union_all(calls, cases, classes).order_by("kind", "place")
