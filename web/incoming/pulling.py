"""Pulls of feeds that a person asked for, each in a process of its own.

In: the key of a feed. Out: the pull, whose outcome stands in the log of the feed whatever becomes of the process.
`python -m web.incoming.pulling KEY ACTOR` is that process.
"""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING

from matcher.domain.errors import Job131Error
from web.observing.work import run_logged
from web.tasks import start_process

if TYPE_CHECKING:
    from matcher.office import Office, OfficeConfig

LOG = logging.getLogger("job131.feeds")


def start_pull(config: OfficeConfig, key: int, actor: str) -> None:
    """Start a pull and go on."""
    start_process(config, "web.incoming.pulling", str(key), actor, name=f"feed-{key}")


def pull_one(office: Office, key: int, actor: str) -> int:
    """Pull the feed of a key; 0 where that ended well."""
    from jobs_feed.feeds.pulling import pull
    from jobs_feed.feeds.surroundings import Surroundings

    try:
        with office.reading() as unit:
            name = unit.feeds.by_key(key).feed.name
        return pull(office, name, Surroundings.from_environment(), actor=actor).exit_code
    except Job131Error as error:
        LOG.warning("feed %d not pulled: %s", key, type(error).__name__)
        return 1


def main() -> int:
    """The process of one pull."""
    from matcher.office import Office, OfficeConfig

    office = Office.open(OfficeConfig.from_environment())
    return run_logged(office.config.home, "feed", lambda: pull_one(office, int(sys.argv[1]), sys.argv[2]))


if __name__ == "__main__":
    raise SystemExit(main())
