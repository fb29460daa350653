"""Posts of projects that are set apart for resettled people, and key counties; both with who said so.

In: `ProjectPosts`, `KeyCounty`s. Out: the same again, of a division.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import and_, insert, select, update

from matcher.domain.errors import EditConflict, RecordNotFound
from matcher.domain.service.around.settled import KeyCounty, ProjectKind, ProjectPosts
from matcher.store.context import Row, StoreContext, within
from matcher.store.schema import KEY_COUNTY, PROJECT_POSTS

_POSTS = ("name", "division", "posts_total", "posts_resettled", "reported_on", "project_key", "note")


class ProjectPostsTable:
    """The table of posts inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def add(self, posts: ProjectPosts) -> int:
        """Keeps the posts of a project; the key."""
        done = self._context.connection.execute(insert(PROJECT_POSTS).values(self._row(posts)))
        return int(done.inserted_primary_key[0]) if done.inserted_primary_key is not None else 0

    def change(self, posts: ProjectPosts) -> None:
        """Stores what is now reported; EditConflict where somebody was first."""
        c = PROJECT_POSTS.c
        mine = and_(c.key == posts.key, c.revision == posts.revision)
        row = self._row(posts) | {"revision": posts.revision + 1}
        if self._context.connection.execute(update(PROJECT_POSTS).where(mine).values(row)).rowcount != 1:
            raise EditConflict("别人刚刚改过这个项目，您的修改没有保存；请看过新内容后再改", ref=str(posts.key))

    def remove(self, key: int) -> None:
        """Takes a project out of the table."""
        values = {"removed_at": self._context.clock(), "actor": self._context.actor}
        self._context.connection.execute(update(PROJECT_POSTS).where(PROJECT_POSTS.c.key == key).values(values))

    def get(self, key: int, *, division: str = "") -> ProjectPosts:
        """One project; RecordNotFound outside the division."""
        found = [one for one in self.all(division=division) if one.key == key]
        if not found:
            raise RecordNotFound("没有这个项目，或不在您的范围内", ref=str(key))
        return found[0]

    def all(self, *, division: str = "") -> list[ProjectPosts]:
        """The projects of a division, by place and name."""
        c = PROJECT_POSTS.c
        wanted = and_(c.removed_at.is_(None), within(c.division, division))
        rows = self._context.connection.execute(
            select(PROJECT_POSTS).where(wanted).order_by(c.division, c.kind, c.name, c.key)
        ).mappings()
        return [
            ProjectPosts(
                key=row["key"],
                kind=ProjectKind(row["kind"]),
                actor=row["actor"],
                revision=row["revision"],
                **{name: row[name] for name in _POSTS},
            )
            for row in rows
        ]

    def _row(self, posts: ProjectPosts) -> Row:
        """The columns of a project."""
        row: Row = {name: getattr(posts, name) for name in _POSTS}
        return row | {"kind": posts.kind.value, "actor": self._context.actor, "changed_at": self._context.clock()}


class KeyCounties:
    """The table of key counties inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def add(self, county: KeyCounty) -> None:
        """A banner counts from a day on."""
        row = {
            "code": county.code,
            "since": county.since,
            "until": county.until,
            "basis": county.basis,
            "actor": self._context.actor,
            "recorded_at": self._context.clock(),
        }
        self._context.connection.execute(insert(KEY_COUNTY).values(row))

    def end(self, key: int, *, on: date) -> None:
        """A banner no longer counts after a day."""
        c = KEY_COUNTY.c
        change = update(KEY_COUNTY).where(c.key == key, c.until.is_(None))
        if self._context.connection.execute(change.values(until=on)).rowcount != 1:
            raise RecordNotFound("没有这条记录，或已经结束", ref=str(key))

    def all(self) -> list[KeyCounty]:
        """Everything that was ever entered, newest first."""
        names = ("key", "code", "since", "until", "basis", "actor")
        rows = self._context.connection.execute(select(KEY_COUNTY).order_by(KEY_COUNTY.c.key.desc())).mappings()
        return [KeyCounty(**{name: row[name] for name in names}) for row in rows]
