"""Rows made ready come back in order and whole, from memory or from a file without a name."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from jobs_feed.ready import ReadyRows, in_parts

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


def test_nothing_made_ready_is_nothing() -> None:
    assert list(ReadyRows()) == []
    assert len(ReadyRows()) == 0


def test_parts_hold_everything_once() -> None:
    assert [*in_parts(range(5), 2)] == [[0, 1], [2, 3], [4]]
