"""Every obstacle can be said, done something about and looked back at, in both languages."""

from __future__ import annotations

from importlib.resources import files

import pytest

from matcher.guidance.obstacles import CATALOGUE, COVERED, LESSER
from matcher.guidance.steps import LOOKED_AT, tactics
from matcher.reference.tables import read_table
from matcher.wording import load_catalogue

SENTENCES = load_catalogue("matcher.wording").sentences
CODES = [code for code, _ in (*CATALOGUE, *LESSER)]
SPOKEN_UNDER = {
    "CARE": ("CARE_SCHOOL", "CARE_CHILD", "CARE_ELDER", "CARE_FAMILY"),
    "HOME": ("HOME", "HERD"),
    "CONFIDENTIAL": ("CONFIDENTIAL", "RECORD"),
    "PAPER_MISSING": ("PAPER_MISSING", "CERT_MISSING"),
    "SEASON": ("SEASON", "SEASON_ASK"),
    "EXPECTATION": ("EXPECTATION", "EXPECTATION_FOUND"),
    "AGE_LIMIT": ("AGE_LIMIT", "OVER_AGE", "MINOR", "AGE_SITE"),
    "NO_EXPERIENCE": ("NO_EXPERIENCE", "GRADUATE"),
    "FEW_NEAR": ("FEW_NEAR", "NONE_NEAR"),
}
"""Obstacles that are told in several ways."""
WITHOUT_TACTIC = {"FEW_NEAR", "NEW_TO_WORK", "PAY_BELOW", "WAY_UNKNOWN"}
"""What the call to the first posting already deals with."""
PRIVATE = [row["code"] for row in read_table("obstacles") if row["private"] == "1"]
CAUSES = ("病", "残", "伤残", "债", "刑", "判", "牢", "孕", "酒", "贫", "低保", "监测", "手术", "脱贫")


@pytest.mark.parametrize("code", CODES)
def test_an_obstacle_is_told_in_both_languages(code: str) -> None:
    for spoken in SPOKEN_UNDER.get(code, (code,)):
        assert SENTENCES[f"OBSTACLE_{spoken}"]["en"]


@pytest.mark.parametrize("code", sorted(set(CODES) - WITHOUT_TACTIC))
def test_an_obstacle_has_a_tactic_with_somebody_and_a_day(code: str) -> None:
    tactic = tactics()[code]
    assert tactic.step in SENTENCES
    assert f"WHO_{tactic.who.upper()}" in SENTENCES
    assert 1 <= tactic.days <= 14


def test_the_tactics_and_the_obstacles_are_the_same_set() -> None:
    assert set(tactics()) == set(CODES) - WITHOUT_TACTIC
    assert set(COVERED) | set(COVERED.values()) <= set(CODES)


@pytest.mark.parametrize("code", sorted(LOOKED_AT))
def test_what_is_looked_back_at_is_an_obstacle_with_a_sentence(code: str) -> None:
    assert code in CODES
    assert f"LOOK_{code}" in SENTENCES


@pytest.mark.parametrize("code", PRIVATE)
def test_private_obstacles_name_no_cause(code: str) -> None:
    steps = [tactics()[code].step, *(name for name in SENTENCES if name.startswith("SUITS_"))]
    told = [f"{kind}_{spoken}" for spoken in SPOKEN_UNDER.get(code, (code,)) for kind in ("OBSTACLE", "TO_ASK")]
    for name in (*told, *steps):
        text = SENTENCES[name]["zh"] if name in SENTENCES else ""
        assert not any(cause in text for cause in CAUSES), text


def test_sentences_of_guidance_hold_no_full_stop_that_would_cut_them() -> None:
    begins = ("OBSTACLE_", "TO_ASK_", "STEP_", "STRENGTH_", "CLAUSE_", "WHY_", "LOOK_", "AVOID_", "SAY_", "GUIDE_")
    former = files("matcher.wording").joinpath("guidance_former.csv").read_text(encoding="utf-8")
    for code, row in SENTENCES.items():
        if code.startswith(begins) and f"\n{code}," not in former:
            assert not any(stop in row["zh"] for stop in "。；！？"), code
