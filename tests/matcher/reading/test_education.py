"""Education as asked for in adverts and as people have it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.worker import Education
from matcher.reading.education import read_education, read_education_asked

E = Education
ASKED = [
    ("初中及以上学历", E.JUNIOR),
    ("大专以上", E.COLLEGE),
    ("中专或高中毕业", E.SENIOR),
    ("大专及以上学历，本科优先", E.COLLEGE),
    ("小学文化即可", E.PRIMARY),
    ("学历不限", E.ILLITERATE),
    ("不限学历，不限经验", E.ILLITERATE),
    ("学历、性别不限", E.ILLITERATE),
    ("技校毕业", E.SENIOR),
    ("1、本科及以上学历，金融专业", E.BACHELOR),
    ("高中、中专以上学历", E.SENIOR),
    ("专科学历，有客服经验", E.COLLEGE),
    ("初中文化", E.JUNIOR),
    ("学历：高中", E.SENIOR),
    ("统招本科学历", E.BACHELOR),
    ("职高以上", E.SENIOR),
    ("大专学历", E.COLLEGE),
    ("文化程度初中", E.JUNIOR),
    ("初 中 以 上", E.JUNIOR),
    ("硕士学历", E.BACHELOR),
]


@pytest.mark.parametrize(("text", "level"), ASKED)
def test_the_least_level_asked_for_is_found(text, level):
    fact = read_education_asked(text, "岗位描述", free=True)
    assert fact.value is level and fact.evidence


@pytest.mark.parametrize(
    "text",
    [
        "本科优先",
        "有大专学历者优先",
        "接送小学生",
        "大学城附近",
        "附近小学门口",
        "大学生优先",
        "为高中学生辅导",
        "小学英语老师",
        "吃苦耐劳",
        "高中部食堂",
        "公司与重点大学合作",
    ],
)
def test_schools_and_preferences_are_no_requirement(text):
    assert read_education_asked(text, "岗位描述", free=True).value is None


@pytest.mark.parametrize(
    ("text", "level"), [("不限", E.ILLITERATE), ("初中以下", E.ILLITERATE), ("大专", E.COLLEGE), ("", None)]
)
def test_a_column_of_education_is_read_as_it_stands(text, level):
    assert read_education_asked(text, "学历要求").value is level


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("初中", E.JUNIOR),
        ("蒙授高中毕业", E.SENIOR),
        ("初中没毕业", E.PRIMARY),
        ("没念过书", E.ILLITERATE),
        ("文盲或半文盲", E.ILLITERATE),
        ("中专学的畜牧", E.SENIOR),
        ("大专，孩子上小学", E.COLLEGE),
        ("接送上小学的孙子", None),
        ("女儿在读本科", None),
    ],
)
def test_a_persons_own_level_is_not_that_of_the_children(text, level):
    assert read_education(text, "文化程度").value is level


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader_of_education(text):
    assert read_education_asked(text, "岗位描述", free=True).value in (None, *Education)
    assert read_education(text, "文化程度").value in (None, *Education)
