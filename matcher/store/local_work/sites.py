"""The register of projects, cooperatives, workshops and posts, with every version an entry had.

In: `Site`s. Out: the same again within a scope, what they were before, and the postings that belong to them.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, and_, delete, insert, select, true, update

from matcher.domain.errors import RecordNotFound
from matcher.domain.posting import PostingState
from matcher.domain.service.around.local_work import DETAILS, Origin, Site, SiteKind, SiteState, SiteVersion
from matcher.store.context import Row, StoreContext, chunks, new_uid, within
from matcher.store.postings import Postings
from matcher.store.schema import LOCAL_SITE, LOCAL_SITE_BEFORE, LOCAL_SITE_POSTING, POSTING
from matcher.store.sealing import place_of


class Sites:
    """The tables of the register inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def add(self, site: Site) -> int:
        """Keeps a new entry; its key."""
        uid = new_uid()
        return self._context.insert_many(LOCAL_SITE, [{"uid": uid} | self._row(uid, site)])[0]

    def change(self, site: Site, *, expected_revision: int | None = None, removed: bool = False) -> None:
        """Keeps what an entry is now and what it was before; EditConflict where somebody was first."""
        self._remember(site.key)
        row = self._row(self._context.uid(LOCAL_SITE, site.key), site) | {"removed": removed}
        self._context.revise(LOCAL_SITE, site.key, row, expected_revision=expected_revision)

    def get(self, key: int, *, division: str = "", villages: tuple[str, ...] = (), removed: bool = False) -> Site:
        """One entry; RecordNotFound where there is none in the scope."""
        there = true() if removed else LOCAL_SITE.c.removed.is_(False)
        query = select(LOCAL_SITE).where(LOCAL_SITE.c.key == key, there, _seen(division, villages))
        row = self._context.connection.execute(query).mappings().first()
        if row is None:
            raise RecordNotFound("没有这条记录，或不在您的范围内", ref=str(key))
        return self._site(row)

    def all(self, kinds: Collection[SiteKind], *, division: str = "", villages: tuple[str, ...] = ()) -> list[Site]:
        """The entries of some kinds, by division and name."""
        c = LOCAL_SITE.c
        wanted = and_(c.kind.in_([kind.value for kind in kinds]), c.removed.is_(False), _seen(division, villages))
        query = select(LOCAL_SITE).where(wanted).order_by(c.division, c.village, c.name, c.key)
        return [self._site(row) for row in self._context.connection.execute(query).mappings()]

    def many(self, keys: Collection[int]) -> dict[int, Site]:
        """Entries by key, also those that were taken away."""
        found: dict[int, Site] = {}
        for part in chunks(sorted(keys)):
            query = select(LOCAL_SITE).where(LOCAL_SITE.c.key.in_(part))
            for row in self._context.connection.execute(query).mappings():
                found[int(row["key"])] = self._site(row)
        return found

    def versions(self, key: int) -> list[SiteVersion]:
        """What an entry was before, the latest first."""
        c = LOCAL_SITE_BEFORE.c
        query = select(LOCAL_SITE_BEFORE).where(c.site_key == key).order_by(c.key.desc())
        return [
            SiteVersion(
                key=int(row["key"]),
                site=self._open(row["body"], "local_site_before", row["uid"]),
                replaced_at=row["replaced_at"],
                replaced_by=str(row["actor"]),
            )
            for row in self._context.connection.execute(query).mappings()
        ]

    def drop_version(self, key: int) -> None:
        """Away with a version that was put back."""
        self._context.connection.execute(delete(LOCAL_SITE_BEFORE).where(LOCAL_SITE_BEFORE.c.key == key))

    def postings(self, keys: Collection[int]) -> dict[int, list[int]]:
        """The postings of entries."""
        c, found = LOCAL_SITE_POSTING.c, dict[int, list[int]]()
        for part in chunks(sorted(keys)):
            query = select(c.site_key, c.posting_key).where(c.site_key.in_(part)).order_by(c.key)
            for site_key, posting_key in self._context.connection.execute(query):
                found.setdefault(int(site_key), []).append(int(posting_key))
        return found

    def of_posting(self, posting_key: int) -> list[Site]:
        """The entries a posting belongs to, but for those that were taken away."""
        c = LOCAL_SITE_POSTING.c
        joined = select(LOCAL_SITE).join(LOCAL_SITE_POSTING, c.site_key == LOCAL_SITE.c.key)
        query = joined.where(c.posting_key == posting_key, LOCAL_SITE.c.removed.is_(False)).order_by(c.key)
        return [self._site(row) for row in self._context.connection.execute(query).mappings()]

    def link(self, key: int, posting_key: int) -> None:
        """A posting belongs to an entry; saying it twice changes nothing."""
        if posting_key not in self.postings([key]).get(key, []):
            self._context.connection.execute(insert(LOCAL_SITE_POSTING).values(site_key=key, posting_key=posting_key))

    def unlink(self, key: int, posting_key: int) -> None:
        """A posting does not belong to an entry."""
        c = LOCAL_SITE_POSTING.c
        self._context.connection.execute(
            delete(LOCAL_SITE_POSTING).where(c.site_key == key, c.posting_key == posting_key)
        )

    def hold_postings(self, key: int) -> int:
        """The open postings of an entry are suggested to nobody for now; how many."""
        open_ones = self._of_state(key, PostingState.OPEN, held=False)
        return self._move(key, open_ones, PostingState.OPEN, PostingState.HELD, why="STATE_SITE_PAUSED")

    def release_postings(self, key: int) -> int:
        """Postings that were held with an entry, and by nobody since, are open again; how many."""
        held = self._of_state(key, PostingState.HELD, held=True)
        moved = self._move(key, held, PostingState.HELD, PostingState.OPEN, why="STATE_SITE_OPEN")
        c = LOCAL_SITE_POSTING.c
        self._context.connection.execute(update(LOCAL_SITE_POSTING).where(c.site_key == key).values(held=False))
        return moved

    def _of_state(self, key: int, state: PostingState, *, held: bool) -> list[int]:
        """The postings of an entry that stand in a state."""
        c = LOCAL_SITE_POSTING.c
        joined = select(c.posting_key).join(POSTING, POSTING.c.key == c.posting_key)
        wanted = joined.where(c.site_key == key, c.held.is_(held), POSTING.c.state == state.value)
        return [int(one) for one in self._context.connection.scalars(wanted)]

    def _move(self, key: int, postings: list[int], before: PostingState, after: PostingState, *, why: str) -> int:
        """Moves postings and notes whether they are held with their entry."""
        c = LOCAL_SITE_POSTING.c
        here = and_(c.site_key == key, c.posting_key.in_(postings))
        change = update(LOCAL_SITE_POSTING).where(here).values(held=after is PostingState.HELD)
        self._context.connection.execute(change)
        return Postings(self._context).move_many(postings, before, after, why=why)

    def _remember(self, key: int) -> None:
        """Keeps an entry as it stands."""
        now, uid = self.get(key, removed=True), new_uid()
        row = {
            "uid": uid,
            "site_key": key,
            "body": self._seal(now, "local_site_before", uid),
            "actor": self._context.actor,
            "replaced_at": self._context.clock(),
        }
        self._context.insert_many(LOCAL_SITE_BEFORE, [row])

    def _row(self, uid: str, site: Site) -> Row:
        """The columns of an entry."""
        return {
            "kind": site.kind.value,
            "name": site.name,
            "division": site.division,
            "village": site.village,
            "state": site.state.value,
            "origin": site.origin.value,
            "body": self._seal(site, "local_site", uid),
            "actor": self._context.actor,
            "changed_at": self._context.clock(),
        }

    def _seal(self, site: Site, table: str, uid: str) -> Any:
        """An entry, sealed."""
        return self._context.keys.seal(msgspec.json.encode(site), place_of(table, "body", uid))

    def _open(self, body: bytes, table: str, uid: str) -> Site:
        """An entry, unsealed."""
        told = msgspec.json.decode(self._context.keys.unseal(body, place_of(table, "body", uid)))
        details = msgspec.convert(told.pop("details"), type=DETAILS[SiteKind(told["kind"])])
        return Site(
            kind=SiteKind(told["kind"]),
            state=SiteState(told["state"]),
            origin=Origin(told["origin"]),
            details=details,
            **{name: told[name] for name in ("name", "division", "village", "place", "partner")},
        )

    def _site(self, row: Mapping[Any, Any]) -> Site:
        """A row as an entry; the village stands where the columns say: a village that is renamed takes it along."""
        found = self._open(row["body"], "local_site", row["uid"])
        return replace(
            found,
            division=str(row["division"]),
            village=str(row["village"]),
            key=int(row["key"]),
            revision=int(row["revision"]),
            changed_at=row["changed_at"],
            changed_by=str(row["actor"]),
        )


def _seen(division: str, villages: tuple[str, ...]) -> ColumnElement[bool]:
    """Entries of a division and, where villages are named, of one of them."""
    inside = within(LOCAL_SITE.c.division, division)
    return and_(inside, LOCAL_SITE.c.village.in_(villages)) if villages else inside
