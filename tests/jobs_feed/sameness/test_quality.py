"""Precision and recall on labelled pairs, worked with and held out; what docs/quality.md prints."""

from __future__ import annotations

import pytest

from tests.jobs_feed.sameness.judge import HALVES, judged, told


@pytest.mark.parametrize("half", HALVES)
def test_pairs_are_judged_as_a_person_does(half: str) -> None:
    pairs = HALVES[half]()
    figures = judged(pairs)
    wrong = [told(pair, why) for pair, why in figures.wrong]
    assert figures.precision >= 0.98, wrong
    assert figures.recall >= 0.95, wrong


def test_there_are_enough_pairs_of_both_kinds() -> None:
    pairs = [pair for half in HALVES.values() for pair in half()]
    assert len(pairs) >= 400
    assert 0.4 <= sum(pair.same for pair in pairs) / len(pairs) <= 0.7
    assert len({pair.kind for pair in pairs}) >= 30
