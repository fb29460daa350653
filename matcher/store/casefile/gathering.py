"""The facts cases are derived from, read at once for a whole scope, from the columns that stand in clear.

In: whom, and the day. Out: plain rows by kind, a fixed number of queries however many people there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache
from typing import Any

import msgspec
from sqlalchemy import (
    ColumnElement,
    Date,
    FromClause,
    Integer,
    Select,
    Table,
    Text,
    and_,
    case,
    cast,
    exists,
    false,
    func,
    literal,
    null,
    or_,
    select,
    true,
    union_all,
)

from matcher.domain.aftercare import THE_CLASS, CallResult
from matcher.domain.answer import AnswerKind
from matcher.domain.intake.classes import EnrolmentState
from matcher.domain.plan import Track
from matcher.domain.posting import PostingState
from matcher.domain.service.casefile import CaseStep
from matcher.packing import unpack_plan
from matcher.store.casefile.history import HistoryLine, history_of
from matcher.store.context import StoreContext
from matcher.store.schema import (
    CASE_EVENT,
    EMPLOYMENT_SPELL,
    ENROLMENT,
    FOLLOW_UP,
    LIFE_CHANGE,
    PLAN,
    PLAN_ANSWER,
    PLAN_MATCH,
    POSTING,
    SERVICE_CASE,
    SLIP_RETURN,
    SPELL_PROOF,
    WORKER,
)
from matcher.store.sealing import SealedBytes, place_of
from matcher.store.workers import in_scope

_LIFE = ("died", "moved_away")
_UNWILLING = "TRACK_UNWILLING"


@dataclass(frozen=True, slots=True, kw_only=True)
class Whom:
    """Whose facts: everybody of a scope, or some of them."""

    division: str = ""
    villages: tuple[str, ...] = ()
    keys: tuple[int, ...] | None = None


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person with the plan that counts; without one its columns are empty."""

    key: int
    name: str
    village: str
    home_code: str
    home_name: str
    plan_key: int | None
    plan_code: str
    track: str
    matches: int
    missing: int
    made_on: date | None
    printed_on: date | None
    priority: int
    has_training: bool
    listed_at: datetime
    gone: str
    unemployed_since: date | None = None
    """Told only of people without any case."""


@dataclass(frozen=True, slots=True)
class CaseRow:
    """One case as it was opened."""

    worker_key: int
    key: int
    entry_type: str
    state: str
    opened_on: date
    due_on: date
    closed_on: date | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class EventRow:
    """One record, without its words."""

    worker_key: int
    key: int
    uid: str
    step: str
    on: date
    way: str
    who: str
    minutes: int
    due_on: date | None
    about: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class SpellRow:
    """One spell, with up to how many days after its start a call found the person there."""

    worker_key: int
    key: int
    started_on: date
    ended_on: date | None
    recorded_at: datetime
    confirmed_days: int


@dataclass(frozen=True, slots=True)
class ProofRow:
    """One proof, without its words."""

    worker_key: int
    spell_key: int
    kind: str
    from_on: date
    until_on: date | None
    told_on: date


@dataclass(frozen=True, slots=True)
class DeliveryRow:
    """A plan that reached the person; `fresh` = postings of the plan that counts which it did not hold."""

    worker_key: int
    on: date
    recorded_at: datetime
    event_uid: str
    fresh: int


@dataclass(frozen=True, slots=True)
class ActedRow:
    """A class joined, or an employer called."""

    worker_key: int
    recorded_at: datetime
    joined: bool
    """A class; False = an employer called."""


@dataclass(frozen=True, slots=True)
class ToldRow:
    """A slip that says something of the class of its plan."""

    worker_key: int
    recorded_at: datetime


class _Since(msgspec.Struct):
    """What of a sealed person is asked for."""

    unemployed_since: date | None = None


class _Ticked(msgspec.Struct):
    """What of a tick is asked for."""

    posting_key: int


class _Tick(msgspec.Struct):
    """A tick as it stands on a slip."""

    tick: _Ticked


class _Slip(msgspec.Struct):
    """What of a sealed slip is asked for."""

    ticks: list[_Tick] = []

    def about(self) -> set[int]:
        """The postings, or the class, something was ticked for."""
        return {one.tick.posting_key for one in self.ticks}


_SINCE, _SLIP = msgspec.json.Decoder(_Since), msgspec.json.Decoder(_Slip)
_CLASS = "class"


