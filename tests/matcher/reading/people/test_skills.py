"""Experience, skills and certificates in the words of coordinators."""

from __future__ import annotations

from datetime import date

import pytest

from matcher.domain.worker import Experience, SkillHeld, Worker
from matcher.reading.people.cells import cells_of
from matcher.reading.people.skills import Abilities, read_abilities
from matcher.reading.tools import load_tools

READ_ON = date(2026, 5, 20)


def abilities(**texts: str) -> Abilities:
    """What the given columns say of doing and knowing."""
    return read_abilities(cells_of(Worker(ref="T", name="某", **texts)), load_tools(), read_on=READ_ON)  # type: ignore[arg-type]


def done(text: str, field: str = "experience_text") -> dict[str, Experience]:
    """Experience by occupation."""
    return {item.occupation: item for item in abilities(**{field: text}).experience}


def held(text: str, field: str = "skills_text") -> dict[str, SkillHeld]:
    """Skills by code."""
    return {item.skill: item for item in abilities(**{field: text}).skills}


DONE = [
    ("干过两年瓦工小工", "site_labourer", 2.0),
    ("在北京当过三年保安", "security_guard", 3.0),
    ("开了十来年大车", "truck_driver", 10.0),
    ("2015-2020年在通辽做保洁", "cleaner", 5.0),
    ("饭店服务员，干了半年", "waiter", 0.5),
    ("电焊工5年", "welder", 5.0),
    ("给人放了八年羊", "herder", 8.0),
    ("工地力工三四年", "site_labourer", 3.5),
    ("2018年至今在科左后旗当护林员", "forest_guard", 8.0),
    ("月嫂十八个月", "maternity_nurse", 1.5),
]
NOT_DONE = [
    ("没干过保安", "security_guard"),
    ("丈夫是电焊工", "welder"),
    ("听说当过厨师", "cook"),
    ("想干保安", "security_guard"),
    ("跟邻居保安熟", "security_guard"),
    ("打算当月嫂", "maternity_nurse"),
]


@pytest.mark.parametrize(("text", "occupation", "years"), DONE)
def test_work_done_is_read_with_its_years(text: str, occupation: str, years: float) -> None:
    found = done(text)
    assert found[occupation].years == pytest.approx(years)
    assert found[occupation].current


@pytest.mark.parametrize(("text", "occupation"), NOT_DONE)
def test_plans_denials_and_relatives_are_no_experience(text: str, occupation: str) -> None:
    assert occupation not in done(text, "remarks")


@pytest.mark.parametrize(
    "text",
    [
        "以前开过大车，现在眼睛不行",
        "开了二十年大车，岁数大了开不动了",
        "原来开大车，后来驾照吊销了",
        "年轻时开过大车，如今不敢开了",
    ],
)
def test_work_that_is_over_no_longer_counts_as_ability(text: str) -> None:
    read = abilities(remarks=text)
    assert [item.current for item in read.experience if item.occupation == "truck_driver"] == [False]
    assert "truck_driving" not in {item.skill for item in read.skills}


HELD = [
    ("会电焊", "arc_welding"),
    ("会缝纫，能蹬机子", "sewing"),
    ("掂勺炒菜都行", "chinese_cooking"),
    ("会开铲车", "loader_operation"),
    ("会用智能手机", "smartphone_use"),
    ("会刮大白、贴砖", "tiling"),
    ("养牛是把好手", "cattle_raising"),
    ("会蒙古袍制作", "robe_making"),
    ("不会瓦工，但会电焊", "arc_welding"),
    ("别的不行，就会刺绣", "embroidery"),
]
NOT_HELD = [
    ("不会电焊", "arc_welding"),
    ("媳妇会缝纫", "sewing"),
    ("想学电焊", "arc_welding"),
    ("听说会刺绣", "embroidery"),
    ("电焊不会", "arc_welding"),
    ("没开过铲车", "loader_operation"),
    ("中午回家给老人做饭", "home_cooking"),
    ("不会用智能手机", "smartphone_use"),
]


@pytest.mark.parametrize(("text", "skill"), HELD)
def test_a_skill_is_found_in_everyday_words(text: str, skill: str) -> None:
    assert skill in held(text)


@pytest.mark.parametrize(("text", "skill"), NOT_HELD)
def test_a_skill_denied_wished_or_of_others_is_not_held(text: str, skill: str) -> None:
    assert skill not in held(text, "remarks")


@pytest.mark.parametrize(
    ("text", "skill", "valid_to"),
    [
        ("低压电工证 2026-05 到期", "cert_low_voltage", date(2026, 5, 31)),
        ("低压电工证（有效期至2027年3月15日）", "cert_low_voltage", date(2027, 3, 15)),
        ("健康证过期了", "health_certificate", date(2026, 5, 19)),
        ("健康证去年过期，C1本", "health_certificate", date(2025, 12, 31)),
        ("C1驾照", "licence_c1", None),
        ("焊工证2024年考的", "cert_welding", None),
        ("焊工证2019年考的，没复审", "cert_welding", date(2026, 5, 19)),
        ("A2本，有从业资格证", "licence_a2", None),
        ("保安员证，健康证2026.12到期", "cert_security_guard", None),
        ("育婴员证，2025年6月取得", "cert_infant", None),
    ],
)
def test_a_certificate_carries_the_end_its_words_state(text: str, skill: str, valid_to: date | None) -> None:
    found = held(text, "certificates_text")
    assert skill in found
    assert found[skill].valid_to == valid_to


@pytest.mark.parametrize(
    ("text", "skill"),
    [
        ("没有电工证", "cert_low_voltage"),
        ("低压电工证还没考下来", "cert_low_voltage"),
        ("想考低压电工证", "cert_low_voltage"),
        ("健康证没办", "health_certificate"),
        ("C1本吊销了", "licence_c1"),
        ("焊工证正考着", "cert_welding"),
        ("儿子有C1本", "licence_c1"),
    ],
)
def test_a_paper_not_in_hand_is_not_held(text: str, skill: str) -> None:
    assert skill not in held(text, "certificates_text")
