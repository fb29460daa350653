"""Work done: the same, alike, or none."""

from __future__ import annotations

import numpy as np

from matcher.columns import Pairs
from matcher.columns.arrays import Floats
from matcher.domain.worker import Experience
from matcher.features.base import Finding, Sight

WITHOUT = np.array([0.45, 0.45, 0.2, 0.0], dtype=np.float32)
"""What no experience is worth, by how hard the work is to enter (1 anyone … 3 skilled)."""
SIMPLE = float(WITHOUT[1])


def experience(pairs: Pairs) -> Floats:
    """How much of this work the person has done; simple work can be entered without."""
    occupation = pairs.p.occupation[pairs.pi]
    start = WITHOUT[pairs.vocabulary.entry[occupation]]
    start = np.where(pairs.p.experience_years[pairs.pi] > 0, start * np.float32(0.5), start)
    value = np.maximum(pairs.done, start)
    return np.where(occupation == 0, np.float32(np.nan), value).astype(np.float32)


def describe(sight: Sight) -> Finding:
    """Which work of the person's it rests on."""
    target, asked = sight.asked.occupation, sight.asked.title
    best = _closest(sight)
    if best is None or sight.value <= SIMPLE:
        if sight.asked.entry <= 1:
            return ("EXPERIENCE_NOT_NEEDED", {"occupation": target}, asked)
        return ("EXPERIENCE_NONE", {"occupation": target}, asked)
    if best.occupation == target:
        code = "EXPERIENCE_SAME" if best.years is None else "EXPERIENCE_SAME_YEARS"
        return (code, {"done": target, "years": best.years}, best.evidence + asked)
    return ("EXPERIENCE_NEAR", {"done": best.occupation, "occupation": target}, best.evidence + asked)


def _closest(sight: Sight) -> Experience | None:
    """The work done that is nearest to the posting's."""
    nearness, target = sight.vocabulary.nearness, sight.asked.position
    best, nearest = None, 0.0
    for item, position in sight.own.done:
        near = nearness.item(position, target)
        if near > nearest:
            best, nearest = item, near
    return best
