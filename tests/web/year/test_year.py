"""A made-up village lives for some months: everything happens, every figure is the same both ways, and a record or a
figure that is wrong is seen."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from jobs_feed.pipeline import run_import
from jobs_feed.sample import write_sample
from matcher.aftercare.work import begin_work
from matcher.domain.aftercare import SaidBy, Spell
from matcher.domain.rosters.records import EntryType
from matcher.domain.worker import WorkStatus
from matcher.office import Office, OfficeConfig, init_office
from matcher.reports.book import count_book
from web.cli import main
from web.year.life import Calendar, Life, load_rates
from web.year.recount import counted, differences, reported
from web.year.states import impossible

START = date(2026, 3, 2)


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Life, Counter[str]]]:
    """A village after a month of much happening."""
    place = tmp_path_factory.mktemp("year")
    config = OfficeConfig(home=place / "home", key_file=place / "key" / "key")
    init_office(config)
    calendar = Calendar(START)
    office = Office.open(config, clock=calendar)
    files = write_sample(place / "sample", as_of=START, size="village")
    for kind in ("postings", "training", "workers"):
        assert run_import(office, kind, getattr(files, kind), as_of=START, actor="test").refused is None
    rates = load_rates()
    rates["slips"] |= {"returned": 1.0, "mistyped": 0.5}
    rates["work"] |= {"lost": [0.5] * 12, "found": [0.2] * 12}
    life = Life(office, calendar, place / "supply", "village", rates)
    done = life.month(2026, 3, lambda share: None) + life.month(2026, 4, lambda share: None)
    yield life, done
    office.close()


@pytest.fixture
def life(lived: tuple[Life, Counter[str]]) -> Life:
    """The village itself."""
    return lived[0]


def test_everything_that_can_happen_happens(lived: tuple[Life, Counter[str]]) -> None:
    assert {"slips", "started", "taken_back", "calls", "lost", "found", "filled", "confirmed"} <= set(+lived[1])


def test_every_figure_is_the_same_counted_from_the_records(life: Life) -> None:
    with life.office.reading() as unit:
        slow, told = counted(life.office, unit), reported(life.office, count_book(life.office, unit))
    assert len(slow) > 40
    assert list(differences(slow, told)) == []


def test_a_figure_that_is_wrong_is_named() -> None:
    assert list(differences({"a": 1, "b": 2}, {"a": 1, "b": 3, "c": 0})) == ["b: 3 ≠ 2"]
    assert list(differences({"only here": 1}, {})) == ["only here: 0 ≠ 1"]


def test_no_record_says_what_can_never_be(life: Life) -> None:
    with life.office.reading() as unit:
        assert list(impossible(life.office, unit)) == []


def test_work_that_goes_on_beside_a_person_without_work_is_seen(life: Life) -> None:
    with pytest.raises(_Undone), life.office.unit("test") as unit:
        worker = next(one for one in unit.workers.all_for_planning() if one.value.work_status is WorkStatus.UNEMPLOYED)
        spell = Spell(key=0, worker_key=worker.key, started_on=START, said_by=SaidBy.WORKER)
        begin_work(life.office, unit, spell, status=WorkStatus.UNEMPLOYED)
        found = [line for line in impossible(life.office, unit) if line.startswith(f"person {worker.key}:")]
        assert found == [f"person {worker.key}: a spell goes on, and the person is without work"]
        raise _Undone


def test_a_case_of_somebody_in_work_is_seen(life: Life) -> None:
    with pytest.raises(_Undone), life.office.unit("test") as unit:
        worker = next(one for one in unit.workers.all_for_planning() if one.value.work_status is WorkStatus.EMPLOYED)
        unit.cases.open([worker.key], EntryType.UNEMPLOYED, on=START, due_on=START)
        assert f"person {worker.key}: in work with an open case" in list(impossible(life.office, unit))
        raise _Undone


def test_the_command_says_a_line_a_month_and_ends_well(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main(["--home", str(tmp_path), "simulate", "--months", "1", "--size", "village", "--json"]) == 0
    said = capsys.readouterr()
    line = json.loads(said.out)
    assert line["month"] == "2026-01" and line["sound"] and line["figures"] > 40
    assert "没有对不上的数" in said.err
    assert not list(tmp_path.iterdir())


class _Undone(Exception):
    """Ends a unit of work so that nothing of it is kept."""
