"""Situations of a life in the words of coordinators."""

from __future__ import annotations

import pytest

from matcher.domain.worker import Worker
from matcher.reading.people.cells import cells_of
from matcher.reading.people.phrases.tables import load_rules
from matcher.reading.people.situations import read_situations
from matcher.reference.lexicon import load_lexicon
from matcher.reference.tables import read_table


def situations(text: str) -> set[str]:
    """Situation codes read from the remarks."""
    return {term.code for term in read_situations(cells_of(Worker(ref="T", name="某", remarks=text)))}


SAID = [
    ("今年大专毕业，学幼教的", "GRADUATE"),
    ("2025年中专毕业生", "GRADUATE"),
    ("刚从北京家来", "RETURNED"),
    ("年前返乡，没再出去", "RETURNED"),
    ("自家养着四十头牛，忙不过来", "SELF_EMPLOYED"),
    ("养了200只羊，够过日子", "SELF_EMPLOYED"),
    ("在镇上开了个小卖部", "SELF_EMPLOYED"),
    ("人已去世，待销户", "DEAD"),
    ("电话打不通，联系不上", "AWAY"),
    ("常年在外，不在村", "AWAY"),
    ("户口已迁走", "MOVED_AWAY"),
    ("现在在旗里饭店上班", "ALREADY_WORKING"),
    ("没有就业意愿", "UNWILLING"),
    ("暂时不想找工作", "UNWILLING"),
    ("常年卧床", "LOST_LABOUR"),
    ("不识字", "LOW_LITERACY"),
    ("没念过书，只会写自己名", "LOW_LITERACY"),
    ("没有手机，电话是儿子的", "NO_OWN_PHONE"),
    ("用老年机，不会微信", "NO_SMARTPHONE"),
    ("得接送孙子上学", "CARE_CHILD"),
    ("婆婆卧床，得伺候", "CARE_ELDER"),
    ("去年在工地干活，工资还没给", "WAGE_ARREARS"),
    ("包工头欠他八千块工钱", "WAGE_ARREARS"),
    ("没出过远门，不敢坐火车", "AFRAID_TO_LEAVE"),
    ("想自己开个奶食品店", "WANTS_BUSINESS"),
    ("琢磨着养几头牛", "WANTS_BUSINESS"),
    ("在工地摔伤过", "INJURED"),
    ("肢体残疾三级", "DISABILITY"),
    ("欠外债八万", "DEBT"),
    ("信用卡逾期", "DEBT"),
    ("低保户", "POVERTY"),
    ("刑满释放回来的", "RECORD"),
    ("家里就他一个劳力", "SOLE_EARNER"),
    ("全家靠他一个人", "SOLE_EARNER"),
    ("厂子黄了，上个月回来的", "JUST_LOST_JOB"),
    ("上个月被裁了", "JUST_LOST_JOB"),
    ("干啥都干不长，换过五六个厂", "DROPPED_OUT"),
    ("正在读高二", "IN_SCHOOL"),
    ("初中没念完就辍学了", "LEFT_SCHOOL"),
    ("有人介绍去缅甸，说是高薪", "FRAUD_RISK"),
    ("前夫总来骚扰，要保密", "CONFIDENTIAL"),
    ("社保还差三年", "NEAR_PENSION"),
    ("现在公益岗上护林，十月到期", "PUBLIC_POST_HELD"),
    ("没啥工作经验", "NO_EXPERIENCE"),
    ("参加过电焊培训，一直没用上", "TRAINED_UNUSED"),
    ("会电焊，没证", "CERT_MISSING"),
    ("想跟媳妇一起出去", "COUPLE"),
    ("当过兵", "VETERAN"),
    ("离异，自己带孩子", "SINGLE_PARENT"),
    ("住在安置区", "RESETTLED"),
]
NOT_SAID = [
    ("丈夫去世三年了", "DEAD"),
    ("给人放羊，放了三百只羊", "SELF_EMPLOYED"),
    ("以前养四十头牛，都卖了", "SELF_EMPLOYED"),
    ("家里有两头牛", "SELF_EMPLOYED"),
    ("想开个小卖部", "SELF_EMPLOYED"),
    ("儿子在校读高中", "IN_SCHOOL"),
    ("供闺女上大学", "IN_SCHOOL"),
    ("孩子今年大学毕业", "GRADUATE"),
    ("每天晚上回家", "RETURNED"),
    ("没有外债", "DEBT"),
    ("老板欠他工资", "DEBT"),
    ("怕被拖欠工资", "WAGE_ARREARS"),
    ("不怕出远门", "AFRAID_TO_LEAVE"),
    ("没有案底", "RECORD"),
    ("想要个公益岗", "PUBLIC_POST_HELD"),
    ("不会开车", "NO_SMARTPHONE"),
    ("婆婆能自理，不用照顾", "CARE_ELDER"),
    ("会照顾老人，干过护工", "CARE_ELDER"),
    ("没有残疾", "DISABILITY"),
    ("婆婆不识字", "LOW_LITERACY"),
    ("找不到合适的活", "AWAY"),
]


@pytest.mark.parametrize(("text", "code"), SAID)
def test_a_situation_is_recognised(text: str, code: str) -> None:
    assert code in situations(text)


@pytest.mark.parametrize(("text", "code"), NOT_SAID)
def test_look_alikes_and_relatives_are_no_situation(text: str, code: str) -> None:
    assert code not in situations(text)


def test_private_situations_hide_their_words() -> None:
    terms = read_situations(cells_of(Worker(ref="T", name="某", remarks="欠外债八万，刑满回来，想开店")))
    shown = {term.code: term.evidence[0].shown() for term in terms}
    assert shown["DEBT"] == shown["RECORD"] == "情况说明"
    assert "想开店" in shown["WANTS_BUSINESS"]


def test_every_code_of_the_phrase_tables_is_known() -> None:
    known = {row["code"] for row in read_table("situations")}
    constraints = load_lexicon().constraints
    assert {code for rule in load_rules("situation_phrases") for code in rule.codes} <= known
    assert {code for rule in load_rules("limit_phrases") for code in rule.codes} <= set(constraints)
    for table in ("care_duties", "disability_kinds"):
        assert {code for row in read_table(table) for code in row["codes"].split()} <= set(constraints)


def test_every_rule_about_a_private_constraint_hides_its_words_or_is_a_plain_wish() -> None:
    constraints = load_lexicon().constraints
    plain = {rule.pattern.pattern for rule in load_rules("limit_phrases") if not rule.private}
    hidden = {
        rule.pattern.pattern
        for rule in load_rules("limit_phrases")
        if any(constraints[code].private for code in rule.codes)
    }
    assert not plain & hidden
