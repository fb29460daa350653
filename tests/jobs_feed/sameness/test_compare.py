"""The scorecard of a pair: what keeps apart, what makes one, and that it explains itself."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs_feed.reference import rows_of
from jobs_feed.sameness.barriers import barrier
from jobs_feed.sameness.compare import compare
from jobs_feed.sameness.employers import relation
from matcher.domain.incoming.sameness import Verdict
from matcher.domain.posting import Posting
from matcher.wording import load_catalogue
from tests.factories import a_posting
from tests.jobs_feed.sameness.judge import HALVES
from tests.jobs_feed.sameness.pairs import PUBLISHED, Pair, advert

TEXT = "负责办公楼楼道和卫生间的清洁，每天两遍，中午休息两小时，能接孩子，月休四天，单位交意外险，夏天发防暑茶。"
PAIRS = [pair for half in HALVES.values() for pair in half()]


def told(**changes: Any) -> Posting:
    """A cleaner's advert of one office."""
    posting = a_posting(
        "A-1", sender="office", source_ref="A-1", title="保洁员", employer="通辽市洁净物业服务有限公司",
        wage_text="2200-2500元/月", description=TEXT, phone="15904750011", published_on=PUBLISHED,
    )  # fmt: skip
    return replace(posting, **changes)


def again(**changes: Any) -> Posting:
    """The same in another office's list."""
    changed = {"ref": "B-1", "source_ref": "B-1", "sender": "another", "published_on": PUBLISHED + timedelta(days=20)}
    return told(**(changed | changes))


def verdict(one: Posting, other: Posting) -> tuple[Verdict, set[str]]:
    """The verdict of two postings and the codes of its grounds."""
    found = compare(advert(one, 1), advert(other, 2))
    return found.verdict, {ground.code for ground in found.grounds}


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"employer": "洁净物业"},
        {"employer": "百业人力资源有限公司"},
        {"employer": "个人"},
        {"title": "🔥急招办公楼保洁🔥"},
        {"wage_text": "2.2k-2.5k"},
        {"wage_text": ""},
        {"phone": "", "description": TEXT + "电话159 0475 0011"},
        {"phone": ""},
        {"phone": "0475-8231234"},
        {"description": ""},
        {"description": TEXT[:24]},
        {"description": "。".join(reversed(TEXT.split("，")))},
        {"openings": None, "deadline": None},
        {"published_on": None},
    ],
)
def test_one_advert_in_other_words_is_the_same(changes: dict[str, Any]) -> None:
    assert verdict(told(), again(**changes))[0] is Verdict.SAME
    assert verdict(again(**changes), told())[0] is Verdict.SAME


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"sender": "office", "ref": "A-1#2", "source_ref": "A-1"}, "APART_LISTED"),
        ({"title": "保安员"}, "APART_JOB"),
        ({"title": "保洁主管"}, "APART_RANK"),
        ({"wage_text": "3800-4200元/月"}, "APART_PAY"),
        ({"wage_text": "2500-2800元/月"}, "APART_PAY"),
    ],
)
def test_a_hard_difference_keeps_them_apart(changes: dict[str, Any], code: str) -> None:
    assert verdict(told(), again(**changes)) == (Verdict.DIFFERENT, {code})
    assert verdict(again(**changes), told()) == (Verdict.DIFFERENT, {code})


def test_the_two_sexes_and_the_two_shifts_are_two_posts() -> None:
    one, other = told(sex_text="女", title="包装工（女）"), again(sex_text="男", title="包装工（男）")
    assert verdict(one, other)[0] is Verdict.DIFFERENT
    day, night = told(hours_text="8:00-17:00 白班"), again(hours_text="22:00-6:00 夜班")
    assert verdict(day, night) == (Verdict.DIFFERENT, {"APART_SHIFT"})


def test_a_firm_that_lists_two_names_on_one_day_means_two_jobs() -> None:
    one = told(title="空运操作员")
    found, codes = verdict(one, again(sender="office", published_on=PUBLISHED, title="出口空运操作员"))
    assert found is Verdict.MAYBE
    assert "LISTED_APART" in codes


