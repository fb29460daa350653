"""A backup taken while everybody works is one moment, whole, and restores elsewhere to the fingerprint it tells."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event, Lock, Thread

import pytest

from matcher.domain.worker import Worker
from matcher.office import Office, OfficeConfig, init_office
from matcher.upkeep.backup import back_up, restore
from matcher.upkeep.doctor import examine
from matcher.upkeep.findings import State
from tests.operation.conftest import new_database

WRITERS = 4
BEFORE = 40


class Crowd:
    """Several who write at once, two people in each unit of work; knows which were acknowledged."""

    def __init__(self, office: Office) -> None:
        self.office, self.over, self.lock = office, Event(), Lock()
        self.acknowledged: list[str] = []
        self.failed: list[Exception] = []

    def write(self, name: str) -> None:
        """Pairs until it is over."""
        number = 0
        while not self.over.is_set():
            ref = f"{name}-{number}"
            try:
                with self.office.unit(name) as unit:
                    unit.workers.add_many([(Worker(ref=f"{ref}-{half}", name="示例"), None) for half in "ab"])
                    unit.audit.note("pair", subject="worker")
            except Exception as error:
                self.failed.append(error)
                return
            with self.lock:
                self.acknowledged.append(ref)
            number += 1

    @contextmanager
    def at_work(self) -> Iterator[None]:
        """While it lasts, they write; nobody failed."""
        threads = [Thread(target=self.write, args=(f"w{number}",)) for number in range(WRITERS)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self.over.set()
            for thread in threads:
                thread.join()
        assert self.failed == []

    def some(self) -> list[str]:
        """What was acknowledged until now, once that is a good number."""
        while len(self.acknowledged) < BEFORE and not self.failed:
            self.over.wait(0.01)
        with self.lock:
            return list(self.acknowledged)


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    """A fresh office on either database."""
    server = request.param == "postgresql"
    address = new_database(request.getfixturevalue("postgresql")) if server else ""
    config = OfficeConfig(home=tmp_path / "data", key_file=tmp_path / "keys" / "key", database_url=address)
    init_office(config)
    opened = Office.open(config)
    yield opened
    opened.close()


def test_a_backup_under_load_is_one_moment_and_comes_back_with_its_fingerprint(office: Office, tmp_path: Path) -> None:
    crowd = Crowd(office)
    with crowd.at_work():
        before = crowd.some()
        made = back_up(office, tmp_path / "busy.zip")
        during = len(crowd.acknowledged)
    elsewhere = OfficeConfig(home=tmp_path / "other", key_file=tmp_path / "other-keys" / "key")
    elsewhere.key_file.parent.mkdir()
    shutil.copy(office.config.key_file, elsewhere.key_file)
    assert restore(elsewhere, tmp_path / "busy.zip").contents == made.contents
    back = Office.open(elsewhere)
    try:
        with back.reading() as unit:
            refs = {stored.value.ref for stored in unit.workers.all_for_planning()}
            assert unit.audit.broken_link() is None
    finally:
        back.close()
    assert {f"{ref}-{half}" for ref in before for half in "ab"} <= refs
    assert {ref[:-1] + "b" for ref in refs} == {ref[:-1] + "b" for ref in refs if ref.endswith("a")}
    assert len(refs) == made.contents.rows["worker"] == 2 * len({ref[:-2] for ref in refs})
    assert len(before) <= len(refs) // 2 <= during + WRITERS
    assert [one for one in examine(elsewhere, audit=True) if one.state is State.BAD] == []
