"""Columns and places that tell the jobs of one advert apart, and columns that are said of all of them."""

from __future__ import annotations

import pytest

from jobs_feed.apart import apart, in_order
from jobs_feed.splitting import split_posting
from matcher.domain.posting import Posting
from matcher.reading import load_tools, read_posting

NAMES = ("客房", "餐厅")
TOLD = [
    ("hours_text", "①8:30-17:30 ②14:00-23:00", ["8:30-17:30", "14:00-23:00"]),
    ("hours_text", "客房8:00-16:30；餐厅10:00-21:30", ["8:00-16:30", "10:00-21:30"]),
    ("board_text", "①②管住 都管午饭", ["管住，都管午饭", "管住，都管午饭"]),
    ("age_text", "55/45", ["55", "45"]),
    ("age_text", "客房55以下，其余45以下", ["55以下", "45以下"]),
    ("wage_text", "2800、3500", ["2800", "3500"]),
    ("certificate_text", "餐厅需健康证", ["", "需健康证"]),
    ("age_text", "(1)18-50 (2)18-45", ["18-50", "18-45"]),
]
OTHER_NAMES = [
    ("age_text", "客房、前厅50以下，后厨58以下", ["50以下", "50以下", "58以下"]),
    ("hours_text", "客房8:00-16:00；堂口10:00-21:00；后厨6:00-14:00", ["8:00-16:00", "10:00-21:00", "6:00-14:00"]),
    ("wage_text", "客房2800，跑堂3200/天，后厨3000", ["2800", "3200/天", "3000"]),
]
"""One job has another name in the column than in the title."""
OF_ALL = [
    ("hours_text", "8:00-17:30，午休1小时"),
    ("wage_text", "客房2800，夜班补贴300"),
    ("hours_text", "8:00-17:30"),
    ("board_text", "包吃住，餐厅旁边有宿舍"),
    ("age_text", "18-55"),
    ("wage_text", "3000-4000"),
    ("hours_text", "8:00-12:00、13:00-17:00"),
    ("certificate_text", "健康证"),
    ("age_text", "①18-45 ①55以下"),
    ("hours_text", "③夜班"),
]


@pytest.mark.parametrize(("column", "text", "each"), TOLD, ids=[row[1] for row in TOLD])
def test_a_column_that_tells_the_jobs_apart_is_cut(column: str, text: str, each: list[str]) -> None:
    told = apart(Posting(ref="A", title="招聘", employer="示例单位", **{column: text}), NAMES)
    assert [getattr(told[name], column) for name in NAMES] == each


@pytest.mark.parametrize(("column", "text", "each"), OTHER_NAMES, ids=[row[1] for row in OTHER_NAMES])
def test_the_one_name_left_in_a_column_is_that_of_the_one_job_left(column: str, text: str, each: list[str]) -> None:
    names = ("客房", "前厅服务员", "后厨") if column == "age_text" else ("客房", "点菜员", "后厨")
    told = apart(Posting(ref="A", title="招聘", employer="示例单位", **{column: text}), names)
    assert [getattr(told[name], column) for name in names] == each


@pytest.mark.parametrize(("column", "text"), OF_ALL, ids=[row[1] for row in OF_ALL])
def test_a_column_said_of_all_stays_whole(column: str, text: str) -> None:
    told = apart(Posting(ref="A", title="招聘", employer="示例单位", **{column: text}), NAMES)
    assert [getattr(told[name], column) for name in NAMES] == [text, text]


def test_a_row_of_figures_goes_in_the_order_of_the_jobs() -> None:
    assert in_order("3000/2200/2400", 3) == ["3000", "2200", "2400"]
    assert in_order("3000-3500、4000", 2) == ["3000-3500", "4000"]
    assert in_order("3000/2200", 3) is None
    assert in_order("8:00/17:00", 2) is None


def _split(description: str, *, title: str = "招工", **columns: object) -> tuple[Posting, ...]:
    """The postings of a made-up advert."""
    whole = Posting(ref="A", title=title, employer="示例单位", description=description, **columns)
    return split_posting(whole, load_tools())


