"""An office with a clock that tests move, and feeds in it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

from jobs_feed.feeds.pulling import pull
from jobs_feed.feeds.result import PullResult
from jobs_feed.feeds.surroundings import Surroundings
from matcher.domain.incoming.feed import Feed, FeedKind, FeedStanding
from matcher.domain.posting import PostingState
from matcher.office import Office, OfficeConfig, init_office

MB = 2**20


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = datetime(2026, 6, 24, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        """The moment."""
        return self.now

    def move(self, *, hours: float) -> None:
        """Lets time pass."""
        self.now += timedelta(hours=hours)


def clocked_office(folder: Path, clock: Clock) -> Office:
    """An office with an empty database that goes by the clock."""
    config = OfficeConfig(home=folder / "home", key_file=folder / "keys" / "key")
    init_office(config)
    return Office.open(config, clock=clock)


def around(*, seconds: float = 20.0, max_bytes: int = 2 * MB, loopback: bool = True) -> Surroundings:
    """Surroundings of a test: loopback allowed, waits short."""
    return Surroundings(loopback=loopback, seconds=seconds, max_bytes=max_bytes, sleep=lambda _: None)


def declare(
    office: Office,
    name: str,
    url: str,
    *,
    kind: FeedKind = FeedKind.AUTO,
    mapping: Mapping[str, str] | None = None,
    hosts: tuple[str, ...] = (),
) -> None:
    """A feed."""
    with office.unit() as unit:
        unit.feeds.add(Feed(name=name, url=url, kind=kind, mapping=mapping or {}, hosts=hosts))


def fetched(office: Office, name: str, url: str, *, surroundings: Surroundings | None = None) -> PullResult:
    """A feed declared and pulled once."""
    declare(office, name, url)
    return pull(office, name, surroundings or around())


def standing(office: Office, name: str) -> FeedStanding:
    """Where a feed stands."""
    with office.reading() as unit:
        return unit.feeds.get(name).standing


def states(office: Office, sender: str) -> dict[str, PostingState]:
    """The stored postings of a sender."""
    with office.reading() as unit:
        return {ref: one.state for (_, ref), one in unit.feeds.owners([sender]).items()}
