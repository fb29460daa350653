"""Board and lodging, working hours, and how steady the work is."""

from __future__ import annotations

import numpy as np

from matcher.columns import Pairs
from matcher.columns.arrays import Floats
from matcher.domain.facts import Evidence
from matcher.domain.posting import Shift
from matcher.features.base import Finding, Sight

NAN = np.float32(np.nan)
BY_SHIFT = np.array([np.nan, 1.0, 0.35, 0.2, 0.6, 0.8], dtype=np.float32)
"""Unknown, day, rotating, night, part-time, flexible: the order of columns.postings.SHIFTS."""


def board(pairs: Pairs) -> Floats:
    """Meals and a bed: a bed counts only for those who stay away."""
    meals, bed = pairs.p.board[pairs.pi], pairs.p.lodging[pairs.pi]
    near = np.where(meals == 1, np.float32(0.9), np.where(meals == 0, np.float32(0.4), NAN))
    both = np.where(meals == 1, np.float32(1.0), np.float32(0.8))
    away = np.where(bed == 1, both, np.where(bed == 0, np.float32(0.1), NAN))
    return np.where(pairs.within_day, near, away).astype(np.float32)


def describe_board(sight: Sight) -> Finding:
    """What the advert says of meals and lodging."""
    facts = sight.posting.facts
    words = facts.board.evidence + facts.lodging.evidence or (Evidence("食宿"),)
    if not sight.within_day:
        return ("LODGING_GIVEN" if facts.lodging.value else "LODGING_OWN", {}, words)
    return ("MEALS_GIVEN" if facts.board.value else "MEALS_OWN", {}, words)


def schedule(pairs: Pairs) -> Floats:
    """Day work is liked best; hours not stated say nothing."""
    value: Floats = BY_SHIFT[pairs.p.shift[pairs.pi]]
    return np.broadcast_to(value, np.broadcast_shapes(pairs.wi.shape, pairs.pi.shape))


def describe_schedule(sight: Sight) -> Finding:
    """The shift in the words of the advert."""
    shift = sight.posting.facts.shift
    return (f"SHIFT_{(shift.value or Shift.DAY).name}", {}, shift.evidence or (Evidence("工作时间"),))


def stability(pairs: Pairs) -> Floats:
    """A contract or insurance makes work steady; silence says nothing."""
    steady = pairs.p.steady[pairs.pi]
    value = np.where(steady == 1, np.float32(1), np.where(steady == 0, np.float32(0.2), NAN))
    return np.broadcast_to(value.astype(np.float32), np.broadcast_shapes(pairs.wi.shape, pairs.pi.shape))


def describe_stability(sight: Sight) -> Finding:
    """What the advert says of contract and insurance."""
    facts = sight.posting.facts
    words = facts.insurance.evidence + facts.contract.evidence or (Evidence("社会保险"),)
    return ("STEADY" if sight.value >= 0.5 else "NOT_STEADY", {}, words)
