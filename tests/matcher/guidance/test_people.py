"""Thirty people of another hand: what stands in the way, what is said of it, and nothing that would fit anybody."""

from __future__ import annotations

import json

import pytest

from matcher.trials.repetition import guidance_texts, repetition
from tests.matcher.guidance.roster import Expected, expectations, planned

NEVER = ("脱贫", "监测", "残疾", "布病", "欠债", "饥荒", "怀孕", "哺乳", "前科", "案底", "文盲", "家暴", "{", "None")


@pytest.mark.parametrize("person", expectations(), ids=lambda person: person.ref)
def test_an_officer_finds_what_she_would_have_said(person: Expected) -> None:
    plan = planned()[person.ref]
    codes = {item["code"] for item in plan["guidance"]["obstacles"]}
    for obstacle in person.obstacles:
        assert any(code.startswith(f"OBSTACLE_{obstacle}") for code in codes), codes
    text = " ".join(guidance_texts(plan))
    assert [group for group in person.says if not any(words in text for words in group)] == []


@pytest.mark.parametrize("person", expectations(), ids=lambda person: person.ref)
def test_nothing_private_stands_anywhere_in_a_plan(person: Expected) -> None:
    whole = json.dumps(planned()[person.ref], ensure_ascii=False)
    assert [words for words in person.never if words in whole] == []
    text = " ".join(guidance_texts(planned()[person.ref]))
    assert [words for words in NEVER if words in text] == []


def test_a_session_has_at_most_three_obstacles_two_strengths_and_dated_steps_to_a_last_day() -> None:
    for plan in planned().values():
        session = plan["guidance"]
        assert len(session["obstacles"]) <= 3
        assert len(session["strengths"]) <= 2
        due = [step["due"] for step in session["steps"]]
        assert 1 <= len(due) <= 6
        assert due == sorted(due)
        assert due[-1] == "2026-09-13"


def test_no_sentence_is_shared_by_more_than_two_of_the_thirty() -> None:
    found = repetition(list(planned().values()), few=2)
    assert found.sentences > 250
    assert found.worst == ()


def test_english_sessions_are_whole_and_tidy() -> None:
    for plan in planned("en").values():
        for text in guidance_texts(plan):
            assert "  " not in text
            assert not any(mark in text for mark in (" ,", " .", "( ", "{", "unknown"))


def test_the_same_people_get_the_same_words_again() -> None:
    first = json.dumps(planned(), ensure_ascii=False)
    planned.cache_clear()
    assert json.dumps(planned(), ensure_ascii=False) == first
