"""Pairs of adverts that nobody here wrote, labelled by hand: only their row numbers are kept.

In: the files of real adverts beside the checkout, same_pairs_real.csv. Out: `Pair`s; none where the files are absent.
"""

from __future__ import annotations

import csv
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

from jobs_feed.staging import Task, stage
from matcher.domain.posting import Posting
from matcher.reference.divisions import load_gazetteer
from tests.jobs_feed.sameness.pairs import CASES, Pair

DATA = Path(__file__).resolve().parents[4] / "shared" / "data"
FILES = {"1": ("postings_real_1.csv", date(2015, 6, 30)), "2": ("postings_real_2.csv", date(2020, 4, 22))}


@lru_cache(maxsize=2)
def rows(number: str) -> dict[int, Posting]:
    """The postings of one file by row."""
    name, as_of = FILES[number]
    task = Task(
        kind="postings",
        path=DATA / name,
        sender=f"real{number}",
        as_of=as_of,
        gazetteer=load_gazetteer(),
        remembered={},
    )
    found = {}
    for row in stage(task).drafts:
        if isinstance(row.draft, Posting):
            ref = row.draft.ref or f"R{row.row}"
            found[row.row] = replace(row.draft, ref=ref, source_ref=ref)
    return found


def real() -> list[Pair]:
    """The labelled pairs, none where the files are absent."""
    if not DATA.is_dir():
        return []
    with (CASES / "same_pairs_real.csv").open(encoding="utf-8", newline="") as stream:
        labelled = list(csv.DictReader(stream, strict=True))
    return [
        Pair(rows(row["file"])[int(row["one"])], rows(row["file"])[int(row["other"])], row["same"] == "yes", "real")
        for row in labelled
    ]
