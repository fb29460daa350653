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
