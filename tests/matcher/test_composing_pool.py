"""Composing in several processes: the same bytes, no connection, and no process left behind."""

from __future__ import annotations

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import pytest

from matcher import composing, composing_pool
from matcher.casework import Desk, plan_people, settle_desk
from matcher.composing import compose, open_workshop, session_starts
from matcher.composing_pool import Composers
from matcher.office import Office, OfficeConfig, init_office
from matcher.packing import PackedPlan, Packer, pack_plan, unpack_plan
from matcher.planning import Person, Settled
from tests.factories import DAY, a_course, a_person, an_opening
from tests.worlds import policy

PEOPLE = 60


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch: pytest.MonkeyPatch) -> None:
    """Blocks so small that a few people make many."""
    monkeypatch.setattr(composing, "BLOCK", 7)


def settled() -> tuple[list[Person], Settled]:
    """Some people with too few postings for all of them, so that there are shortfalls too."""
    people = tuple(a_person(key, birth_date=a_person().facts.birth_date.value) for key in range(1, PEOPLE + 1))
    kinds = ("cleaner", "welder", "cook", "security_guard")
    postings = tuple(an_opening(key, kinds[key % len(kinds)]) for key in range(1, 12))
    desk = Desk(people=people, postings=postings, classes=(a_course(),), standing={})
    return settle_desk(desk, policy(), lambda share, code: None)


def composed(processes: int) -> list[PackedPlan]:
    """Everybody's plans by so many processes."""
    people, what = settled()
    with Composers(processes) as composers:
        return [plan for block in composers.compose(people, what, session_starts(people, policy())) for plan in block]


@pytest.mark.parametrize("forks", [True, False])
def test_plans_are_the_same_bytes_however_many_processes_compose(forks: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(composing_pool, "can_fork", lambda: forks and sys.platform == "linux")
    alone = composed(1)
    assert composed(2) == alone
    assert [unpack_plan(plan.body).worker_key for plan in alone] == [plan.worker_key for plan in alone]
    assert len({plan.worker_key for plan in alone}) == PEOPLE


def test_a_market_sent_beforehand_changes_nothing() -> None:
    people, what = settled()
    with Composers(2) as composers:
        composers.prepare(what.market, (a_course(), a_course(2)))
        blocks = composers.compose(people, what, session_starts(people, policy()))
        assert [plan for block in blocks for plan in block] == composed(1)


def test_what_is_written_once_gives_the_bytes_of_the_plan_written_whole() -> None:
    people, what = settled()
    workshop = open_workshop(what.market)
    packer = Packer(workshop.said.lasting)
    for plan in compose(people, what, session_starts(people, policy()), workshop):
        assert packer.pack(plan) == pack_plan(plan)


def test_no_composing_process_holds_a_connection_of_its_parent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if sys.platform != "linux":
        pytest.skip("open files are listed under /proc on Linux")
    monkeypatch.setattr(composing_pool, "POOL_FROM", 1)
    monkeypatch.setattr(composing_pool.os, "cpu_count", lambda: 2)
    config = OfficeConfig(home=tmp_path / "data", key_file=tmp_path / "keys" / "key")
    init_office(config)
    office = Office.open(config)
    with office.unit() as unit:
        unit.workers.add_many([(a_person(key).worker, a_person(key).facts) for key in range(1, 9)])
        unit.postings.add_many([(an_opening(key).posting, an_opening(key).facts) for key in range(1, 9)])
    seen: list[str] = []

    def look(share: float, code: str) -> None:
        for child in multiprocessing.active_children():
            folder = f"/proc/{child.pid}/fd"
            for name in os.listdir(folder):
                with suppress(FileNotFoundError):  # closed since it was listed
                    seen.append(os.readlink(f"{folder}/{name}"))

    run = plan_people(office, as_of=DAY, progress=look)
    office.close()
    assert run.quality.complete == 8
    assert seen
    assert [name for name in seen if name.startswith(str(config.home))] == []


def test_leaving_in_the_middle_ends_every_process() -> None:
    people, what = settled()
    with Composers(2) as composers:
        blocks = composers.compose(people, what, session_starts(people, policy()))
        next(blocks)
        children = multiprocessing.active_children()
        assert len(children) == 2
    assert not any(child.is_alive() for child in children)


def test_what_goes_wrong_in_a_process_is_raised_here() -> None:
    people, what = settled()
    broken = replace(what, chosen=what.chosen + 1000)
    with Composers(2) as composers, pytest.raises(IndexError):
        list(composers.compose(people, broken, session_starts(people, policy())))


ORPHANS = """
import multiprocessing, os, signal, sys
from matcher.composing_pool import Composers
with Composers(2):
    print(*[child.pid for child in multiprocessing.active_children()], flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_processes_end_when_their_parent_is_killed() -> None:
    if sys.platform != "linux":
        pytest.skip("processes are listed under /proc on Linux")
    root = Path(__file__).resolve().parents[2]
    ended = subprocess.run([sys.executable, "-c", ORPHANS], cwd=root, capture_output=True, text=True, timeout=60)
    assert ended.returncode == -signal.SIGKILL
    keys = [int(key) for key in ended.stdout.split()]
    assert len(keys) == 2
    for _ in range(100):
        if not any(_lives(key) for key in keys):
            break
        time.sleep(0.1)
    assert not any(_lives(key) for key in keys)


def _lives(pid: int) -> bool:
    """Whether a process still runs; one that only waits to be collected does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in {"Z", "X"}
    except FileNotFoundError:
        return False
