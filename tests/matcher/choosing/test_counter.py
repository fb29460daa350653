"""The employer at the counter, and why nobody was sent to a posting."""

from __future__ import annotations

import pytest

from matcher.choosing.counter import Given, give, plan_again
from matcher.choosing.gaps import gaps
from matcher.domain.errors import InputRefused
from matcher.domain.posting import PostingState
from matcher.warm import TOO_OLD, WORTH_KEEPING, Shelf
from tests.desk_office import NOW, Desk
from tests.matcher.choosing.test_changing import change


def test_a_posting_is_given_where_a_place_is_free(desk: Desk) -> None:
    change(desk, left="NEAR-3")
    done = give(
        desk.office, desk.postings["NEAR-4"], list(desk.people.values()), reason="单位来窗口招人", actor="window"
    )
    assert {one.name: one.became for one in done} == {
        "包雪梅": Given.ADDED,
        "王示例": Given.FULL,
        "李示例": Given.REFUSED,
    }
    assert desk.held() == ["NEAR-1", "NEAR-2", "NEAR-4"]
    [again] = give(desk.office, desk.postings["NEAR-4"], [desk.people["bao"]], reason="再点一次", actor="window")
    assert again.became is Given.THERE


def test_a_posting_is_given_to_nobody_without_a_reason(desk: Desk) -> None:
    with pytest.raises(InputRefused, match="理由"):
        give(desk.office, desk.postings["NEAR-4"], [desk.people["bao"]], reason="", actor="window")


def test_whoever_holds_a_plan_or_a_paper_is_listed_in_the_scope(desk: Desk) -> None:
    with desk.office.unit() as unit:
        unit.plans.printed(desk.plan().key, NOW.date())
    change(desk, "NEAR-4", "NEAR-1")
    key = desk.postings["NEAR-1"]
    with desk.office.reading() as unit:
        found, total = unit.holders.of_posting(key, division="150525")
        elsewhere = unit.holders.of_posting(key, division="150502")
        village = unit.holders.of_posting(key, division="150525", villages=("东沟村",))
    told = {one.name: (one.on_plan, one.printed, one.told_on) for one in found}
    assert told == {"包雪梅": (False, True, None), "王示例": (True, False, None)}
    assert (total, elsewhere, village[1]) == (2, ([], 0), 1)


def test_a_tick_that_somebody_was_told_stays_and_can_be_taken_back(desk: Desk) -> None:
    key, bao = desk.postings["NEAR-1"], desk.people["bao"]
    with desk.office.unit("window") as unit:
        unit.holders.tell(key, bao, on=NOW.date())
        unit.holders.tell(key, bao, on=NOW.date())
        found, _ = unit.holders.of_posting(key)
        assert [(one.worker_key, one.told_by) for one in found if one.told_on] == [(bao, "window")]
        assert found[-1].worker_key == bao
        unit.holders.untell(key, bao)
        assert not any(one.told_on for one in unit.holders.of_posting(key)[0])


def test_a_filled_posting_is_replaced_for_those_who_held_it(desk: Desk) -> None:
    with desk.office.unit() as unit:
        unit.postings.set_state(desk.postings["NEAR-1"], PostingState.FILLED)
    assert plan_again(desk.office, [desk.people["bao"], desk.people["wang"]], actor="window") == 2
    assert set(desk.held()) == set(desk.held("wang")) == {"NEAR-2", "NEAR-3", "NEAR-4"}
    with pytest.raises(InputRefused):
        plan_again(desk.office, [], actor="window")
    with pytest.raises(InputRefused, match="分几次"):
        plan_again(desk.office, list(range(1, 99)), actor="window")


def test_why_nobody_was_sent_names_the_commonest_limits(shown: Desk) -> None:
    keys = [shown.postings[name] for name in ("NEAR-4", "LICENCE", "YOUNG", "CHEAP")]
    with shown.office.reading() as unit:
        found = gaps(shown.office, unit, keys, "150525")
    near, licence, young, cheap = (found[key] for key in keys)
    assert (near.looked_at, near.suits) == (2, 2)
    assert licence.suits == 0 and dict(licence.why)["CERTIFICATE"] == 2
    assert young.why == (("AGE", 2),)
    assert cheap.closed is not None and cheap.closed.code == "EXCLUDED_MINIMUM_WAGE"


class Hands:
    """A clock moved by hand."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        """The moment."""
        return self.now


def test_what_is_quickly_made_is_always_made_anew() -> None:
    shelf, made = Shelf(), []
    for number in range(3):
        kept, age = shelf.soon(("quick",), lambda number=number: made.append(number) or number)  # type: ignore[misc]
        assert (kept, age) == (number, 0.0)
    assert made == [0, 1, 2]


def test_what_takes_long_is_handed_out_as_it_lies_until_it_is_too_old() -> None:
    clock, made = Hands(), []

    def slowly() -> int:
        clock.now += WORTH_KEEPING * 2
        made.append(len(made))
        return made[-1]

    shelf = Shelf(clock)
    assert shelf.soon(("slow",), slowly) == (0, 0.0)
    clock.now += WORTH_KEEPING
    kept, age = shelf.soon(("slow",), slowly)
    assert (kept, age) == (0, pytest.approx(WORTH_KEEPING))
    clock.now += TOO_OLD
    assert shelf.soon(("slow",), slowly) == (1, 0.0)


def test_a_thing_lies_on_the_shelf_as_long_as_it_was_made_from_the_same() -> None:
    shelf = Shelf()
    assert shelf.get(("a",), (1,), lambda: "first") == "first"
    assert shelf.get(("a",), (1,), lambda: "second") == "first"
    assert shelf.get(("a",), (2,), lambda: "second") == "second"
