"""The audit record: append-only, numbered, each entry chained to the one before by a keyed hash.

In: who did what to whose record for which purpose, never values. Out: the entries, and the first number at
which the chain is broken.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, insert, select, true

from matcher.domain.errors import RecordNotFound
from matcher.store.context import StoreContext
from matcher.store.keeping.years import AuditYears
from matcher.store.schema import AUDIT_ENTRY


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditEntry:
    """One entry; `subject` is a pseudonym such as worker:12, `fields` are names of fields."""

    number: int
    at: datetime
    actor: str
    origin: str
    action: str
    purpose: str
    subject: str
    fields: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditWanted:
    """Which entries are looked for; what is empty is not asked."""

    actor: str = ""
    action: str = ""
    subject: str = ""
    since: datetime | None = None
    until: datetime | None = None


class Audit:
    """The audit table inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def note(
        self, action: str, *, subject: str = "", purpose: str = "", fields: str = "", origin: str = "", actor: str = ""
    ) -> int:
        """Appends an entry; its number."""
        number, previous = self._after_the_last()
        entry = AuditEntry(
            number=number,
            at=self._context.clock(),
            actor=actor or self._context.actor,
            origin=origin,
            action=action,
            purpose=purpose,
            subject=subject,
            fields=fields,
        )
        row = {name: getattr(entry, name) for name in AuditEntry.__slots__}
        row |= {"previous": previous, "link": self._context.keys.chain(previous, _canonical(entry))}
        self._context.connection.execute(insert(AUDIT_ENTRY).values(row))
        return number

    def _after_the_last(self) -> tuple[int, str]:
        """The next number, and the link it hangs on: that of the newest entry, or the head of years that are gone."""
        c = AUDIT_ENTRY.c
        last = self._context.connection.execute(select(c.number, c.link).order_by(c.number.desc()).limit(1)).first()
        if last is not None:
            return last[0] + 1, last[1]
        closed = AuditYears(self._context).all()
        return (closed[-1].last_number + 1, closed[-1].head) if closed else (1, "")

    def recent(self, limit: int = 100) -> list[AuditEntry]:
        """The newest entries, newest first."""
        query = select(*_columns()).order_by(AUDIT_ENTRY.c.number.desc()).limit(limit)
        rows = self._context.connection.execute(query).mappings()
        return [AuditEntry(**{str(name): value for name, value in row.items()}) for row in rows]

    def find(self, wanted: AuditWanted, *, first: int = 0, size: int = 50) -> list[AuditEntry]:
        """Entries of a filter, newest first."""
        query = select(*_columns()).where(_condition(wanted)).order_by(AUDIT_ENTRY.c.number.desc())
        rows = self._context.connection.execute(query.offset(first).limit(size)).mappings()
        return [AuditEntry(**{str(name): value for name, value in row.items()}) for row in rows]

    def count(self, wanted: AuditWanted) -> int:
        """How many entries a filter has."""
        query = select(func.count()).select_from(AUDIT_ENTRY).where(_condition(wanted))
        return self._context.connection.scalar(query) or 0

    def named(self) -> tuple[list[str], list[str]]:
        """Everybody who did something, and everything that was done."""
        actors = select(AUDIT_ENTRY.c.actor).distinct().order_by(AUDIT_ENTRY.c.actor)
        actions = select(AUDIT_ENTRY.c.action).distinct().order_by(AUDIT_ENTRY.c.action)
        return list(self._context.connection.scalars(actors)), list(self._context.connection.scalars(actions))

    def get(self, number: int) -> AuditEntry:
        """One entry."""
        row = self._context.connection.execute(select(*_columns()).where(AUDIT_ENTRY.c.number == number)).mappings()
        found = row.first()
        if found is None:
            raise RecordNotFound("没有这条操作记录", ref=str(number))
        return AuditEntry(**{str(name): value for name, value in found.items()})

    def latest(self, action: str) -> datetime | None:
        """When something was last done, None where it never was."""
        c = AUDIT_ENTRY.c
        query = select(c.at).where(c.action == action).order_by(c.number.desc()).limit(1)
        moment: datetime | None = self._context.connection.scalar(query)
        return moment

    def last_about(self, subject: str) -> AuditEntry | None:
        """The newest entry about a record."""
        query = select(*_columns()).where(AUDIT_ENTRY.c.subject == subject).order_by(AUDIT_ENTRY.c.number.desc())
        row = self._context.connection.execute(query.limit(1)).mappings().first()
        return None if row is None else AuditEntry(**{str(name): value for name, value in row.items()})

    def broken_link(self) -> int | None:
        """The first number where the chain does not hold, None where all is well; it begins where years have gone."""
        years = AuditYears(self._context)
        if (broken := years.broken()) is not None:
            return broken
        closed = years.all()
        gone = [one for one in closed if one.dropped_at is not None]
        heads = {one.last_number: one.head for one in closed}
        first, previous = (gone[-1].last_number + 1, gone[-1].head) if gone else (1, "")
        query = select(*_columns(), AUDIT_ENTRY.c.previous, AUDIT_ENTRY.c.link).order_by(AUDIT_ENTRY.c.number)
        for expected, row in enumerate(self._context.connection.execute(query).mappings(), start=first):
            entry = AuditEntry(**{name: row[name] for name in AuditEntry.__slots__})
            link = self._context.keys.chain(previous, _canonical(entry))
            if entry.number != expected or row["previous"] != previous or row["link"] != link:
                return expected
            if heads.get(entry.number, link) != link:
                return expected
            previous = link
        return None


def _condition(wanted: AuditWanted) -> ColumnElement[bool]:
    """The filter as a condition."""
    c = AUDIT_ENTRY.c
    tests = [
        true() if not wanted.actor else c.actor == wanted.actor,
        true() if not wanted.action else c.action == wanted.action,
        true() if not wanted.subject else c.subject == wanted.subject,
        true() if wanted.since is None else c.at >= wanted.since,
        true() if wanted.until is None else c.at < wanted.until,
    ]
    return and_(*tests)


def _columns() -> list[Any]:
    """The columns of an entry."""
    return [AUDIT_ENTRY.c[name] for name in AuditEntry.__slots__]


def _canonical(entry: AuditEntry) -> bytes:
    """An entry as the bytes its link is made of."""
    values = [getattr(entry, name) for name in AuditEntry.__slots__ if name != "at"]
    at = entry.at.astimezone(UTC).isoformat(timespec="microseconds")
    return json.dumps([at, *values], ensure_ascii=False).encode()
