"""Age limits of adverts, and people's own ages in words."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.reading.age import read_age_limit
from matcher.reading.own_age import read_own_age

READ_ON = date(2022, 6, 1)

LIMITS = [
    ("18-35周岁", 18, 35),
    ("35岁以下", None, 35),
    ("年龄40周岁以内", None, 40),
    ("男18-55岁，女18-50岁", 18, 55),
    ("18岁以上", 18, None),
    ("年龄25—45", 25, 45),
    ("年龄18——40岁。", 18, 40),
    ("18岁以上，45岁以下", 18, 45),
    ("30---45岁", 30, 45),
    ("男女不限、年龄在18-30", 18, 30),
    ("性别不限，18-45，初中以上", 18, 45),
    ("1.28-35岁，中专及以上", 28, 35),
    ("十八至四十五周岁", 18, 45),
    ("年满18周岁", 18, None),
    ("不超过55岁", None, 55),
    ("28―40周岁", 28, 40),
    ("55周岁（含）以下", None, 55),
    ("年龄在 25岁 到 35岁", 25, 35),
    ("年龄20-55，准驾车型C", 20, 55),
    ("３０岁一下，女性优先", None, 30),
    ("1980年以后出生", None, 35),
    ("限90后", None, 25),
    ("年龄不限", None, None),
    ("年龄、性别不限", None, None),
]


@pytest.mark.parametrize(("text", "low", "high"), LIMITS)
def test_an_age_limit_is_found_in_running_text(text, low, high):
    limit = read_age_limit(text, "岗位描述", free=True, on=date(2015, 4, 1))
    assert limit is not None and (limit.low, limit.high) == (low, high)
    assert all(item.words in text for item in limit.evidence)


@pytest.mark.parametrize(
    "text",
    [
        "3年以上工作经验",
        "公司成立18年",
        "身高160以上",
        "身高160-175",
        "招30人",
        "工资18-35元/小时",
        "工作时间 9:30-18:00",
        "照顾70岁以上老人",
        "辅导4-16岁学员",
        "公司员工平均年龄25岁",
        "30岁以下优先",
        "每年调薪10-20%",
        "带薪年假15-20天",
        "90后团队",
        "40岁左右",
        "上午10点以前",
    ],
)
def test_other_numbers_are_no_age_limit(text):
    assert read_age_limit(text, "岗位描述", free=True, on=date(2015, 4, 1)) is None


@pytest.mark.parametrize(
    ("text", "low", "high"), [("18-45", 18, 45), ("45以下", None, 45), ("≤50", None, 50), ("不限", None, None)]
)
def test_a_column_needs_no_word_of_age(text, low, high):
    limit = read_age_limit(text, "年龄要求")
    assert limit is not None and (limit.low, limit.high) == (low, high)


OWN = [
    ("58岁", date(1964, 1, 1)),
    ("今年四十八", date(1974, 1, 1)),
    ("年龄53", date(1969, 1, 1)),
    ("虚岁五十三", date(1970, 7, 1)),
    ("53虚岁", date(1970, 7, 1)),
    ("65年的", date(1965, 7, 1)),
    ("六五年生人", date(1965, 7, 1)),
    ("1971年生", date(1971, 7, 1)),
    ("属马，五十来岁", date(1966, 1, 1)),
    ("五十多岁", date(1967, 1, 1)),
    ("快六十了", date(1963, 1, 1)),
    ("四十出头", date(1980, 1, 1)),
    ("孙子6岁，本人52岁", date(1970, 1, 1)),
    ("母亲72岁，他自己50多了", date(1967, 1, 1)),
]


@pytest.mark.parametrize(("text", "birth"), OWN)
def test_an_age_in_words_gives_an_estimated_birth_date(text, birth):
    own = read_own_age(text, READ_ON)
    assert own.birth.value == birth and own.estimated


def test_a_full_birth_date_is_no_estimate():
    own = read_own_age("1965年3月2日生", READ_ON)
    assert own.birth.value == date(1965, 3, 2) and not own.estimated


def test_an_animal_two_years_off_contradicts_the_age():
    assert read_own_age("属马的今年五十八了", READ_ON).birth.contradicted
    assert not read_own_age("属虎，60岁", READ_ON).birth.contradicted


@pytest.mark.parametrize(
    "text",
    [
        "老母亲82岁",
        "孙子16岁上高中",
        "08年开始打工",
        "18岁就出去打工",
        "干了十年",
        "养了30头牛",
        "家里有20亩地",
        "欠款五十多万",
        "属于监测户",
        "媳妇45岁有病",
        "98年盖的房",
        "离家30里",
    ],
)
def test_other_ages_and_numbers_are_not_the_persons_own(text):
    assert read_own_age(text, READ_ON).birth.value is None


@given(st.text(max_size=60))
def test_no_text_breaks_the_readers_of_age(text):
    limit = read_age_limit(text, "岗位描述", free=True, on=READ_ON)
    assert limit is None or limit.low is None or limit.high is None or limit.low <= limit.high
    own = read_own_age(text, READ_ON)
    assert own.birth.value is None or own.birth.value < READ_ON
