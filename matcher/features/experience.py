"""Work done: the same, alike, or none."""

from __future__ import annotations

import numpy as np

from matcher.columns import Pairs
from matcher.columns.arrays import Floats
from matcher.domain.facts import Evidence
from matcher.domain.worker import Experience
from matcher.features.base import Finding, Sight

WITHOUT = np.array([0.45, 0.45, 0.2, 0.0], dtype=np.float32)
"""What no experience is worth, by how hard the work is to enter (1 anyone … 3 skilled)."""


def experience(pairs: Pairs) -> Floats:
    """How much of this work the person has done; simple work can be entered without."""
    occupation = pairs.p.occupation[pairs.pi]
    start = WITHOUT[pairs.vocabulary.entry[occupation]]
    start = np.where(pairs.p.experience_years[pairs.pi] > 0, start * np.float32(0.5), start)
    value = np.maximum(pairs.done, start)
    return np.where(occupation == 0, np.float32(np.nan), value).astype(np.float32)


def describe(sight: Sight) -> Finding:
    """Which work of the person's it rests on."""
    target = sight.posting.facts.occupation
    asked = (Evidence("岗位名称", sight.posting.posting.title),)
    best = _closest(sight)
    if best is None or sight.value <= float(WITHOUT[1]):
        if sight.vocabulary.entry[sight.vocabulary.occupation_at.get(target, 0)] <= 1:
            return Finding("EXPERIENCE_NOT_NEEDED", {"occupation": target}, asked)
        return Finding("EXPERIENCE_NONE", {"occupation": target}, asked)
    if best.occupation == target:
        code = "EXPERIENCE_SAME" if best.years is None else "EXPERIENCE_SAME_YEARS"
        return Finding(code, {"done": target, "years": best.years}, best.evidence + asked)
    return Finding("EXPERIENCE_NEAR", {"done": best.occupation, "occupation": target}, best.evidence + asked)


def _closest(sight: Sight) -> Experience | None:
    """The work done that is nearest to the posting's."""
    at = sight.vocabulary.occupation_at
    position = at.get(sight.posting.facts.occupation, 0)
    current = [item for item in sight.worker.facts.experience if item.current and item.occupation in at]
    near = [(float(sight.vocabulary.nearness[at[item.occupation], position]), item) for item in current]
    best = max(near, key=lambda pair: pair[0], default=(0.0, None))
    return best[1] if best[0] > 0 else None
