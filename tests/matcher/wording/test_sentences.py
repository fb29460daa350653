"""Codes and arguments become sentences, also those of plans stored under older catalogues."""

from __future__ import annotations

from matcher.domain.facts import Phrase
from matcher.wording import Catalogue, Wording

CATALOGUE = Catalogue(
    {
        "PLAIN": {"zh": "就这样", "en": "like this", "mn": ""},
        "PAY": {"zh": "每月{pay}元，{done}，{ends_on}止", "en": "{pay} yuan, {done}, until {ends_on}", "mn": ""},
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
