"""The race: ours and the peers on the same rows, in one run."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from matcher.office import Office
from matcher.trials.race import run_race
from tests.offices import sample_office


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A village with postings."""
    opened = sample_office(tmp_path_factory.mktemp("race"), "village")
    yield opened
    opened.close()


def test_the_table_has_ours_every_peer_and_the_ratios(office: Office) -> None:
    text = run_race(office, as_json=False, repeats=1)
    for words in ("ours: shortlist, s", "sparse_dot_topn", "scikit-learn", "Tantivy", "rapidfuzz", "÷ fastest peer"):
        assert words in text


def test_machines_get_one_line_of_json(office: Office) -> None:
    row = json.loads(run_race(office, as_json=True, repeats=1))
    assert row["people"] > 0
    assert row["shortlist ÷ fastest peer"] > 0
