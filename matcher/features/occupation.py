"""The work wished for: exactly, nearly, or not."""

from __future__ import annotations

import numpy as np

from matcher.columns import Pairs
from matcher.columns.arrays import Floats
from matcher.features.base import Finding, Sight


def occupation(pairs: Pairs) -> Floats:
    """1 for the wished work, less for work like it, done, or lived by skills held; NaN where it is not recognised."""
    value = np.maximum(pairs.wished, pairs.done * np.float32(0.6))
    return np.where(pairs.p.occupation[pairs.pi] == 0, np.float32(np.nan), value).astype(np.float32)


def describe(sight: Sight) -> Finding:
    """The wish it meets, or why it is offered all the same."""
    asked, nearness, wishes = sight.asked, sight.vocabulary.nearness, sight.own.wishes
    target, title = asked.occupation, asked.title
    best, nearest = None, -1.0
    for term, position in wishes:
        if term.code == target:
            return ("WISH_EXACT", {"wished": target}, term.evidence + title)
        nearer = nearness.item(position, asked.position)
        if nearer > nearest:
            best, nearest = term, nearer
    if best is not None:
        near = nearest > 0 or sight.value >= 0.5
        open_to_all = bool(sight.vocabulary.ways[asked.position].any())
        code = "WISH_NEAR" if near else "WISH_OPEN" if open_to_all else "WISH_OTHER"
        return (code, {"wished": best.code, "occupation": target}, best.evidence + title)
    near_done = max((nearness.item(position, asked.position) for _, position in sight.own.done), default=0.0)
    words = sight.own.work_words + title
    if near_done > 0:
        return ("WISH_FROM_WORK", {"occupation": target}, words)
    openly = sight.worker.facts.any_work
    if openly.value:
        return ("WISH_ANY_WORK", {"occupation": target}, openly.evidence + title)
    return ("WISH_OPEN_PLAIN", {"occupation": target}, words)
