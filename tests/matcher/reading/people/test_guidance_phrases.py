"""What a talk with a person needs, in the words of coordinators, and words that only look like it."""

from __future__ import annotations

import pytest

from matcher.domain.worker import Worker
from matcher.reading.people.care import read_care
from matcher.reading.people.cells import cells_of
from matcher.reading.people.phrases.tables import load_rules
from matcher.reading.people.situations import read_situations
from matcher.reference.tables import read_table
from tests.factories import DAY


def situations(text: str) -> set[str]:
    """Situation codes read from the remarks."""
    return {term.code for term in read_situations(cells_of(Worker(ref="T", name="某", remarks=text)))}


SAID = [
    ("他男人打她，别往外说她上哪了", "CONFIDENTIAL"),
    ("单位、村里都不要公布名字", "CONFIDENTIAL"),
    ("怕前夫找上门", "CONFIDENTIAL"),
    ("因为伤人进去四年，今年三月出来的", "RECORD"),
    ("司法所要求每月报到", "RECORD"),
    ("网贷欠了十一万，月月要还三千五", "DEBT"),
    ("欠亲戚六万", "DEBT"),
    ("有人叫他去边境那边，说一个月三万", "FRAUD_RISK"),
    ("网友招他去缅北，还给买机票", "FRAUD_RISK"),
    ("挖掘机证丢了", "PAPER_LOST"),
    ("本子找不着了，得补办", "PAPER_LOST"),
    ("养老保险再交二十来个月就到年头了", "NEAR_PENSION"),
    ("干过汽修三天、快递五天、饭店一礼拜，都跑了", "DROPPED_OUT"),
    ("干了几家都没干长", "DROPPED_OUT"),
    ("想跟老乡一块", "WANTS_COMPANY"),
    ("有伴就能待住", "WANTS_COMPANY"),
    ("得有人带一带", "WANTS_TEACHER"),
    ("没师傅教，干不明白", "WANTS_TEACHER"),
    ("婆婆能搭把手", "CARE_HELP"),
    ("公公婆婆能照看孩子", "CARE_HELP"),
    ("能吃苦，干活利索", "WORKS_WELL"),
    ("随时能上岗", "READY_NOW"),
    ("收完秋就能走", "READY_NOW"),
    ("没啥牵扯，走得开", "NO_TIES"),
    ("打电话中午接得上", "REACH_TIME"),
    ("头一回找工作", "NO_EXPERIENCE"),
    ("六月底拿毕业证", "GRADUATE"),
    ("想找有五险的", "WANTS_INSURANCE"),
    ("合同2026-07-05到期，不一定续", "CONTRACT_ENDS"),
    ("现在的活冬天就没了", "CONTRACT_ENDS"),
    ("招工的单子要给念", "LOW_LITERACY"),
    ("四月种到十月秋收离不开人", "SEASONAL_FARM"),
]
NOT_SAID = [
    ("身份证丢了", "PAPER_LOST"),
    ("毕业证丢了补不了", "PAPER_LOST"),
    ("证丢了，已经补回来了", "PAPER_LOST"),
    ("老板欠他两万工资", "DEBT"),
    ("没有网贷", "DEBT"),
    ("在厂里面学过缝纫", "RECORD"),
    ("孩子没人带", "WANTS_TEACHER"),
    ("有人带孩子", "WANTS_TEACHER"),
    ("想要会蒙语的领工带", "WANTS_TEACHER"),
    ("老伴走得早", "WANTS_COMPANY"),
    ("没有伴也行", "WANTS_COMPANY"),
    ("婆婆不能帮忙了", "CARE_HELP"),
    ("婆婆的养老保险再交两年", "NEAR_PENSION"),
    ("牛都跑了", "DROPPED_OUT"),
    ("老板跑了，三个月的活都白干了", "DROPPED_OUT"),
    ("干活慢", "WORKS_WELL"),
    ("没力气", "WORKS_WELL"),
    ("家里走不开", "NO_TIES"),
    ("当过客服，接电话能接一天", "REACH_TIME"),
    ("儿子第一次找工作", "NO_EXPERIENCE"),
    ("儿子拿了毕业证", "GRADUATE"),
    ("在保险公司上班", "WANTS_INSURANCE"),
    ("想去泰国旅游", "FRAUD_RISK"),
    ("孩子要念书", "LOW_LITERACY"),
    ("给人种地", "SEASONAL_FARM"),
]


@pytest.mark.parametrize(("text", "code"), SAID)
def test_what_a_talk_needs_is_recognised(text: str, code: str) -> None:
    assert code in situations(text)


@pytest.mark.parametrize(("text", "code"), NOT_SAID)
def test_tempting_words_are_not_taken_for_it(text: str, code: str) -> None:
    assert code not in situations(text)


def test_every_code_is_known_and_private_ones_hide_their_words() -> None:
    private = {row["code"]: row["private"] == "1" for row in read_table("situations")}
    for rule in load_rules("guidance_phrases"):
        assert set(rule.codes) <= private.keys()
        assert rule.private == any(private[code] for code in rule.codes)


def test_the_hour_one_can_be_telephoned_is_no_duty_at_home() -> None:
    cells = cells_of(Worker(ref="T", name="某", remarks="打电话中午接得上"))
    assert [item.code for item in read_care(cells, daily_return=None, transport=None, read_on=DAY)] == []
