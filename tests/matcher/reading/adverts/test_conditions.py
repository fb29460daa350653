"""Board, lodging, insurance and other plain statements of adverts."""

from __future__ import annotations

import pytest

from tests.matcher.reading.adverts.advert import facts_of

SAID = [
    ("包吃住", "board", True),
    ("包吃住", "lodging", True),
    ("管吃管住", "lodging", True),
    ("包吃包住", "board", True),
    ("食宿自理", "board", False),
    ("食宿自理", "lodging", False),
    ("包住不包吃", "board", False),
    ("包住不包吃", "lodging", True),
    ("提供住宿，伙食自理", "board", False),
    ("中午管一顿饭", "board", True),
    ("包一餐", "board", True),
    ("提供员工宿舍", "lodging", True),
    ("不提供住宿", "lodging", False),
    ("住家保姆，照顾老人", "live_in", True),
    ("不住家", "live_in", False),
    ("领料回家做，按件算", "at_home", True),
    ("料子邮到家，做一件算一件", "anywhere", True),
    ("全市都能报，线上派单", "anywhere", True),
    ("各旗县都能做", "anywhere", True),
    ("五险一金", "insurance", True),
    ("缴纳社保", "insurance", True),
    ("不交社保", "insurance", False),
    ("签订劳动合同", "contract", True),
    ("会蒙语优先", "mongolian_ok", True),
    ("要求普通话标准", "mandarin_needed", True),
    ("夫妻均可", "couples", True),
    ("不招夫妻", "couples", False),
    ("残疾人优先", "disabled_welcome", True),
    ("坐着干活", "seated", True),
    ("全程站立", "seated", False),
    ("单位有清真食堂", "halal", True),
    ("免费班车接送", "shuttle", True),
    ("有师傅带", "trained_on_job", True),
    ("新手勿扰", "trained_on_job", False),
    ("能接受加班", "overtime", True),
    ("基本不加班", "overtime", False),
]


@pytest.mark.parametrize(("text", "fact", "value"), SAID)
def test_what_an_advert_says_plainly_is_a_fact_with_its_words(text, fact, value):
    found = getattr(facts_of(text), fact)
    assert found.value is value
    assert found.evidence[0].field == "岗位描述" and found.evidence[0].words in text


LOOKS_LIKE_IT = [
    ("住宿费自理问题面谈", "board"),
    ("餐补300元", "board"),
    ("负责工作餐具消毒", "board"),
    ("住院部护工", "lodging"),
    ("推销家用电器", "at_home"),
    ("全市连锁，二十家门店", "anywhere"),
    ("货车送货到各旗县", "anywhere"),
    ("网上报名", "anywhere"),
    ("保险公司业务员", "insurance"),
    ("负责社保局手续", "insurance"),
    ("劳动合同管理", "contract"),
    ("夫妻肺片店招工", "couples"),
    ("照顾残疾人", "disabled_welcome"),
    ("清真寺附近", "halal"),
    ("班车司机一名", "shuttle"),
    ("培训师一名", "trained_on_job"),
    ("加班费另算", "overtime"),
    ("接送孩子", "shuttle"),
]


@pytest.mark.parametrize(("text", "fact"), LOOKS_LIKE_IT)
def test_words_that_only_look_like_a_condition_say_nothing(text, fact):
    assert getattr(facts_of(text), fact).value is None


def test_a_column_wins_over_the_text_and_the_contradiction_is_kept():
    found = facts_of("公司包吃住", board_text="食宿自理").board
    assert found.value is False and found.contradicted
    assert [item.field for item in found.evidence] == ["食宿", "岗位描述"]


@pytest.mark.parametrize(("text", "value"), [("有", True), ("无", False), ("缴纳", True), ("不上", False)])
def test_the_insurance_column_may_be_one_word(text, value):
    assert facts_of(insurance_text=text).insurance.value is value
