"""Sex, ethnicity, experience, skills and papers that adverts ask for."""

from __future__ import annotations

import pytest

from matcher.domain.worker import Sex
from matcher.reading import load_tools
from tests.matcher.reading.adverts.advert import facts_of


@pytest.mark.parametrize(
    ("text", "sex"),
    [
        ("限女性", Sex.FEMALE),
        ("仅限男性", Sex.MALE),
        ("男，18-45岁", Sex.MALE),
        ("女性优先", Sex.FEMALE),
        ("要求男性，身体好", Sex.MALE),
        ("招女工2名", Sex.FEMALE),
        ("性别：女", Sex.FEMALE),
        ("男女不限", None),
        ("性别不限", None),
        ("男女均可", None),
        ("男18-55岁，女18-50岁", None),
        ("男工3名，女工2名", None),
        ("女装导购", None),
        ("男科医院保洁", None),
        ("三八妇女节有礼品", None),
        ("公司美女如云", None),
        ("服务女性客户", None),
        ("接送子女", None),
        ("女士服装销售", None),
        ("照顾女儿", None),
        ("男女比例均衡", None),
    ],
)
def test_a_sex_asked_for_is_found_and_products_are_not(text, sex):
    assert facts_of(text).sex_asked.value is sex


def test_an_open_column_and_a_sex_in_the_text_contradict_each_other():
    found = facts_of("限女性", sex_text="不限").sex_asked
    assert found.value is Sex.FEMALE and found.contradicted
    assert facts_of("", sex_text="男").sex_asked.value is Sex.MALE


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("限汉族", "汉族"),
        ("汉族优先", "汉族"),
        ("不招少数民族", "少数民族"),
        ("少数民族勿扰", "少数民族"),
        ("蒙古族优先", "蒙古族"),
        ("民族不限", None),
        ("蒙古族风味餐厅", None),
        ("民族服饰制作", None),
        ("蒙古族歌舞", None),
    ],
)
def test_an_ethnicity_asked_for_is_flagged(text, value):
    assert facts_of(text).ethnic_asked.value == value


@pytest.mark.parametrize(
    ("text", "years"),
    [
        ("3年以上工作经验", 3),
        ("一年以上相关经验", 1),
        ("1-3年工作经验", 1),
        ("有两年以上驾龄", 2),
        ("半年以上从业经验", 0.5),
        ("从事焊接工作5年以上", 5),
        ("经验不限", 0),
        ("无需经验", 0),
        ("应届毕业生亦可", 0),
        ("有无经验均可", 0),
        ("无经验者可带薪培训", 0),
        ("有经验者优先", None),
        ("2年以上经验者优先", None),
        ("成立20年，经验丰富", None),
        ("合同一年一签", None),
        ("工作满一年有年假", None),
        ("三年内上市", None),
    ],
)
def test_required_years_of_experience(text, years):
    assert facts_of(text).experience_years.value == years


def test_the_experience_column_may_be_bare():
    assert facts_of(experience_text="2年").experience_years.value == 2
    assert facts_of(experience_text="不限").experience_years.value == 0


def _asked(text: str, **columns: str) -> dict[str, bool]:
    """Names of skills asked for, and whether they are required."""
    lexicon = load_tools().lexicon
    return {lexicon.name(item.skill): item.required for item in facts_of(text, **columns).skills}


@pytest.mark.parametrize(
    ("text", "code", "required"),
    [
        ("持低压电工证", "cert_low_voltage", True),
        ("有健康证", "health_certificate", True),
        ("需有焊工证", "cert_welding", True),
        ("有低压电工证者优先", "cert_low_voltage", False),
        ("健康证可由公司办理", "health_certificate", False),
    ],
)
def test_papers_are_required_unless_preferred_or_given(text, code, required):
    found = {item.skill: item.required for item in facts_of(text).skills}
    assert found.get(code) is required, found


@pytest.mark.parametrize("text", ["无需低压电工证", "不要求健康证", "不需要会开车", "吃苦耐劳，服从安排"])
def test_papers_that_are_not_needed_are_not_asked_for(text):
    assert _asked(text) == {}
