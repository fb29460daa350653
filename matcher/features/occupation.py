"""The work wished for: exactly, nearly, or not."""

from __future__ import annotations

import numpy as np

from matcher.columns import Pairs
from matcher.columns.arrays import Floats
from matcher.domain.facts import Evidence
from matcher.features.base import Finding, Sight


def occupation(pairs: Pairs) -> Floats:
    """1 for the wished work, less for work like it; without a wish, what one has done speaks."""
    done = pairs.done
    stated = np.maximum(pairs.wished, done * np.float32(0.6))
    silent = np.where(done > 0, np.float32(0.5) + np.float32(0.35) * done, np.float32(np.nan))
    value = np.where(pairs.w.wish_stated[pairs.wi], stated, silent)
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
    words = tuple(piece for item in sight.worker.facts.experience if item.current for piece in item.evidence)
    return Finding("WISH_FROM_WORK", {"occupation": target}, words + title)
