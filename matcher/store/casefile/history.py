"""Everything that happened to a person, in one query, from the columns that stand in clear.

In: a person. Out: dated lines: plans made and printed, slips, work begun and ended, calls, changes of life, classes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Date, Select, Text, cast, literal, null, select, union_all

from matcher.domain.localtime import local_date
from matcher.store.context import StoreContext
from matcher.store.schema import EMPLOYMENT_SPELL, ENROLMENT, FOLLOW_UP, LIFE_CHANGE, PLAN, SLIP_RETURN
from matcher.store.schema.columns import Instant


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One thing that happened; `what` tells which, `code` and `more` what of it."""

    what: str
    on: date
    at: datetime | None
    code: str
    more: str
    actor: str


def history_of(context: StoreContext, worker_key: int) -> list[HistoryLine]:
    """All lines of a person, in no order."""
    query = union_all(*_parts(worker_key))
    found = []
    for what, on, at, code, more, actor in context.connection.execute(query):
        day = on if on is not None else local_date(at)
        found.append(HistoryLine(what, day, at, code or "", more or "", actor or ""))
    return found


def _parts(worker_key: int) -> list[Select[Any]]:
    """One query a kind of line, all of the same columns."""
    p, s, w, f, n = PLAN.c, SLIP_RETURN.c, EMPLOYMENT_SPELL.c, FOLLOW_UP.c, ENROLMENT.c
    life = LIFE_CHANGE.c
    none, never, empty = cast(null(), Instant()), cast(null(), Date()), literal("", Text())
    return [
        select(literal("plan"), p.made_on, none, p.track, p.code, empty).where(p.worker_key == worker_key),
        select(literal("printed"), p.printed_on, none, p.track, p.code, empty).where(
            p.worker_key == worker_key, p.printed_on.is_not(None)
        ),
        select(literal("slip"), s.handed_in_on, s.recorded_at, empty, empty, s.actor).where(
            s.worker_key == worker_key, s.taken_back_at.is_(None)
        ),
        select(literal("began"), w.started_on, w.recorded_at, w.said_by, empty, w.actor).where(
            w.worker_key == worker_key
        ),
        select(literal("ended"), w.ended_on, none, w.ended_said_by, empty, empty).where(
            w.worker_key == worker_key, w.ended_on.is_not(None)
        ),
        select(literal("call"), f.done_on, f.recorded_at, f.result, cast(f.after_days, Text()), f.done_by).where(
            f.worker_key == worker_key, f.done_on.is_not(None)
        ),
        select(literal("life"), life.happened_on, life.recorded_at, life.kind, empty, life.actor).where(
            life.worker_key == worker_key, life.undone_at.is_(None)
        ),
        select(literal("class"), never, n.changed_at, n.state, empty, n.actor).where(n.worker_key == worker_key),
    ]
