"""Matching runs: the truth about long work lies in their rows, so that a killed process is noticed.

In: `MatchRun`s, progress and quality. Out: the same again; runs whose heartbeat stopped are stale.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import timedelta
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, and_, insert, or_, select, update

from matcher.domain.errors import RecordNotFound
from matcher.domain.run import MatchRun, RunQuality, RunState
from matcher.store.context import StoreContext
from matcher.store.schema import MATCH_RUN

STALE_AFTER = timedelta(minutes=2)
"""A running run that says nothing for this long has died."""


class Runs:
    """The table of runs inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def create(self, run: MatchRun) -> int:
        """Stores a run as it is, usually queued; its key."""
        values = {
            "division": run.division,
            "worker_ref": run.worker_ref,
            "as_of": run.as_of,
            "engine": run.engine,
            "policy_digest": run.policy_digest,
            "reference_digest": run.reference_digest,
            "state": run.state.value,
            "progress": run.progress,
            "message": run.message,
            "started_by": run.started_by or self._context.actor,
            "quality": msgspec.to_builtins(run.quality),
            "created_at": self._context.clock(),
            "started_at": run.started_at,
            "heartbeat_at": run.started_at,
            "ended_at": run.ended_at,
        }
        inserted = self._context.connection.execute(insert(MATCH_RUN).values(values)).inserted_primary_key
        return int(inserted[0]) if inserted is not None else 0

    def claim(self, key: int) -> bool:
        """Takes a queued run to work on it; False where somebody else was first."""
        now = self._context.clock()
        change = update(MATCH_RUN).where(MATCH_RUN.c.key == key, MATCH_RUN.c.state == RunState.QUEUED.value)
        values = {"state": RunState.RUNNING.value, "started_at": now, "heartbeat_at": now}
        return self._context.connection.execute(change.values(**values)).rowcount == 1

    def progress(self, key: int, share: float, message: str = "") -> bool:
        """Notes how far a run is and that it lives; True where somebody asked it to stop."""
        self._change(key, {"progress": share, "message": message, "heartbeat_at": self._context.clock()})
        return self.cancel_requested(key)

    def note_inputs(self, key: int, *, policy_digest: str, reference_digest: str) -> None:
        """Notes with which policy and reference tables a run works."""
        self._change(key, {"policy_digest": policy_digest, "reference_digest": reference_digest})

    def finish(self, key: int, state: RunState, *, quality: RunQuality | None = None, message: str = "") -> None:
        """Notes how a run ended."""
        ended = {"state": state.value, "message": message, "ended_at": self._context.clock()}
        if quality is not None:
            ended["quality"] = msgspec.to_builtins(quality)
        self._change(key, ended | ({"progress": 1.0} if state is RunState.DONE else {}))

    def request_cancel(self, key: int) -> None:
        """Asks a run to stop; a queued one is cancelled at once."""
        self._change(key, {"cancel_requested": True})
        queued = and_(MATCH_RUN.c.key == key, MATCH_RUN.c.state == RunState.QUEUED.value)
        ended = {"state": RunState.CANCELLED.value, "ended_at": self._context.clock()}
        self._context.connection.execute(update(MATCH_RUN).where(queued).values(**ended))

    def cancel_requested(self, key: int) -> bool:
        """Whether somebody asked a run to stop."""
        return bool(self._context.connection.scalar(select(MATCH_RUN.c.cancel_requested).where(MATCH_RUN.c.key == key)))

    def stale(self) -> list[MatchRun]:
        """Runs that stand as running but have not been heard of."""
        return self._many(self._is_stale())

    def close_stale(self, message: str) -> int:
        """Marks runs that died as failed; how many."""
        ended = {"state": RunState.FAILED.value, "message": message, "ended_at": self._context.clock()}
        return self._context.connection.execute(update(MATCH_RUN).where(self._is_stale()).values(**ended)).rowcount

    def get(self, key: int) -> MatchRun:
        """One run."""
        found = self._many(MATCH_RUN.c.key == key)
        if not found:
            raise RecordNotFound("没有这个匹配批次", ref=str(key))
        return found[0]

    def many(self, keys: Collection[int]) -> dict[int, MatchRun]:
        """Runs by key."""
        return {run.key: run for run in self._many(MATCH_RUN.c.key.in_(set(keys))) if run.key is not None}

    def queued(self) -> list[MatchRun]:
        """Runs that wait, oldest first."""
        return self._many(MATCH_RUN.c.state == RunState.QUEUED.value)[::-1]

    def recent(self, limit: int = 50, *, before: int | None = None) -> list[MatchRun]:
        """The newest runs, or those before a run, newest first."""
        wanted = MATCH_RUN.c.key > 0 if before is None else MATCH_RUN.c.key < before
        return self._many(wanted, limit=limit)

    def _is_stale(self) -> ColumnElement[bool]:
        """Whether a run stands as running but its heartbeat stopped."""
        silent = or_(MATCH_RUN.c.heartbeat_at.is_(None), MATCH_RUN.c.heartbeat_at < self._context.clock() - STALE_AFTER)
        return and_(MATCH_RUN.c.state == RunState.RUNNING.value, silent)

    def _change(self, key: int, values: dict[str, Any]) -> None:
        """Changes one run."""
        changed = self._context.connection.execute(update(MATCH_RUN).where(MATCH_RUN.c.key == key).values(**values))
        if changed.rowcount != 1:
            raise RecordNotFound("没有这个匹配批次", ref=str(key))

    def _many(self, condition: ColumnElement[bool], *, limit: int | None = None) -> list[MatchRun]:
        """The runs of a condition, newest first."""
        c = MATCH_RUN.c
        query = select(MATCH_RUN).where(condition).order_by(c.key.desc()).limit(limit)
        return [_run(dict(row)) for row in self._context.connection.execute(query).mappings()]


def _run(row: dict[str, Any]) -> MatchRun:
    """A row as a run."""
    names = ("key", "division", "worker_ref", "as_of", "engine", "policy_digest", "reference_digest", "progress")
    kept = {name: row[name] for name in (*names, "message", "started_by", "started_at", "ended_at")}
    quality = msgspec.convert(row["quality"], RunQuality)
    return replace(MatchRun(as_of=row["as_of"]), **kept, state=RunState(row["state"]), quality=quality)
