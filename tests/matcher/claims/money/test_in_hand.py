"""What is left of the pay: every unknown widens the range, none counts as nought, more pay is never less money."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.claims.money.costs import cost_book
from matcher.claims.money.in_hand import Offer, Source, Subsidy, goes_home, in_hand
from matcher.claims.money.span import Span, hull
from matcher.domain.plan import PolicyState
from matcher.domain.posting import Wage, WageUnit
from matcher.domain.worker import Transport
from matcher.policy import load_policy

BOOK = cost_book(load_policy().at(date(2026, 6, 22)))
NEAR = Offer(wage=Wage(low=3000, high=3500), board=False, km=5, transport=Transport.EBIKE)
FAR = Offer(wage=Wage(low=5000, high=6000), board=True, lodging=True, km=900, transport=Transport.BUS)

maybe = st.sampled_from([True, False, None])
wages = st.one_of(
    st.none(),
    st.builds(
        lambda low, more, unit: Wage(low=low, high=low + more, unit=unit),
        st.integers(500, 9000),
        st.integers(0, 3000),
        st.sampled_from(list(WageUnit)),
    ),
)
offers = st.builds(
    Offer,
    wage=wages,
    board=maybe,
    lodging=maybe,
    shuttle=maybe,
    live_in=st.booleans(),
    weekly=st.booleans(),
    km=st.one_of(st.none(), st.floats(0, 1500)),
    transport=st.one_of(st.none(), st.sampled_from(list(Transport))),
)
subsidies = st.lists(
    st.builds(
        Subsidy,
        code=st.sampled_from(["POLICY_STABILITY", "POLICY_TRAVEL"]),
        state=st.sampled_from(list(PolicyState)),
        yuan=st.one_of(st.none(), st.integers(0, 3000)),
    ),
    max_size=3,
)
UNKNOWN_OF = {"wage": None, "board": None, "lodging": None, "shuttle": None, "km": None}


@given(offers, st.sampled_from(sorted(UNKNOWN_OF)))
def test_not_knowing_something_only_widens_the_range(offer: Offer, name: str) -> None:
    sure, unsure = in_hand(offer, BOOK).total, in_hand(replace(offer, **{name: None}), BOOK).total  # type: ignore[arg-type]
    assert unsure.holds(sure), (sure, unsure)


@given(offers)
def test_not_knowing_the_means_never_narrows_a_daily_road(offer: Offer) -> None:
    known = replace(offer, km=4.0, live_in=False, transport=offer.transport or Transport.FOOT)
    if goes_home(known, BOOK) and goes_home(replace(known, transport=None), BOOK):
        assert in_hand(replace(known, transport=None), BOOK).total.holds(in_hand(known, BOOK).total)


@given(offers, st.integers(1, 2000))
def test_more_pay_is_never_less_money(offer: Offer, more: int) -> None:
    if offer.wage is None or offer.wage.low is None or offer.wage.high is None:
        return
    wage = replace(offer.wage, low=offer.wage.low + more, high=offer.wage.high + more)
    before, after = in_hand(offer, BOOK).total, in_hand(replace(offer, wage=wage), BOOK).total
    assert before.high is None or (after.high is not None and after.high >= before.high)
    assert before.low is None or (after.low is not None and after.low >= before.low)


@given(offers, subsidies)
def test_the_sum_is_that_of_the_lines_and_its_ends_are_in_order(offer: Offer, some: list[Subsidy]) -> None:
    found = in_hand(offer, BOOK, some)
    counted = [line.span for line in found.lines if line.counted]
    lows = [span.low for span in counted]
    assert (found.total.low is None) == (None in lows)
    if found.total.known:
        assert found.total.low == pytest.approx(sum(value or 0 for value in lows))
        assert (found.total.low or 0) <= (found.total.high or 0) + 1e-6


@given(offers)
def test_what_nobody_said_is_a_question(offer: Offer) -> None:
    for line in in_hand(offer, BOOK).lines:
        assert line.source is not Source.UNKNOWN or line.question is not None, line


@given(st.integers(1, 3000))
def test_a_subsidy_without_an_amount_is_named_and_not_counted(yuan: int) -> None:
    plain = in_hand(NEAR, BOOK)
    open_one = in_hand(NEAR, BOOK, [Subsidy(code="POLICY_STABILITY", state=PolicyState.YES)])
    assert open_one.total == plain.total
    assert open_one.more
    sure = in_hand(NEAR, BOOK, [Subsidy(code="POLICY_STABILITY", state=PolicyState.YES, yuan=yuan)])
    perhaps = in_hand(NEAR, BOOK, [Subsidy(code="POLICY_STABILITY", state=PolicyState.UNKNOWN, yuan=yuan)])
    refused = in_hand(NEAR, BOOK, [Subsidy(code="POLICY_STABILITY", state=PolicyState.NO, yuan=yuan)])
    assert sure.total.low == pytest.approx((plain.total.low or 0) + yuan / 12)
    assert (perhaps.total.low, refused.total) == (plain.total.low, plain.total)
    assert perhaps.total.high == pytest.approx((plain.total.high or 0) + yuan / 12)


def test_a_job_near_home_costs_the_meal_and_the_road() -> None:
    found = {line.code: line for line in in_hand(NEAR, BOOK).lines}
    assert found["BOARD"].span == Span(-15 * 26, -5 * 22)
    assert found["LODGING"].span == Span(0, 0)
    assert found["ROAD"].span == Span(pytest.approx(-10 * 0.10 * 26), pytest.approx(-10 * 0.03 * 22))


def test_a_job_far_away_with_board_and_bed_costs_the_trips_home() -> None:
    found = {line.code: line for line in in_hand(FAR, BOOK).lines}
    assert found["BOARD"].span == found["LODGING"].span == Span(0, 0)
    assert found["ROAD"].span == Span(pytest.approx(-1800 * 0.5), pytest.approx(-1800 * 0.25 * 0.25))
    weekly = {line.code: line for line in in_hand(replace(FAR, weekly=True), BOOK).lines}
    assert (weekly["ROAD"].span.low or 0) < (found["ROAD"].span.low or 0)


@pytest.mark.parametrize(
    ("offer", "code"),
    [
        (replace(NEAR, wage=None), "MONEY_ASK_PAY"),
        (replace(NEAR, wage=Wage(unit=WageUnit.PIECE)), "MONEY_ASK_PIECE"),
        (replace(NEAR, wage=Wage(low=5200, unit=WageUnit.DAY, assumption="DAYS_26")), "MONEY_ASK_DAYS"),
        (replace(NEAR, board=None), "MONEY_ASK_BOARD"),
        (replace(FAR, board_partly=True), "MONEY_ASK_BOARD_PARTLY"),
        (replace(FAR, lodging=None), "MONEY_ASK_LODGING"),
        (replace(NEAR, km=None), "MONEY_ASK_PLACE"),
        (replace(NEAR, transport=None), "MONEY_ASK_MEANS"),
    ],
)
def test_what_to_ask_before_going(offer: Offer, code: str) -> None:
    assert code in {question.code for question in in_hand(offer, BOOK).questions}


def test_pay_unknown_leaves_both_ends_open_and_no_distance_only_the_lower() -> None:
    assert in_hand(replace(NEAR, wage=None), BOOK).total == Span(None, None)
    unplaced = in_hand(replace(NEAR, km=None, board=True), BOOK).total
    assert (unplaced.low, unplaced.high) == (None, 3500)


def test_too_far_on_foot_but_not_by_bus_may_be_either() -> None:
    walking = replace(NEAR, km=6, transport=Transport.FOOT)
    assert goes_home(walking, BOOK) is None
    assert goes_home(replace(walking, km=60), BOOK) is False
    found = {line.code: line for line in in_hand(walking, BOOK).lines}
    assert found["BOARD"].span.low == -1000
    assert found["ROAD"].question is not None


def test_work_at_home_costs_no_road() -> None:
    assert in_hand(replace(NEAR, at_home=True, km=None), BOOK).total == Span(3000, 3500)


def test_the_hull_of_nothing_is_unknown() -> None:
    assert hull([]) == Span(None, None)
