"""Plan runs in a process of their own."""

from __future__ import annotations

import threading
from dataclasses import replace
from time import monotonic, sleep

import pytest

from matcher.casework import queue_run
from matcher.domain.run import MatchRun, RunState
from tests.web.made_up import NAIMAN, NOW, TODAY, World
from web import tasks
from web.tasks import resume_runs, start_run, task_environment, work_off


def _state(world: World, key: int) -> RunState:
    with world.office.reading() as unit:
        return unit.runs.get(key).state


def test_a_queued_run_is_worked_off(world: World) -> None:
    key = queue_run(world.office, division=NAIMAN, actor="window")
    assert work_off(world.office, key) == 0
    assert _state(world, key) is RunState.DONE
    with world.office.reading() as unit:
        plans = [unit.plans.current(person) for person in (world.bao, world.wang, world.far)]
    assert [plan.run_key if plan else None for plan in plans] == [key, key, None]


def test_a_run_that_was_stopped_while_it_waited_is_not_worked_off(world: World) -> None:
    key = queue_run(world.office, division=NAIMAN)
    with world.office.unit() as unit:
        unit.runs.request_cancel(key)
    work_off(world.office, key)
    assert _state(world, key) is RunState.CANCELLED


def test_a_run_is_done_by_a_process_of_its_own(world: World) -> None:
    key = queue_run(world.office, division=NAIMAN)
    start_run(world.office.config, key)
    until = monotonic() + 60
    while _state(world, key) in {RunState.QUEUED, RunState.RUNNING} and monotonic() < until:
        sleep(0.2)
    assert _state(world, key) is RunState.DONE
    for thread in threading.enumerate():
        if thread.name == f"task-{key}":
            thread.join(timeout=30)


def test_a_task_is_told_which_office_it_belongs_to(world: World) -> None:
    told = task_environment(world.office.config)
    assert told["JOB131_HOME"] == str(world.office.config.home)
    assert told["JOB131_KEY_FILE"] == str(world.office.config.key_file)


def test_at_the_start_dead_runs_are_closed_and_waiting_ones_started(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    running = MatchRun(as_of=TODAY, state=RunState.RUNNING, started_at=NOW.replace(year=2025))
    with world.office.unit() as unit:
        dead = unit.runs.create(running)
        alive = unit.runs.create(replace(running, started_at=NOW))
    waiting = queue_run(world.office)
    started: list[int] = []
    monkeypatch.setattr(tasks, "start_run", lambda config, key: started.append(key))
    resume_runs(world.office)
    assert (_state(world, dead), _state(world, alive)) == (RunState.FAILED, RunState.RUNNING)
    assert waiting in started
