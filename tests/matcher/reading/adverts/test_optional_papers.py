"""Papers that are liked, paid for or helped with are not required."""

from __future__ import annotations

import pytest

from tests.matcher.reading.adverts.advert import facts_of


def _required(text: str) -> dict[str, bool]:
    """Which papers an advert asks for, and whether it insists."""
    return {asked.skill: asked.required for asked in facts_of(text).skills}


@pytest.mark.parametrize(
    "text",
    [
        "有叉车证加200，没有给培训",
        "有叉车证加钱",
        "有叉车证的每月多给300",
        "叉车证可培训",
        "叉车证可后补",
        "叉车证，没有的公司协助办证",
        "叉车证没有的厂里送去培训",
        "叉车证最好有，没证带学徒",
        "有叉车证4500，没证3800",
        "最好有叉车证",
        "有叉车证更好，没有入职后统一考",
    ],
)
def test_one_may_come_without_it(text):
    assert _required(text) == {"cert_forklift": False}


@pytest.mark.parametrize(
    "text",
    ["必须有叉车证", "叉车证必须有，没有不要", "持叉车证上岗，公司提供培训", "叉车证，没有的不招", "叉车证，月薪5000"],
)
def test_one_may_not(text):
    assert _required(text) == {"cert_forklift": True}


@pytest.mark.parametrize(
    "text",
    [
        "保安证到了给考",
        "无犯罪记录，站岗为主，证到京后考",
        "保安员证（无证入职后考）",
        "无证可来，公司培训",
        "没证的先上岗后考证，考试费公司出",
        "入职后统一考证",
        "证件入职后再办，免费",
        "送去考保安员证",
        "没有证也行",
        "保安员证来了再考",
    ],
)
def test_a_guard_may_begin_before_the_paper_where_it_is_got_later(text):
    assert facts_of(text, title="保安").occupation == "guard_learner"


@pytest.mark.parametrize(
    "text",
    [
        "要保安员证",
        "有证优先",
        "无证勿扰",
        "保安员证必须有，没有不要",
        "持证上岗，公司有培训",
        "无犯罪证明，后勤考核",
        "健康证自带",
    ],
)
def test_a_guard_needs_the_paper_otherwise(text):
    assert facts_of(text, title="保安").occupation == "security_guard"
