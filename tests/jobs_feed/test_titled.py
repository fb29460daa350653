"""An advert whose title names several jobs is split where its text tells each of them in turn."""

from __future__ import annotations

import pytest

from jobs_feed.splitting import split_posting
from matcher.domain.posting import Posting
from matcher.reading import load_tools, read_posting

TOLD = [
    ("保安/叉车工", "【保安】3人，夜班，50岁以下。包住\n【叉车工】2人，白班，要叉车证", ["保安", "叉车工"], [3, 2]),
    ("前台、客房服务员", "前台1名：会电脑。\n客房2名：52岁以下，打扫房间。", ["前台", "客房服务员"], [1, 2]),
    ("大工、小工", "大工：砌墙抹灰，58以下。小工：推料，55以下。工地管吃住", ["大工", "小工"], [None, None]),
    ("饲养员、防疫员", "①饲养员：喂牛，住场。②防疫员：跟兽医打耳标，白天", ["饲养员", "防疫员"], [None, None]),
    ("缝纫工 / 包装工", "缝纫工：踩机子，计件；包装工：贴签，早8点到下午5点", ["缝纫工", "包装工"], [None, None]),
    (
        "操作工、包装工、更夫",
        "（一）操作工，看设备，四班三倒；（二）包装工，贴签；（三）更夫，夜里",
        ["操作工", "包装工", "更夫"],
        [None] * 3,
    ),
    ("瓦工、力工", "盖楼，1.瓦工（大工）：砌墙；2.力工：和灰搬砖。工钱半月一结", ["瓦工", "力工"], [None, None]),
    ("①后厨洗碗 ②前厅服务员", "包吃住\n①后厨：刷碗、择菜\n②前厅：点菜、上菜", ["后厨洗碗", "前厅服务员"], [None, None]),
    ("1.保洁员 2.保安", "保洁员：扫楼道。保安：站岗，夜班", ["保洁员", "保安"], [None, None]),
    ("食堂用人：面案、切配", "面案：蒸馒头。切配：洗菜切菜", ["面案", "切配"], [None, None]),
    ("抹灰师傅带小工", "大工：抹灰找平。小工：和灰递料", ["抹灰师傅", "小工"], [None, None]),
    ("厨师和服务员", "1、厨师2名，掂勺；2、服务员3名，点菜", ["厨师", "服务员"], [2, 3]),
]
ONE = [
    ("①号门保安", "①号门站岗，登记车辆"),
    ("2.5吨叉车司机", "叉车司机：要证。装卸：跟车"),
    ("保洁、家政", "打扫卫生，做饭，一天四小时"),
    ("餐饮服务（前厅、后厨）", "前厅：点菜；后厨：洗菜"),
    ("景区检票、牵马", "检票、牵马、讲解，都要会一点"),
    ("大货司机", "大货司机：要A2，跑长途。副驾：不要"),
    ("操作工、包装工", "操作工：看设备。其他岗位电话里说"),
    ("销售/客服", "负责销售：完成指标；负责客服：接电话都要干"),
    ("分拣员/司机", "分拣员：扫码。白班：八点到五点"),
    ("养殖场", "饲养员：喂牛；更夫：夜里看场"),
]


def advert(title: str, description: str, **columns: str) -> Posting:
    """A made-up advert."""
    return Posting(ref="A-7", title=title, employer="示例单位", description=description, phone="154", **columns)


@pytest.mark.parametrize(("title", "description", "names", "openings"), TOLD, ids=[row[0] for row in TOLD])
def test_jobs_told_in_turn_become_postings(
    title: str, description: str, names: list[str], openings: list[int | None]
) -> None:
    parts = split_posting(advert(title, description), load_tools())
    assert [part.title for part in parts] == names
    assert [part.openings for part in parts] == openings
    assert [part.ref for part in parts] == ["A-7", *(f"A-7#{n}" for n in range(2, len(names) + 1))]
    assert all(part.source_ref == "A-7" and part.phone == "154" for part in parts)


@pytest.mark.parametrize(("title", "description"), ONE, ids=[row[0] for row in ONE])
def test_what_is_one_job_or_not_told_apart_stays_one(title: str, description: str) -> None:
    assert len(split_posting(advert(title, description), load_tools())) == 1


def test_ages_and_hours_of_one_job_are_not_those_of_the_other() -> None:
    guard, driver = split_posting(advert(TOLD[0][0], TOLD[0][1]), load_tools())
    read = [read_posting(part, load_tools()) for part in (guard, driver)]
    assert read[0].age is not None and read[0].age.high == 50
    assert read[1].age is None
    assert [bool(facts.shift.value and facts.shift.value.name == "NIGHT") for facts in read] == [True, False]


def test_what_stands_behind_all_jobs_is_said_of_each() -> None:
    parts = split_posting(advert(TOLD[2][0], TOLD[2][1]), load_tools())
    assert all(read_posting(part, load_tools()).lodging.value for part in parts)


def test_pay_and_head_count_of_a_column_go_to_the_job_they_name() -> None:
    columns = {"wage_text": "大工350/天 小工220/天", "openings_text": "大工3人、小工6人"}
    skilled, helper = split_posting(advert("大工、小工", TOLD[2][1], **columns), load_tools())
    assert (skilled.wage_text, helper.wage_text) == ("350/天", "220/天")
    assert (skilled.openings, helper.openings) == (3, 6)


def test_splitting_a_part_again_changes_nothing() -> None:
    for title, description, _, _ in TOLD:
        for part in split_posting(advert(title, description), load_tools()):
            assert split_posting(part, load_tools()) == (part,)
