"""A feed: an address or a folder that postings are pulled from, and how the last pulls went."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from matcher.domain.facts import PhraseValue


class FeedState(StrEnum):
    """How the last pull ended; `NEEDS_LOOK` waits for a person, `WAITING` for a moment."""

    NEW = "new"
    OK = "ok"
    UNCHANGED = "unchanged"
    FAILED = "failed"
    WAITING = "waiting"
    NEEDS_LOOK = "needs_look"
    PAUSED = "paused"


class FeedKind(StrEnum):
    """What the address holds; AUTO looks at the content."""

    AUTO = "auto"
    TABLE = "table"
    RSS = "rss"
    JOBS_XML = "jobs_xml"
    JSONLD = "jsonld"
    JSON = "json"
    JOB131 = "job131"
    FOLDER = "folder"


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """What a person declared."""

    name: str
    url: str
    kind: FeedKind = FeedKind.AUTO
    sender: str = ""
    mapping: Mapping[str, str] = field(default_factory=dict)
    """Field → path in an item, and the marks of paging: items, next, page, cursor."""
    hosts: tuple[str, ...] = ()
    """Hosts that next pages may lie on, beside that of the address."""
    every_minutes: int = 0
    """0 = as the policy says."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedStanding:
    """Where a feed stands; what a pull leaves behind for the next one."""

    state: FeedState = FeedState.NEW
    paused: bool = False
    etag: str = ""
    last_modified: str = ""
    rows: int = 0
    failures: int = 0
    """Pulls that failed one after the other."""
    lost: int = 0
    """Postings a shrunken feed no longer held when a person was asked."""
    accepted: bool = False
    """Whether a person accepted that loss."""
    code: str = ""
    """The message code of the last pull, with its arguments."""
    args: Mapping[str, PhraseValue] = field(default_factory=dict)
    last_pull_at: datetime | None = None
    last_good_at: datetime | None = None
    next_try_at: datetime | None = None
    wait_until: datetime | None = None
    """The server asked not to be called before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredFeed:
    """A feed as stored."""

    key: int
    feed: Feed
    standing: FeedStanding

    @property
    def state(self) -> FeedState:
        """How it stands: paused goes before how the last pull ended."""
        return FeedState.PAUSED if self.standing.paused else self.standing.state


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedEvent:
    """One line of the pull log."""

    at: datetime
    state: FeedState
    rows: int = 0
    stored: int = 0
    updated: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    refused: int = 0
    code: str = ""
    args: Mapping[str, PhraseValue] = field(default_factory=dict)
    actor: str = ""


@dataclass(frozen=True, slots=True)
class FeedMember:
    """A posting a feed has delivered; `gone` once a whole pull no longer held it."""

    sender: str
    ref: str
    gone: bool = False
    state_before: str = ""
    """The state it had before it was withdrawn, "" where it was not withdrawn by the feed."""
