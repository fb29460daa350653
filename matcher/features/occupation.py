"""The work wished for: exactly, nearly, or not."""

from __future__ import annotations

import numpy as np

from matcher.columns import Pairs
from matcher.columns.arrays import Floats
from matcher.domain.facts import Evidence
from matcher.features.base import Finding, Sight


def occupation(pairs: Pairs) -> Floats:
    """1 for the wished work, less for work like it, done, or lived by skills held; NaN where nothing is known."""
    stated = np.maximum(pairs.wished, pairs.done * np.float32(0.6))
    value = np.where(pairs.w.wish_stated[pairs.wi], stated, np.float32(np.nan))
    return np.where(pairs.p.occupation[pairs.pi] == 0, np.float32(np.nan), value).astype(np.float32)


def describe(sight: Sight) -> Finding:
    """The wish it meets, or why it is offered all the same."""
    target = sight.posting.facts.occupation
    at, nearness = sight.vocabulary.occupation_at, sight.vocabulary.nearness
    wishes = [term for term in sight.worker.facts.wished if term.code in at]
    title = (Evidence("岗位名称", sight.posting.posting.title),)
    exact = next((term for term in wishes if term.code == target), None)
    if exact:
        return Finding("WISH_EXACT", {"wished": target}, exact.evidence + title)
    if wishes:
        best = max(wishes, key=lambda term: float(nearness[at[term.code], at.get(target, 0)]))
        near = float(nearness[at[best.code], at.get(target, 0)]) > 0 or sight.value >= 0.5
        open_to_all = float(sight.vocabulary.anybody[at.get(target, 0)]) > 0
        code = "WISH_NEAR" if near else "WISH_OPEN" if open_to_all else "WISH_OTHER"
        return Finding(code, {"wished": best.code, "occupation": target}, best.evidence + title)
    done = [item for item in sight.worker.facts.experience if item.current and item.occupation in at]
    near_done = max((float(nearness[at[item.occupation], at.get(target, 0)]) for item in done), default=0.0)
    words = tuple(piece for item in done for piece in item.evidence)
    if near_done > 0:
        return Finding("WISH_FROM_WORK", {"occupation": target}, words + title)
    openly = sight.worker.facts.any_work
    if openly.value:
        return Finding("WISH_ANY_WORK", {"occupation": target}, openly.evidence + title)
    return Finding("WISH_OPEN_PLAIN", {"occupation": target}, words + title)
