"""Codes and arguments become sentences, also those of plans stored under older catalogues."""

from __future__ import annotations

from matcher.domain.facts import Phrase, PhraseValue
from matcher.wording import Catalogue, Wording

CATALOGUE = Catalogue(
    {
        "PLAIN": {"zh": "就这样", "en": "like this", "mn": ""},
        "PAY": {"zh": "每月{pay}元，{done}，{ends_on}止", "en": "{pay} yuan, {done}, until {ends_on}", "mn": ""},
        "DID": {"zh": "干过{done}{for_years}{said}", "en": "has done {done} {for_years} {said}", "mn": ""},
        "GO": {"zh": "先问{goal}", "en": "ask {goal} first", "mn": ""},
        "SUITS": {"zh": "找{suits}的活", "en": "look for {suits} work", "mn": ""},
        "SUITS_NO_HEAVY": {"zh": "轻便", "en": "light", "mn": ""},
        "SUITS_NO_HEIGHT": {"zh": "在平地上", "en": "ground-level", "mn": ""},
        "SAID": {"zh": "（“{words}”）", "en": "(“{words}”)", "mn": ""},
        "FOR_YEARS": {"zh": "{words}年", "en": "for {words} years", "mn": ""},
        "GOAL": {"zh": "“{words}”", "en": "“{words}”", "mn": ""},
        "GOAL_NONE": {"zh": "下一份活", "en": "the next job", "mn": ""},
        "VALUE_NONE": {"zh": "未知", "en": "unknown", "mn": ""},
        "VALUE_TRUE": {"zh": "是", "en": "yes", "mn": ""},
    }
)


def _wording(language: str) -> Wording:
    return Wording(CATALOGUE, language, lambda kind, code, lang: f"<{code}>")


def test_numbers_codes_and_dates_are_said_as_people_say_them() -> None:
    args = {"pay": 3120.0, "done": "welder sewing_worker", "ends_on": "2026-06-24"}
    assert _wording("zh").say(Phrase("PAY", dict(args))) == "每月3120元，<welder>、<sewing_worker>，2026年6月24日止"
    assert _wording("en").say(Phrase("PAY", dict(args))) == "3120 yuan, <welder>, <sewing_worker>, until 24 Jun 2026"


def test_a_plan_stored_before_an_argument_was_added_can_still_be_read() -> None:
    assert _wording("zh").say(Phrase("PAY", {"pay": 1, "done": "welder"})) == "每月1元，<welder>，未知止"


def test_mongolian_falls_back_to_chinese() -> None:
    assert _wording("mn").text("PLAIN") == "就这样"


def test_an_argument_that_may_be_empty_leaves_no_trace_where_it_is() -> None:
    bare: dict[str, PhraseValue] = {"done": "welder", "for_years": None, "said": ""}
    assert _wording("zh").say(Phrase("DID", bare)) == "干过<welder>"
    assert _wording("en").say(Phrase("DID", bare)) == "has done <welder>"
    full: dict[str, PhraseValue] = {"done": "welder", "for_years": 5.0, "said": "焊管子"}
    assert _wording("zh").say(Phrase("DID", full)) == "干过<welder>5年（“焊管子”）"
    assert _wording("en").say(Phrase("DID", full)) == "has done <welder> for 5 years (“焊管子”)"


def test_without_a_goal_the_talk_is_about_the_next_job() -> None:
    assert _wording("zh").say(Phrase("GO", {"goal": ""})) == "先问下一份活"
    assert _wording("zh").say(Phrase("GO", {"goal": "保洁员"})) == "先问“保洁员”"
    assert _wording("zh").say(Phrase("GO", {})) == "先问下一份活"


def test_the_clauses_of_a_sentence_are_joined_by_commas_all_the_way_down() -> None:
    inner = Phrase("GO", {"goal": "保洁员"}, parts=(Phrase("PLAIN"),))
    sentence = Phrase("DID", {"done": "welder"}, parts=(inner, Phrase("SUITS", {"suits": "NO_HEAVY NO_HEIGHT"})))
    assert _wording("zh").say(sentence) == "干过<welder>，先问“保洁员”，就这样，找轻便、在平地上的活"
    assert _wording("en").say(sentence).endswith(", like this, look for light, ground-level work")
