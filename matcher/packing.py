"""A plan as it is stored: a few columns to search by, and the whole plan packed into bytes.

In: a ServicePlan. Out: a `PackedPlan`, small enough to be handed from one process to another; and the plan again.
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from datetime import date

import msgspec

from matcher.domain.plan import ServicePlan, Track

_PLAN = msgspec.json.Decoder(ServicePlan)
_ENCODE = msgspec.json.Encoder()
FAST = 1
"""The level of compression: higher ones cost time and hardly save room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PackedPlan:
    """What of a plan stands in columns, and its packed body."""

    worker_key: int
    made_on: date
    valid_until: date
    track: Track
    postings: tuple[int, ...]
    """Keys of the postings, best first."""
    missing: int
    has_training: bool
    score_sum: float
    priority: int
    body: bytes


def pack_plan(plan: ServicePlan) -> PackedPlan:
    """A plan ready to be stored."""
    return PackedPlan(
        worker_key=plan.worker_key,
        made_on=plan.made_on,
        valid_until=plan.valid_until,
        track=plan.track,
        postings=tuple(match.posting_key for match in plan.matches),
        missing=plan.shortfall.missing,
        has_training=plan.training is not None,
        score_sum=sum(match.score for match in plan.matches),
        priority=plan.priority,
        body=zlib.compress(_ENCODE.encode(plan), level=FAST),
    )


def unpack_plan(body: bytes) -> ServicePlan:
    """The plan of a packed body."""
    return _PLAN.decode(zlib.decompress(body))
