"""Names of certificates in all their orders, and papers that are not in hand or not the same."""

from __future__ import annotations

from datetime import date

import pytest

from matcher.domain.worker import Worker
from matcher.reading import load_tools
from matcher.reading.people.cells import cells_of
from matcher.reading.people.skills import read_abilities
from matcher.reading.people.work.named import PAPER_KINDS

TOOLS = load_tools()


def papers(text: str) -> set[str]:
    """The papers a text names."""
    found = TOOLS.linker.mentions(text, "skill")
    return {item.code for item in found if TOOLS.lexicon.skills[item.code].kind in PAPER_KINDS}


def held(text: str, field: str = "certificates_text") -> dict[str, date | None]:
    """The papers a person with this cell holds, with the end of their validity."""
    worker = Worker(ref="T", name="某", **{field: text})
    skills = read_abilities(cells_of(worker), TOOLS, read_on=date(2026, 5, 20)).skills
    return {item.skill: item.valid_to for item in skills if TOOLS.lexicon.skills[item.skill].kind in PAPER_KINDS}


@pytest.mark.parametrize("trade", ["焊工", "电焊工", "焊接", "熔化焊接与热切割"])
@pytest.mark.parametrize("paper", ["特种作业操作证", "特种作业证", "操作证", "操作资格证", "上岗证", "作业证", "证"])
def test_trade_and_kind_of_paper_may_stand_either_way_round(trade, paper):
    assert papers(trade + paper) == {"cert_welding"}
    assert papers(f"{paper}（{trade}）") == {"cert_welding"} or paper == "证"


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("特种设备作业人员证N1", {"cert_forklift"}),
        ("特种设备作业人员证（Q2）", {"cert_crane"}),
        ("驾驶证A2", {"licence_a2"}),
        ("A1A2驾照", {"licence_a1", "licence_a2"}),
        ("准驾车型：B2", {"licence_b2"}),
        ("从业资格证（货运）", {"qual_freight"}),
        ("从业资格证（客运）", {"qual_passenger"}),
        ("低压、高压电工证", {"cert_low_voltage", "cert_high_voltage"}),
        ("电工证（高压）", {"cert_high_voltage"}),
        ("叉车证", {"cert_forklift"}),
        ("钩机操作证", {"cert_excavator"}),
        ("养老护理员职业技能等级证书（五级）", {"cert_elder_care"}),
        ("行车本", set()),
        ("电工课本", set()),
        ("A2栋楼票务", set()),
    ],
)
def test_classes_brackets_and_lists(text, codes):
    assert papers(text) == codes


@pytest.mark.parametrize("level", ["四级", "中级", "（三级）", "职业技能等级", "技师", "职业资格"])
@pytest.mark.parametrize("trade", ["焊工", "电工", "叉车司机", "保安员", "架子工", "司炉工"])
def test_a_level_certificate_is_not_the_licence_of_the_trade(trade, level):
    assert papers(f"{trade}{level}证书") == set()


@pytest.mark.parametrize("text", ["焊工证（四级）", "焊工证四级", "高级焊工证"])
def test_a_level_counts_wherever_it_stands(text):
    assert papers(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "没有特种作业证",
        "没有焊工特种作业操作证",
        "焊工特种作业证没考下来",
        "电工操作证正在考",
        "特种作业操作证（焊工）还没下来",
        "低压、高压电工证没下来",
        "报了名考特种作业操作证（焊工）",
        "叉车上岗证被吊销",
        "想考焊工操作证",
    ],
)
def test_a_paper_that_is_not_in_hand_is_not_held(text):
    assert held(text) == {}


def test_a_paper_in_brackets_keeps_its_date():
    assert held("特种作业操作证（低压电工），有效期至2028-03-01") == {"cert_low_voltage": date(2028, 3, 1)}
    assert held("延期后的低压电工作业证，2029年6月到期") == {"cert_low_voltage": date(2029, 6, 30)}


def test_a_paper_word_of_another_paper_is_never_taken_for_a_trade():
    for phrase in ("结婚证", "土地证", "残疾证", "毕业证书", "特种作业操作证"):
        assert TOOLS.linker.best(phrase, "skill") is None
        assert TOOLS.linker.best(phrase, "occupation") is None


def test_a_class_leads_to_the_paper_its_title_names():
    assert TOOLS.linker.aimed_at("焊工取证班（熔化焊接与热切割）") == ("cert_welding",)
    assert TOOLS.linker.aimed_at("B2增驾班") == ("licence_b2",)
    assert TOOLS.linker.aimed_at("焊工技能提升班") == ()
