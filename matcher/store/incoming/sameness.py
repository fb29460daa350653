"""Which adverts are one job: what was found and decided of pairs, and who speaks for a group on a day.

In: links between postings. Out: the links, questions for staff, groups. A posting itself is never changed, so that
undoing a merge leaves it exactly as it was.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import Select, and_, delete, exists, func, insert, or_, select, update

from matcher.domain.incoming.sameness import Ground, Group, Link, Standing, Verdict, spoken_for
from matcher.domain.posting import PostingState
from matcher.store.context import Row, StoreContext, chunks
from matcher.store.incoming.sharing import tell_again
from matcher.store.incoming.signs import Signs
from matcher.store.schema import POSTING, SAME_LINK, SAME_MEMBER

_CLOSED = (PostingState.WITHDRAWN.value, PostingState.FILLED.value)


class Sameness:
    """The tables of links and groups inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context
        self.signs = Signs(context)

    def between(self, one: int, other: int) -> Link | None:
        """What is known of a pair."""
        first, second = sorted((one, other))
        c = SAME_LINK.c
        row = self._context.connection.execute(_links().where(c.one_key == first, c.other_key == second)).first()
        return None if row is None else _link(tuple(row))

    def touching(self, keys: Iterable[int]) -> list[Link]:
        """What is known of pairs with one of these postings, without its grounds."""
        c = SAME_LINK.c
        query = select(c.key, c.one_key, c.other_key, c.found, c.score, c.decided)
        found: dict[int, Link] = {}
        for part in chunks(sorted(keys)):
            for column in (c.one_key, c.other_key):
                for key, one, other, verdict, score, decided in self._context.connection.execute(
                    query.where(column.in_(part))
                ):
                    said = Verdict(decided) if decided else None
                    link = Link(one=one, other=other, found=Verdict(verdict), score=score, decided=said, key=key)
                    found[key] = link
        return [found[key] for key in sorted(found)]

    def put_found(self, fresh: Sequence[int], links: Sequence[Link]) -> list[Link]:
        """Notes what was found of postings compared anew; what a person decided stays. The links that were noted."""
        c, connection = SAME_LINK.c, self._context.connection
        for part in chunks(fresh):
            gone = and_(c.decided == "", or_(c.one_key.in_(part), c.other_key.in_(part)))
            connection.execute(delete(SAME_LINK).where(gone))
        kept = {(link.one, link.other) for link in self.touching(fresh)} if fresh else set()
        noted = [link for link in links if (link.one, link.other) not in kept]
        if noted:
            connection.execute(insert(SAME_LINK), [_row(link) for link in noted])
        return noted

    def decide(self, one: int, other: int, verdict: Verdict | None) -> Link:
        """Notes what a person says of a pair, or takes it back; the link as it was before."""
        first, second = sorted((one, other))
        before = self.between(first, second)
        c, connection = SAME_LINK.c, self._context.connection
        if before is None:
            before = Link(one=first, other=second, found=Verdict.DIFFERENT)
            connection.execute(insert(SAME_LINK), [_row(before)])
        said: Row = {"decided": "", "actor": "", "decided_at": None}
        if verdict is not None:
            said = {"decided": verdict.value, "actor": self._context.actor, "decided_at": self._context.clock()}
        connection.execute(update(SAME_LINK).where(c.one_key == first, c.other_key == second).values(**said))
        return before

    def questions(self, *, first: int = 0, size: int = 30) -> tuple[list[Link], int]:
        """Pairs a person has to look at, the likeliest first, and how many there are.

        Closed postings ask nothing; of the pairs between two groups one is asked, and none once one was answered.
        """
        c = SAME_LINK.c
        closed = exists().where(POSTING.c.key.in_([c.one_key, c.other_key]), POSTING.c.state.in_(_CLOSED))
        asked = and_(c.found == Verdict.MAYBE.value, c.decided == "", ~closed)
        query = select(c.key, c.one_key, c.other_key).where(or_(asked, c.decided == Verdict.DIFFERENT.value))
        ordered = query.order_by(c.decided.desc(), c.score.desc(), c.key)
        groups = dict(
            self._context.connection.execute(select(SAME_MEMBER.c.posting_key, SAME_MEMBER.c.group_key)).all()
        )
        answered = set(self._context.connection.scalars(select(c.key).where(c.decided != "")))
        open_ones: dict[tuple[int, int], int] = {}
        for key, one, other in self._context.connection.execute(ordered):
            sides = sorted((groups.get(one, -one), groups.get(other, -other)))
            if sides[0] != sides[1]:
                open_ones.setdefault((sides[0], sides[1]), key)
        keys = [key for key in open_ones.values() if key not in answered]
        links = {link.key: link for link in self._by_keys(keys[first : first + size])}
        return [links[key] for key in keys[first : first + size]], len(keys)

    def _by_keys(self, keys: Sequence[int]) -> list[Link]:
        """Links by their keys."""
        rows = self._context.connection.execute(_links().where(SAME_LINK.c.key.in_(keys)))
        return [_link(tuple(row)) for row in rows]

    def decisions(self, *, size: int = 30) -> list[Link]:
        """What people decided last."""
        c = SAME_LINK.c
        query = _links().where(c.decided != "").order_by(c.decided_at.desc(), c.key.desc()).limit(size)
        return [_link(tuple(row)) for row in self._context.connection.execute(query)]

    def groups(self, *, first: int = 0, size: int = 30) -> tuple[list[Group], int]:
        """Groups, the newest first, and how many there are."""
        c = SAME_MEMBER.c
        total = self._context.connection.scalar(select(func.count(c.group_key.distinct()))) or 0
        newest = select(c.group_key).group_by(c.group_key).order_by(func.max(c.posting_key).desc())
        keys = list(self._context.connection.scalars(newest.offset(first).limit(size)))
        found = {group.key: group for group in self.groups_of_keys(keys)}
        return [found[key] for key in keys], total

    def groups_of_keys(self, groups: Sequence[int]) -> list[Group]:
        """Groups by their keys."""
        c = SAME_MEMBER.c
        members: dict[int, list[int]] = {}
        for part in chunks(groups):
            query = select(c.group_key, c.posting_key).where(c.group_key.in_(part)).order_by(c.group_key, c.rank)
            for group, key in self._context.connection.execute(query):
                members.setdefault(group, []).append(key)
        return [Group(key, tuple(keys)) for key, keys in members.items()]

    def groups_of(self, postings: Iterable[int]) -> list[Group]:
        """The groups some postings stand in."""
        c = SAME_MEMBER.c
        found: set[int] = set()
        for part in chunks(sorted(postings)):
            found.update(self._context.connection.scalars(select(c.group_key).where(c.posting_key.in_(part))))
        return self.groups_of_keys(sorted(found))

    def put_groups(self, former: Iterable[int], groups: Sequence[Group]) -> None:
        """Puts groups in the place of whatever stood of these postings; the market is made anew where that differs."""
        keys = sorted({*former, *(key for group in groups for key in group.members)})
        before = {group.members for group in self.groups_of(keys)}
        if before == {group.members for group in groups}:
            return
        for part in chunks(keys):
            self._context.connection.execute(delete(SAME_MEMBER).where(SAME_MEMBER.c.posting_key.in_(part)))
        rows = [
            {"posting_key": key, "group_key": group.key, "rank": rank}
            for group in groups
            for rank, key in enumerate(group.members)
        ]
        if rows:
            self._context.connection.execute(insert(SAME_MEMBER), rows)
        tell_again(self._context.connection, keys)
        self._context.touch(POSTING)

    def standings(self, groups: Sequence[int] | None = None, *, without: Collection[str] = ()) -> list[Standing]:
        """The members of all groups, or of some, as far as it matters who speaks for them; some senders left out."""
        m, p = SAME_MEMBER.c, POSTING.c
        query = select(p.key, m.group_key, m.rank, p.state, p.published_on, p.deadline)
        joined = query.join_from(SAME_MEMBER, POSTING, p.key == m.posting_key).order_by(m.group_key, m.rank)
        if groups is not None:
            joined = joined.where(m.group_key.in_(groups))
        if without:
            joined = joined.where(p.sender.not_in(sorted(without)))
        rows = self._context.connection.execute(joined)
        return [Standing(key, group, rank, PostingState(state), *days) for key, group, rank, state, *days in rows]

    def mates(self, postings: Iterable[int]) -> list[int]:
        """The others of the groups some postings stand in."""
        asked = set(postings)
        return sorted({key for group in self.groups_of(asked) for key in group.members} - asked)

    def spoken(self, on: date, stale_days: int) -> dict[int, int]:
        """Every posting another one speaks for on a day → that one."""
        return spoken_for(self.standings(), on, stale_days)


def _links() -> Select[Any]:
    """The columns of `_link`."""
    c = SAME_LINK.c
    return select(c.key, c.one_key, c.other_key, c.found, c.score, c.grounds, c.decided, c.actor, c.decided_at)


def _link(row: tuple[Any, ...]) -> Link:
    """A row of `_links`."""
    key, one, other, found, score, grounds, decided, actor, decided_at = row
    return Link(
        one=one,
        other=other,
        found=Verdict(found),
        score=score,
        grounds=tuple(msgspec.convert(grounds, tuple[Ground, ...])),
        decided=Verdict(decided) if decided else None,
        actor=actor,
        decided_at=decided_at,
        key=key,
    )


def _row(link: Link) -> Row:
    """The columns of a link just found."""
    return {
        "one_key": link.one,
        "other_key": link.other,
        "found": link.found.value,
        "score": link.score,
        "grounds": msgspec.to_builtins(link.grounds),
    }
