"""Precision and recall on labelled pairs, worked with and held out; what docs/quality.md prints."""

from __future__ import annotations

import pytest

from matcher.domain.incoming.sameness import Verdict
from tests.jobs_feed.sameness.judge import HALVES, judged, told
from tests.jobs_feed.sameness.real_pairs import DATA

MADE = [half for half in HALVES if half != "real adverts"]


@pytest.mark.parametrize("half", MADE)
def test_pairs_are_judged_as_a_person_does(half: str) -> None:
    figures = judged(HALVES[half]())
    wrong = [told(pair, why) for pair, why in figures.wrong]
    assert figures.precision >= 0.98, wrong
    assert figures.recall >= 0.95, wrong


@pytest.mark.skipif(not DATA.is_dir(), reason="the real adverts are not beside this checkout")
def test_real_adverts_are_merged_rightly_or_a_person_is_asked() -> None:
    figures = judged(HALVES["real adverts"]())
    wrong = [told(pair, why) for pair, why in figures.wrong]
    assert figures.counts.total() >= 95
    assert figures.precision >= 0.98, wrong
    assert figures.recall >= 0.6, wrong
    assert figures.counts[True, Verdict.DIFFERENT] == 0, wrong


def test_there_are_enough_pairs_of_both_kinds() -> None:
    pairs = [pair for half in MADE for pair in HALVES[half]()]
    assert len(pairs) >= 1_000
    assert 0.4 <= sum(pair.same for pair in pairs) / len(pairs) <= 0.7
    assert len({pair.kind for pair in pairs}) >= 30
