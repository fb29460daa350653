"""Prices: parts of the people add up to the whole, and the bound stands above the exact optimum."""

from __future__ import annotations

from dataclasses import replace
from functools import reduce
from operator import add

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.allocation import share_out
from matcher.pricing import Crowding, Demand, bids_of, in_units, some_people, take_best
from tests import oracles
from tests.benchmarks.sharing import a_crowd, measure, without_rules
from tests.flow_oracle import best_flow
from tests.matcher.test_allocation import crowds, listed
from tests.worlds import policy

FEW = settings(max_examples=25, deadline=None)


@FEW
@given(crowds(), st.integers(1, 5), st.integers(0, 2**32 - 1))
def test_people_asked_in_any_parts_answer_as_all_together(demand: Demand, parts: int, seed: int) -> None:
    dice = np.random.default_rng(seed)
    price = in_units(dice.uniform(0, 0.4, len(demand.openings)))
    whole = take_best(bids_of(demand), price, 3)
    part = dice.integers(0, parts, len(demand.mark))
    told = [take_best(bids_of(some_people(demand, np.flatnonzero(part == one))), price, 3) for one in range(parts)]
    together = reduce(add, told)
    assert together.worth == whole.worth
    assert together.load.tolist() == whole.load.tolist()


@FEW
@given(crowds(), st.randoms(use_true_random=False))
def test_the_order_of_people_changes_nobodys_list(demand: Demand, dice: object) -> None:
    order = np.random.default_rng(len(demand.mark)).permutation(len(demand.mark))
    mine = listed(demand, share_out(demand, policy()).chosen)
    turned = some_people(demand, order)
    assert [mine[at] for at in order] == listed(turned, share_out(turned, policy()).chosen)


@FEW
@given(crowds())
def test_the_flow_and_the_linear_programme_agree(demand: Demand) -> None:
    crowding = Crowding.of(policy())
    assert best_flow(demand, crowding, 3).value == pytest.approx(oracles.best_sharing(demand, crowding, 3), abs=1e-4)


@FEW
@given(crowds())
def test_the_bound_stands_above_the_exact_flow_and_the_value_below(demand: Demand) -> None:
    free = without_rules(demand)
    allocation, best = share_out(free, policy()), best_flow(free, Crowding.of(policy()), 3)
    assert allocation.value <= best.value + 1e-5
    assert allocation.bound >= best.value - 1e-5


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_a_crowd_is_shared_out_within_a_hundredth_of_the_exact_flow(seed: int) -> None:
    found = measure(a_crowd(600, 150, candidates=40, seed=seed), policy())
    assert found.gap <= 0.01
    assert found.loss <= 0.02
    assert found.gap + found.loss <= found.reported + 0.005


@FEW
@given(st.floats(0, 3), st.integers(0, 12), st.sampled_from([1.0, 2.0, 5.0]))
def test_the_gain_of_selling_at_a_price_is_the_best_whole_number_sold(price: float, base: int, openings: float) -> None:
    crowding, some = Crowding.of(policy()), np.array([openings])
    sold = np.arange(400.0)
    cost = crowding.cost(base + sold, np.full(400, openings)) - crowding.cost(np.array([float(base)]), some)
    best = float((price * sold - cost).max())
    assert crowding.gain(np.array([price]), np.array([float(base)]), some)[0] == pytest.approx(best, abs=1e-9)


def test_a_list_goes_without_a_near_posting_only_where_the_crowd_has_made_it_too_dear() -> None:
    crowd = a_crowd(300, 60, candidates=20)
    only = crowd.daily & (crowd.posting == crowd.posting[:, :1])
    one_near = replace(crowd, daily=only, near_worth=0.5)
    allocation = share_out(one_near, policy())
    held = np.take_along_axis(only, np.maximum(allocation.chosen, 0), axis=1).any(axis=1)
    price = allocation.price[crowd.posting[:, 0]]
    assert (held | ~only.any(axis=1) | (price > 0.2)).all()
