"""Pages of figures: everybody's anonymous traits, sealed, a page a place; and what they are made from.

In: rows of people with their current plans. Out: pages by division, the stamp of what they were counted from, and
lines of plans, answers and takings for those who count.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

import msgspec
from sqlalchemy import and_, delete, func, insert, select

from matcher.domain.answer import AnswerKind
from matcher.domain.posting import PostingKind
from matcher.store.context import StoreContext, new_uid, without_collection
from matcher.store.figures.served import ServedFigures
from matcher.store.schema import (
    EMPLOYMENT_SPELL,
    FIGURE_PAGE,
    LIFE_CHANGE,
    OPENING_TAKEN,
    PLAN,
    PLAN_ANSWER,
    PLAN_MATCH,
    POSTING,
    SERVICE_CASE,
    SPELL_DETAIL,
    SPELL_PROOF,
    TRAVELLER,
    WORKER,
)
from matcher.store.sealing import place_of

SHAPE = "4"
"""Of what pages are made: raised when a trait is added, so that older ones are counted anew."""


class _Session(msgspec.Struct):
    """What of a session in a packed plan is counted."""

    starts_at: str = ""


class _Plan(msgspec.Struct):
    """What of a packed plan is counted; everything else is skipped."""

    guidance: _Session | None = None


_BODY = msgspec.json.Decoder(_Plan)


@dataclass(frozen=True, slots=True)
class PlanLine:
    """The current plan of a person, as far as it is counted."""

    key: int
    track: str
    matches: int
    missing: int
    has_training: bool
    printed: bool
    made_on: date
    score_sum: float
    guided: bool


@dataclass(frozen=True, slots=True)
class FigurePage:
    """The traits of the people of one place, as they were counted."""

    place: str
    stamp: str
    as_of: date
    made_at: datetime
    body: bytes


class FigurePages:
    """The pages inside one unit of work, and what they are counted from."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context
        self.served = ServedFigures(context)

    def stamp(self, as_of: date) -> str:
        """Changes whenever a person, a plan, an answer, a taking, a case or a posting does, and every day."""
        connection = self._context.connection
        w = WORKER.c
        people = [select(one).scalar_subquery() for one in (func.count(w.key), func.max(w.key), func.sum(w.revision))]
        tables = (PLAN, PLAN_ANSWER, OPENING_TAKEN, SERVICE_CASE, EMPLOYMENT_SPELL, SPELL_DETAIL, SPELL_PROOF)
        last = [select(func.coalesce(func.max(table.c.key), 0)).scalar_subquery() for table in tables]
        undone = select(func.count()).where(OPENING_TAKEN.c.undone_at.is_not(None)).scalar_subquery()
        closed = select(func.count()).where(SERVICE_CASE.c.state != "open").scalar_subquery()
        ended = select(func.count()).where(EMPLOYMENT_SPELL.c.ended_on.is_not(None)).scalar_subquery()
        spells = select(func.count()).select_from(EMPLOYMENT_SPELL).scalar_subquery()
        left = select(func.count()).where(LIFE_CHANGE.c.undone_at.is_(None)).scalar_subquery()
        withdrawn = [
            select(func.count()).where(table.c.undone_at.is_not(None)).scalar_subquery()
            for table in (SPELL_DETAIL, SPELL_PROOF)
        ]
        printed = select(func.count()).where(PLAN.c.printed_on.is_not(None)).scalar_subquery()
        more = self.served.stamp()
        columns = (*people, *last, undone, closed, printed, ended, spells, left, *withdrawn, *more)
        counted = connection.execute(select(*columns)).one()
        told = (SHAPE, as_of.isoformat(), *counted, self._context.changes())
        return ":".join(map(str, told))

    def put(self, pages: Sequence[tuple[str, int, bytes]], *, stamp: str, as_of: date) -> None:
        """Puts pages (place, people, body) in the place of all there are."""
        connection = self._context.connection
        connection.execute(delete(FIGURE_PAGE))
        rows = []
        for place, people, body in pages:
            uid = new_uid()
            sealed = self._context.keys.seal(zlib.compress(body, level=1), place_of("figure_page", "body", uid))
            row = {"uid": uid, "place": place, "stamp": stamp, "people": people, "as_of": as_of, "body": sealed}
            rows.append(row | {"made_at": self._context.clock()})
        if rows:
            connection.execute(insert(FIGURE_PAGE), rows)

    def made(self) -> tuple[str, datetime] | None:
        """The stamp of the pages there are and when they were made, None where there are none."""
        query = select(FIGURE_PAGE.c.stamp, FIGURE_PAGE.c.made_at).limit(1)
        row = self._context.connection.execute(query).first()
        return None if row is None else (str(row[0]), row[1])

    def read(self) -> list[FigurePage]:
        """All pages, opened."""
        c = FIGURE_PAGE.c
        query = select(c.uid, c.place, c.stamp, c.as_of, c.made_at, c.body).order_by(c.place)
        unseal = self._context.keys.unseal
        return [
            FigurePage(
                place, stamp, as_of, made_at, zlib.decompress(unseal(body, place_of("figure_page", "body", uid)))
            )
            for uid, place, stamp, as_of, made_at, body in self._context.connection.execute(query)
        ]

    def plan_lines(self) -> dict[int, PlanLine]:
        """Worker → what is counted of the current plan."""
        c = PLAN.c
        columns = (c.worker_key, c.key, c.track, c.matches, c.missing, c.has_training, c.printed_on, c.made_on)
        query = select(*columns, c.score_sum, c.uid, c.body).where(c.current)
        unseal, found = self._context.keys.unseal, {}
        with without_collection():
            for worker, key, track, matches, missing, training, printed, made, score, uid, body in self._rows(query):
                plain = zlib.decompress(unseal(body, place_of("plan", "body", uid)))
                session = _BODY.decode(plain).guidance
                guided = session is not None and bool(session.starts_at)
                found[worker] = PlanLine(
                    key, track, matches, missing, bool(training), printed is not None, made, score, guided
                )
        return found

    def suggested(self) -> dict[int, list[int]]:
        """Worker → the postings of the current plan, best first."""
        joined = PLAN_MATCH.join(PLAN, and_(PLAN.c.key == PLAN_MATCH.c.plan_key, PLAN.c.current))
        query = select(PLAN.c.worker_key, PLAN_MATCH.c.posting_key).select_from(joined)
        found: dict[int, list[int]] = {}
        for worker, posting in self._rows(query.order_by(PLAN_MATCH.c.plan_key, PLAN_MATCH.c.rank)):
            found.setdefault(worker, []).append(posting)
        return found

    def answered(self) -> set[int]:
        """Plans with an answer."""
        return set(self._context.connection.scalars(select(PLAN_ANSWER.c.plan_key).distinct()))

    def accepted(self) -> set[int]:
        """Plans with a posting that somebody said yes to, or started at."""
        c, yes = PLAN_ANSWER.c, [AnswerKind.WANTED.value, AnswerKind.STARTED.value]
        return set(self._context.connection.scalars(select(c.plan_key).where(c.answer.in_(yes)).distinct()))

    def hired(self, since: date, until: date) -> dict[int, str]:
        """Worker → the kind of the posting they started at between two days, as far as that stands; once a person.

        Who arrived with an organised departure went through the cooperation with Beijing, whatever the posting is.
        """
        t = OPENING_TAKEN.c
        joined = OPENING_TAKEN.join(POSTING, POSTING.c.key == t.posting_key)
        stands = and_(t.worker_key.is_not(None), t.undone_at.is_(None), t.taken_on >= since, t.taken_on <= until)
        query = select(t.worker_key, POSTING.c.kind).select_from(joined).where(stands).order_by(t.key)
        found = {int(worker): str(kind) for worker, kind in self._rows(query)}
        arrived = select(TRAVELLER.c.worker_key).where(TRAVELLER.c.arrived_on >= since, TRAVELLER.c.arrived_on <= until)
        arrived = arrived.where(TRAVELLER.c.withdrawn_at.is_(None))
        return found | {int(worker): PostingKind.COOPERATION.value for (worker,) in self._rows(arrived)}

    def open_cases(self) -> dict[int, tuple[date, date]]:
        """Worker → when the open case was opened and is due."""
        c = SERVICE_CASE.c
        query = select(c.worker_key, c.opened_on, c.due_on).where(c.state == "open").order_by(c.key)
        return {worker: (opened, due) for worker, opened, due in self._rows(query)}

    def _rows(self, query: object) -> Iterator[tuple]:  # type: ignore[type-arg]
        """The rows of a query as plain tuples."""
        return map(tuple, self._context.connection.execute(query))  # type: ignore[call-overload]
