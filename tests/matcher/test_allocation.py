"""Sharing out: lists keep the rules, crowding is spread, and the whole is as good as the exact optimum."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.allocation import Allocation, share_out
from matcher.lists import choose_lists
from matcher.pricing import Crowding, Demand
from tests import oracles
from tests.worlds import policy


def a_demand(
    scores: list[list[float]],
    *,
    openings: list[float] | None = None,
    employers: list[int] | None = None,
    twins: list[int] | None = None,
    daily: list[int] | None = None,
) -> Demand:
    """Everybody (rows) with every posting (columns) that has a score above nought."""
    table = np.array(scores, dtype=np.float64)
    people, postings = table.shape
    order = np.argsort(-table, axis=1, kind="stable").astype(np.int32)
    sorted_scores = np.take_along_axis(table, order.astype(np.int64), axis=1)
    posting = np.where(sorted_scores > 0, order, -1).astype(np.int32)
    near = np.array(daily if daily is not None else [1] * postings, dtype=np.bool_)
    return Demand(
        posting=posting,
        score=np.where(posting >= 0, sorted_scores, -np.inf),
        daily=(posting >= 0) & near[posting],
        mark=np.arange(1, people + 1, dtype=np.uint32) * np.uint32(7919),
        openings=np.array(openings or [1.0] * postings),
        employer=np.array(employers or range(postings), dtype=np.int32),
        twin=np.array(twins or range(postings), dtype=np.int32),
        base=np.zeros(postings),
    )


def listed(demand: Demand, chosen: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> list[list[int]]:
    """Posting positions a person."""
    return [[int(demand.posting[at, place]) for place in row if place >= 0] for at, row in enumerate(chosen)]


def shared(demand: Demand) -> Allocation:
    """The sharing out under Tongliao's policy."""
    return share_out(demand, policy())


def at_no_price(demand: Demand) -> list[list[int]]:
    """Lists where nothing costs anything."""
    return listed(demand, choose_lists(demand, demand.score, 3))


@st.composite
def crowds(draw: st.DrawFn) -> Demand:
    """Up to twelve people and eight postings, employers and twins of all kinds."""
    postings = draw(st.integers(1, 8))
    rows = draw(st.integers(1, 12))
    score = st.sampled_from([0.0, 0.25, 0.4, 0.5, 0.55, 0.7, 0.9])
    scores = [[draw(score) for _ in range(postings)] for _ in range(rows)]
    return a_demand(
        scores,
        openings=[draw(st.sampled_from([1.0, 2.0, 4.0])) for _ in range(postings)],
        employers=[draw(st.integers(0, 3)) for _ in range(postings)],
        twins=[draw(st.integers(0, postings)) for _ in range(postings)],
        daily=[draw(st.integers(0, 1)) for _ in range(postings)],
    )


@settings(max_examples=40, deadline=None)
@given(crowds())
def test_lists_hold_at_most_three_different_postings_without_twins(demand: Demand) -> None:
    for mine in listed(demand, shared(demand).chosen):
        assert len(mine) <= 3
        assert len({int(demand.twin[posting]) for posting in mine}) == len(mine)


@settings(max_examples=40, deadline=None)
@given(crowds())
def test_nobody_goes_short_who_has_three_different_postings_to_choose_from(demand: Demand) -> None:
    for at, mine in enumerate(listed(demand, shared(demand).chosen)):
        different = {int(demand.twin[posting]) for posting in demand.posting[at] if posting >= 0}
        assert len(mine) == min(3, len(different))


@settings(max_examples=40, deadline=None)
@given(crowds())
def test_a_list_has_two_employers_and_one_within_a_day_where_the_market_has_them(demand: Demand) -> None:
    plain = replace(demand, twin=np.arange(len(demand.openings), dtype=np.int32))
    for at, mine in enumerate(listed(plain, shared(plain).chosen)):
        if len(mine) < 3:
            continue
        could = [int(posting) for posting in plain.posting[at] if posting >= 0]
        assert len({int(plain.employer[posting]) for posting in mine}) >= min(2, len({*plain.employer[could].tolist()}))
        near = {int(p) for p, d in zip(plain.posting[at], plain.daily[at], strict=True) if p >= 0 and d}
        assert not near or near & set(mine)


