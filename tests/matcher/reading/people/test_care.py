"""Care, school runs, hours, distance and season in the words of coordinators."""

from __future__ import annotations

from datetime import date

import pytest

from matcher.domain.worker import Constraint, Transport, Worker
from matcher.reading.people.care import read_care
from matcher.reading.people.cells import cells_of
from matcher.reading.people.limits import merged

READ_ON = date(2026, 5, 20)


def care(*, daily_return: bool | None = None, transport: Transport | None = None, **texts: str) -> list[Constraint]:
    """Constraints read from the given columns."""
    cells = cells_of(Worker(ref="T", name="某", **texts))  # type: ignore[arg-type]
    return list(merged(read_care(cells, daily_return=daily_return, transport=transport, read_on=READ_ON)))


def values(text: str, code: str, field: str = "care_text") -> tuple[int, ...] | None:
    """The values of one constraint, None where it was not read."""
    return next((found.values for found in care(**{field: text}) if found.code == code), None)


STATED = [
    ("接送上小学的孙子", "HOURS", (480, 960)),
    ("接送上小学的孙子", "DAY_RETURN", ()),
    ("早八点送晚四点接", "HOURS", (480, 960)),
    ("孩子7:30送，下午5点接", "HOURS", (450, 1020)),
    ("九点到三点有空", "HOURS", (540, 900)),
    ("下午四点前得回家接孩子", "HOURS", (480, 960)),
    ("孩子上幼儿园，她接送", "HOURS", (510, 960)),
    ("陪读，孩子上三年级", "HOURS", (480, 960)),
    ("中午得回家给老人做饭", "MIDDAY_HOME", ()),
    ("晌午回去给孙子做饭", "MIDDAY_HOME", ()),
    ("婆婆瘫痪，得伺候", "DAY_RETURN", ()),
    ("照顾八十岁老母亲", "DAY_RETURN", ()),
    ("孩子小，没人带", "DAY_RETURN", ()),
    ("晚上得在家", "NO_NIGHT", ()),
    ("夜里离不开人，晚上要陪老伴", "NO_NIGHT", ()),
    ("早晚得喂牛", "DAY_RETURN", ()),
    ("每天都得回家", "DAY_RETURN", ()),
    ("当天能回就行", "DAY_RETURN", ()),
    ("不能住宿舍", "DAY_RETURN", ()),
    ("周末回家就行", "WEEKEND_HOME", ()),
    ("半个月能回趟家就中", "WEEKEND_HOME", ()),
    ("一天最多干五个小时", "PART_TIME", (5,)),
    ("想找个半天的活", "PART_TIME", (4,)),
    ("只能干四五个小时", "PART_TIME", (4,)),
    ("离家五里地以内", "MAX_KM", (2,)),
    ("离家别超过十公里", "MAX_KM", (10,)),
    ("最远20里", "MAX_KM", (10,)),
    ("骑电动车半小时以内", "MAX_KM", (10,)),
    ("骑电动车仨钟头以内能到", "MAX_KM", (60,)),
    ("走路二十分钟以内", "MAX_KM", (1,)),
    ("农忙五月到九月走不开", "SEASONAL", (10, 4)),
    ("11月到3月能出去打工", "SEASONAL", (11, 3)),
    ("只能冬闲出去干", "SEASONAL", (11, 3)),
]
NOT_STATED = [
    ("孩子大了，不用接送", "HOURS"),
    ("孩子婆婆给接送", "HOURS"),
    ("婆婆帮着带孩子", "DAY_RETURN"),
    ("孩子住校，没啥牵挂", "DAY_RETURN"),
    ("老人身体硬朗，能自理", "DAY_RETURN"),
    ("不用照顾老人", "DAY_RETURN"),
    ("以前在饭店早八点到晚八点上班", "HOURS"),
    ("晚上爱看电视", "NO_NIGHT"),
    ("中午吃得少", "MIDDAY_HOME"),
    ("离北京八百公里", "MAX_KM"),
    ("走了五里地来报名", "MAX_KM"),
    ("种了三十亩地", "SEASONAL"),
    ("2019年5月到9月在北京干保安", "SEASONAL"),
    ("干了半天就不干了", "PART_TIME"),
    ("不要兼职，要长期的", "PART_TIME"),
    ("礼拜天赶集", "WEEKEND_HOME"),
]


@pytest.mark.parametrize(("text", "code", "expected"), STATED)
def test_times_and_distances_are_read_from_everyday_words(text: str, code: str, expected: tuple[int, ...]) -> None:
    field = "care_text" if code in {"HOURS", "MIDDAY_HOME", "DAY_RETURN", "NO_NIGHT"} else "remarks"
    assert values(text, code, field) == expected


@pytest.mark.parametrize(("text", "code"), NOT_STATED)
def test_what_others_do_and_what_is_past_binds_nobody(text: str, code: str) -> None:
    assert values(text, code, "remarks") is None


@pytest.mark.parametrize(
    ("text", "since"),
    [
        ("秋收完才能去", date(2026, 10, 20)),
        ("明年三月以后才能出去", date(2027, 3, 1)),
        ("7月1日后可以上岗", date(2026, 7, 1)),
        ("开春再出去", date(2027, 3, 15)),
        ("下个月才有空", date(2026, 6, 1)),
        ("三个月后能上岗", date(2026, 8, 19)),
    ],
)
def test_the_day_from_which_somebody_can_start_is_read(text: str, since: date) -> None:
    assert next(found.since for found in care(remarks=text) if found.code == "AVAILABLE_FROM") == since


@pytest.mark.parametrize(
    "text", ["2019年3月以后在北京打工", "低压电工证 2026年9月到期", "去年秋收后回来的", "随时能上岗"]
)
def test_past_days_and_validity_are_no_start(text: str) -> None:
    assert not [found for found in care(remarks=text) if found.code == "AVAILABLE_FROM"]


def test_looking_after_the_elderly_as_a_job_is_no_duty() -> None:
    assert not care(wish_text="照顾老人、带孩子的活都行")
    assert not care(remarks="想找个照顾老人的活")


def test_the_column_of_daily_return_counts_and_a_ride_is_told_by_the_own_means() -> None:
    assert [found.code for found in care(daily_return=True)] == ["DAY_RETURN"]
    ride = care(remarks="路上半小时以内", transport=Transport.MOTORBIKE)
    assert [(found.code, found.values) for found in ride] == [("MAX_KM", (18,))]
