"""Plans made twice, people told otherwise, and text search as a baseline."""

from __future__ import annotations

import numpy as np
import pytest
from stdnum.cn import ric

from matcher.reading.identity import check_digit
from matcher.trials.judged.baselines import SEARCHES, printed_by
from matcher.trials.judged.figures import Tally
from matcher.trials.judged.steadiness import core, differing, group_means, identical, kept_lists, postings_of
from matcher.trials.judged.swaps import flipped_number, other_people, other_sex, shuffled, speaking
from tests.matcher.trials.judged.made_up import match, person, plan

NUMBERS = ("15059919850302002", "15059919790820111", "15059920010131999")


@pytest.mark.parametrize("digits", NUMBERS)
def test_a_flipped_number_is_valid_of_the_other_sex_and_flips_back(digits: str) -> None:
    number = digits + check_digit(digits)
    assert check_digit(digits) == ric.calc_check_digit(number)
    other = flipped_number(number)
    assert int(other[16]) % 2 != int(number[16]) % 2
    assert other[17] == ric.calc_check_digit(other)
    assert flipped_number(other) == number


def test_a_swap_changes_one_thing_and_leaves_silence_silent() -> None:
    row = {"姓名": "某某", "性别": "女", "民族": "蒙古族", "身份证号": "", "语言": ""}
    assert other_sex(row) == {**row, "性别": "男"}
    assert other_people(row) == {**row, "民族": "汉族"}
    assert other_sex({"姓名": "某某"}) == {"姓名": "某某"}
    assert other_people({**row, "民族": "满族"})["民族"] == "满族"
    assert speaking("汉语会话")(row)["语言"] == "汉语会话"


def test_shuffling_keeps_every_row() -> None:
    rows = [{"编号": str(number)} for number in range(20)]
    again = shuffled(rows, 1)
    assert again != rows
    assert sorted(again, key=lambda row: int(row["编号"])) == rows


def test_a_plan_that_comes_to_something_else_is_counted_unless_the_law_ties_it_to_sex() -> None:
    one, other = {"S-P001": plan("S-P001", "S-J001")}, {"S-P001": plan("S-P001", "S-J002")}
    assert differing([person()], one, other) == (Tally(1, 1), ["S-P001"])
    assert differing([person()], one, one) == (Tally(0, 1), [])
    assert differing([person(limits={"PREGNANT": ()})], one, other) == (Tally(0, 0), [])
    scored = {"S-P001": plan("S-P001") | {"matches": [match("S-J001", score=0.3)]}}
    assert core(scored["S-P001"]) != core(one["S-P001"])
    taught = {"S-P001": plan("S-P001", "S-J001", training={"project": "S-C001"})}
    assert differing([person()], one, taught)[0] == Tally(1, 1)
    assert differing([person()], one, taught, part=postings_of)[0] == Tally(0, 1)


def test_one_other_word_makes_a_plan_another() -> None:
    one = {"S-P001": plan("S-P001", "S-J001")}
    assert identical(one, {"S-P001": plan("S-P001", "S-J001")}) == Tally(0, 1)
    assert identical(one, {"S-P001": plan("S-P001", "S-J001", valid_until="2026-06-30")}) == Tally(1, 1)
    assert identical(one, {}) == Tally(1, 1)


def test_lists_are_compared_for_people_who_lost_none() -> None:
    before = {"a": plan("a", "1", "2", "3"), "b": plan("b", "4", "5"), "c": plan("c")}
    after = {"a": plan("a", "1", "2", "6"), "b": plan("b", "5"), "c": plan("c")}
    assert kept_lists(before, after, frozenset({"4"})) == Tally(0.5, 1)


def test_groups_are_means_of_printed_scores() -> None:
    from matcher.trials.judged.judging import judge_set
    from tests.matcher.trials.judged.test_judging import market, three_jobs

    who = person(age=57.0, weak=True)
    cases = market(who, postings=three_jobs())
    printed = plan("S-P001") | {"matches": [match("S-J001"), match("S-J002", score=0.75)]}
    means = group_means(judge_set(cases, {"S-P001": printed}))
    assert means == {"age 55–199": Tally(1.0, 2), "labour weak": Tally(1.0, 2)}


@pytest.mark.parametrize("name", SEARCHES)
def test_every_search_finds_the_advert_that_says_what_the_person_says(name: str) -> None:
    documents = ["电焊工。钢结构焊接", "保洁员。办公楼清扫", "肉牛饲养员。喂牛清圈"]
    scores = SEARCHES[name](["会电焊，钢结构焊接干过十年", "保洁员，清扫"], documents)
    assert scores.shape == (2, 3)
    assert scores.argmax(axis=1).tolist() == [0, 1]


def test_a_search_prints_the_best_three_that_are_allowed_and_nothing_unlike() -> None:
    scores = np.array([[0.5, 0.0, 0.9, 0.5, 0.7]])
    everything = np.ones((1, 5), dtype=np.bool_)
    refs = ["e", "d", "c", "b", "a"]
    assert [*printed_by(scores, everything, refs)] == [["c", "a", "b"]]
    assert [*printed_by(scores, np.array([[True, True, False, False, False]]), refs)] == [["e"]]