@settings(max_examples=40, deadline=None, derandomize=True)
@given(crowds())
def test_the_bound_is_above_the_exact_optimum_and_the_prices_come_near_it(demand: Demand) -> None:
    free = replace(
        demand,
        employer=np.arange(len(demand.openings), dtype=np.int32),
        twin=np.arange(len(demand.openings), dtype=np.int32),
        daily=np.ones_like(demand.daily),
    )
    allocation = shared(free)
    exact = oracles.best_sharing(free, Crowding.of(policy()), 3)
    assert allocation.bound >= exact - 1e-6
    assert allocation.value <= exact + 1e-6
    naive = float(np.where(np.isneginf(free.score), 0.0, free.score).sum())
    assert allocation.value >= exact - 0.02 * naive - 1e-9


def test_a_wide_choice_of_twins_hides_nothing() -> None:
    scores = [[0.9 - 0.001 * number for number in range(30)] + [0.3, 0.29]]
    demand = a_demand(scores, twins=[0] * 30 + [1, 2], employers=[0] * 30 + [1, 2])
    assert at_no_price(demand) == [[0, 30, 31]]


def test_a_near_posting_of_the_same_employer_does_not_cost_the_second_employer() -> None:
    demand = a_demand([[0.9, 0.8, 0.7, 0.6]], employers=[0, 0, 1, 0], daily=[0, 0, 0, 1])
    assert at_no_price(demand) == [[0, 2, 3]]


def test_people_are_spread_over_openings_rather_than_sent_where_everybody_goes() -> None:
    scores = [[0.60 - 0.001 * number for number in range(8)] for _ in range(8)]
    demand = a_demand(scores, openings=[3.0] * 8)
    naive = np.bincount(np.concatenate(at_no_price(demand)), minlength=8)
    assert naive.max() == 8
    assert shared(demand).load.max() <= 4
    assert shared(demand).load.sum() == naive.sum()


def test_one_much_better_posting_is_not_kept_from_the_person_it_suits() -> None:
    demand = a_demand([[0.9, 0.3, 0.3, 0.3], [0.31, 0.3, 0.3, 0.3]])
    assert 0 in listed(demand, shared(demand).chosen)[0]


def test_recommendations_that_stand_already_make_a_posting_dearer() -> None:
    demand = a_demand([[0.50, 0.49, 0.48, 0.47]])
    crowded = replace(demand, base=np.array([6.0, 0.0, 0.0, 0.0]))
    assert 0 in listed(demand, shared(demand).chosen)[0]
    assert 0 not in listed(crowded, shared(crowded).chosen)[0]


@pytest.mark.parametrize(("load", "price"), [(1.0, 0.0), (1.5, 0.04), (2.5, 0.08), (3.5, 0.16), (4.5, 0.24)])
def test_the_price_of_crowding_is_the_published_one(load: float, price: float) -> None:
    crowding = Crowding.of(policy())
    assert crowding.price(np.array([load * 2]), np.array([2.0]))[0] == pytest.approx(price)


@given(st.floats(0, 30), st.floats(0.5, 9))
def test_the_cost_of_crowding_is_the_area_under_its_price(load: float, openings: float) -> None:
    crowding = Crowding.of(policy())
    grid = np.linspace(0, load, 20_001)
    area = np.trapezoid(crowding.price(grid, np.full(grid.shape, openings)), grid)
    assert crowding.cost(np.array([load]), np.array([openings]))[0] == pytest.approx(area, abs=1e-4)


def test_nobody_and_nothing_is_shared_out_without_complaint() -> None:
    nobody = share_out(
        replace(
            a_demand([[0.5]]),
            posting=np.zeros((0, 3), dtype=np.int32),
            score=np.zeros((0, 3)),
            daily=np.zeros((0, 3), dtype=np.bool_),
            mark=np.zeros(0, dtype=np.uint32),
        ),
        policy(),
    )
    assert nobody.chosen.shape == (0, 3)
