"""The process that pulls what is due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from jobs_feed.feeds.schedule import QUEUE_FILE, make_queue, pull_due, run_schedule
from jobs_feed.feeds.surroundings import Surroundings
from matcher.domain.errors import InputRefused, NotInitialised
from matcher.office import Office
from tests.jobs_feed.feeds.offices import Clock, around, clocked_office, declare, states
from tests.jobs_feed.feeds.servers import BEHAVIOURS, Running
from web.config import load_web_config


@pytest.fixture
def clock() -> Clock:
    """A clock moved by hand."""
    return Clock()


@pytest.fixture
def office(tmp_path: Path, clock: Clock) -> Iterator[Office]:
    """An office that goes by the clock."""
    opened = clocked_office(tmp_path, clock)
    yield opened
    opened.close()


def test_what_is_due_is_pulled_and_one_failure_stops_no_other(office: Office, clock: Clock) -> None:
    with Running(BEHAVIOURS["good_json"]) as good, Running(BEHAVIOURS["error_500"]) as broken:
        declare(office, "broken", broken.url)
        declare(office, "good", good.url)
        assert pull_due(office, around()) == 2
        assert len(states(office, "good")) == 4
        assert pull_due(office, around()) == 0
        clock.move(hours=1)
        assert pull_due(office, around()) == 1, "the one that failed is tried again sooner"
        clock.move(hours=6)
        assert pull_due(office, around()) == 2


def test_the_queue_looks_every_minute(office: Office) -> None:
    with Running(BEHAVIOURS["good_json"]) as server:
        declare(office, "minute", server.url)
        queue = make_queue(office, around())
        assert (office.config.home / QUEUE_FILE).exists()
        (task,) = queue.read_periodic(datetime(2026, 6, 24, 9, 1))
        queue.execute(task)
        queue.storage.close()
    assert len(states(office, "minute")) == 4


def test_the_switch_for_tests_is_refused_in_production(office: Office, tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match="JOB131_ALLOW_LOOPBACK_FEEDS"):
        run_schedule(office, Surroundings.from_environment({"JOB131_ALLOW_LOOPBACK_FEEDS": "1"}))
    key_file = tmp_path / "keys" / "key"
    switched = {"JOB131_ALLOW_LOOPBACK_FEEDS": "1"}
    with pytest.raises(NotInitialised, match="JOB131_ALLOW_LOOPBACK_FEEDS"):
        load_web_config(tmp_path, key_file, environ=switched)
    assert load_web_config(tmp_path, key_file, demo=True, environ=switched).demo
