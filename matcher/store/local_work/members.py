"""People at sites: holders of public-welfare posts and workers of workshops, with attendance and reviews.

In: `Member`s, `Attendance`, `Review`s. Out: the same again by site, person or key.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, and_, delete, func, insert, select

from matcher.domain.errors import RecordNotFound
from matcher.domain.service.around.local_work import Attendance, Member, Review, ReviewResult, Said, SiteKind, Stage
from matcher.store.context import Row, StoreContext, chunks, new_uid
from matcher.store.schema import LOCAL_ATTENDANCE, LOCAL_MEMBER, LOCAL_REVIEW, LOCAL_SITE
from matcher.store.sealing import place_of

_DAYS = ("notice_from", "notice_to", "started_on", "term_end", "ended_on")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Body:
    """What of somebody is sealed."""

    said: Said
    hours_week: int | None = None


_BODY = msgspec.json.Decoder(_Body)


@dataclass(frozen=True, slots=True)
class ServedRow:
    """One month of a public-welfare post, or the post itself where no month was noted."""

    worker_key: int
    member_key: int
    started_on: date | None
    ended_on: date | None
    month: str | None
    days_due: int | None
    days_present: int | None


class Members:
    """The tables of people at sites inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def add(self, member: Member) -> int:
        """Keeps somebody who comes to a site; the key."""
        uid = new_uid()
        row = {"uid": uid, "site_key": member.site_key, "worker_key": member.worker_key}
        return self._context.insert_many(LOCAL_MEMBER, [row | self._row(uid, member)])[0]

    def change(self, member: Member, *, expected_revision: int | None = None) -> None:
        """Keeps what stands of somebody now; EditConflict where another was first."""
        row = self._row(self._context.uid(LOCAL_MEMBER, member.key), member)
        self._context.revise(LOCAL_MEMBER, member.key, row, expected_revision=expected_revision)

    def remove(self, key: int) -> None:
        """Away with somebody who was put down by mistake."""
        self._context.connection.execute(delete(LOCAL_MEMBER).where(LOCAL_MEMBER.c.key == key))

    def get(self, key: int) -> Member:
        """One of them; RecordNotFound where there is none."""
        row = self._context.connection.execute(select(LOCAL_MEMBER).where(LOCAL_MEMBER.c.key == key)).mappings().first()
        if row is None:
            raise RecordNotFound("没有这条上岗记录", ref=str(key))
        return self._member(row)

    def of_sites(self, sites: Collection[int]) -> dict[int, list[Member]]:
        """Who is at sites, in the order they were put down."""
        found: dict[int, list[Member]] = {}
        for part in chunks(sorted(sites)):
            for member in self._found(LOCAL_MEMBER.c.site_key.in_(part)):
                found.setdefault(member.site_key, []).append(member)
        return found

    def of_people(self, workers: Collection[int]) -> dict[int, list[Member]]:
        """At which sites people are or were."""
        found: dict[int, list[Member]] = {}
        for part in chunks(sorted(workers)):
            for member in self._found(LOCAL_MEMBER.c.worker_key.in_(part)):
                found.setdefault(member.worker_key, []).append(member)
        return found

    def note_month(self, month: Attendance) -> None:
        """Keeps the days of a month; said again it replaces what was said."""
        c, uid = LOCAL_ATTENDANCE.c, new_uid()
        there = (c.member_key == month.member_key) & (c.month == month.month)
        self._context.connection.execute(delete(LOCAL_ATTENDANCE).where(there))
        row = {
            "uid": uid,
            "member_key": month.member_key,
            "month": month.month,
            "days_due": month.days_due,
            "days_present": month.days_present,
            "note": self._seal_text("local_attendance", uid, month.note),
            "actor": self._context.actor,
            "recorded_at": self._context.clock(),
        }
        self._context.connection.execute(insert(LOCAL_ATTENDANCE).values(row))

    def months(self, members: Collection[int], *, since: str = "") -> dict[int, list[Attendance]]:
        """The months of people, the latest first; `since` a month such as 2026-01."""
        c, found = LOCAL_ATTENDANCE.c, dict[int, list[Attendance]]()
        for part in chunks(sorted(members)):
            query = select(LOCAL_ATTENDANCE).where(c.member_key.in_(part), c.month >= since).order_by(c.month.desc())
            for row in self._context.connection.execute(query).mappings():
                month = Attendance(
                    member_key=int(row["member_key"]),
                    month=str(row["month"]),
                    days_due=int(row["days_due"]),
                    days_present=int(row["days_present"]),
                    note=self._text("local_attendance", row),
                    actor=str(row["actor"]),
                )
                found.setdefault(month.member_key, []).append(month)
        return found

    def served(self, workers: Collection[int], stages: Collection[Stage]) -> list[ServedRow]:
        """Public-welfare posts of people at some stages, a row a month that was noted; nothing sealed is opened."""
        m, a, s = LOCAL_MEMBER.c, LOCAL_ATTENDANCE.c, LOCAL_SITE.c
        joined = LOCAL_MEMBER.join(LOCAL_SITE, s.key == m.site_key).outerjoin(LOCAL_ATTENDANCE, a.member_key == m.key)
        columns = (m.worker_key, m.key, m.started_on, m.ended_on, a.month, a.days_due, a.days_present)
        wanted = and_(s.kind == SiteKind.POST.value, m.stage.in_(sorted(one.value for one in stages)))
        return [
            ServedRow(*row)
            for part in chunks(sorted(workers))
            for row in self._context.connection.execute(
                select(*columns).select_from(joined).where(wanted, m.worker_key.in_(part)).order_by(m.key)
            )
        ]

    def add_review(self, review: Review) -> int:
        """Keeps a review; its key."""
        uid = new_uid()
        row = {
            "uid": uid,
            "member_key": review.member_key,
            "reviewed_on": review.reviewed_on,
            "result": review.result.value,
            "note": self._seal_text("local_review", uid, review.note),
            "actor": self._context.actor,
            "recorded_at": self._context.clock(),
        }
        return self._context.insert_many(LOCAL_REVIEW, [row])[0]

    def drop_review(self, key: int, *, member_key: int) -> None:
        """Away with a review that was noted by mistake."""
        c = LOCAL_REVIEW.c
        self._context.connection.execute(delete(LOCAL_REVIEW).where(c.key == key, c.member_key == member_key))

    def reviews(self, members: Collection[int]) -> dict[int, list[Review]]:
        """The reviews of people, the latest first."""
        c, found = LOCAL_REVIEW.c, dict[int, list[Review]]()
        for part in chunks(sorted(members)):
            query = select(LOCAL_REVIEW).where(c.member_key.in_(part)).order_by(c.reviewed_on.desc(), c.key.desc())
            for row in self._context.connection.execute(query).mappings():
                review = Review(
                    key=int(row["key"]),
                    member_key=int(row["member_key"]),
                    reviewed_on=row["reviewed_on"],
                    result=ReviewResult(row["result"]),
                    note=self._text("local_review", row),
                    actor=str(row["actor"]),
                )
                found.setdefault(review.member_key, []).append(review)
        return found

    def last_reviews(self, members: Collection[int]) -> dict[int, date]:
        """The day each was reviewed last."""
        c, found = LOCAL_REVIEW.c, dict[int, date]()
        for part in chunks(sorted(members)):
            query = select(c.member_key, func.max(c.reviewed_on)).where(c.member_key.in_(part)).group_by(c.member_key)
            found.update((int(key), on) for key, on in self._context.connection.execute(query))
        return found

    def _found(self, condition: ColumnElement[bool]) -> list[Member]:
        """The people of a condition."""
        query = select(LOCAL_MEMBER).where(condition).order_by(LOCAL_MEMBER.c.key)
        return [self._member(row) for row in self._context.connection.execute(query).mappings()]

    def _row(self, uid: str, member: Member) -> Row:
        """The columns that may change."""
        body = msgspec.json.encode(_Body(said=member.said, hours_week=member.hours_week))
        return {name: getattr(member, name) for name in _DAYS} | {
            "stage": member.stage.value,
            "ground": member.ground,
            "extended": member.extended,
            "body": self._context.keys.seal(body, place_of("local_member", "body", uid)),
            "actor": self._context.actor,
            "changed_at": self._context.clock(),
        }

    def _member(self, row: Mapping[Any, Any]) -> Member:
        """A row as somebody at a site."""
        body = _BODY.decode(self._context.keys.unseal(row["body"], place_of("local_member", "body", row["uid"])))
        return Member(
            key=int(row["key"]),
            site_key=int(row["site_key"]),
            worker_key=int(row["worker_key"]),
            stage=Stage(row["stage"]),
            ground=str(row["ground"]),
            hours_week=body.hours_week,
            extended=int(row["extended"]),
            said=body.said,
            revision=int(row["revision"]),
            actor=str(row["actor"]),
            changed_at=row["changed_at"],
            **{name: row[name] for name in _DAYS},
        )

    def _seal_text(self, table: str, uid: str, text: str) -> Any:
        """A note, sealed; nothing where nothing was said."""
        return self._context.keys.seal(text.encode(), place_of(table, "note", uid)) if text else None

    def _text(self, table: str, row: Mapping[Any, Any]) -> str:
        """A note, unsealed."""
        sealed = row["note"]
        return "" if sealed is None else self._context.keys.unseal(sealed, place_of(table, "note", row["uid"])).decode()
