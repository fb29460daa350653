"""Classes: trade, level, papers, who may come."""

from __future__ import annotations

import pytest

from matcher.domain.training import TrainingClass, TrainingFacts
from matcher.domain.worker import Education
from matcher.reading import load_tools, read_class


def _facts(title: str = "保育师培训", **columns: str) -> TrainingFacts:
    """What is read of a made-up class."""
    return read_class(TrainingClass(ref="K-1", title=title, provider="示例学校", **columns), load_tools())


@pytest.mark.parametrize(
    ("title", "like"),
    [
        ("低压电工取证班", "电工"),
        ("中式面点师初级培训班", "面点"),
        ("养老护理员（中级）", "养老护理"),
        ("育婴员等级认定", "育婴"),
        ("肉牛饲养技能提升培训", "牛"),
        ("缝纫工短期培训", "缝纫"),
        ("第三期焊工培训班", "焊"),
        ("叉车司机培训", "叉车"),
        ("保安员职业技能培训", "保安"),
    ],
)
def test_the_trade_of_a_class_is_found_in_its_title(title, like):
    tools = load_tools()
    assert like in tools.lexicon.name(_facts(title).occupations[0].code)


def test_the_trade_column_wins_over_the_title():
    tools = load_tools()
    found = _facts("暑期速成班", occupation_text="电工").occupations
    assert "电工" in tools.lexicon.name(found[0].code) and found[0].evidence[0].field == "职业工种"


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("初级", 5),
        ("五级", 5),
        ("中级", 4),
        ("高级", 3),
        ("三级/高级工", 3),
        ("技师", 2),
        ("高级技师", 1),
        ("", None),
        ("不分等级", None),
    ],
)
def test_levels_are_the_national_ones(text, level):
    assert _facts(level_text=text).level == level


def test_a_certificate_named_is_a_skill_one_leaves_with():
    codes = {term.code for term in _facts("低压电工取证班", certificate_text="低压电工作业证").skills}
    assert "cert_low_voltage" in codes


def test_a_class_teaches_what_makes_one_good_at_its_trade_unless_it_only_certifies():
    assert any(term.confidence < 1 for term in _facts("肉牛饲养培训").skills)
    certified = _facts("肉牛饲养员等级认定")
    assert certified.certification_only and all(term.confidence == 1 for term in certified.skills)


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("无恐高症", ("NO_HEIGHT",)),
        ("无色盲色弱", ("NO_COLOUR_TASK",)),
        ("无布病", ("NO_LIVESTOCK",)),
        ("身体健康", ()),
        ("", ()),
    ],
)
def test_a_health_rule_shuts_out_limits(text, codes):
    assert _facts(health_text=text).excludes == codes


def test_who_may_come_and_what_it_costs():
    facts = _facts(
        age_text="16-60周岁",
        education_text="初中及以上",
        language_text="蒙汉双语",
        board_text="包吃住",
        subsidy_text="免费培训",
    )
    assert facts.age is not None and (facts.age.low, facts.age.high) == (16, 60)
    assert facts.education.value is Education.JUNIOR
    assert facts.languages == ("zh", "mn")
    assert facts.lodging.value is True and facts.free.value is True


def test_nothing_said_is_unknown():
    facts = _facts()
    assert facts.age is None and facts.education.value is None and facts.languages == ()
    assert facts.lodging.value is None and facts.free.value is None
    assert _facts(subsidy_text="按当地现行目录（办公室填写）").free.value is None


@pytest.mark.parametrize(
    ("title", "renewal"),
    [
        ("低压电工复审班", True),
        ("特种作业复审（低压电工、焊工、登高）", True),
        ("电工焊工高处作业复审", True),
        ("叉车证换证年审", True),
        ("特种作业操作证延期复审", True),
        ("焊工（熔化焊）取证/复审", False),
        ("低压电工(新证、复审都收)", False),
        ("初训、复审同开", False),
        ("特种作业取证班", False),
        ("低压电工", False),
    ],
)
def test_a_class_that_only_renews_is_for_those_who_have_the_paper(title, renewal):
    assert _facts(title, level_text="特种作业").renewal is renewal


def test_a_class_teaches_every_trade_of_its_list():
    found = {term.code for term in _facts("木工/瓦工/镶贴", occupation_text="木工、砌筑、镶贴").occupations}
    assert {"carpenter", "bricklayer", "tiler"} <= found
    assert {term.code for term in _facts("挖掘机装载机").occupations} == {"excavator_operator", "loader_operator"}
