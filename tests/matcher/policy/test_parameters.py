"""Every parameter has plain words and bounds; what may not be entered is refused with a reason."""

from __future__ import annotations

import math
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.policy import Entry, PolicyKeeper, load_policy
from matcher.policy.parameters import (
    SECTIONS,
    ValueRefused,
    _table,
    changed_together,
    checked,
    parameter_of,
    read_basis,
    read_value,
    said,
)
from matcher.policy.rules import with_entries

DAY = date(2026, 6, 22)
POLICY = load_policy()


def _entry(key: str, value: object, since: date = DAY) -> Entry:
    """A value."""
    return Entry(key, value, "unit", since, "办公会纪要")  # type: ignore[arg-type]


def test_every_entry_of_the_policy_has_words_in_both_languages_and_a_section() -> None:
    for entry in POLICY.entries:
        parameter = parameter_of(entry.key)
        assert parameter is not None, entry.key
        assert parameter.zh
        assert parameter.en
        assert parameter.unit_zh
        assert parameter.section in SECTIONS


TO_BE_ENTERED = {"targets.resettled_2020.*"}
"""What the notice asks for without a number: the office enters it, and until then nothing is counted by it."""


def test_the_table_speaks_of_nothing_that_is_not_there() -> None:
    keys = {entry.key for entry in POLICY.entries}
    starts = {key.rpartition(".")[0] + ".*" for key in keys}
    absent = {key for key in _table() if key not in keys and key not in starts}
    assert absent == TO_BE_ENTERED


@pytest.mark.parametrize("entry", POLICY.entries, ids=lambda entry: entry.key)
def test_what_ships_may_be_entered_again(entry: Entry) -> None:
    parameter = parameter_of(entry.key)
    assert parameter is not None
    assert read_value(parameter, said(entry.value)) == entry.value


@pytest.mark.parametrize(
    ("key", "text", "code"),
    [
        ("plan.stale_days", "", "PAGE_POL_EMPTY"),
        ("plan.stale_days", "三十", "PAGE_POL_BAD_NUMBER"),
        ("plan.stale_days", "nan", "PAGE_POL_BAD_NUMBER"),
        ("plan.stale_days", "inf", "PAGE_POL_BAD_NUMBER"),
        ("plan.stale_days", "30.5", "PAGE_POL_NOT_WHOLE"),
        ("plan.stale_days", "0", "PAGE_POL_OUT_OF_RANGE"),
        ("weights.fit.skill", "1.2", "PAGE_POL_OUT_OF_RANGE"),
        ("guidance.slots", "9点", "PAGE_POL_BAD_LIST"),
        ("guidance.slots", "25:00", "PAGE_POL_BAD_LIST"),
        ("limits.record_families", "DROP TABLE", "PAGE_POL_BAD_LIST"),
        ("crowding.load", ",".join("1" * 13), "PAGE_POL_BAD_LIST"),
    ],
)
def test_what_cannot_be_a_value_is_refused_with_its_reason(key: str, text: str, code: str) -> None:
    parameter = parameter_of(key)
    assert parameter is not None
    with pytest.raises(ValueRefused) as refused:
        read_value(parameter, text)
    assert refused.value.fault.code == code


@given(st.text(max_size=20))
def test_whatever_is_typed_is_a_number_within_bounds_or_refused(text: str) -> None:
    parameter = parameter_of("plan.valid_days")
    assert parameter is not None
    try:
        value = read_value(parameter, text)
    except ValueRefused:
        return
    assert isinstance(value, int)
    assert parameter.low <= value <= parameter.high
    assert math.isfinite(value)


@pytest.mark.parametrize("text", ["", "   ", "定", "长" * 201])
def test_no_value_without_a_basis(text: str) -> None:
    with pytest.raises(ValueRefused):
        read_basis(text)


@pytest.mark.parametrize("key", ["plan.nonsense", "minimum_wage.abc", "minimum_wage.1", "targets.in_work", "*"])
def test_an_unknown_key_is_no_parameter(key: str) -> None:
    assert parameter_of(key) is None
    with pytest.raises(ValueRefused):
        checked(POLICY, [_entry(key, 1)], earliest=DAY)


def test_an_amount_can_be_entered_for_another_division() -> None:
    grown = checked(POLICY, [_entry("minimum_wage.11", 2540)], earliest=DAY)
    assert grown.at(DAY).minimum_wage("110105") == 2540
    assert POLICY.at(DAY).minimum_wage("110105") is None


def test_weights_are_entered_together_and_sum_to_one() -> None:
    keys = changed_together("weights.wish.pay")
    assert set(keys) == {f"weights.wish.{name}" for name in POLICY.at(DAY).group("weights.wish")}
    hand = POLICY.at(DAY).group("weights.wish")
    wrong = [_entry(key, hand[key.rpartition(".")[2]] + 0.1) for key in keys]
    with pytest.raises(ValueRefused) as refused:
        checked(POLICY, wrong, earliest=DAY)
    assert refused.value.fault.code == "PAGE_POL_BAD_SUM"


def test_one_weight_alone_is_refused() -> None:
    with pytest.raises(ValueRefused):
        checked(POLICY, [_entry("weights.wish.pay", 0.5)], earliest=DAY)


def test_prices_and_loads_that_do_not_go_together_are_refused() -> None:
    with pytest.raises(ValueRefused) as refused:
        checked(POLICY, [_entry("crowding.load", (0.0, 1.0)), _entry("crowding.price", (0.0,))], earliest=DAY)
    assert refused.value.fault.code == "PAGE_POL_BAD_STEPS"


def test_the_past_is_not_changed() -> None:
    with pytest.raises(ValueRefused) as refused:
        checked(POLICY, [_entry("plan.stale_days", 30, date(2026, 6, 21))], earliest=DAY)
    assert refused.value.fault.code == "PAGE_POL_TOO_EARLY"


def test_a_later_value_stands_from_its_day_and_back_again_by_another_one() -> None:
    changed = with_entries(POLICY, [_entry("plan.stale_days", 30)])
    assert changed.at(DAY).whole("plan.stale_days") == 30
    assert changed.at(date(2026, 6, 21)).whole("plan.stale_days") == 90
    back = with_entries(POLICY, [_entry("plan.stale_days", 30), _entry("plan.stale_days", 90)])
    assert back.at(DAY).whole("plan.stale_days") == 90
    assert len({POLICY.digest, changed.digest, back.digest}) == 3
    assert with_entries(POLICY, []) is POLICY


def test_the_keeper_looks_again_after_a_while_and_when_told(tmp_path: Path) -> None:
    entered: list[Entry] = []
    moments = [100.0]
    keeper = PolicyKeeper(tmp_path / "none.toml", lambda: list(entered), lambda: moments[0])
    first = keeper.current()
    entered.append(_entry("plan.stale_days", 30))
    assert keeper.current() is first
    keeper.look_again()
    assert keeper.current().at(DAY).whole("plan.stale_days") == 30
    entered.append(_entry("plan.stale_days", 40))
    assert keeper.current().at(DAY).whole("plan.stale_days") == 30
    moments[0] += 3
    held = keeper.current()
    assert held.at(DAY).whole("plan.stale_days") == 40
    moments[0] += 3
    assert keeper.current() is held