class CaseRows:
    """The questions to all these tables inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def people(self, whom: Whom) -> list[PersonRow]:
        """Everybody with the plan that counts, and whether somebody said they died or moved away."""
        w, p, life = WORKER.c, PLAN.c, LIFE_CHANGE.c
        gone = (
            select(func.max(life.kind))
            .where(life.worker_key == w.key, life.kind.in_(_LIFE), life.undone_at.is_(None))
            .scalar_subquery()
        )
        plan = (func.coalesce(p.code, ""), func.coalesce(p.track, ""), func.coalesce(p.matches, 0))
        more = (func.coalesce(p.missing, 0), p.made_on, p.printed_on, func.coalesce(p.priority, 99))
        named = (w.key, w.name, w.village, w.home_code, w.home_name, p.key)
        last = (func.coalesce(p.has_training, false()), w.created_at, func.coalesce(gone, ""))
        none = ~exists().where(SERVICE_CASE.c.worker_key == w.key)
        joined = WORKER.outerjoin(PLAN, and_(p.worker_key == w.key, p.current))
        query = select(*named, *plan, *more, *last, w.uid, case((none, w.body))).select_from(joined)
        rows: Sequence[Any] = self._context.connection.execute(query.where(_who(whom))).all()
        return [PersonRow(*[*row[:-2], self._unemployed(row[-2], row[-1])]) for row in rows]

    def _unemployed(self, uid: str, body: SealedBytes | None) -> date | None:
        """Since when somebody without any case is out of work, as far as they told."""
        return None if body is None else _SINCE.decode(self._opened("worker", uid, body)).unemployed_since

    def cases(self, whom: Whom) -> list[CaseRow]:
        """Every case of these people, the oldest first."""
        c = SERVICE_CASE.c
        columns = (c.worker_key, c.key, c.entry_type, c.state, c.opened_on, c.due_on, c.closed_on, c.created_at)
        return [CaseRow(*row) for row in self._rows(select(*columns), SERVICE_CASE, whom)]

    def events(self, whom: Whom) -> list[EventRow]:
        """Everything on record of these people, the oldest first."""
        c = CASE_EVENT.c
        day = (c.happened_on, c.way, c.who, c.minutes, c.due_on, c.about, c.recorded_at)
        return [
            EventRow(*row) for row in self._rows(select(c.worker_key, c.key, c.uid, c.step, *day), CASE_EVENT, whom)
        ]

    def spells(self, whom: Whom) -> list[SpellRow]:
        """Every spell of work of these people, the oldest first."""
        c, f = EMPLOYMENT_SPELL.c, FOLLOW_UP.c
        found = and_(f.spell_key == c.key, f.result == CallResult.STILL.value)
        heard = select(func.max(f.after_days)).where(found).scalar_subquery()
        columns = (c.worker_key, c.key, c.started_on, c.ended_on, c.recorded_at, func.coalesce(heard, 0))
        return [SpellRow(*row) for row in self._rows(select(*columns), EMPLOYMENT_SPELL, whom)]

    def proofs(self, whom: Whom) -> list[ProofRow]:
        """Every proof that counts."""
        c = SPELL_PROOF.c
        columns = (c.worker_key, c.spell_key, c.kind, c.from_on, c.until_on, c.told_on)
        query = select(*columns).where(c.undone_at.is_(None))
        return [ProofRow(*row) for row in self._rows(query, SPELL_PROOF, whom)]

    def valid(self, whom: Whom, on: date) -> dict[int, int]:
        """How many postings of the plan that counts are open on a day or were answered to, by person."""
        p, m, o, a = PLAN.c, PLAN_MATCH.c, POSTING.c, PLAN_ANSWER.c
        answered = exists().where(a.worker_key == p.worker_key, a.posting_key == o.key)
        live = and_(o.state == PostingState.OPEN.value, or_(o.deadline.is_(None), o.deadline >= on))
        joined = PLAN.join(PLAN_MATCH, m.plan_key == p.key).join(POSTING, o.key == m.posting_key)
        query = select(p.worker_key, func.count()).select_from(_with_people(joined, p.worker_key))
        counted = query.where(p.current, or_(live, answered), _who(whom)).group_by(p.worker_key)
        return {int(worker): int(many) for worker, many in self._context.connection.execute(counted)}

    def deeds(self, whom: Whom) -> tuple[list[DeliveryRow], list[ActedRow]]:
        """Plans that reached these people, and classes joined or employers called, in the order of recording."""
        rows: Sequence[Any] = self._context.connection.execute(_all_deeds().where(_who(whom))).all()
        reached = [DeliveryRow(row[0], row[1], row[2], row[3], row[5]) for row in rows if row[4] is not None]
        return reached, [ActedRow(row[0], row[2], row[3] == _CLASS) for row in rows if row[4] is None]

    def class_told(self, whom: Whom) -> list[ToldRow]:
        """Slips that stand and say something of the class, the oldest first; a refusal has its reason there."""
        c = SLIP_RETURN.c
        query = select(c.worker_key, c.recorded_at, c.uid, c.body).where(c.taken_back_at.is_(None))
        return [
            ToldRow(worker, recorded_at)
            for worker, recorded_at, uid, body in self._rows(query, SLIP_RETURN, whom)
            if THE_CLASS in _SLIP.decode(self._opened("slip_return", uid, body)).about()
        ]

    def _opened(self, table: str, uid: str, body: SealedBytes) -> bytes:
        """What a sealed body holds."""
        return self._context.keys.unseal(body, place_of(table, "body", uid))

    def unwilling(self, whom: Whom) -> set[int]:
        """Who is outside the service for one reason only: not wanting it now."""
        p = PLAN.c
        joined = PLAN.join(WORKER, WORKER.c.key == p.worker_key)
        outside = and_(p.current, p.track == Track.NOT_ENTITLED.value, _who(whom))
        query = select(p.worker_key, p.uid, p.body).select_from(joined).where(outside)
        found = set()
        for worker, uid, body in self._context.connection.execute(query):
            plan = unpack_plan(self._context.keys.unseal(body, place_of("plan", "body", uid)))
            if [reason.code for reason in plan.track_reasons] == [_UNWILLING]:
                found.add(int(worker))
        return found

    def history(self, worker_key: int) -> list[HistoryLine]:
        """Everything that happened to a person beside what was put on record."""
        return history_of(self._context, worker_key)

    def _rows(self, query: Select[Any], table: Table, whom: Whom) -> Sequence[Any]:
        """The rows of a table about these people, in the order they were stored."""
        joined = query.select_from(_with_people(table, table.c.worker_key)).where(_who(whom))
        return self._context.connection.execute(joined.order_by(table.c.key) if "key" in table.c else joined).all()


@lru_cache(maxsize=1)
def _all_deeds() -> Select[Any]:
    """Everybody's, put together once: making the question anew took longer than asking it."""
    both = union_all(*_deeds()).subquery("deeds")
    now, held, was = PLAN.alias("now"), PLAN_MATCH.alias("held"), PLAN_MATCH.alias("was")
    same = exists().where(was.c.plan_key == both.c.plan_key, was.c.posting_key == held.c.posting_key)
    fresh = (
        select(func.count())
        .select_from(now.join(held, held.c.plan_key == now.c.key))
        .where(now.c.worker_key == both.c.worker_key, now.c.current, ~same)
        .scalar_subquery()
    )
    only_plans = case((both.c.plan_key.is_(None), 0), else_=fresh)
    query = select(both.c.worker_key, both.c.on_day, both.c.recorded_at, both.c.uid, both.c.plan_key, only_plans)
    joined = query.select_from(both.join(WORKER, WORKER.c.key == both.c.worker_key))
    return joined.order_by(both.c.recorded_at)


