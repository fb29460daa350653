"""Feeds: what was declared, where each stands, what it delivered, and the log of its pulls.

In: `Feed`, `FeedStanding`, members, events. Out: the same again. The address is sealed; a feed can be claimed by one
pull at a time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import timedelta
from typing import Any

from sqlalchemy import and_, bindparam, delete, insert, select, update

from matcher.domain.errors import InputRefused, RecordNotFound
from matcher.domain.incoming.feed import Feed, FeedEvent, FeedKind, FeedMember, FeedStanding, FeedState, StoredFeed
from matcher.domain.posting import PostingState
from matcher.store.context import Row, StoreContext, chunks, new_uid
from matcher.store.schema import FEED, FEED_EVENT, FEED_FILE, FEED_POSTING, POSTING
from matcher.store.sealing import place_of

CLAIM_LASTS = timedelta(minutes=10)
"""A pull that has held a feed so long is dead."""
KEPT_EVENTS = 1_000
"""Lines of the log of one feed."""
_STANDING = tuple(item.name for item in fields(FeedStanding))
_EVENT = tuple(item.name for item in fields(FeedEvent))


@dataclass(frozen=True, slots=True)
class PostingStanding:
    """Where a stored posting stands."""

    key: int
    state: PostingState
    note: str


class Feeds:
    """The tables of feeds inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def add(self, feed: Feed) -> int:
        """Declares a feed; InputRefused for a name in use."""
        if self._row(feed.name) is not None:
            raise InputRefused(f"已经有叫“{feed.name}”的来源", ref=feed.name)
        uid = new_uid()
        sealed = self._context.keys.seal(feed.url.encode(), place_of("feed", "url", uid))
        row = {
            "uid": uid,
            "name": feed.name,
            "url": sealed,
            "kind": feed.kind.value,
            "sender": feed.sender,
            "mapping": dict(feed.mapping),
            "hosts": list(feed.hosts),
            "every_minutes": feed.every_minutes,
            "state": FeedState.NEW.value,
            "args": {},
            "created_at": self._context.clock(),
        }
        inserted = self._context.connection.execute(insert(FEED).values(row)).inserted_primary_key
        return int(inserted[0]) if inserted is not None else 0

    def get(self, name: str) -> StoredFeed:
        """One feed by name."""
        row = self._row(name)
        if row is None:
            raise RecordNotFound(f"没有叫“{name}”的来源", ref=name)
        return self._stored(row)

    def by_key(self, key: int) -> StoredFeed:
        """One feed by its key."""
        row = self._context.connection.execute(select(FEED).where(FEED.c.key == key)).mappings().first()
        if row is None:
            raise RecordNotFound("没有这个来源，可能已经删除", ref=str(key))
        return self._stored(dict(row))

    def all(self) -> list[StoredFeed]:
        """Every feed, by name."""
        rows = self._context.connection.execute(select(FEED).order_by(FEED.c.name)).mappings()
        return [self._stored(dict(row)) for row in rows]

    def remove(self, key: int) -> None:
        """Forgets a feed and what it delivered; its postings stay."""
        for table in (FEED_EVENT, FEED_FILE, FEED_POSTING):
            self._context.connection.execute(delete(table).where(table.c.feed_key == key))
        self._context.connection.execute(delete(FEED).where(FEED.c.key == key))

    def change(self, key: int, **standing: Any) -> None:
        """Changes parts of where a feed stands, named as in `FeedStanding`."""
        unknown = set(standing) - set(_STANDING)
        if unknown:
            raise TypeError(f"no such part of a feed: {sorted(unknown)}")
        state = standing.get("state")
        values = standing | ({} if state is None else {"state": FeedState(state).value})
        self._context.connection.execute(update(FEED).where(FEED.c.key == key).values(**values))

    def claim(self, key: int, holder: str, is_dead: Callable[[str], bool]) -> bool:
        """Takes a feed for one pull; False while another pull has it that is neither dead nor older than it may be."""
        now = self._context.clock()
        query = select(FEED.c.claimed_at, FEED.c.claimed_by).where(FEED.c.key == key)
        since, earlier = self._context.connection.execute(query).one()
        if since is not None and since >= now - CLAIM_LASTS and not is_dead(earlier):
            return False
        self._context.connection.execute(
            update(FEED).where(FEED.c.key == key).values(claimed_at=now, claimed_by=holder)
        )
        return True

    def release(self, key: int) -> None:
        """Gives a feed free for the next pull."""
        self._context.connection.execute(update(FEED).where(FEED.c.key == key).values(claimed_at=None, claimed_by=""))

    def busy(self) -> set[int]:
        """Keys of the feeds that a pull has just now."""
        since = self._context.clock() - CLAIM_LASTS
        return set(self._context.connection.scalars(select(FEED.c.key).where(FEED.c.claimed_at > since)))

    def members(self, key: int) -> dict[tuple[str, str], FeedMember]:
        """Every posting a feed has delivered, by sender and reference."""
        c = FEED_POSTING.c
        query = select(c.sender, c.ref, c.gone, c.state_before).where(c.feed_key == key)
        return {(row[0], row[1]): FeedMember(*row) for row in self._context.connection.execute(query)}

    def held_elsewhere(self, key: int) -> set[tuple[str, str]]:
        """Postings that other feeds hold too."""
        c = FEED_POSTING.c
        query = select(c.sender, c.ref).where(c.feed_key != key, c.gone.is_(False))
        return {(sender, ref) for sender, ref in self._context.connection.execute(query)}

    def note_members(self, key: int, members: Sequence[FeedMember]) -> None:
        """Notes postings as delivered, or as gone."""
        c, now = FEED_POSTING.c, self._context.clock()
        query = select(c.sender, c.ref).where(c.feed_key == key)
        known = {(sender, ref) for sender, ref in self._context.connection.execute(query)}
        same = and_(c.feed_key == bindparam("_feed"), c.sender == bindparam("_sender"), c.ref == bindparam("_ref"))
        for part in chunks(members):
            told = [{"gone": one.gone, "state_before": one.state_before, "since": now} for one in part]
            fresh, changed = [], []
            for one, row in zip(part, told, strict=True):
                if (one.sender, one.ref) in known:
                    changed.append(row | {"_feed": key, "_sender": one.sender, "_ref": one.ref})
                else:
                    fresh.append(row | {"feed_key": key, "sender": one.sender, "ref": one.ref})
            if fresh:
                self._context.connection.execute(insert(FEED_POSTING), fresh)
            if changed:
                self._context.connection.execute(update(FEED_POSTING).where(same), changed)

    def owners(self, senders: Iterable[str]) -> dict[tuple[str, str], PostingStanding]:
        """Stored postings of these senders by sender and reference, with where each stands."""
        c = POSTING.c
        query = select(c.sender, c.ref, c.key, c.state, c.state_note).where(c.sender.in_(sorted(set(senders))))
        return {
            (sender, ref): PostingStanding(posting, PostingState(state), note)
            for sender, ref, posting, state, note in self._context.connection.execute(query)
        }

    def files_done(self, key: int) -> set[str]:
        """Digests of the files of a folder that were taken before."""
        query = select(FEED_FILE.c.digest).where(FEED_FILE.c.feed_key == key)
        return set(self._context.connection.scalars(query))

    def note_file(self, key: int, digest: str, name: str) -> None:
        """Remembers a file as taken."""
        row = {"feed_key": key, "digest": digest, "name": name, "done_at": self._context.clock()}
        self._context.connection.execute(insert(FEED_FILE).values(row))

    def note_event(self, key: int, event: FeedEvent) -> None:
        """Adds a line to the log of pulls, of which the newest stay."""
        row = {name: getattr(event, name) for name in _EVENT}
        row |= {"feed_key": key, "state": event.state.value, "args": dict(event.args), "actor": self._context.actor}
        self._context.connection.execute(insert(FEED_EVENT).values(row))
        c = FEED_EVENT.c
        kept = select(c.key).where(c.feed_key == key).order_by(c.key.desc()).offset(KEPT_EVENTS).limit(1)
        oldest = self._context.connection.scalar(kept)
        if oldest is not None:
            self._context.connection.execute(delete(FEED_EVENT).where(c.feed_key == key, c.key <= oldest))

    def events(self, key: int, limit: int = 50) -> list[FeedEvent]:
        """The log of a feed, newest first."""
        query = select(FEED_EVENT).where(FEED_EVENT.c.feed_key == key).order_by(FEED_EVENT.c.key.desc()).limit(limit)
        found = []
        for row in self._context.connection.execute(query).mappings():
            values = {name: row[name] for name in _EVENT}
            found.append(FeedEvent(**values | {"state": FeedState(row["state"])}))
        return found

    def _row(self, name: str) -> Row | None:
        """The row of a name."""
        row = self._context.connection.execute(select(FEED).where(FEED.c.name == name)).mappings().first()
        return None if row is None else {str(column): value for column, value in row.items()}

    def _stored(self, row: Mapping[Any, Any]) -> StoredFeed:
        """A row as a feed."""
        url = self._context.keys.unseal(row["url"], place_of("feed", "url", row["uid"])).decode()
        feed = Feed(
            name=row["name"],
            url=url,
            kind=FeedKind(row["kind"]),
            sender=row["sender"],
            mapping=row["mapping"],
            hosts=tuple(row["hosts"]),
            every_minutes=row["every_minutes"],
        )
        standing = {name: row[name] for name in _STANDING} | {"state": FeedState(row["state"])}
        return StoredFeed(key=row["key"], feed=feed, standing=FeedStanding(**standing))
