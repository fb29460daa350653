"""New weights from recorded answers: none below nothing, near the hand-made ones, refused where worse or less fair.

In: examples – values of the features of answered pairs with what came of them. Out: a `Refit` a part: hand and fitted
weights, the error on banners left out, gaps between groups, and whether the new ones may be saved.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from sklearn.linear_model import LinearRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import LeaveOneGroupOut

from matcher.domain.match import Part
from matcher.policy import PolicyAt

Floats = npt.NDArray[np.float64]
HOLDS = (1.0, 3.0, 10.0, 30.0, 100.0, 300.0, 1000.0)
"""How strongly the hand-made weights hold, in answers; the one with the least error on left-out banners is taken."""


@dataclass(frozen=True, slots=True, eq=False)
class Examples:
    """Answered pairs of one part: values less neutral (n, features), outcome 0 or 1, banner, and groups by name."""

    part: Part
    names: tuple[str, ...]
    values: Floats
    outcome: Floats
    banner: npt.NDArray[np.str_]
    groups: Mapping[str, npt.NDArray[np.bool_]]

    def __len__(self) -> int:
        return len(self.outcome)


@dataclass(frozen=True, slots=True)
class Refit:
    """What a fit found; errors are mean squared, on banners left out; `gap` is the widest between groups."""

    part: Part
    answers: int
    banners: int
    hand: Mapping[str, float]
    fitted: Mapping[str, float]
    hold: float
    hand_error: float
    fitted_error: float
    hand_auc: float
    fitted_auc: float
    hand_gap: float
    fitted_gap: float
    refused_because: str
    """A wording code; "" where the new weights may be saved."""


def _line(score: Floats, outcome: Floats) -> tuple[float, float]:
    """Slope (never below nothing) and height of the straight line through outcomes."""
    model = LinearRegression(positive=True).fit(score[:, None], outcome)
    return float(model.coef_[0]), float(model.intercept_)


def fit_weights(values: Floats, outcome: Floats, hand: Floats, hold: float) -> Floats:
    """Weights that sum to one: least squares, none below nothing, `hold` answers' worth of the hand-made ones.

    The prior is data: a row of its own for every weight, as in ridge regression towards the hand-made weights.
    """
    slope, _ = _line(values @ hand, outcome)
    if slope <= 0:
        return hand
    centred, target = values - values.mean(axis=0), outcome - outcome.mean()
    strength = np.sqrt(hold * np.maximum(values.var(axis=0).mean(), 1e-9))
    rows = np.vstack([centred, strength * np.eye(len(hand))])
    aims = np.concatenate([target, strength * slope * hand])
    found = LinearRegression(positive=True, fit_intercept=False).fit(rows, aims).coef_
    total = float(found.sum())
    return np.asarray(found / total if total > 0 else hand, dtype=np.float64)


def _left_out(examples: Examples, hand: Floats, hold: float | None) -> Floats:
    """What would have been expected of every answer by all other banners; None = the hand-made weights."""
    expected = np.empty(len(examples))
    for train, test in LeaveOneGroupOut().split(examples.values, examples.outcome, examples.banner):
        values, outcome = examples.values[train], examples.outcome[train]
        weights = hand if hold is None else fit_weights(values, outcome, hand, hold)
        slope, height = _line(values @ weights, outcome)
        expected[test] = height + slope * (examples.values[test] @ weights)
    return np.clip(expected, 0.0, 1.0)


def _error(expected: Floats, outcome: Floats) -> float:
    """Mean squared error."""
    return float(((expected - outcome) ** 2).mean())


def widest_gap(score: Floats, outcome: Floats, groups: Mapping[str, npt.NDArray[np.bool_]]) -> float:
    """Widest difference, between a group and everybody else, of the mean score of those it turned out well for."""
    gaps = [0.0]
    for inside in groups.values():
        ours, others = score[inside & (outcome == 1)], score[~inside & (outcome == 1)]
        if ours.size and others.size:
            gaps.append(abs(float(ours.mean() - others.mean())))
    return max(gaps)


def refit(examples: Examples, policy: PolicyAt) -> Refit:
    """New weights of one part, judged on banners left out."""
    weights = policy.group(f"weights.{examples.part.value}")
    hand = np.array([weights[name] for name in examples.names])
    too_few = _too_few(examples, policy)
    if too_few:
        return _kept(examples, weights, too_few)
    by_hand = _left_out(examples, hand, None)
    tried = {hold: _left_out(examples, hand, hold) for hold in HOLDS}
    hold = min(HOLDS, key=lambda one: (_error(tried[one], examples.outcome), -one))
    fitted = fit_weights(examples.values, examples.outcome, hand, hold)
    gaps = [widest_gap(examples.values @ chosen, examples.outcome, examples.groups) for chosen in (hand, fitted)]
    errors = [_error(expected, examples.outcome) for expected in (by_hand, tried[hold])]
    return Refit(
        part=examples.part,
        answers=len(examples),
        banners=len(set(examples.banner.tolist())),
        hand=weights,
        fitted=rounded(dict(zip(examples.names, fitted.tolist(), strict=True))),
        hold=hold,
        hand_error=errors[0],
        fitted_error=errors[1],
        hand_auc=float(roc_auc_score(examples.outcome, by_hand)),
        fitted_auc=float(roc_auc_score(examples.outcome, tried[hold])),
        hand_gap=gaps[0],
        fitted_gap=gaps[1],
        refused_because=_judge(errors, gaps, policy),
    )


def _judge(errors: Sequence[float], gaps: Sequence[float], policy: PolicyAt) -> str:
    """Why the fitted weights may not be saved, "" where they may; hand-made first in both lists."""
    if errors[1] > errors[0] * (1 - policy.number("trials.least_improvement")):
        return "WEIGHTS_NOT_BETTER"
    if gaps[1] > gaps[0] + policy.number("trials.most_unfairness"):
        return "WEIGHTS_LESS_FAIR"
    return ""


def _too_few(examples: Examples, policy: PolicyAt) -> str:
    """Whether there is enough to learn from: answers of both kinds, several banners."""
    good = int(examples.outcome.sum())
    least = policy.whole("trials.least_answers")
    if len(examples) < least or min(good, len(examples) - good) < least // 10:
        return "WEIGHTS_TOO_FEW"
    if len(set(examples.banner.tolist())) < max(2, policy.whole("trials.least_banners")):
        return "WEIGHTS_ONE_BANNER"
    return ""


def _kept(examples: Examples, weights: Mapping[str, float], because: str) -> Refit:
    """The hand-made weights stay."""
    nan = float("nan")
    banners = len(set(examples.banner.tolist()))
    return Refit(examples.part, len(examples), banners, weights, weights, nan, nan, nan, nan, nan, nan, nan, because)


def rounded(weights: Mapping[str, float]) -> dict[str, float]:
    """Three decimals that still sum to one; the rest goes to the largest."""
    short = {name: round(value, 3) for name, value in weights.items()}
    largest = max(short, key=lambda name: short[name])
    short[largest] = round(short[largest] + 1 - sum(short.values()), 3)
    return short
