"""Shifts, hours of the day, days off and seasons."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from matcher.domain.posting import Shift
from tests.matcher.reading.adverts.advert import facts_of

SHIFTS = [
    ("长白班", Shift.DAY),
    ("两班倒", Shift.ROTATING),
    ("三班倒", Shift.ROTATING),
    ("四班三运转", Shift.ROTATING),
    ("早中班轮换", Shift.ROTATING),
    ("需上夜班", Shift.NIGHT),
    ("夜间值守", Shift.NIGHT),
    ("无夜班", Shift.DAY),
    ("不倒班", Shift.DAY),
    ("不上夜班", Shift.DAY),
    ("小时工", Shift.PART_TIME),
    ("兼职", Shift.PART_TIME),
    ("每天4小时", Shift.PART_TIME),
    ("时间自由", Shift.FLEXIBLE),
    ("上24休48", Shift.ROTATING),
    ("上班时间8:00-17:30", Shift.DAY),
    ("8:30-20:30 / 20:30-8:30", Shift.ROTATING),
    ("晚上22:00到次日6:00", Shift.NIGHT),
    ("白班夜班轮换", Shift.ROTATING),
    ("朝九晚五", Shift.DAY),
]


@pytest.mark.parametrize(("text", "shift"), SHIFTS)
def test_the_shift_is_read(text, shift):
    found = facts_of(text).shift
    assert found.value is shift and found.evidence


@pytest.mark.parametrize(
    "text",
    [
        "夜班补贴",
        "白班车",
        "班组长一名",
        "接班人培养",
        "面试时间8:30-17:00",
        "营业时间9:00-21:00",
        "每天100元",
        "半年转正",
        "早餐",
        "上夜校",
        "公交101路",
    ],
)
def test_other_words_say_nothing_of_the_shift(text):
    assert facts_of(text).shift.value is None


WINDOWS = [
    ("8:00-17:30", 480, 1050),
    ("早8点到晚6点", 480, 1080),
    ("上午8点半至下午5点", 510, 1020),
    ("9：00——18：00", 540, 1080),
    ("朝九晚六", 540, 1080),
    ("8:30—12:00 13:00—17:00", 510, 1020),
    ("上午9:30--11:30 下午1:30--5:00", 570, 1020),
    ("8.30-17.30", 510, 1050),
    ("晚22:00-次日6:00", 1320, 360),
    ("工作时间：8:00-17:00（12:00-13:00午休）", 480, 1020),
]


@pytest.mark.parametrize(("text", "start", "end"), WINDOWS)
def test_the_working_day_is_read_in_minutes_after_midnight(text, start, end):
    facts = facts_of(hours_text=text)
    assert (facts.start_minute.value, facts.end_minute.value) == (start, end)


@pytest.mark.parametrize(
    "text", ["面试时间：9:00-16:00", "电话咨询8:30-18:00", "比例3:1", "18-45岁", "公交11-12路", "25:00-26:00"]
)
def test_other_times_are_not_the_working_day(text):
    assert facts_of(text).start_minute.value is None


@pytest.mark.parametrize(
    ("text", "hours"),
    [
        ("每天工作8小时", 8),
        ("八小时工作制", 8),
        ("每天工作12个小时", 12),
        ("5天8小时", 8),
        ("8:30-12:00 13:00-17:00", 7.5),
        ("8:00-17:00", None),
        ("24小时热线", None),
    ],
)
def test_hours_a_day_are_stated_or_summed_but_never_guessed(text, hours):
    assert facts_of(text).hours_per_day.value == hours


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("双休", 8),
        ("单休", 4),
        ("上六休一", 4),
        ("做五休二", 8),
        ("月休四天", 4),
        ("每月休息2天", 2),
        ("大小周", 6),
        ("做一休一", 15),
        ("全月无休。", 0),
        ("带薪年假5天", None),
        ("休闲食品", None),
    ],
)
def test_days_off_a_month(text, days):
    assert facts_of(text).rest_days_per_month.value == days


@pytest.mark.parametrize(
    ("text", "season"),
    [
        ("用工5月-10月", (5, 10)),
        ("季节工，4月到10月底", (4, 10)),
        ("每年四月至九月上班", (4, 9)),
        ("干活时间：11月至次年3月", (11, 3)),
        ("报名时间3月-4月", None),
        ("试用期1-3个月", None),
        ("2015年3月-5月活动", None),
        ("面试3月15日-4月20日", None),
    ],
)
def test_the_months_of_seasonal_work(text, season):
    assert facts_of(text).season.value == season


@given(st.text(alphabet="0123456789:.-~至到早晚上下午点半小时班休天月， ", max_size=30))
def test_no_mixture_of_times_breaks_the_reader(text):
    facts = facts_of(text)
    for value in (facts.start_minute.value, facts.end_minute.value):
        assert value is None or 0 <= value < 24 * 60


@pytest.mark.parametrize(
    ("text", "season"),
    [
        ("干到十月份", (6, 10)),
        ("干到七月末，秋天还用人", (6, 7)),
        ("10月底完活", (6, 10)),
        ("旺季到10月7号", (6, 10)),
        ("干到上冻", (6, 11)),
        ("忙到秋收", (6, 10)),
        ("干到过年", (6, 1)),
        ("干到六月底", None),
        ("干到下班", None),
        ("看到10月的通知再说", None),
        ("3月底完成培训", None),
        ("工资拖到上冻", None),
    ],
)
def test_work_that_only_has_an_end_begins_when_it_is_advertised(text, season):
    assert facts_of(text, published_on=date(2026, 6, 5)).season.value == season
