"""Weights from answers: they follow the answers, stay near the hand-made ones, and are refused where worse."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.match import Part
from matcher.trials.weights import Examples, fit_weights, refit, rounded, widest_gap
from tests.worlds import policy

POLICY = policy()
WISH = POLICY.group("weights.wish")
HAND = np.array(list(WISH.values()))
BANNERS = np.array(["150521", "150522", "150523", "150524"])


def answers(weights: np.ndarray, *, many: int = 1200, noise: float = 0.15, seed: int = 131) -> Examples:
    """Answers of people who go by these weights, with some whim."""
    chance = np.random.default_rng(seed)
    values = chance.uniform(-0.5, 0.5, (many, len(weights)))
    outcome = (values @ weights + chance.normal(0, noise, many) > 0).astype(np.float64)
    women = chance.random(many) < 0.5
    return Examples(Part.WISH, tuple(WISH), values, outcome, BANNERS[np.arange(many) % 4], {"women": women})


def one_sided(name: str) -> np.ndarray:
    """Weights of people who look at one thing above all."""
    chosen = np.full(len(WISH), 0.02)
    chosen[list(WISH).index(name)] = 1 - 0.02 * (len(WISH) - 1)
    return chosen


def test_people_who_look_at_the_way_alone_raise_the_weight_of_the_way() -> None:
    found = refit(answers(one_sided("distance")), POLICY)
    assert found.fitted["distance"] > 0.6 > WISH["distance"]
    assert found.fitted_error < found.hand_error
    assert found.refused_because == ""


def test_answers_that_agree_with_the_hand_made_weights_change_little_and_are_not_saved() -> None:
    found = refit(answers(HAND), POLICY)
    assert max(abs(found.fitted[name] - WISH[name]) for name in WISH) < 0.08
    assert found.refused_because == "WEIGHTS_NOT_BETTER"


def test_pure_whim_is_not_saved() -> None:
    examples = answers(HAND)
    whim = np.random.default_rng(7).integers(0, 2, len(examples)).astype(np.float64)
    assert refit(replace(examples, outcome=whim), POLICY).refused_because == "WEIGHTS_NOT_BETTER"


def test_weights_that_leave_a_group_behind_are_not_saved() -> None:
    examples = answers(one_sided("distance"))
    far = examples.values[:, list(WISH).index("distance")] < 0.05
    split = replace(examples, groups={"far villages": far})
    found = refit(split, POLICY)
    assert found.fitted_gap > found.hand_gap
    assert found.refused_because == "WEIGHTS_LESS_FAIR"


def test_too_few_answers_change_nothing() -> None:
    found = refit(answers(one_sided("pay"), many=100), POLICY)
    assert (found.refused_because, dict(found.fitted)) == ("WEIGHTS_TOO_FEW", WISH)


def test_answers_of_one_banner_cannot_be_judged_on_others() -> None:
    examples = answers(one_sided("pay"))
    one = replace(examples, banner=np.full(len(examples), "150525"))
    assert refit(one, POLICY).refused_because == "WEIGHTS_ONE_BANNER"


def test_the_order_of_answers_does_not_matter() -> None:
    examples = answers(one_sided("pay"))
    turned = np.random.default_rng(3).permutation(len(examples))
    mixed = replace(
        examples,
        values=examples.values[turned],
        outcome=examples.outcome[turned],
        banner=examples.banner[turned],
        groups={name: inside[turned] for name, inside in examples.groups.items()},
    )
    first, second = refit(examples, POLICY), refit(mixed, POLICY)
    assert first.fitted == pytest.approx(second.fitted, abs=1e-3)
    assert first.hold == second.hold


@given(st.integers(0, 10_000), st.sampled_from([1.0, 30.0, 1000.0]))
def test_no_weight_falls_below_nothing_and_they_sum_to_one(seed: int, hold: float) -> None:
    examples = answers(one_sided("board"), many=120, seed=seed)
    found = fit_weights(examples.values, examples.outcome, HAND, hold)
    assert (found >= 0).all()
    assert found.sum() == pytest.approx(1)
    assert sum(rounded(dict(zip(WISH, found.tolist(), strict=True))).values()) == pytest.approx(1, abs=1e-9)


@given(st.integers(0, 10_000))
def test_the_harder_the_hand_made_weights_hold_the_nearer_the_fitted_ones_stay(seed: int) -> None:
    examples = answers(one_sided("pay"), many=200, seed=seed)
    loose, tight = (fit_weights(examples.values, examples.outcome, HAND, hold) for hold in (1.0, 100_000.0))
    assert np.abs(tight - HAND).sum() <= np.abs(loose - HAND).sum() + 1e-9


def test_the_gap_looks_only_at_those_it_turned_out_well_for() -> None:
    score = np.array([0.9, 0.1, 0.5, 0.5])
    inside = np.array([True, True, False, False])
    assert widest_gap(score, np.array([1.0, 0.0, 1.0, 0.0]), {"some": inside}) == pytest.approx(0.4)
    assert widest_gap(score, np.zeros(4), {"some": inside}) == 0.0