def test_parts_with_places_of_their_own_get_them() -> None:
    parts = _split("①沈阳铁西 线束厂插线工 10人 5000 管住 ②北京丰台 保安 5人 4500 吃住全包")
    assert [part.place.code for part in parts] == ["210106", "110106"]
    assert [part.openings for part in parts] == [10, 5]
    parts = _split("【北京怀柔】客房服务员10人，4500；【北京密云】养老护理员15人，6000")
    assert all(part.place.code.startswith("1101") for part in parts)


def test_a_dish_of_a_place_and_the_place_already_known_move_nothing() -> None:
    here = load_tools().gazetteer.resolve("通辽市科尔沁区")
    parts = _split("北京烤鸭师傅1名10000，服务员3名4500", title="饭店用人", place=here)
    assert {part.place.code for part in parts} == {here.code}
    parts = _split("1.通辽保安3人，3000；2.通辽保洁2人，2200", place=here)
    assert {part.place.code for part in parts} == {here.code}


LISTED = [
    ("炒锅8000，面案5500，服务员3200，都管吃住", {"炒锅": 8000, "面案": 5500, "服务员": 3200}),
    ("要两个瓦工，三个小工，瓦工400小工230", {"瓦工": 400 * 26, "小工": 230 * 26}),
    ("4名保安、2名保洁、1名水暖工，待遇分别是3000、2200、3800", {"保安": 3000, "保洁": 2200, "水暖工": 3800}),
    ("包装工：女，45岁以下，4000元；装卸工：男，50岁以下，5500元", {"包装工": 4000, "装卸工": 5500}),
    ("岗位1：装配工 人数：30 工资：4500 岗位2：保洁 人数：5 工资：2800", {"装配工": 4500, "保洁": 2800}),
    ("瓦工十个，一天三百五；架子工六个，四百", {"瓦工": 350 * 26, "架子工": 400 * 26}),
    ("缝纫工：8名，4000；质检员：1名，3000", {"缝纫工": 4000, "质检员": 3000}),
]


@pytest.mark.parametrize(("text", "pay"), LISTED, ids=[row[0][:16] for row in LISTED])
def test_each_job_of_a_list_has_its_own_pay(text: str, pay: dict[str, int]) -> None:
    read = {part.title: read_posting(part, load_tools()).wage for part in _split(text)}
    assert {name: round(wage.low or 0) for name, wage in read.items() if wage} == pay


ONE = [
    ("保洁主管", "管理10名保洁，排班考勤，与5名保安配合"),
    ("服务员", "店里现有厨师3人服务员5人，再招服务员2名"),
    ("电工", "1、持低压电工证；2、三年以上经验；3、能上夜班；4、55岁以下"),
    ("超市", "岗位职责：1.理货上架；2.收银结账；3.打扫卫生。待遇2600"),
    ("客服专员", "①接听电话②登记工单③回访客户，3500双休"),
    ("月嫂", "照顾宝宝，产妇1人，宝宝1人，做月子餐。12800/26天"),
    ("店长", "带领6名导购，2名收银，完成业绩。5000-8000"),
    ("招聘主管", "负责招聘保安、保洁、电工等岗位，4500"),
    ("培训学校", "教电工班1个、焊工班1个，老师课时费200"),
    ("前台文员", "接电话1部，打字，收发快递，2800，双休"),
]


@pytest.mark.parametrize(("title", "text"), ONE, ids=[row[0] for row in ONE])
def test_tasks_conditions_and_colleagues_are_no_jobs(title: str, text: str) -> None:
    assert len(_split(text, title=title)) == 1


def test_what_stands_behind_the_last_job_and_no_other_is_said_of_all() -> None:
    text = "（1）牵马工5人，会骑马，4000；（2）蒙古包服务员8人，3500。6月15日到9月15日，管吃住。"
    read = [read_posting(part, load_tools()) for part in _split(text)]
    assert [facts.season.value for facts in read] == [(6, 9), (6, 9)]
    assert all(facts.lodging.value for facts in read)


def test_what_ends_the_last_of_jobs_told_in_clauses_is_its_own() -> None:
    text = "（1）收银员5名：18-45岁，2900元；（2）保洁4名：60岁以下，2400元；（3）保安4名：两班倒，3300元，提供宿舍。"
    read = [read_posting(part, load_tools()) for part in _split(text)]
    assert [facts.lodging.value for facts in read] == [None, None, True]