def _deeds() -> list[Select[Any]]:
    """Deliveries on record, slips of the people themselves that came back, classes joined, employers called."""
    e, s, p, n, a = CASE_EVENT.c, SLIP_RETURN.c, PLAN.c, ENROLMENT.c, PLAN_ANSWER.c
    day, plan, none = cast(null(), Date()), cast(null(), Integer()), literal("", Text())
    told = select(
        e.worker_key,
        p.key.label("plan_key"),
        e.happened_on.label("on_day"),
        e.recorded_at.label("recorded_at"),
        cast(e.uid, Text()).label("uid"),
    ).select_from(CASE_EVENT.join(PLAN, p.code == e.plan_code))
    same_day = and_(e.plan_code == p.code, e.happened_on == s.handed_in_on)
    by_employer = exists().where(e.step == CaseStep.STUB.value, e.worker_key == s.worker_key, same_day)
    back = (
        select(s.worker_key, s.plan_key, s.handed_in_on, s.recorded_at, none)
        .select_from(SLIP_RETURN.join(PLAN, p.key == s.plan_key))
        .where(s.taken_back_at.is_(None), ~by_employer)
    )
    joined = select(n.worker_key, plan, day, n.changed_at, literal(_CLASS, Text()))
    joined = joined.where(n.state != EnrolmentState.LEFT.value)
    called = select(a.worker_key, plan, day, a.recorded_at, none).where(a.answer == AnswerKind.CALLED.value)
    return [told.where(e.step == CaseStep.DELIVERED.value), back, joined, called]


def _with_people(source: FromClause, worker_key: ColumnElement[int]) -> FromClause:
    """A source joined with the people its rows are about."""
    return source.join(WORKER, WORKER.c.key == worker_key)


def _who(whom: Whom) -> ColumnElement[bool]:
    """Whether a person is meant."""
    some = WORKER.c.key.in_(whom.keys) if whom.keys is not None else true()
    return and_(in_scope(whom.division, whom.villages), some)
