"""What a job is called once praise is left out, and which words make another post of it."""

from __future__ import annotations

import pytest

from jobs_feed.sameness.titles import Alike, alike, apart_by, title_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("保洁员", "急招保洁"),
        ("聘客服专员 做五休二+税前薪资6-8K", "周末双休 底薪4.5K起 聘客服专员/带薪年假"),
        ("🔥高薪诚聘🔥电焊工", "电焊工5名"),
        ("电 焊 工", "电焊工"),
        ("ＣＡＤ绘图员", "CAD绘图员"),
        ("【奈曼】缝纫工（包吃住）", "【奈曼】缝纫工"),
    ],
)
def test_praise_pay_and_width_make_no_other_job(one: str, other: str) -> None:
    assert alike(title_of(one), title_of(other)) is Alike.EQUAL
    assert apart_by(title_of(one), title_of(other)) is None


@pytest.mark.parametrize(("one", "other"), [("保洁员", "办公楼保洁员"), ("缝纫工", "缝纫工（工装）")])
def test_more_words_are_near(one: str, other: str) -> None:
    assert alike(title_of(one), title_of(other)) is Alike.NEAR


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("保安（白班）", "保安（夜班）", "hours"),
        ("服务员", "服务员（兼职）", "terms"),
        ("包装工（女）", "包装工（男）", "sex"),
        ("车间主管", "车间工", "rank"),
        ("厨师", "厨师学徒", "rank"),
        ("教练助理", "教练助理组长", "rank"),
        ("木工大工", "木工小工", "grade"),
        ("数学老师", "语文老师", "class"),
        ("一车间操作工", "二车间操作工", "part"),
        ("A线普工", "B线普工", "part"),
    ],
)
def test_words_that_make_another_post(one: str, other: str, kind: str) -> None:
    found, turned = apart_by(title_of(one), title_of(other)), apart_by(title_of(other), title_of(one))
    assert found is not None and turned is not None
    assert found[0] == turned[0] == kind
    assert (found[1], found[2]) == (turned[2], turned[1])


def test_a_word_said_by_one_alone_is_no_other_post() -> None:
    assert apart_by(title_of("缝纫工（白班）"), title_of("缝纫工")) is None
    assert apart_by(title_of("熟练电焊工"), title_of("电焊工")) is None
