"""Names are compared however they were spelled, and different names stay different."""

from __future__ import annotations

import pytest

from matcher.reference.name_forms import better_spelling, likeness, plain_village, same_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("包雪梅", "包·雪梅"),
        ("包雪梅", " 包　雪　梅 "),
        ("包雪梅", "包雪梅（妻子）"),
        ("乌云其其格", "乌云•其其格"),
        ("張麗華", "张丽华"),
        ("蕭志強", "萧志强"),
        ("Bao Xuemei", "BAO XUEMEI"),
        ("王□明", "王晓明"),
        ("王?明", "王晓明"),
        ("王(木+岩)明", "王晓明"),
        ("王\ue123明", "王晓明"),
    ],
)
def test_one_name_in_two_spellings(one: str, other: str) -> None:
    assert same_name(one, other) and same_name(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [("包雪梅", "包雪"), ("包雪梅", "包雪枚"), ("王□□", "王晓明"), ("王□明", "李晓明"), ("", ""), ("王哲", "王喆")],
)
def test_two_names(one: str, other: str) -> None:
    assert not same_name(one, other)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("示例嘎查", "示例村", True),
        ("示例嘎查村委会", "大沁他拉镇示例嘎查", True),
        ("东村", "西村", False),
        ("东村", "东", False),
        ("前示例村", "后示例村", False),
        ("示例社区", "示例", True),
    ],
)
def test_villages(one: str, other: str, same: bool) -> None:
    assert (plain_village(one) == plain_village(other)) is same


def test_the_better_spelling_is_kept() -> None:
    assert better_spelling("王晓明", "王□明") == "王晓明"
    assert better_spelling("王□明", "王晓明") == "王晓明"
    assert better_spelling("包 雪 梅", "包雪梅") == "包雪梅"
    assert better_spelling("包雪梅", "包·雪梅") == "包雪梅"
    assert better_spelling("包雪梅", "包斯琴") == "包斯琴"


def test_likeness_is_the_share_of_common_characters() -> None:
    assert likeness("包雪梅", "包雪枚") == pytest.approx(2 / 3)
    assert likeness("包雪梅", "王铁柱") == 0.0
