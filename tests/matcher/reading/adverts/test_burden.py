"""Load and hazards: of the occupation, added by the text, denied by the text."""

from __future__ import annotations

import pytest

from matcher.reading import load_tools
from tests.matcher.reading.adverts.advert import facts_of


def _hazards(text: str, *, title: str = "员工") -> set[str]:
    """Hazards that the text itself adds."""
    return {term.code for term in facts_of(text, title=title).hazards if term.confidence == 1}


def test_the_hazards_of_the_occupation_stand_without_a_word_but_less_surely():
    facts = facts_of("", title="砌筑工")
    usual = load_tools().lexicon.occupations[facts.occupation].hazards
    assert usual and {term.code for term in facts.hazards} == usual
    assert all(term.confidence < 1 and term.evidence[0].words == "砌筑工" for term in facts.hazards)


@pytest.mark.parametrize(
    ("text", "hazard"),
    [
        ("需登高作业", "height"),
        ("在脚手架上干活", "height"),
        ("车间粉尘大", "dust"),
        ("冷库内分拣", "cold_wet"),
        ("接触农药", "chemical"),
        ("三班倒", "night"),
        ("上夜班", "night"),
        ("搬运货物", "lifting"),
        ("井下作业", "underground"),
        ("每天接听电话", "phone"),
        ("炉前操作，高温", "heat"),
        ("操作冲床", "machine"),
        ("高压带电作业", "electricity"),
        ("喷漆工序", "chemical"),
        ("巡楼爬楼", "stairs"),
        ("露天作业", "outdoors"),
        ("牛舍清粪", "livestock"),
        ("需辨别颜色", "colour"),
        ("剔骨分割", "knives"),
        ("长时间站立", "standing"),
    ],
)
def test_the_text_adds_hazards(text, hazard):
    assert hazard in _hazards(text)


@pytest.mark.parametrize(
    ("text", "hazard"),
    [
        ("无需登高", "height"),
        ("没有粉尘", "dust"),
        ("不上夜班", "night"),
        ("不接触化学品", "chemical"),
        ("联系电话：见上", "phone"),
        ("电话报名", "phone"),
        ("公司主要生产化工产品", "chemical"),
        ("本公司专业从事屠宰加工", "livestock"),
        ("无夜班，无倒班", "night"),
        ("不用搬运", "lifting"),
        ("远离粉尘", "dust"),
    ],
)
def test_denied_hazards_and_company_descriptions_add_none(text, hazard):
    assert hazard not in _hazards(text)


def test_what_the_text_denies_of_the_occupation_is_kept_as_absent():
    facts = facts_of("长白班，无夜班", title="保安员")
    assert "night" in load_tools().lexicon.occupations[facts.occupation].hazards
    assert "night" not in {term.code for term in facts.hazards}
    assert "night" in {term.code for term in facts.hazards_absent}


@pytest.mark.parametrize(
    ("column", "text", "load"),
    [
        ("轻", "", 2),
        ("重体力", "", 4),
        ("较重", "", 3),
        ("轻", "坐着干活", 1),
        ("中等", "", 3),
        ("3", "", 3),
        ("坐着干", "", 1),
        ("不累", "", 1),
        ("", "重体力活，能吃苦", 4),
        ("", "工作轻松，坐着干活", 2),
        ("", "不用干重活", 2),
        ("", "吃苦耐劳", None),
    ],
)
def test_load_is_read_from_the_column_then_the_text(column, text, load):
    assert facts_of(text, load_text=column).load.value == load


def test_load_falls_back_to_the_occupation_and_contradictions_are_kept():
    facts = facts_of("", title="砌筑工")
    assert facts.load.value == load_tools().lexicon.occupations[facts.occupation].load
    assert facts_of("重体力活", load_text="轻").load.contradicted
