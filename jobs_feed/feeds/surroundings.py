"""What pulls depend on outside the office: names, time, this machine's switch for tests.

In: the environment, read once at the edge. Out: `Surroundings`, and the figures of the policy.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from jobs_feed.feeds.address import Gate, Resolve, resolve
from jobs_feed.feeds.fetching import MAX_BYTES, SECONDS, Fetcher
from jobs_feed.feeds.wire import Budget
from matcher.domain.incoming.feed import Feed, FeedStanding
from matcher.office import Office

LOOPBACK_SWITCH = "JOB131_ALLOW_LOOPBACK_FEEDS"


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """Limits and doors, handed in so that tests are fast and reach nobody."""

    loopback: bool = False
    seconds: float = SECONDS
    max_bytes: int = MAX_BYTES
    resolve: Resolve = resolve
    sleep: Callable[[float], None] = time.sleep

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Surroundings:
        """As this process was started."""
        return cls(loopback=environment.get(LOOPBACK_SWITCH, "") == "1")

    def fetcher(self, feed: Feed, now: datetime) -> Fetcher:
        """A fetcher for one pull of a feed."""
        gate = Gate.for_feed(feed.url, feed.hosts, loopback=self.loopback, resolve=self.resolve)
        return Fetcher(gate, Budget(self.seconds), self.max_bytes, now)


@dataclass(frozen=True, slots=True)
class FeedPolicy:
    """The office's figures for feeds."""

    shrink_share: float
    stale: timedelta
    every: timedelta
    backoff: timedelta
    backoff_cap: timedelta

    @classmethod
    def of(cls, office: Office) -> FeedPolicy:
        """As in force today."""
        at = office.policy.at(office.today())
        return cls(
            at.number("feed.shrink_share"),
            timedelta(hours=at.number("feed.stale_hours")),
            timedelta(minutes=at.number("feed.every_minutes")),
            timedelta(minutes=at.number("feed.backoff_minutes")),
            timedelta(minutes=at.number("feed.backoff_cap_minutes")),
        )

    def next_try(self, feed: Feed, failures: int, now: datetime) -> datetime:
        """When a feed is pulled again: as declared after a good pull, later and later after failures."""
        if not failures:
            return now + (timedelta(minutes=feed.every_minutes) if feed.every_minutes else self.every)
        return now + min(self.backoff * float(2 ** min(failures - 1, 20)), self.backoff_cap)

    def is_stale(self, standing: FeedStanding, now: datetime) -> bool:
        """Whether what a feed delivered is older than the policy allows."""
        return standing.last_good_at is not None and now - standing.last_good_at > self.stale
