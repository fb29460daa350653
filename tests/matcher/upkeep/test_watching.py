"""The doctor notices what fell silent, what feeds need, and a machine that is too small or too old."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from matcher.domain.facts import Phrase
from matcher.domain.incoming.feed import Feed, FeedState
from matcher.domain.papers.records import PrintOrder
from matcher.domain.run import MatchRun
from matcher.office import Office, OfficeConfig, init_office
from matcher.store.schema import METADATA
from matcher.upkeep import machine
from matcher.upkeep.background import the_background
from matcher.upkeep.doctor import examine
from matcher.upkeep.findings import Finding, State
from matcher.upkeep.machine import the_machine
from matcher.upkeep.shelf import drop_older, place_in
from matcher.wording import load_catalogue
from web.cli import main

NOW = datetime(2026, 3, 16, 1, 0, tzinfo=UTC)


class Clock:
    """A clock moved by hand."""

    now = NOW

    def __call__(self) -> datetime:
        """The moment."""
        return self.now


@pytest.fixture
def clock() -> Clock:
    """Nine in the morning."""
    return Clock()


@pytest.fixture
def office(tmp_path: Path, clock: Clock) -> Iterator[Office]:
    """A fresh office."""
    config = OfficeConfig(home=tmp_path / "data", key_file=tmp_path / "keys" / "key")
    init_office(config)
    opened = Office.open(config, clock=clock)
    yield opened
    opened.close()


def _codes(findings: Iterator[Finding]) -> dict[str, Phrase]:
    """Everything found, by its code."""
    return {finding.phrase.code: finding.phrase for finding in findings}


def test_work_nobody_has_heard_of_is_told_and_work_that_just_began_is_not(office: Office, clock: Clock) -> None:
    with office.unit("window") as unit:
        unit.runs.create(MatchRun(as_of=office.today(), started_by="window"))
        run = unit.runs.create(MatchRun(as_of=office.today(), started_by="window"))
        unit.runs.claim(run)
        unit.printings.order(PrintOrder())
    clock.now = NOW + timedelta(minutes=5)
    assert set(_codes(the_background(office))) == {"DOCTOR_NOTHING_SILENT"}
    clock.now = NOW + timedelta(minutes=11)
    found = _codes(the_background(office))
    assert found["DOCTOR_SILENT_RUNS"].args == {"count": 2, "minutes": 10}
    assert found["DOCTOR_SILENT_PRINTINGS"].args == {"count": 1, "minutes": 10}
    with office.unit("window") as unit:
        unit.runs.progress(run, 0.5)
    assert _codes(the_background(office))["DOCTOR_SILENT_RUNS"].args == {"count": 1, "minutes": 10}


def test_every_table_with_a_heartbeat_can_be_looked_at() -> None:
    beating = [table for table in METADATA.sorted_tables if "heartbeat_at" in table.c]
    assert len(beating) >= 3
    assert [table.name for table in beating if not {"ended_at", "done_at"} & set(table.c.keys())] == []


@pytest.mark.parametrize(
    ("standing", "code"),
    [
        ({"failures": 3, "state": FeedState.FAILED}, "DOCTOR_FEEDS_FAILING"),
        ({"state": FeedState.NEEDS_LOOK}, "DOCTOR_FEEDS_ASK"),
        ({"last_good_at": NOW - timedelta(days=30)}, "DOCTOR_FEEDS_STALE"),
        ({"next_try_at": NOW - timedelta(hours=2)}, "DOCTOR_FEEDS_LATE"),
        ({"next_try_at": NOW + timedelta(hours=2), "last_good_at": NOW}, "DOCTOR_FEEDS"),
    ],
)
def test_what_a_feed_needs_is_told_with_its_name(office: Office, standing: dict[str, object], code: str) -> None:
    with office.unit("city") as unit:
        key = unit.feeds.add(Feed(name="示例网", url="https://jobs.example.cn/feed.json"))
        unit.feeds.change(key, **standing)
        unit.feeds.change(unit.feeds.add(Feed(name="停着", url="https://b.example.cn/")), paused=True, failures=9)
    found = _codes(the_background(office))
    assert {name for name in found if name.startswith("DOCTOR_FEEDS")} == {code}
    assert "示例网" in str(found[code].args) or found[code].args == {"count": 1}


def test_a_small_or_old_machine_and_missing_parts_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert {finding.state for finding in the_machine() if "MEMORY" not in finding.phrase.code} == {State.OK}
    monkeypatch.setattr(machine, "LEAST_PYTHON", (9, 0))
    monkeypatch.setattr(machine, "LEAST_SQLITE", (9, 0, 0))
    monkeypatch.setattr(machine, "free_megabytes", lambda: 120)
    monkeypatch.setattr(machine, "requires", lambda _name: ["flask>=3", "no-such-part>=1", "dask; extra == 'x'"])
    told = _codes(the_machine())
    assert {"DOCTOR_OLD_PYTHON", "DOCTOR_OLD_SQLITE", "DOCTOR_LITTLE_MEMORY"} <= set(told)
    assert told["DOCTOR_PARTS_MISSING"].args == {"names": "no-such-part"}


def test_free_memory_is_read_where_the_system_tells_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    told = tmp_path / "meminfo"
    told.write_text("MemTotal:  8000000 kB\nMemAvailable:  2048000 kB\n", encoding="ascii")
    monkeypatch.setattr(machine, "_MEMINFO", told)
    assert machine.free_megabytes() == 2000
    monkeypatch.setattr(machine, "_MEMINFO", tmp_path / "nothing")
    assert machine.free_megabytes() is None


def test_everything_grave_says_what_to_do() -> None:
    advice = re.compile(r"请|运行 ")
    silent = [
        code
        for code, row in load_catalogue("matcher.wording").sentences.items()
        if code.startswith("DOCTOR_") and re.search(r"NO_|OLD_|MISSING|LITTLE|SILENT_|FEEDS_|FULL|BROKEN|DAMAGE", code)
        and not advice.search(row["zh"])
    ]  # fmt: skip
    assert silent == []


def test_a_folder_of_backups_names_them_by_moment_and_keeps_the_newest(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = tmp_path / "backups"
    folder.mkdir()
    assert place_in(folder, NOW).name == "job131-2026-03-16-090000.zip"
    for day in range(1, 5):
        (folder / f"job131-2026-01-0{day}-013000.zip").write_bytes(b"old")
    (folder / "job131-own-copy.zip").write_bytes(b"somebody's own")
    monkeypatch.setenv("JOB131_KEY_FILE", str(office.config.key_file))
    assert main(["--home", str(office.config.home), "backup", str(folder), "--keep", "2"]) == 0
    assert "更早的3份备份已删除" in capsys.readouterr().err
    left = sorted(path.name for path in folder.iterdir())
    assert left[0] == "job131-2026-01-04-013000.zip"
    assert len(left) == 3
    assert "job131-own-copy.zip" in left
    assert main(["--home", str(office.config.home), "backup", str(tmp_path / "one.zip"), "--keep", "2"]) == 1
    assert not (tmp_path / "one.zip").exists()
    assert drop_older(folder, 5) == 0


def test_the_doctor_asks_all_of_it(office: Office) -> None:
    codes = set(_codes(examine(office.config, audit=True)))
    assert {"DOCTOR_PROGRAM", "DOCTOR_SQLITE", "DOCTOR_KEY", "DOCTOR_OPEN", "DOCTOR_AUDIT"} <= codes
    assert "DOCTOR_NOTHING_SILENT" in codes
