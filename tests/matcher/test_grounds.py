"""Every ground of an exclusion is said in words a clerk can pass on."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from matcher import live
from matcher.filters import LIMITS
from matcher.wording import load_catalogue

CATALOGUE = load_catalogue("matcher.wording")
LIVE_GROUNDS = re.findall(r'"(BASIS_[A-Z_]+)"', Path(live.__file__).read_text(encoding="utf-8"))
GROUNDS = sorted({limit.basis for limit in LIMITS} | set(LIVE_GROUNDS))


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("ground", GROUNDS)
def test_a_ground_has_words_that_name_no_design_paper(ground: str, language: str) -> None:
    words = CATALOGUE.template(ground, language)
    assert words
    assert "domain" not in words


def test_postings_closed_to_everybody_name_a_ground_too() -> None:
    assert len(LIVE_GROUNDS) == 6
