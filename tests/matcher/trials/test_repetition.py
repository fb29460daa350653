"""The measure of how much of the guidance would fit anybody."""

from __future__ import annotations

from typing import Any

from matcher.trials.repetition import repetition


def a_plan(ref: str, *steps: str, name: str = "包雪梅", employer: str = "西沟车间", say: str = "") -> dict[str, Any]:
    """A plan with these steps."""
    session = {
        "opening": "",
        "say": say,
        "guide": "王主任",
        "place": "西沟村",
        "steps": [{"text": text} for text in steps],
    }
    matches = [{"employer": employer, "place": "大沁他拉镇"}]
    return {"worker": {"ref": ref, "name": name, "village": "西沟村"}, "guidance": session, "matches": matches}


def test_sentences_that_differ_only_in_names_and_numbers_are_the_same() -> None:
    plans = [
        a_plan(f"P{at}", f"{at}号去第{at}家车间问保洁的活，每月三千", name=f"人甲{at}", employer=f"第{at}家车间")
        for at in range(6)
    ]
    found = repetition(plans)
    assert (found.sentences, found.shared, found.share) == (6, 6, 1.0)
    assert found.worst[0].people == 6
    assert "＿" in found.worst[0].sentence


def test_five_people_may_share_a_sentence_and_six_may_not() -> None:
    plans = [a_plan(f"P{at}", "带上旧证去窗口复审换证") for at in range(5)]
    assert repetition(plans).share == 0
    assert repetition([*plans, a_plan("P9", "带上旧证去窗口复审换证")]).share == 1


def test_one_person_who_hears_a_sentence_often_is_still_one_person() -> None:
    assert repetition([a_plan("P1", *["带上旧证去窗口复审换证"] * 9)]).share == 0


def test_short_stretches_and_people_without_a_session_do_not_count() -> None:
    bare = {"worker": {"ref": "P8", "name": "某某", "village": ""}, "guidance": None, "matches": []}
    assert repetition([a_plan("P1", "身份证", say="我会缝纫。我住得近"), bare]).sentences == 0


def test_texts_are_cut_at_full_stops_only() -> None:
    found = repetition([a_plan("P1", "先去问工资怎么发，再问有没有班车。没成就换下一家车间去问；回来说一声结果怎么样")])
    assert found.sentences == 3


def test_other_names_can_be_blanked_too() -> None:
    plans = [a_plan(f"P{at}", f"到{town}镇上的窗口登记一下") for at, town in enumerate(["开鲁", "鲁北", "库伦"])]
    assert repetition(plans, few=2).share == 0
    assert repetition(plans, names=["开鲁", "鲁北", "库伦"], few=2).share == 1
