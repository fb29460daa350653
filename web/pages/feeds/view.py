"""How feeds stand on a page.

In: stored feeds and the office's figures. Out: lines with state, tone and words.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from jobs_feed.feeds.address import shown_origin
from jobs_feed.feeds.surroundings import FeedPolicy
from matcher.domain.facts import Phrase
from matcher.domain.incoming.feed import FeedEvent, FeedKind, FeedState, StoredFeed
from web.pages.presentation import moment_text
from web.phrases import say

if TYPE_CHECKING:
    from matcher.office import Office

TONES = {
    FeedState.NEW: "plain",
    FeedState.OK: "good",
    FeedState.UNCHANGED: "good",
    FeedState.FAILED: "bad",
    FeedState.WAITING: "warn",
    FeedState.NEEDS_LOOK: "warn",
    FeedState.PAUSED: "plain",
}


@dataclass(frozen=True, slots=True)
class FeedLine:
    """One feed as the page shows it."""

    stored: StoredFeed
    state: FeedState
    tone: str
    stale: bool
    busy: bool
    origin: str
    """Where it comes from, without path and query, which may hold a key."""
    message: str

    @property
    def asks(self) -> bool:
        """Whether a person has to say that so many postings are really gone."""
        return self.stored.standing.lost > 0 and not self.stored.standing.accepted


@dataclass(frozen=True, slots=True)
class EventLine:
    """One pull in the log."""

    event: FeedEvent
    tone: str
    at: str
    message: str


def lines_of(office: Office, feeds: list[StoredFeed], busy: set[int]) -> list[FeedLine]:
    """Every feed, those that want a person first."""
    policy, now = FeedPolicy.of(office), office.clock()
    lines = [_line(stored, policy, now, stored.key in busy) for stored in feeds]
    return sorted(lines, key=lambda line: (not line.asks, line.tone != "bad", line.stored.feed.name))


def _line(stored: StoredFeed, policy: FeedPolicy, now: datetime, busy: bool) -> FeedLine:
    """One feed; paused goes before how the last pull ended."""
    standing = stored.standing
    is_folder = stored.feed.kind is FeedKind.FOLDER
    return FeedLine(
        stored,
        stored.state,
        TONES[stored.state],
        policy.is_stale(standing, now),
        busy,
        Path(stored.feed.url).name if is_folder else shown_origin(stored.feed.url),
        say(Phrase(standing.code, dict(standing.args))) if standing.code else "",
    )


def log_of(events: list[FeedEvent]) -> list[EventLine]:
    """The pulls of a feed in words."""
    return [
        EventLine(
            event,
            TONES[event.state],
            moment_text(event.at),
            say(Phrase(event.code, dict(event.args))),
        )
        for event in events
    ]
