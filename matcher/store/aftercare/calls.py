"""Calls to people in work, due so many days after it began.

In: spells and the days of the policy. Out: the calls of a scope that are due, the oldest first, and what came of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, delete, exists, func, insert, select, update

from matcher.domain.aftercare import Call, CallResult
from matcher.domain.errors import RecordNotFound
from matcher.store.context import StoreContext, new_uid
from matcher.store.intake.life import is_here
from matcher.store.schema import FOLLOW_UP, WORKER
from matcher.store.sealing import place_of
from matcher.store.workers import in_scope


class Calls:
    """The table of calls inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def plan(self, spell_key: int, worker_key: int, days: Sequence[tuple[int, date]]) -> None:
        """The calls of a spell: after so many days, on this day; one that was made stays."""
        c = FOLLOW_UP.c
        made = set(self._context.connection.scalars(select(c.after_days).where(c.spell_key == spell_key)))
        rows = [
            {"uid": new_uid(), "spell_key": spell_key, "worker_key": worker_key, "after_days": after, "due_on": due}
            for after, due in days
            if after not in made
        ]
        if rows:
            self._context.connection.execute(insert(FOLLOW_UP), rows)

    def due(
        self, on: date, *, division: str = "", villages: tuple[str, ...] = (), limit: int = 50
    ) -> tuple[list[Call], int]:
        """Calls due on a day or before, one a spell, the oldest first, and how many there are in all."""
        later = FOLLOW_UP.alias("later")
        newer = and_(later.c.spell_key == FOLLOW_UP.c.spell_key, later.c.due_on > FOLLOW_UP.c.due_on)
        passed = exists().where(newer, later.c.due_on <= on, later.c.done_on.is_(None))
        open_now = and_(FOLLOW_UP.c.done_on.is_(None), FOLLOW_UP.c.due_on <= on)
        inside = and_(open_now, ~passed, in_scope(division, villages), is_here())
        order = (FOLLOW_UP.c.due_on, FOLLOW_UP.c.key)
        counted = _listed(inside).add_columns(func.count().over().label("_total")).order_by(*order).limit(limit)
        rows = [dict(row) for row in self._context.connection.execute(counted).mappings()]
        total = int(rows[0]["_total"]) if rows else 0
        return [_call({name: value for name, value in row.items() if name != "_total"}) for row in rows], total

    def get(self, key: int, *, division: str = "", villages: tuple[str, ...] = ()) -> Call:
        """A call that was not made yet; RecordNotFound where there is none in the scope."""
        mine = and_(FOLLOW_UP.c.key == key, FOLLOW_UP.c.done_on.is_(None), in_scope(division, villages))
        row = self._context.connection.execute(_listed(mine)).mappings().first()
        if row is None:
            raise RecordNotFound("没有这次回访，或已经记过，或不在您的范围内", ref=str(key))
        return _call(dict(row))

    def done(self, key: int, result: CallResult, *, on: date, note: str = "") -> None:
        """What came of a call; earlier ones of the same spell that nobody made are noted as missed."""
        self._put(key, {"done_on": on, "result": result.value, "done_by": self._context.actor}, note)
        c = FOLLOW_UP.c
        this = select(c.spell_key, c.due_on).where(c.key == key).subquery()
        same = c.spell_key == select(this.c.spell_key).scalar_subquery()
        before = c.due_on < select(this.c.due_on).scalar_subquery()
        missed = update(FOLLOW_UP).where(same, before, c.done_on.is_(None))
        values = {"done_on": on, "result": CallResult.MISSED.value, "done_by": self._context.actor}
        self._context.connection.execute(missed.values(values))

    def tried(self, call: Call, *, on: date, note: str = "") -> None:
        """Nobody answered: the call stays due."""
        self._put(call.key, {"tries": call.tries + 1, "tried_on": on}, note)

    def drop_open(self, spell_key: int) -> None:
        """No more calls about work that is over."""
        c = FOLLOW_UP.c
        self._context.connection.execute(delete(FOLLOW_UP).where(c.spell_key == spell_key, c.done_on.is_(None)))

    def of_person(self, worker_key: int) -> list[dict[str, Any]]:
        """Every call about a person, for handing the person's data out."""
        c, keys = FOLLOW_UP.c, self._context.keys
        query = select(*c).where(c.worker_key == worker_key).order_by(c.key)
        names = ("after_days", "due_on", "done_on", "result", "done_by", "tries", "tried_on")
        found = []
        for row in self._context.connection.execute(query).mappings():
            sealed = row["note"]
            note = keys.unseal(sealed, place_of("follow_up", "note", row["uid"])).decode() if sealed else ""
            found.append({name: row[name] for name in names} | {"note": note})
        return found

    def _put(self, key: int, values: dict[str, Any], note: str) -> None:
        """Writes what came of a call."""
        uid = self._context.uid(FOLLOW_UP, key)
        sealed = self._context.keys.seal(note.encode(), place_of("follow_up", "note", uid)) if note else None
        row = values | {"note": sealed, "recorded_at": self._context.clock()}
        self._context.connection.execute(update(FOLLOW_UP).where(FOLLOW_UP.c.key == key).values(row))


def _listed(condition: ColumnElement[bool]) -> Any:
    """The columns of a call, joined with its person."""
    c, w = FOLLOW_UP.c, WORKER.c
    columns = (c.key, c.spell_key, c.worker_key, c.after_days, c.due_on, c.tries, c.tried_on)
    joined = FOLLOW_UP.join(WORKER, w.key == c.worker_key)
    return select(*columns, w.name, w.village, w.home_name).select_from(joined).where(condition)


def _call(row: dict[str, Any]) -> Call:
    """A row as a call."""
    return Call(**row)
