"""Village coordinators: the roster, their trainings, attendance and reviews.

In: `Coordinator`s and `StaffEvent`s. Out: the same again, of a division; phones and contracts stand sealed.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, case, exists, func, select

from matcher.domain.errors import RecordNotFound
from matcher.domain.service.around.coordinators import Coordinator, EventKind, Result, SourcePost, StaffEvent
from matcher.store.around.bodies import Bodies
from matcher.store.context import Row, StoreContext, chunks, new_uid, within
from matcher.store.schema import COORDINATOR, COORDINATOR_EVENT

_PLAIN = ("name", "division", "account", "started_on", "ended_on", "contract_until")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Words:
    """What is sealed of a coordinator."""

    phone: str = ""
    contract_no: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Event:
    """What is sealed of an event."""

    topic: str = ""
    note: str = ""


class Coordinators:
    """The two tables inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context
        self._words = Bodies(context, "coordinator", _Words)
        self._events = Bodies(context, "coordinator_event", _Event)

    def add(self, one: Coordinator) -> int:
        """Puts somebody on the roster; the key."""
        uid = new_uid()
        return self._context.insert_many(COORDINATOR, [{"uid": uid, "revision": 1} | self._row(uid, one)])[0]

    def change(self, one: Coordinator, *, expected_revision: int | None = None) -> None:
        """Stores what is now known of a coordinator."""
        row = self._row(self._context.uid(COORDINATOR, one.key), one)
        self._context.revise(COORDINATOR, one.key, row, expected_revision=expected_revision)

    def get(self, key: int, *, division: str = "") -> Coordinator:
        """One coordinator; RecordNotFound outside the division."""
        c = COORDINATOR.c
        query = select(COORDINATOR).where(c.key == key, within(c.division, division))
        row = self._context.connection.execute(query).mappings().first()
        if row is None:
            raise RecordNotFound("没有这位协管员，或不在您的范围内", ref=str(key))
        return self._coordinator(dict(row), self._last([key]))

    def all(self, *, division: str = "") -> list[Coordinator]:
        """The roster of a division, by place and name."""
        c = COORDINATOR.c
        query = select(COORDINATOR).where(within(c.division, division)).order_by(c.division, c.name, c.key)
        rows = [dict(row) for row in self._context.connection.execute(query).mappings()]
        last = self._last([row["key"] for row in rows])
        return [self._coordinator(row, last) for row in rows]

    def trained(self, account: str, *, on: date) -> tuple[bool, bool]:
        """Whether a serving coordinator stands behind an account, and whether one of them passed a training."""
        if not account:
            return False, False
        c, e = COORDINATOR.c, COORDINATOR_EVENT.c
        training = and_(e.kind == EventKind.TRAINING.value, e.result == Result.PASSED.value, e.happened_on <= on)
        passed = exists().where(e.coordinator_key == c.key, training)
        serving = and_(c.account == account, c.started_on <= on, func.coalesce(c.ended_on, on) >= on)
        found = self._context.connection.scalars(select(case((passed, 1), else_=0)).where(serving)).all()
        return bool(found), any(found)

    def note(self, event: StaffEvent) -> int:
        """Keeps a training, attendance or review; its key."""
        uid = new_uid()
        row = {
            "uid": uid,
            "coordinator_key": event.coordinator_key,
            "kind": event.kind.value,
            "happened_on": event.on,
            "result": event.result.value,
            "hours": event.hours,
            "body": self._events.seal(uid, _Event(topic=event.topic, note=event.note)),
            "actor": self._context.actor,
            "recorded_at": self._context.clock(),
        }
        return self._context.insert_many(COORDINATOR_EVENT, [row])[0]

    def events(self, key: int) -> list[StaffEvent]:
        """What was written down of one coordinator, newest first."""
        c = COORDINATOR_EVENT.c
        query = select(COORDINATOR_EVENT).where(c.coordinator_key == key).order_by(c.happened_on.desc(), c.key.desc())
        return [self._event(dict(row)) for row in self._context.connection.execute(query).mappings()]

    def _last(self, keys: Collection[int]) -> dict[tuple[int, str], date]:
        """(coordinator, kind) → the last day it went well."""
        c, found = COORDINATOR_EVENT.c, dict[tuple[int, str], date]()
        for part in chunks(sorted(keys)):
            query = select(c.coordinator_key, c.kind, func.max(c.happened_on))
            query = query.where(c.coordinator_key.in_(part), c.result == Result.PASSED.value)
            rows = self._context.connection.execute(query.group_by(c.coordinator_key, c.kind))
            found.update({(key, kind): on for key, kind, on in rows})
        return found

    def _row(self, uid: str, one: Coordinator) -> Row:
        """The columns of a coordinator."""
        row: Row = {name: getattr(one, name) for name in _PLAIN}
        words = _Words(phone=one.phone, contract_no=one.contract_no, note=one.note)
        return row | {
            "source": one.source.value,
            "body": self._words.seal(uid, words),
            "actor": self._context.actor,
            "changed_at": self._context.clock(),
        }

    def _coordinator(self, row: dict[Any, Any], last: dict[tuple[int, str], date]) -> Coordinator:
        """A row, unsealed."""
        words = self._words.open(row)
        return Coordinator(
            key=row["key"],
            source=SourcePost(row["source"]),
            phone=words.phone,
            contract_no=words.contract_no,
            note=words.note,
            trained_on=last.get((row["key"], EventKind.TRAINING.value)),
            reviewed_on=last.get((row["key"], EventKind.REVIEW.value)),
            revision=row["revision"],
            **{name: row[name] for name in _PLAIN},
        )

    def _event(self, row: dict[Any, Any]) -> StaffEvent:
        """A row of an event, unsealed."""
        words = self._events.open(row)
        return StaffEvent(
            key=row["key"],
            coordinator_key=row["coordinator_key"],
            kind=EventKind(row["kind"]),
            on=row["happened_on"],
            result=Result(row["result"]),
            hours=row["hours"],
            topic=words.topic,
            note=words.note,
            actor=row["actor"],
        )
