"""The race: ours and the peers on the same rows, in one run."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from jobs_feed.pipeline import run_import
from jobs_feed.sample import write_sample
from matcher.office import Office, OfficeConfig, init_office
from matcher.trials.race import run_race


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A village with postings."""
    folder: Path = tmp_path_factory.mktemp("race")
    config = OfficeConfig(home=folder / "home", key_file=folder / "keys" / "key")
    init_office(config)
    opened = Office.open(config)
    files = write_sample(folder / "sample", size="village", as_of=opened.today())
    for kind in ("postings", "training", "workers"):
        run_import(opened, kind, getattr(files, kind), as_of=opened.today())
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
