"""Patterns and seeded chance."""

from __future__ import annotations

import pytest

from jobs_feed.sample.dice import Dice, parse


def test_choices_nest_and_slots_are_filled() -> None:
    said = {Dice(str(seed)).say("在{place}[干了[三|五]年|没干过]", {"place": "奈曼"}) for seed in range(60)}
    assert said == {"在奈曼干了三年", "在奈曼干了五年", "在奈曼没干过"}


@pytest.mark.parametrize("text", ["[一|二", "一]二", "一|二", "[[一]"])
def test_a_bracket_without_its_partner_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse(text)


def test_weights_decide_how_often_something_falls() -> None:
    dice = Dice("131")
    falls = [dice.weighted("abc", (8, 2, 0)) for _ in range(2000)]
    assert 1500 < falls.count("a") < 1700
    assert "c" not in falls


def test_the_same_seed_falls_the_same_way() -> None:
    assert [Dice("x").between(1, 99) for _ in range(5)] == [Dice("x").between(1, 99) for _ in range(5)]
    one, two = Dice("x"), Dice("y")
    assert [one.between(1, 99) for _ in range(20)] != [two.between(1, 99) for _ in range(20)]
