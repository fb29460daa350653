"""Pay: what is pay, what it comes to in a month, and what only looks like it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.posting import WageUnit
from matcher.reading.pay import PayAssumptions, office_assumptions, read_pay

COLUMN = [
    ("3000-5000元/月", 3000, 5000),
    ("8000以上元/月", 8000, None),
    ("2000-3000", 2000, 3000),
    ("4.5-6千/月", 4500, 6000),
    ("0.8-1万/月", 8000, 10000),
    ("10-15万/年", 8333.33, 12500),
    ("150元/天", 3900, 3900),
    ("15元/小时", 3120, 3120),
    ("3000左右", 3000, 3000),
    ("3k-4k", 3000, 4000),
    ("3－4K", 3000, 4000),
    ("200/天", 5200, 5200),
    ("3千5", 3500, 3500),
    ("三千五", 3500, 3500),
    ("一万二", 12000, 12000),
    ("四五千", 4000, 5000),
    ("月薪三千五百元", 3500, 3500),
    ("２８００＋提成", 2800, None),
    ("底薪2000+提成", 2000, None),
    ("试用期2500，转正3000", 3000, 3000),
    ("一天二百", 5200, 5200),
    ("二百一天", 5200, 5200),
    ("200-300一天", 5200, 7800),
    ("日结200", 5200, 5200),
    ("不低于3500", 3500, None),
    ("最高8000", None, 8000),
    ("4000元起", 4000, None),
    ("3,500元", 3500, 3500),
    ("8000/26天", 8000, 8000),
    ("计件，月入4000-6000", 4000, 6000),
    ("包吃住月薪6-8K", 6000, 8000),
    ("1万-1.5万", 10000, 15000),
]


@pytest.mark.parametrize(("text", "low", "high"), COLUMN)
def test_a_pay_column_becomes_yuan_a_month(text, low, high):
    wage = read_pay(text, field="薪资待遇")
    assert wage is not None and (wage.low, wage.high) == (low, high)
    assert wage.evidence[0].field == "薪资待遇" and wage.evidence[0].words in text


@pytest.mark.parametrize(
    "text", ["", "面议", "电议", "按公司规定", "13800000000", "3-5", "300", "优厚", "a3000", "详见描述"]
)
def test_a_column_without_an_amount_is_unknown_pay(text):
    assert read_pay(text, field="薪资待遇") is None


FREE = [
    ("薪资待遇：2200元-3000 元", 2200, 3000),
    ("招电工2名，工资2500元/月，包住", 2500, 2500),
    ("4、综合工资4000-6000，包吃住", 4000, 6000),
    ("无责任底薪2300+提成+奖金", 2300, None),
    ("试用期2400元/月，转正2800元/月，另有餐补", 2800, 2800),
    ("厨师 4000元以上/月", 4000, None),
    ("待遇：3000~5000元/月", 3000, 5000),
    ("采摘一天150块，日结", 3900, 3900),
    ("月薪：2500元——8000元。任职要求：男性", 2500, 8000),
    ("管吃住，一个月三千五", 3500, 3500),
    ("薪资：1500---4000元+保险", 1500, 4000),
    ("底薪2000元/月+220元/月全勤", 2000, None),
]


@pytest.mark.parametrize(("text", "low", "high"), FREE)
def test_pay_in_running_text_needs_a_word_or_unit_of_pay(text, low, high):
    wage = read_pay(text, field="岗位描述", free=True)
    assert wage is not None and (wage.low, wage.high) == (low, high)


@pytest.mark.parametrize(
    "text",
    [
        "公司注册资金1000万元",
        "全勤奖200元/月",
        "餐补300元/月，话补100元/月",
        "员工3000人，占地5000平米",
        "成立于2015年，年产值8000万元",
        "电话13900000000",
        "缴纳押金2000元",
        "工龄补贴每满1年150元/月",
        "路边2000米处",
        "客户5000家以上",
        "公司电话8001234",
        "2015年3月",
        "10万平米项目的管理经验",
        "欠款5000元",
        "医药费花了30000元",
        "体检费80元",
    ],
)
def test_other_amounts_in_running_text_are_not_pay(text):
    assert read_pay(text, field="岗位描述", free=True) is None


def test_piece_pay_stays_unknown_by_the_month_unless_it_is_stated():
    for text in ("计件", "0.3元/件", "多劳多得"):
        wage = read_pay(text, field="薪资待遇")
        assert wage is not None and wage.unit is WageUnit.PIECE and wage.low is None


@pytest.mark.parametrize(
    ("text", "unit", "assumption"),
    [
        ("200元/天", WageUnit.DAY, "DAYS_26"),
        ("20元/小时", WageUnit.HOUR, "HOURS_8_DAYS_26"),
        ("6万/年", WageUnit.YEAR, "MONTHS_12"),
        ("4000", WageUnit.MONTH, ""),
    ],
)
def test_converted_pay_names_its_assumption(text, unit, assumption):
    wage = read_pay(text, field="薪资待遇")
    assert wage is not None and (wage.unit, wage.assumption) == (unit, assumption)


def test_the_assumptions_can_be_given_by_the_caller():
    days = PayAssumptions(days_per_month=22, hours_per_day=8, full_day_hours=7)
    wage = read_pay("200/天", field="薪资待遇", assumptions=days)
    assert wage is not None and wage.low == 4400 and wage.assumption == "DAYS_22"
    assert office_assumptions() == PayAssumptions(days_per_month=26, hours_per_day=8, full_day_hours=7)


@given(st.text(max_size=60), st.booleans())
def test_no_text_breaks_the_reader_of_pay(text, free):
    wage = read_pay(text, field="薪资待遇", free=free)
    assert wage is None or all(value is None or value > 0 for value in (wage.low, wage.high))


@given(st.text(alphabet="0123456789.-~千万k元/月天小时年一二三百+以上薪，", max_size=24))
def test_pay_like_noise_never_gives_a_range_upside_down(text):
    wage = read_pay(text, field="薪资待遇")
    assert wage is None or wage.low is None or wage.high is None or wage.low <= wage.high
