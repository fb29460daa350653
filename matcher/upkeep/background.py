"""What should happen by itself and may have fallen silent: runs, printings, other work, feeds.

In: an opened office. Out: `Finding`s; names of feeds stand in them, names of people nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from matcher.domain.incoming.feed import FeedState, StoredFeed
from matcher.office import Office
from matcher.upkeep.findings import Finding, State, found

QUIET_MINUTES = 10
"""Work tells every few seconds that it is alive."""
LATE = timedelta(hours=1)
"""A feed is looked at every minute; one that fell due so long ago is pulled by nobody."""
FAILURES = 3
WORKS = {"match_run": "DOCTOR_SILENT_RUNS", "printing": "DOCTOR_SILENT_PRINTINGS"}


def the_background(office: Office) -> Iterator[Finding]:
    """Silent work of every kind, then feeds."""
    silent = office.store.unheard(office.clock() - timedelta(minutes=QUIET_MINUTES))
    for table, count in silent.items():
        code = WORKS.get(table, "DOCTOR_SILENT_WORK")
        args: dict[str, str | int] = {} if table in WORKS else {"table": table}
        yield found(State.LOOK, code, count=count, minutes=QUIET_MINUTES, **args)
    if not silent:
        yield found(State.OK, "DOCTOR_NOTHING_SILENT")
    yield from _feeds(office)


def _feeds(office: Office) -> Iterator[Finding]:
    """Feeds that fail, ask, grew stale or are pulled by nobody."""
    with office.reading() as unit:
        feeds = [stored for stored in unit.feeds.all() if not stored.standing.paused]
    if not feeds:
        return
    now, stale_hours = office.clock(), office.policy.at(office.today()).number("feed.stale_hours")
    stale = timedelta(hours=stale_hours)
    wrong = {
        "DOCTOR_FEEDS_FAILING": [one for one in feeds if one.standing.failures >= FAILURES],
        "DOCTOR_FEEDS_ASK": [one for one in feeds if one.state is FeedState.NEEDS_LOOK],
        "DOCTOR_FEEDS_STALE": [one for one in feeds if _older(one.standing.last_good_at, now - stale)],
        "DOCTOR_FEEDS_LATE": [one for one in feeds if _older(one.standing.next_try_at, now - LATE)],
    }
    for code, some in wrong.items():
        if some:
            yield found(State.LOOK, code, names=_named(some))
    if not any(wrong.values()):
        yield found(State.OK, "DOCTOR_FEEDS", count=len(feeds))


def _older(moment: datetime | None, than: datetime) -> bool:
    """Whether a moment is known and lies before another."""
    return moment is not None and moment < than


def _named(feeds: list[StoredFeed]) -> str:
    """Names of feeds."""
    return "、".join(one.feed.name for one in feeds)
