"""A plan as it is stored: a few columns to search by, and the whole plan packed into bytes.

In: a ServicePlan. Out: a `PackedPlan`, small enough to be handed from one process to another; and the plan again.
"""

from __future__ import annotations

import zlib
from collections.abc import Container, Mapping
from dataclasses import fields
from datetime import date
from operator import attrgetter
from typing import NamedTuple

import msgspec

from matcher.domain.match import Match
from matcher.domain.plan import ServicePlan, Track

_PLAN = msgspec.json.Decoder(ServicePlan)
_ENCODE = msgspec.json.Encoder()
FAST = 1
"""The level of compression: higher ones cost time and hardly save room."""


class PackedPlan(NamedTuple):
    """What of a plan stands in columns, and its packed body; a tuple, because those are handed on fastest."""

    worker_key: int
    made_on: date
    valid_until: date
    track: Track
    postings: tuple[int, ...]
    """Keys of the postings, best first."""
    missing: int
    training: int | None
    """Key of the class the plan names."""
    score_sum: float
    priority: int
    body: bytes

    @property
    def has_training(self) -> bool:
        """Whether the plan names a class."""
        return self.training is not None


_PLAN_NAMES, _MATCH_NAMES = ([item.name for item in fields(kind)] for kind in (ServicePlan, Match))
_PLAN_VALUES, _MATCH_VALUES = attrgetter(*_PLAN_NAMES), attrgetter(*_MATCH_NAMES)


class Packer:
    """Packs the plans of one market; what many plans have in common is written once and remembered by identity.

    `lasting` are identities of reasons that are kept as long as this packer; views and policies are kept here.
    """

    def __init__(self, lasting: Container[int] = ()) -> None:
        self._lasting = lasting
        self._written: dict[int, tuple[object, msgspec.Raw]] = {}

    def pack(self, plan: ServicePlan) -> PackedPlan:
        """A plan ready to be stored; the same bytes as `pack_plan`."""
        return _packed(plan, self._plain(plan))

    def _plain(self, plan: ServicePlan) -> Mapping[str, object]:
        """The plan field by field, with parts that are written already."""
        values = dict(zip(_PLAN_NAMES, _PLAN_VALUES(plan), strict=True))
        values["matches"] = [self._match(match) for match in plan.matches]
        if plan.policy:
            values["policy"] = self._once(plan.policy)
        return values

    def _match(self, match: Match) -> Mapping[str, object]:
        """One match field by field."""
        values = dict(zip(_MATCH_NAMES, _MATCH_VALUES(match), strict=True))
        values["posting"] = self._once(match.posting)
        lasting = self._lasting
        values["reasons"] = [self._once(reason) if id(reason) in lasting else reason for reason in match.reasons]
        return values

    def _once(self, part: object) -> msgspec.Raw:
        """A part as written when it was first met."""
        found = self._written.get(id(part))
        if found is None:
            found = self._written[id(part)] = part, msgspec.Raw(_ENCODE.encode(part))
        return found[1]


def pack_plan(plan: ServicePlan) -> PackedPlan:
    """A plan ready to be stored."""
    return _packed(plan, plan)


def _packed(plan: ServicePlan, plain: object) -> PackedPlan:
    """The columns of a plan, and as its body what is to be written."""
    return PackedPlan(
        worker_key=plan.worker_key,
        made_on=plan.made_on,
        valid_until=plan.valid_until,
        track=plan.track,
        postings=tuple(match.posting_key for match in plan.matches),
        missing=plan.shortfall.missing,
        training=plan.training.training_key if plan.training is not None else None,
        score_sum=sum(match.score for match in plan.matches),
        priority=plan.priority,
        body=zlib.compress(_ENCODE.encode(plain), level=FAST),
    )


def unpack_plan(body: bytes) -> ServicePlan:
    """The plan of a packed body."""
    return _PLAN.decode(zlib.decompress(body))
