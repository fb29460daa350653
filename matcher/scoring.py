"""Features × weights → fit, wish, score.

In: pairs. Out: arrays in [0, 1] of the pairs' shape; an unknown value takes the policy's neutral value, so its
effect is nothing. score = fit × wish; the effects of a part and its base sum to the part.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matcher.columns import Pairs
from matcher.columns.postings import AS_ELSEWHERE
from matcher.domain.match import Part
from matcher.features import FEATURES, Feature
from matcher.policy import PolicyAt

DECIMALS = 6
"""Values of features are rounded to so many places, so that single precision leaves no trace in an effect."""


@dataclass(frozen=True, slots=True)
class Scorecard:
    """Weights and neutral values of a policy, by part and feature."""

    weights: Mapping[str, float]
    neutral: Mapping[str, float]
    base: Mapping[Part, float]


def scorecard(policy: PolicyAt) -> Scorecard:
    """The published scorecards as numbers."""
    weights: dict[str, float] = {}
    neutral: dict[str, float] = {}
    base: dict[Part, float] = {}
    for part in Part:
        weights |= policy.group(f"weights.{part.value}")
        neutral |= policy.group(f"neutral.{part.value}")
        names = [feature.name for feature in FEATURES if feature.part is part and not feature.beside]
        base[part] = sum(weights[name] * neutral[name] for name in names)
    for feature in FEATURES:
        if feature.beside:
            weights[feature.name] = policy.number(f"{feature.name}.weight")
            neutral[feature.name] = AS_ELSEWHERE
    return Scorecard(weights, neutral, base)


def effect_on(feature: Feature, pairs: Pairs, card: Scorecard) -> tuple[npt.NDArray[np.float64], ...]:
    """Value, NaN unknown, and effect of a feature for every pair, in double precision."""
    value = np.asarray(feature.func(pairs)).astype(np.float64).round(DECIMALS)
    neutral = card.neutral[feature.name]
    return value, (np.where(np.isnan(value), neutral, value) - neutral) * card.weights[feature.name]


def capped(fit: npt.NDArray[np.float64], record: npt.NDArray[np.float32]) -> npt.NDArray[np.float64]:
    """Fit, which an employer's good record raises no further than to one; without a record as it is."""
    return np.where(np.isnan(record), fit, np.minimum(fit, 1.0))


@dataclass(frozen=True, slots=True)
class Scores:
    """Exact scores of a list of pairs; `values` and `effects` by feature name, each of shape (pairs,)."""

    fit: npt.NDArray[np.float64]
    wish: npt.NDArray[np.float64]
    score: npt.NDArray[np.float64]
    values: Mapping[str, npt.NDArray[np.float64]]
    effects: Mapping[str, npt.NDArray[np.float64]]


def exact_scores(pairs: Pairs, card: Scorecard) -> Scores:
    """Scores with the effect of every feature, in double precision."""
    values: dict[str, npt.NDArray[np.float64]] = {}
    effects: dict[str, npt.NDArray[np.float64]] = {}
    totals = {part: np.full(pairs.wi.shape, card.base[part], dtype=np.float64) for part in Part}
    for feature in FEATURES:
        value, effect = effect_on(feature, pairs, card)
        values[feature.name], effects[feature.name] = value, effect
        totals[feature.part] += effect
    over = totals[Part.FIT] - capped(totals[Part.FIT], pairs.p.retention[pairs.pi])
    effects["retention"] = effects["retention"] - over
    totals[Part.FIT] -= over
    return Scores(totals[Part.FIT], totals[Part.WISH], totals[Part.FIT] * totals[Part.WISH], values, effects)
