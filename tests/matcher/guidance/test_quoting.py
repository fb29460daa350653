"""What may be quoted of a person, and what never is."""

from __future__ import annotations

from datetime import date

import pytest

from matcher.domain.facts import Evidence, LinkedTerm
from matcher.domain.worker import Worker, WorkerFacts
from matcher.guidance.quoting import OwnWords
from matcher.reading.people.discretion import quotable
from matcher.reading.tools import load_tools
from matcher.reading.worker import read_worker


def own(facts: WorkerFacts | None = None, **cells: str) -> OwnWords:
    """The words of somebody with these cells."""
    return OwnWords(Worker(ref="T", name="某", **cells), facts or WorkerFacts())  # type: ignore[arg-type]


def at(label: str, text: str, words: str) -> Evidence:
    """Evidence at its place in a text."""
    return Evidence(label, words, start=text.index(words))


def test_the_clause_around_a_fact_is_quoted_without_the_writers_opening() -> None:
    text = "入户了解：在大连厂子干了六年 原来的活三月断的，想就近干"
    assert own(remarks=text).of([at("情况说明", text, "干了六年")]) == "在大连厂子干了六年"
    assert own(remarks=text).of([at("情况说明", text, "三月断")]) == "原来的活三月断的"


def test_a_long_clause_is_cut_to_the_fact_in_it() -> None:
    text = "他这些年一直都在旗里东头老王家的那个修理铺子里面给人补轮胎换机油什么的"
    assert own(remarks=text).of([at("情况说明", text, "补轮胎换机油")]) == "补轮胎换机油"


def test_a_clause_that_touches_something_private_is_left_out() -> None:
    text = "在矿上干了九年得了尘肺，会看监控"
    words = own(remarks=text)
    assert words.of([at("情况说明", text, "干了九年")]) == ""
    assert words.of([at("情况说明", text, "会看监控")]) == "会看监控"


def test_private_evidence_hides_its_clause_even_where_no_word_gives_it_away() -> None:
    text = "见凉水手就起疙瘩，会缝纫"
    private = Evidence("情况说明", "见凉水", private=True, start=0)
    words = own(WorkerFacts(situations=(LinkedTerm("ILLNESS", (private,)),)), remarks=text)
    assert words.of([at("情况说明", text, "起疙瘩")]) == ""
    assert words.of([at("情况说明", text, "会缝纫")]) == "会缝纫"


def test_ticks_and_bare_numbers_are_no_words_of_ones_own() -> None:
    assert own(wage_text="3000").of([Evidence("期望月薪", "3000", start=0)]) == ""
    assert own().of([Evidence("是否愿意外出", "是")]) == ""


def test_what_is_not_there_is_no_strength() -> None:
    words = own(skills_text="没啥技术，有把力气，不会开车，会和灰")
    assert words.stated("技能特长") == "有把力气，会和灰"
    assert own(skills_text="无").stated("技能特长") == ""
    assert own(skills_text="手艺没的说，干活不惜力").stated("技能特长") == "手艺没的说，干活不惜力"


@pytest.mark.parametrize(
    "words",
    [
        "得过布病",
        "老伴没了",
        "婆婆瘫在炕上",
        "一周透析三回",
        "外头该着人家钱",
        "欠了三万",
        "月月还贷款",
        "因为打架进去两年",
        "男人打她",
        "怀着老二",
        "孩子还吃着奶",
        "吃低保",
        "特校学的",
        "喝酒误事",
        "腰间盘突出",
        "少两根手指",
        "红绿分不清",
    ],
)
def test_words_that_never_stand_on_paper(words: str) -> None:
    assert not quotable(words)


@pytest.mark.parametrize(
    "words",
    [
        "在酒店当服务员",
        "酒厂包装",
        "欠他八千块工钱",
        "想贷款养牛",
        "案板上改刀",
        "伺候月子",
        "会做奶豆腐",
        "接送孙女上学",
        "开钩机六年",
        "有把力气",
    ],
)
def test_words_that_only_look_private(words: str) -> None:
    assert quotable(words)


@pytest.mark.parametrize(
    "words",
    [
        "雨露毕业生",
        "媳妇半身不遂炕上躺着",
        "没想好",
        "随便",
        "现在带俩孩子躲在她大姨家",
        "从婆家跑出来的",
        "心脏搭的桥",
        "心脏一累就不得劲",
        "月月得还帐",
        "在监里学的缝纫",
        "里头待了两年",
        "外头有三万多没还上",
    ],
)
def test_titles_of_aid_illness_hiding_and_wishes_that_are_none_are_not_quoted(words: str) -> None:
    assert not quotable(words)


@pytest.mark.parametrize(
    "words", ["会露两手", "蒙餐做了二十年", "搭过架子", "想干保洁", "欠他2.3万工资没给", "一个月想挣一万"]
)
def test_words_of_work_stay_quotable(words: str) -> None:
    assert quotable(words)


def test_of_somebody_in_hiding_only_work_skills_and_wishes_are_quoted() -> None:
    text = "家暴，住她老姨家，在饭店后厨干过三年，电动车借她老姨的，四点前得到家"
    worker = Worker(ref="T", name="某", remarks=text)
    facts = read_worker(worker, load_tools(), read_on=date(2026, 5, 20))
    words = OwnWords(worker, facts)
    assert words.of(facts.experience[0].evidence) == "在饭店后厨干过三年"
    assert facts.holds("CONFIDENTIAL") and words.of([at("情况说明", text, "电动车借")]) == ""
    told = [item for limit in facts.constraints for item in limit.evidence]
    assert told and all(item.shown() == "情况说明" for item in told)


def test_of_anybody_else_the_way_home_may_be_quoted() -> None:
    text = "在饭店后厨干过三年，四点前得到家"
    worker = Worker(ref="T", name="某", remarks=text)
    facts = read_worker(worker, load_tools(), read_on=date(2026, 5, 20))
    assert "四点前得到家" in OwnWords(worker, facts).of([at("情况说明", text, "四点前得到家")])
