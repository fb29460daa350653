"""A large roster is stored unread and read before anybody of it is planned for."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from jobs_feed.pipeline import run_import
from jobs_feed.rosters import desk
from matcher.casework import plan_people
from matcher.office import Office
from matcher.unread import read_unread
from tests.jobs_feed.books import csv_file, new_office, workers

TODAY = date(2026, 6, 22)


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """An office with a roster of four people, taken as a large one."""
    monkeypatch.setattr(desk, "READ_LATER_FROM", 3)
    opened = new_office(tmp_path)
    report = run_import(opened, "workers", csv_file(tmp_path / "a.csv", workers(4)), as_of=TODAY)
    assert [notice.phrase.code for notice in report.notices].count("IMPORT_READ_LATER") == 1
    yield opened
    opened.close()


def _read(office: Office) -> list[bool]:
    with office.reading() as unit:
        return [stored.facts is not None for stored in unit.workers.all_for_planning()]


def test_reading_fills_in_what_an_import_left(office: Office, tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    assert _read(office) == [False] * 4
    assert read_unread(office, tell=lambda done, of: told.append((done, of))) == 4
    assert told == [(4, 4)]
    assert _read(office) == [True] * 4
    assert read_unread(office) == 0
    small = new_office(tmp_path / "small")
    run_import(small, "workers", csv_file(tmp_path / "b.csv", workers(2)), as_of=office.today())
    with office.reading() as unit, small.reading() as other:
        assert unit.workers.by_ref("NM-0001").facts == other.workers.by_ref("NM-0001").facts
    small.close()


def test_a_run_reads_its_people_first(office: Office) -> None:
    plan_people(office, division="150525", as_of=TODAY)
    assert _read(office) == [True] * 4


def test_somebody_changed_or_removed_meanwhile_is_left_alone(office: Office) -> None:
    with office.unit() as unit:
        key, gone = unit.workers.unread()[:2]
        stored = unit.workers.get(key)
        read = [(key, stored.revision - 1, desk.PEOPLE_READER.read(stored.value, TODAY))]
        unit.workers.put_facts_many([*read, (gone + 1000, 1, read[0][2])])
    assert _read(office) == [False] * 4
