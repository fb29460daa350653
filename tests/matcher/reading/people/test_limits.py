"""Limits of health, law and document in the words of coordinators."""

from __future__ import annotations

from datetime import date

import pytest

from matcher.domain.worker import Sex, Worker
from matcher.reading.people.cells import cells_of
from matcher.reading.people.limits import limits_of_card, merged, read_limits

READ_ON = date(2026, 5, 20)


def limits(text: str, sex: Sex | None = None) -> dict[str, date | None]:
    """Constraint codes read from the remarks, with the day they end."""
    cells = cells_of(Worker(ref="T", name="某", remarks=text))
    return {found.code: found.until for found in merged(read_limits(cells, read_on=READ_ON, sex=sex))}


STATED = [
    ("布病，干不了养殖", "NO_LIVESTOCK"),
    ("前年查出布鲁氏菌病，还在治", "NO_LIVESTOCK"),
    ("前年查出布鲁氏菌病，治好了", "NO_LIVESTOCK"),
    ("在煤矿干了十年，有尘肺", "NO_DUST"),
    ("哮喘，闻不了灰", "NO_DUST"),
    ("腰脱", "NO_HEAVY"),
    ("腰间盘突出，累了就犯", "NO_HEAVY"),
    ("腰不行，别的都好", "NO_HEAVY"),
    ("大夫说不能干重活", "NO_HEAVY"),
    ("重活干不了，轻快活行", "NO_HEAVY"),
    ("只能干点轻活", "NO_HEAVY"),
    ("恐高", "NO_HEIGHT"),
    ("不敢上架子", "NO_HEIGHT"),
    ("登高的活不行", "NO_HEIGHT"),
    ("有癫痫，一直吃药", "NO_MACHINE"),
    ("有癫痫，一直吃药", "NO_DRIVING"),
    ("红绿色弱", "NO_COLOUR_TASK"),
    ("体检色盲", "NO_COLOUR_TASK"),
    ("风湿，不能沾凉水", "NO_COLD_WET"),
    ("老寒腿怕凉", "NO_COLD_WET"),
    ("耳背，打电话听不清", "NO_PHONE"),
    ("听力残疾三级", "NO_PHONE"),
    ("腿脚不便，走道费劲", "NO_STANDING"),
    ("小儿麻痹，拄拐", "STEP_FREE_ACCESS"),
    ("膝盖疼，站不住", "NO_STANDING"),
    ("站时间长了受不了", "NO_STANDING"),
    ("眼睛不行了，看不清道", "NO_DRIVING"),
    ("白内障没做", "NO_DRIVING"),
    ("智力残疾四级，能干简单活", "SUPERVISED"),
    ("精神二级，按时吃药", "SUPERVISED"),
    ("怀孕五个月", "PREGNANT"),
    ("孩子八个月，还吃奶", "LACTATION"),
    ("刚生完二胎", "LACTATION"),
    ("孩子不到一岁", "LACTATION"),
    ("酒驾，驾照吊销了", "NO_DRIVING"),
    ("有案底", "NO_SECURITY"),
    ("早年犯过事，蹲过三年", "NO_SECURITY"),
    ("熬不了夜", "NO_NIGHT"),
    ("只能上白班", "NO_NIGHT"),
    ("除了夜班都行", "NO_NIGHT"),
    ("夜班、倒班都不行", "NO_NIGHT"),
    ("不能加班", "NO_OVERTIME"),
    ("油漆过敏", "NO_CHEMICAL"),
    ("只能在家干点手工", "AT_HOME"),
    ("想跟媳妇一起，最好夫妻工", "COUPLE_POST"),
    ("回族，吃清真", "HALAL"),
    ("被网上刷单骗过", "ANTI_FRAUD"),
    ("前夫总来骚扰，别让他知道在哪上班", "CONFIDENTIAL"),
    ("手抖，拿不稳东西", "NO_MACHINE"),
    ("心脏放了两个支架", "NO_HEIGHT"),
    ("高血压，药没断过", "NO_HEIGHT"),
]

NOT_STATED = [
    ("老伴腰脱，她身体挺好", "NO_HEAVY"),
    ("婆婆瘫痪，腿脚不便，离不开人", "NO_STANDING"),
    ("照顾有癫痫的儿子", "NO_MACHINE"),
    ("没有腰疼的毛病", "NO_HEAVY"),
    ("不怕干重活", "NO_HEAVY"),
    ("不是不能干重活，就是嫌钱少", "NO_HEAVY"),
    ("不恐高，上塔吊都行", "NO_HEIGHT"),
    ("体检不色盲", "NO_COLOUR_TASK"),
    ("没有案底，身家清白", "NO_SECURITY"),
    ("听说他以前蹲过监狱，没核实", "NO_SECURITY"),
    ("在监狱食堂做过饭", "NO_SECURITY"),
    ("布病检查阴性", "NO_LIVESTOCK"),
    ("当过动物防疫员，打布病疫苗", "NO_LIVESTOCK"),
    ("不怕熬夜，夜班也行", "NO_NIGHT"),
    ("儿媳妇刚生完孩子，得伺候月子", "LACTATION"),
    ("孙子八个月", "LACTATION"),
    ("会伺候月子，照护过产妇", "LACTATION"),
    ("孩子十八个月了，断奶了", "LACTATION"),
    ("媳妇怀孕五个月", "PREGNANT"),
    ("腰腿都好，能扛能抬", "NO_HEAVY"),
    ("不怕加班", "NO_OVERTIME"),
    ("骨折过，现在好利索了", "NO_HEAVY"),
    ("眼睛好使，绣花没问题", "NO_DRIVING"),
    ("在家种地", "AT_HOME"),
    ("不爱喝酒", "NO_DRIVING"),
    ("跑腿送货都干过", "NO_STANDING"),
    ("两口子种地过日子", "COUPLE_POST"),
]


@pytest.mark.parametrize(("text", "code"), STATED)
def test_a_limit_is_found_in_everyday_words(text: str, code: str) -> None:
    assert code in limits(text)


@pytest.mark.parametrize(("text", "code"), NOT_STATED)
def test_words_about_others_denials_and_cures_are_no_limit(text: str, code: str) -> None:
    assert code not in limits(text)


@pytest.mark.parametrize(
    ("text", "code", "until"),
    [
        ("驾照吊销到2027年3月", "NO_DRIVING", date(2027, 3, 31)),
        ("刚做完手术，三个月内不能干重活", "NO_HEAVY", date(2026, 8, 19)),
        ("腰脱，不能干重活", "NO_HEAVY", None),
    ],
)
def test_a_limit_that_ends_carries_the_day(text: str, code: str, until: date | None) -> None:
    assert limits(text)[code] == until


def test_the_protection_of_mothers_is_not_put_on_a_father() -> None:
    assert "LACTATION" not in limits("孩子八个月", Sex.MALE)
    assert "LACTATION" in limits("孩子八个月", Sex.FEMALE)


def test_words_about_health_and_record_are_private_and_wishes_are_not() -> None:
    cells = cells_of(Worker(ref="T", name="某", remarks="布病，有案底，只能在家干点手工"))
    found = {limit.code: limit.evidence[0] for limit in read_limits(cells, read_on=READ_ON, sex=None)}
    assert found["NO_LIVESTOCK"].shown() == "情况说明"
    assert found["NO_SECURITY"].shown() == "情况说明"
    assert "在家" in found["AT_HOME"].shown()


def test_a_hearing_card_asks_for_written_contact_only() -> None:
    assert [limit.code for limit in limits_of_card("2")] == ["NO_PHONE"]
    assert limits_of_card("") == ()
