"""Pages go on, or say plainly that nothing was saved, whatever happens to the database under them."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from jobs_feed.pipeline import run_import
from jobs_feed.sample import write_sample
from matcher.casework import plan_people
from matcher.domain.errors import Job131Error
from matcher.office import Office, OfficeConfig, init_office
from matcher.store import session as store_session
from tests.matcher.store.conftest import SERVER_USER, SERVERS, as_server_user, postgresql
from tests.web.attacks.trouble import WRITES, app_of, clerk_of, failing, keep, kept

__all__ = ["postgresql"]
PATIENCE = 10
"""Seconds within which somebody is told that the database is busy."""
HEALED = 5
"""Seconds after which a server that is back is worked with again."""


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """An empty office that does not wait long for a lock."""
    monkeypatch.setattr(store_session, "LOCK_SECONDS", 0.4)
    config = OfficeConfig(home=tmp_path / "home", key_file=tmp_path / "keys" / "key")
    init_office(config)
    opened = Office.open(config)
    yield opened
    opened.close()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("database or disk is full", "磁盘已满，未保存"),
        ("attempt to write a readonly database", "数据库是只读的，未保存"),
        ("disk I/O error", "磁盘读写出错，未保存"),
    ],
)
def test_a_disk_in_trouble_is_told_plainly_and_works_again_without_a_restart(
    office: Office, tmp_path: Path, words: str, said: str
) -> None:
    clerk = clerk_of(app_of(office, tmp_path))
    with failing(office, words, WRITES):
        answer = keep(clerk, "一")
        assert (answer.status_code, said in answer.text) == (503, True)
        assert clerk.get("/people/").status_code == 200
    assert kept(office) == {}
    assert keep(clerk, "二").status_code == 302
    assert kept(office) == {"二": "131"}


def test_a_disk_that_cannot_be_read_is_told_plainly_on_every_page(office: Office, tmp_path: Path) -> None:
    clerk = clerk_of(app_of(office, tmp_path))
    with failing(office, "disk I/O error", ("SELECT",)):
        for address in ("/", "/people/", "/postings/", "/reports/", "/imports/"):
            answer = clerk.get(address)
            assert (answer.status_code, "磁盘读写出错" in answer.text) == (503, True), address
    assert clerk.get("/people/").status_code == 200


def test_a_locked_database_is_waited_for_then_said_to_be_busy_and_reading_goes_on(
    office: Office, tmp_path: Path
) -> None:
    clerk = clerk_of(app_of(office, tmp_path))
    other = sqlite3.connect(office.config.home / "job131.db", isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    began = time.monotonic()
    answer = keep(clerk, "一")
    assert (answer.status_code, "数据库正忙" in answer.text) == (503, True)
    assert time.monotonic() - began < PATIENCE
    assert clerk.get("/people/").status_code == 200
    threading.Timer(0.1, other.execute, ("ROLLBACK",)).start()
    assert keep(clerk, "二").status_code == 302
    assert kept(office) == {"二": "131"}
    other.close()


def test_waiting_for_a_lock_and_saying_so_takes_less_than_promised() -> None:
    assert store_session.LOCK_SECONDS < PATIENCE


def restart(socket: str) -> None:
    """Stops and starts the server as an upgrade of the system does."""
    data, log = str(Path(socket) / "data"), str(Path(socket) / "log")
    as_server_user(str(SERVERS[-1] / "pg_ctl"), "-D", data, "-m", "fast", "-w", "-l", log, "restart")


@pytest.mark.postgres
def test_a_server_restarted_under_load_is_worked_with_again_and_nothing_is_lost_or_doubled(
    postgresql: str, tmp_path: Path
) -> None:
    as_server_user(str(SERVERS[-1] / "createdb"), "-h", postgresql, "-U", SERVER_USER, "restarted")
    url = f"postgresql://{SERVER_USER}@/restarted?host={postgresql}"
    config = OfficeConfig(home=tmp_path / "home", key_file=tmp_path / "keys" / "key", database_url=url)
    init_office(config)
    office = Office.open(config)
    app, over, seen, acknowledged = app_of(office, tmp_path), threading.Event(), Counter[int](), list[tuple[str, int]]()
    saved_at = list[float]()
    clerks = [clerk_of(app) for _ in range(4)]

    def work(number: int) -> None:
        for step in range(10_000):
            if over.is_set():
                return
            answer = keep(clerks[number], f"clerk {number}", str(step))
            seen.update([answer.status_code, clerks[number].get("/imports/").status_code])
            if answer.status_code == 302:
                acknowledged.append((f"clerk {number}", step))
                saved_at.append(time.monotonic())

    threads = [threading.Thread(target=work, args=(number,)) for number in range(len(clerks))]
    for thread in threads:
        thread.start()
    try:
        until(lambda: len(acknowledged) > 8)
        restart(postgresql)
        back, before = time.monotonic(), len(acknowledged)
        until(lambda: len(acknowledged) > before + 8)
    finally:
        over.set()
        for thread in threads:
            thread.join()
    healed = min(moment for moment in saved_at if moment > back) - back
    last = {name: max(step for who, step in acknowledged if who == name) for name, _ in acknowledged}
    stored = {name: int(chosen) for name, chosen in kept(office).items()}
    office.close()
    assert set(seen) <= {200, 302, 503}
    assert healed < HEALED
    assert stored.keys() == last.keys()
    assert [name for name in last if stored[name] < last[name]] == []


def until(reached: object, seconds: float = 20) -> None:
    """Waits for something that other threads do."""
    end = time.monotonic() + seconds
    while not reached():  # type: ignore[operator]
        assert time.monotonic() < end, "it never came to that"
        time.sleep(0.02)


def test_sixteen_plan_runs_at_once_leave_one_plan_a_person(tmp_path: Path) -> None:
    config = OfficeConfig(home=tmp_path / "home", key_file=tmp_path / "keys" / "key")
    init_office(config)
    office = Office.open(config)
    files = write_sample(tmp_path / "sample", size="village", as_of=office.today())
    for kind, path in (("postings", files.postings), ("training", files.training), ("workers", files.workers)):
        run_import(office, kind, path, as_of=office.today())
    with office.reading() as unit:
        one = min(unit.workers.some(most=1), key=lambda worker: worker.key)

    def plan(_: int) -> bool:
        try:
            plan_people(office, worker_ref=one.value.ref)
        except Job131Error:
            return False
        return True

    with ThreadPoolExecutor(16) as pool:
        done = list(pool.map(plan, range(16)))
    assert any(done)
    with office.reading() as unit:
        plans = [stored.plan for stored in unit.plans.current_bodies() if stored.plan.worker_key == one.key]
        live = {posting.key for posting in unit.postings.all_for_planning()}
    office.close()
    assert len(plans) == 1
    chosen = [match.posting_key for match in plans[0].matches]
    assert len(chosen) == len(set(chosen)) <= 3
    assert set(chosen) <= live
