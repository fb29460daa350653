"""Notices that reached people: when, how, with which receipt; taken back, never deleted.

In: notices told. Out: the same again, newest first; how many people of a place were told since a day.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

import msgspec
from sqlalchemy import func, insert, select, update

from matcher.domain.errors import RecordNotFound
from matcher.domain.plan import Track
from matcher.domain.service.policies.catalogue import NoticeIssue, Receipt, Told
from matcher.store.context import StoreContext, new_uid
from matcher.store.schema import NOTICE_ISSUE, PLAN, WORKER
from matcher.store.sealing import place_of
from matcher.store.workers import in_scope

OWED = tuple(track.value for track in (Track.FULL, Track.PUBLIC_POST_EXIT, Track.STABILISE, Track.ON_REQUEST))
"""Tracks whose people are owed a notice of what they may have."""


class NoticeIssues:
    """The table of notices told inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def add(self, issue: NoticeIssue) -> int:
        """Keeps that a notice was told; its key."""
        uid = new_uid()
        body = msgspec.json.encode({"states": dict(issue.states), "note": issue.note})
        row = {
            "uid": uid,
            "worker_key": issue.worker_key,
            "issued_on": issue.issued_on,
            "how": issue.how.value,
            "receipt": issue.receipt.value,
            "body": self._context.keys.seal(body, place_of("notice_issue", "body", uid)),
            "actor": self._context.actor,
            "recorded_at": self._context.clock(),
        }
        inserted = self._context.connection.execute(insert(NOTICE_ISSUE).values(row)).inserted_primary_key
        return int(inserted[0]) if inserted is not None else 0

    def take_back(self, key: int, *, worker_key: int) -> None:
        """Takes one back that was noted by mistake; RecordNotFound where the person has none such."""
        c = NOTICE_ISSUE.c
        mine = update(NOTICE_ISSUE).where(c.key == key, c.worker_key == worker_key, c.undone_at.is_(None))
        values = {"undone_at": self._context.clock(), "undone_by": self._context.actor}
        if self._context.connection.execute(mine.values(values)).rowcount != 1:
            raise RecordNotFound("没有这次告知记录，或已经撤销", ref=str(key))

    def of_person(self, worker_key: int) -> list[NoticeIssue]:
        """Those that stand of one person, newest first."""
        c = NOTICE_ISSUE.c
        query = select(c.key, c.uid, c.issued_on, c.how, c.receipt, c.body, c.actor, c.recorded_at)
        mine = query.where(c.worker_key == worker_key, c.undone_at.is_(None)).order_by(c.issued_on.desc(), c.key.desc())
        return [self._issue(worker_key, *row) for row in self._context.connection.execute(mine)]

    def told_by_village(
        self, *, division: str = "", villages: Sequence[str] = (), since: date
    ) -> dict[tuple[str, str], int]:
        """(division, village) → people who were told since a day and whose receipt stands."""
        c, w = NOTICE_ISSUE.c, WORKER.c
        query = select(w.home_code, w.village, func.count(c.worker_key.distinct()))
        people = NOTICE_ISSUE.join(WORKER, w.key == c.worker_key).join(PLAN, PLAN.c.worker_key == w.key)
        told = query.select_from(people).where(
            PLAN.c.current,
            PLAN.c.track.in_(OWED),
            c.undone_at.is_(None),
            c.issued_on >= since,
            in_scope(division, tuple(villages)),
        )
        rows = self._context.connection.execute(told.group_by(w.home_code, w.village))
        return {(str(code), str(village)): int(many) for code, village, many in rows}

    def owed_by_village(self, *, division: str = "", villages: Sequence[str] = ()) -> dict[tuple[str, str], int]:
        """(division, village) → people whose plan that counts is one of the service."""
        w = WORKER.c
        owed = select(w.home_code, w.village, func.count()).select_from(PLAN.join(WORKER, w.key == PLAN.c.worker_key))
        mine = owed.where(PLAN.c.current, PLAN.c.track.in_(OWED), in_scope(division, tuple(villages)))
        rows = self._context.connection.execute(mine.group_by(w.home_code, w.village))
        return {(str(code), str(village)): int(many) for code, village, many in rows}

    def _issue(
        self,
        worker_key: int,
        key: int,
        uid: str,
        issued_on: date,
        how: str,
        receipt: str,
        body: bytes,
        actor: str,
        recorded_at: datetime,
    ) -> NoticeIssue:
        """A row, unsealed."""
        said = msgspec.json.decode(self._context.keys.unseal(body, place_of("notice_issue", "body", uid)))
        return NoticeIssue(
            key=key,
            worker_key=worker_key,
            issued_on=issued_on,
            how=Told(how),
            receipt=Receipt(receipt),
            states=said["states"],
            note=said["note"],
            actor=actor,
            recorded_at=recorded_at,
        )
