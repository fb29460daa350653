"""Pay against the wish, or where none is known, against what such work pays here."""

from __future__ import annotations

import numpy as np

from matcher.columns import Pairs
from matcher.columns.arrays import Floats
from matcher.domain.facts import Evidence, PhraseValue
from matcher.features.base import Finding, Sight

AT_WISH = 0.75
FULL_AT = 1.3
"""The wished pay is worth 0.75, thirty per cent above it 1."""


def pay(pairs: Pairs) -> Floats:
    """Pay as a share of the wish; unknown pay or wish says nothing."""
    ratio = pairs.p.pay[pairs.pi] / pairs.w.pay_wish[pairs.wi]
    slack = np.float32(pairs.policy.number("limits.pay_slack"))
    below = (ratio - slack) * np.float32(AT_WISH / (1 - slack))
    above = AT_WISH + (ratio - 1) * np.float32((1 - AT_WISH) / (FULL_AT - 1))
    return np.clip(np.where(ratio < 1, below, above), 0, 1).astype(np.float32)


def describe(sight: Sight) -> Finding:
    """The pay stated and the pay wished."""
    wage, wish = sight.posting.facts.wage, sight.worker.facts.wage_wish
    stated = (wage.low if wage.low is not None else wage.high) if wage else None
    words = (wage.evidence if wage else ()) + (wish.evidence if wish else ())
    args: dict[str, PhraseValue] = {"pay": stated, "wish": wish.yuan_per_month if wish else None}
    return ("PAY_MEETS_WISH" if sight.value >= AT_WISH else "PAY_BELOW_WISH", args, words or (Evidence("薪资待遇"),))
