"""Values of policy the office has entered, what the policy of a run said, and trials of a change.

In: dated entries with a basis. Out: the same again, newest last; entries of a run's policy by digest and day.
Nothing is overwritten: taking back is another dated row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import and_, func, insert, select, update

from matcher.domain.errors import RecordNotFound
from matcher.domain.run import RunState
from matcher.policy import Entry, PolicyAt
from matcher.policy.rules import Value
from matcher.store.context import StoreContext
from matcher.store.schema import POLICY_STAND, POLICY_TRIAL, POLICY_VALUE

STALE_AFTER = timedelta(minutes=2)
"""A trial that says nothing for this long has died."""


@dataclass(frozen=True, slots=True)
class EnteredValue:
    """One value as it was entered."""

    key: int
    entry: Entry
    actor: str
    recorded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyTrial:
    """A change tried on some people before it is saved."""

    key: int
    division: str
    changes: list[dict[str, Any]]
    state: RunState
    progress: float
    message: str
    result: dict[str, Any]
    started_by: str
    created_at: datetime
    ended_at: datetime | None


def plain(value: Value) -> Any:
    """A value as JSON has it."""
    return list(value) if isinstance(value, tuple) else value


def as_value(found: Any) -> Value:
    """A value out of JSON."""
    return tuple(found) if isinstance(found, list) else found


class PolicyValues:
    """The values inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def version(self) -> int:
        """Changes whenever a value is entered."""
        return int(self._context.connection.scalar(select(func.max(POLICY_VALUE.c.key))) or 0)

    def all(self, name: str = "") -> list[EnteredValue]:
        """Every value entered, of one parameter where it is named, in the order they were."""
        c = POLICY_VALUE.c
        query = select(c.key, c.name, c.value, c.unit, c.since, c.basis, c.actor, c.recorded_at).order_by(c.key)
        rows = self._context.connection.execute(query.where(c.name == name) if name else query)
        return [
            EnteredValue(key, Entry(key_name, as_value(value), unit, since, basis), actor, recorded_at)
            for key, key_name, value, unit, since, basis, actor, recorded_at in rows
        ]

    def add(self, entries: list[Entry]) -> None:
        """Enters values."""
        rows = [
            {
                "name": entry.key,
                "value": plain(entry.value),
                "unit": entry.unit,
                "since": entry.since,
                "basis": entry.basis,
                "actor": self._context.actor,
                "recorded_at": self._context.clock(),
            }
            for entry in entries
        ]
        self._context.connection.execute(insert(POLICY_VALUE), rows)

    def remember(self, policy: PolicyAt) -> None:
        """Keeps what a policy says on a day, once a digest and day."""
        c = POLICY_STAND.c
        held = select(c.key).where(c.digest == policy.digest, c.on_day == policy.on)
        if self._context.connection.scalar(held) is not None:
            return
        entries = [[entry.key, plain(entry.value), entry.unit, entry.basis] for entry in policy.entries.values()]
        row = {"digest": policy.digest, "on_day": policy.on, "entries": entries, "recorded_at": self._context.clock()}
        self._context.connection.execute(insert(POLICY_STAND).values(row))

    def stand(self, digest: str, on: date) -> dict[str, Entry]:
        """What a policy said on a day, nothing where it was not kept."""
        c = POLICY_STAND.c
        query = select(c.entries).where(c.digest == digest, c.on_day == on)
        found = self._context.connection.scalar(query) or []
        return {key: Entry(key, as_value(value), unit, on, basis) for key, value, unit, basis in found}


class PolicyTrials:
    """The trials inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def create(self, division: str, entries: list[Entry]) -> int:
        """A trial that waits; its key."""
        now = self._context.clock()
        changes = [
            {"key": one.key, "value": plain(one.value), "unit": one.unit, "since": one.since.isoformat(),
             "basis": one.basis}
            for one in entries
        ]  # fmt: skip
        row = {
            "division": division,
            "changes": changes,
            "state": RunState.QUEUED.value,
            "result": {},
            "started_by": self._context.actor,
            "created_at": now,
            "heartbeat_at": now,
        }
        inserted = self._context.connection.execute(insert(POLICY_TRIAL).values(row)).inserted_primary_key
        return int(inserted[0]) if inserted is not None else 0

    def get(self, key: int) -> PolicyTrial:
        """One trial; one whose process died is said to have failed."""
        c = POLICY_TRIAL.c
        row = self._context.connection.execute(select(POLICY_TRIAL).where(c.key == key)).mappings().first()
        if row is None:
            raise RecordNotFound("没有这次试算", ref=str(key))
        state = RunState(row["state"])
        silent = row["heartbeat_at"] < self._context.clock() - STALE_AFTER
        if state in (RunState.QUEUED, RunState.RUNNING) and silent:
            state = RunState.FAILED
        names = ("key", "division", "changes", "progress", "message", "result", "started_by", "created_at", "ended_at")
        return PolicyTrial(state=state, **{name: row[name] for name in names})

    def progress(self, key: int, share: float) -> bool:
        """Notes how far a trial is; True where somebody asked it to stop."""
        values = {"state": RunState.RUNNING.value, "progress": share, "heartbeat_at": self._context.clock()}
        self._change(key, values)
        c = POLICY_TRIAL.c
        return bool(self._context.connection.scalar(select(c.cancel_requested).where(c.key == key)))

    def finish(self, key: int, state: RunState, *, result: Mapping[str, Any] | None = None, message: str = "") -> None:
        """Notes how a trial ended."""
        values: dict[str, Any] = {"state": state.value, "message": message, "ended_at": self._context.clock()}
        self._change(key, values | ({"result": dict(result), "progress": 1.0} if result is not None else {}))

    def request_cancel(self, key: int) -> None:
        """Asks a trial to stop; one that waits is stopped at once."""
        self._change(key, {"cancel_requested": True})
        waits = and_(POLICY_TRIAL.c.key == key, POLICY_TRIAL.c.state == RunState.QUEUED.value)
        ended = {"state": RunState.CANCELLED.value, "ended_at": self._context.clock()}
        self._context.connection.execute(update(POLICY_TRIAL).where(waits).values(**ended))

    def _change(self, key: int, values: dict[str, Any]) -> None:
        """Changes one trial."""
        changed = self._context.connection.execute(update(POLICY_TRIAL).where(POLICY_TRIAL.c.key == key).values(values))
        if changed.rowcount != 1:
            raise RecordNotFound("没有这次试算", ref=str(key))
