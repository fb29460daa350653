"""The process that pulls feeds as they fall due: one worker, one look a minute.

In: an opened office. Out: nothing until it is stopped. The queue is a file of its own in the data folder and holds no
data; what is due stands in the database, so that nothing is lost when the process is.
"""

from __future__ import annotations

import logging

from huey import SqliteHuey, crontab

from jobs_feed.feeds.pulling import due, pull
from jobs_feed.feeds.surroundings import LOOPBACK_SWITCH, Surroundings
from matcher.domain.errors import InputRefused, Job131Error
from matcher.office import DEMO_MARK, Office

QUEUE_FILE = "feeds-queue.db"
LOG = logging.getLogger("job131.feeds")
_LATE_SECONDS = 50
"""A look that waited longer behind a slow pull is left out: the next one follows."""


def pull_due(office: Office, around: Surroundings) -> int:
    """Pulls what is due; how many feeds that was. One that fails in an unforeseen way does not stop the others."""
    names = due(office)
    for name in names:
        try:
            result = pull(office, name, around, actor="schedule")
            LOG.info("feed pulled: %s", result.state.value)
        except Job131Error as error:
            LOG.warning("feed not pulled: %s", type(error).__name__)
    return len(names)


def make_queue(office: Office, around: Surroundings) -> SqliteHuey:
    """The queue with its one periodic task."""
    queue = SqliteHuey("feeds", filename=str(office.config.home / QUEUE_FILE), results=False)

    def look() -> None:
        pull_due(office, around)

    queue.periodic_task(crontab(minute="*"), expires=_LATE_SECONDS)(look)
    return queue


def run_schedule(office: Office, around: Surroundings) -> None:
    """Works until it is stopped; refused with the switch for tests, outside a demo."""
    if around.loopback and not (office.config.home / DEMO_MARK).exists():
        raise InputRefused(f"正式运行不能设 {LOOPBACK_SWITCH}；请去掉再启动")
    make_queue(office, around).create_consumer(workers=1, periodic=True).run()
