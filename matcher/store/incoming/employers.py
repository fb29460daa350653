"""Employers nothing is suggested of, and complaints; reasons and complaints are sealed.

In: marks and complaints about an employer by name or credit code. Out: the same again, and what is known of employers.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from sqlalchemy import and_, insert, literal, or_, select, union_all, update

from matcher.domain.errors import RecordNotFound
from matcher.domain.incoming.trust import Complaint, ComplaintBy, EmployerMark, MarkKind, employer_key
from matcher.store.context import StoreContext, new_uid
from matcher.store.schema import BROKER, EMPLOYER_COMPLAINT, EMPLOYER_MARK
from matcher.store.sealing import SealedBytes, place_of


class Employers:
    """The tables of marks and complaints inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def bar(self, mark: EmployerMark) -> int:
        """Keeps an employer nothing is suggested of; the key."""
        uid = new_uid()
        row = {
            "uid": uid,
            "name": mark.name,
            "name_key": employer_key(mark.name),
            "uscc": mark.uscc,
            "kind": mark.kind.value,
            "reason": self._sealed("employer_mark", "reason", uid, mark.reason),
            "since": mark.since,
            "until": mark.until,
            "actor": self._context.actor,
            "recorded_at": self._context.clock(),
        }
        inserted = self._context.connection.execute(insert(EMPLOYER_MARK).values(row)).inserted_primary_key
        return int(inserted[0]) if inserted is not None else 0

    def lift(self, key: int) -> EmployerMark:
        """Ends a mark; RecordNotFound where none stands."""
        c = EMPLOYER_MARK.c
        values = {"lifted_at": self._context.clock(), "lifted_by": self._context.actor}
        ended = update(EMPLOYER_MARK).where(c.key == key, c.lifted_at.is_(None)).values(**values)
        if self._context.connection.execute(ended).rowcount == 0:
            raise RecordNotFound("没有这条限制，或已经解除", ref=str(key))
        return next(mark for mark in self.marks() if mark.key == key)

    def marks(self) -> list[EmployerMark]:
        """All marks, newest first."""
        query = select(EMPLOYER_MARK).order_by(EMPLOYER_MARK.c.key.desc())
        return [
            EmployerMark(
                key=row["key"],
                name=row["name"],
                uscc=row["uscc"],
                kind=MarkKind(row["kind"]),
                reason=self._opened("employer_mark", "reason", row),
                since=row["since"],
                until=row["until"],
                actor=row["actor"],
                lifted_at=row["lifted_at"],
                lifted_by=row["lifted_by"],
            )
            for row in self._context.connection.execute(query).mappings()
        ]

    def complain(self, complaint: Complaint) -> int:
        """Keeps a complaint; the key."""
        uid = new_uid()
        row = {
            "uid": uid,
            "employer": complaint.employer,
            "name_key": employer_key(complaint.employer),
            "uscc": complaint.uscc,
            "posting_key": complaint.posting_key,
            "made_on": complaint.on,
            "made_by": complaint.by.value,
            "text": self._sealed("employer_complaint", "text", uid, complaint.text),
            "actor": self._context.actor,
            "recorded_at": self._context.clock(),
        }
        inserted = self._context.connection.execute(insert(EMPLOYER_COMPLAINT).values(row)).inserted_primary_key
        return int(inserted[0]) if inserted is not None else 0

    def settle(self, key: int) -> None:
        """A complaint that was cleared up counts no more."""
        c = EMPLOYER_COMPLAINT.c
        ended = update(EMPLOYER_COMPLAINT).where(c.key == key, c.settled_at.is_(None))
        if self._context.connection.execute(ended.values(settled_at=self._context.clock())).rowcount == 0:
            raise RecordNotFound("没有这条投诉，或已经了结", ref=str(key))

    def complaints(self, *, since: date | None = None) -> list[Complaint]:
        """Complaints, newest first."""
        c = EMPLOYER_COMPLAINT.c
        query = select(EMPLOYER_COMPLAINT).order_by(c.key.desc())
        if since is not None:
            query = query.where(c.made_on >= since)
        return [self._complaint(row) for row in self._context.connection.execute(query).mappings()]

    def told_and_recorded(self, *, since: date, on: date) -> tuple[list[tuple[str, str]], frozenset[str]]:
        """Name key and credit code of each unsettled complaint since a day, and both of every intermediary whose
        record stands; asked for at once, no text is opened."""
        c, b = EMPLOYER_COMPLAINT.c, BROKER.c
        told = select(literal(False), c.name_key, c.uscc).where(c.settled_at.is_(None), c.made_on >= since)
        in_time = and_(b.valid_from <= on, or_(b.valid_to.is_(None), b.valid_to >= on))
        stands = and_(b.withdrawn_at.is_(None), in_time, or_(b.ended_on.is_(None), b.ended_on > on))
        recorded = select(literal(True), b.name_key, b.uscc).where(stands)
        rows = self._context.connection.execute(union_all(told, recorded)).all()
        known = frozenset(text for of_record, *pair in rows if of_record for text in pair if text)
        return [(str(name), str(uscc)) for of_record, name, uscc in rows if not of_record], known

    def _complaint(self, row: Any) -> Complaint:
        """A row as a complaint."""
        return Complaint(
            key=row["key"],
            employer=row["employer"],
            uscc=row["uscc"],
            posting_key=row["posting_key"],
            on=row["made_on"],
            by=ComplaintBy(row["made_by"]),
            text=self._opened("employer_complaint", "text", row),
            actor=row["actor"],
            settled_at=row["settled_at"],
        )

    def _sealed(self, table: str, column: str, uid: str, text: str) -> SealedBytes:
        """Words that were typed, sealed in their place."""
        return self._context.keys.seal(text.encode(), place_of(table, column, uid))

    def _opened(self, table: str, column: str, row: Any) -> str:
        """The words again."""
        return self._context.keys.unseal(row[column], place_of(table, column, row["uid"])).decode()
