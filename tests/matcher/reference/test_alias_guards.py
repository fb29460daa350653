"""Short aliases inside longer words."""

from __future__ import annotations

import pytest

from matcher.reference.alias_guards import stands_alone


def _stands(text: str, alias: str) -> bool:
    """Whether the alias stands alone where it first occurs."""
    start = text.index(alias)
    return stands_alone(text, start, start + len(alias))


@pytest.mark.parametrize(
    ("text", "alias"),
    [
        ("机电工程师若干", "电工"),
        ("从事体力工作", "力工"),
        ("招聘办公岗位", "公岗"),
        ("能接电话", "接电"),
        ("承包大工程", "大工"),
        ("日工资二百", "日工"),
        ("汽车工厂直招", "车工"),
        ("持IT证", "T证"),
        ("a2栋三楼", "a2"),
        ("合理发展", "理发"),
        ("汉语言文学", "汉语"),
    ],
)
def test_a_piece_of_a_longer_word_is_not_an_alias(text: str, alias: str) -> None:
    assert not _stands(text, alias)


@pytest.mark.parametrize(
    ("text", "alias"),
    [
        ("招电工两名", "电工"),
        ("干过力工", "力工"),
        ("想要个公岗", "公岗"),
        ("会接电、安灯", "接电"),
        ("大工每天三百", "大工"),
        ("在工地干过车工", "车工"),
        ("需持a2驾照", "a2"),
        ("会理发", "理发"),
        ("会说汉语", "汉语"),
    ],
)
def test_a_word_of_its_own_is_an_alias(text: str, alias: str) -> None:
    assert _stands(text, alias)