def test_a_person_is_asked_where_another_firm_has_the_text_but_not_the_number() -> None:
    changed = again(employer="金达莱餐饮有限公司", phone="13900000000")
    assert verdict(told(), changed)[0] is Verdict.MAYBE


def test_an_agency_with_many_clients_is_told_by_phone_and_text() -> None:
    agency = {"employer": "百业人力资源有限公司", "description": "包吃住，月休两天，早八点上班。"}
    one, other = told(**agency), again(**agency, phone="13900000000")
    assert verdict(one, other)[0] is not Verdict.SAME


def test_people_of_one_surname_are_not_one_employer() -> None:
    one = told(employer="李先生", phone="13800000001", description="")
    assert verdict(one, again(employer="李先生", phone="13800000002", description=""))[0] is Verdict.DIFFERENT
    assert verdict(one, again(employer="李女士", phone="13800000001", description=""))[0] is Verdict.SAME


def test_the_grounds_add_up_and_the_weightiest_comes_first() -> None:
    found = compare(advert(told(), 1), advert(again(employer="洁净物业"), 2))
    weights = [abs(ground.points) for ground in found.grounds]
    assert sum(ground.points for ground in found.grounds) == found.score
    assert weights == sorted(weights, reverse=True)
    assert next(ground for ground in found.grounds if ground.code == "EMPLOYER_SHORT").other == "洁净物业"


def test_no_phone_number_stands_in_a_ground() -> None:
    found = compare(advert(told(), 1), advert(again(), 2))
    assert "15904750011" not in repr(found.grounds)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(PAIRS), st.sampled_from(PAIRS))
def test_the_order_of_the_two_changes_nothing(pair: Pair, another: Pair) -> None:
    for one, other in ((pair.one, pair.other), (pair.one, another.other)):
        there, back = compare(advert(one, 1), advert(other, 2)), compare(advert(other, 2), advert(one, 1))
        assert (there.verdict, round(there.score, 6)) == (back.verdict, round(back.score, 6))


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=40), st.text(max_size=20), st.text(max_size=60))
def test_whatever_is_typed_is_compared(title: str, employer: str, text: str) -> None:
    one = told(title=title, employer=employer, description=text)
    assert compare(advert(one, 1), advert(one, 2)).verdict in Verdict


def test_everything_a_comparison_may_say_has_words() -> None:
    sentences = load_catalogue("jobs_feed").sentences
    grounds = {row["code"] for row in rows_of("same_points") if row["basis"]} - LIMITS
    kinds = {
        f"APART_{kind}"
        for kind in ("LISTED", "PLACE", "SEX", "SHIFT", "RANK", "GRADE", "HOURS", "CLASS", "PART", "TERMS")
    }
    kinds |= {"APART_JOB", "APART_PAY", "APART_BRANCH"}
    assert {code for code in grounds | kinds if f"GROUND_{code}" not in sentences} == set()


LIMITS = {
    "SAME", "MAYBE", "NEARLY_EQUAL", "NEAR_TEXT", "PARTLY_TEXT", "OTHER_TEXT", "SHORT_TEXT", "LONG_TEXT",
    "TELLING_TEXT", "NEAR_TITLE", "TRADE_TITLE", "NEAR_NAME", "NEAR_NAME_LENGTH", "PAY_SLACK", "LISTED_DAYS",
}  # fmt: skip


def test_branches_in_one_town_are_two_employers() -> None:
    dice = random.Random(1)
    shops = [f"草原盛世餐饮有限公司{name}店" for name in ("火车站", "步行街")]
    dice.shuffle(shops)
    one, other = advert(told(employer=shops[0]), 1), advert(again(employer=shops[1]), 2)
    found = barrier(one, other, relation(one.employer, other.employer))
    assert found is not None and found.code == "APART_BRANCH"
