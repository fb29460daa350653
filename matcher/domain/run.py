"""A matching run: who asked for it, over whom, with which policy, and what came out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

HAND = "hand"
"""The engine of a run that matched nothing: the plan of one person, whose postings staff choose themselves."""


class RunState(StrEnum):
    """Where a run stands."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True, kw_only=True)
class RunQuality:
    """Figures of a run that staff and later runs are compared by."""

    people: int = 0
    with_postings_owed: int = 0
    complete: int = 0
    short: int = 0
    with_training: int = 0
    score_sum: float = 0.0
    load_gini: float = 0.0
    duality_gap: float = 0.0
    rounds: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class MatchRun:
    """One run; `key` is None before it is stored."""

    key: int | None = None
    division: str = ""
    worker_ref: str = ""
    as_of: date
    engine: str = "local"
    policy_digest: str = ""
    reference_digest: str = ""
    state: RunState = RunState.QUEUED
    progress: float = 0.0
    """Share done, in [0, 1]."""
    started_by: str = ""
    started_at: datetime | None = None
    ended_at: datetime | None = None
    message: str = ""
    quality: RunQuality = field(default_factory=RunQuality)
