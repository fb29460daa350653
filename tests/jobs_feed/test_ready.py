"""Rows made ready come back in order and whole, from memory or from a file without a name."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from jobs_feed import desk
from jobs_feed.pipeline import run_import
from jobs_feed.ready import ReadyRows, in_parts
from tests.jobs_feed.books import new_office, postings, workbook

MADE = [{"uid": f"u{number}", "at": datetime(2026, 6, 1, tzinfo=UTC), "sealed": b"\x00" * 9} for number in range(3_500)]


@pytest.mark.parametrize("most", [0, 10, 1_000, 5_000])
def test_rows_come_back_in_order_as_often_as_wanted(most: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    rows = ReadyRows(most)
    for part in in_parts(MADE, 130):
        rows.extend(part)
    assert len(rows) == len(MADE)
    assert list(rows) == list(rows) == MADE
    assert list(tmp_path.iterdir()) == []


def test_an_import_through_the_file_stores_what_one_in_memory_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stored = []
    for name, most in (("memory", 5_000), ("file", 0)):
        monkeypatch.setattr(desk, "ReadyRows", partial(ReadyRows, most))
        office = new_office(tmp_path / name)
        first = run_import(office, "postings", workbook(tmp_path / f"{name}.xlsx", postings(12)))
        again = run_import(office, "postings", workbook(tmp_path / f"{name}.xlsx", postings(13, 薪资待遇="4000元/月")))
        assert (first.stored, again.stored, again.updated) == (12, 1, 0)
        with office.reading() as unit:
            stored.append(
                [(one.value, one.facts, one.state) for one in unit.postings.many(list(range(1, 14))).values()]
            )
        office.close()
    assert stored[0] == stored[1]
    assert len(stored[0]) == 13


def test_nothing_made_ready_is_nothing() -> None:
    assert list(ReadyRows()) == []
    assert len(ReadyRows()) == 0


def test_parts_hold_everything_once() -> None:
    assert [*in_parts(range(5), 2)] == [[0, 1], [2, 3], [4]]
