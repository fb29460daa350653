"""What is counted as it happens, so that a list need not count it again."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Table

from matcher.store.schema.columns import METADATA, number
from matcher.store.schema.tables import PLAN, POSTING, WORKER

DERIVED = "derived"
"""Marks tables that triggers fill from others: they are neither copied nor part of a fingerprint."""

POSTING_LOAD = Table(
    "posting_load",
    METADATA,
    Column("posting_key", ForeignKey("posting.key", ondelete="CASCADE"), primary_key=True, autoincrement=False),
    number("recommended"),
    info={DERIVED: True},
)
"""In how many current plans each posting stands; kept by triggers on plan and plan_match (migration 0020)."""

Index(
    "ix_plan_current",
    PLAN.c.current,
    PLAN.c.worker_key,
    PLAN.c.track,
    PLAN.c.missing,
    PLAN.c.has_training,
    PLAN.c.printed_on,
)
Index("ix_posting_live", POSTING.c.state, POSTING.c.deadline, POSTING.c.place_code, POSTING.c.openings)
Index("ix_worker_listed", WORKER.c.home_code, WORKER.c.village, WORKER.c.name, WORKER.c.merged_into)
