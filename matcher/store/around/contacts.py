"""Contacts with graduates, and lists of a term that hung out.

In: `Contact`s and `Publicity`s. Out: the same again; who was last reached when.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, func, select, true, update

from matcher.domain.errors import RecordNotFound
from matcher.domain.service.around.graduates import Contact, Publicity, Verdict, Way
from matcher.domain.service.publicity import Level
from matcher.store.around.bodies import Bodies
from matcher.store.context import StoreContext, chunks, new_uid, within
from matcher.store.schema import GRADUATE_CONTACT, RAIN_DEW_PUBLICITY


@dataclass(frozen=True, slots=True, kw_only=True)
class _Talk:
    """What was said, and what comes next."""

    said: str = ""
    next_step: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Objections:
    """What was objected, and what was found."""

    said: str = ""


class Contacts:
    """The table of contacts inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context
        self._talks = Bodies(context, "graduate_contact", _Talk)

    def add(self, contact: Contact) -> int:
        """Keeps a contact; its key."""
        uid = new_uid()
        row = {
            "uid": uid,
            "worker_key": contact.worker_key,
            "contacted_on": contact.on,
            "way": contact.way.value,
            "reached": contact.reached,
            "body": self._talks.seal(uid, _Talk(said=contact.said, next_step=contact.next_step)),
            "actor": self._context.actor,
            "recorded_at": self._context.clock(),
        }
        return self._context.insert_many(GRADUATE_CONTACT, [row])[0]

    def of_people(self, workers: Collection[int]) -> dict[int, list[Contact]]:
        """The contacts with some people, newest first."""
        c, found = GRADUATE_CONTACT.c, dict[int, list[Contact]]()
        for part in chunks(sorted(workers)):
            query = select(GRADUATE_CONTACT).where(c.worker_key.in_(part))
            for row in self._context.connection.execute(query.order_by(c.contacted_on.desc(), c.key.desc())).mappings():
                found.setdefault(row["worker_key"], []).append(self._contact(dict(row)))
        return found

    def last_reached(self, workers: Collection[int]) -> dict[int, date]:
        """When each of some people was last really reached."""
        c, found = GRADUATE_CONTACT.c, dict[int, date]()
        for part in chunks(sorted(workers)):
            query = select(c.worker_key, func.max(c.contacted_on)).where(c.worker_key.in_(part), c.reached)
            rows = self._context.connection.execute(query.group_by(c.worker_key))
            found.update((int(worker), on) for worker, on in rows)
        return found

    def _contact(self, row: dict[Any, Any]) -> Contact:
        """A row, unsealed."""
        talk = self._talks.open(row)
        return Contact(
            key=row["key"],
            worker_key=row["worker_key"],
            on=row["contacted_on"],
            way=Way(row["way"]),
            reached=row["reached"],
            said=talk.said,
            next_step=talk.next_step,
            actor=row["actor"],
        )


class TermNotices:
    """The table of lists that hung out inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context
        self._words = Bodies(context, "rain_dew_publicity", _Objections)

    def add(self, one: Publicity) -> int:
        """A list hangs out; its key."""
        uid = new_uid()
        row = {
            "uid": uid,
            "term": one.term,
            "level": one.level.value,
            "division": one.division,
            "village": one.village,
            "notice_from": one.notice_from,
            "notice_to": one.notice_to,
            "body": self._words.seal(uid, _Objections(said=one.said)),
            "actor": self._context.actor,
            "changed_at": self._context.clock(),
        }
        return self._context.insert_many(RAIN_DEW_PUBLICITY, [row])[0]

    def close(self, key: int, *, on: date, objections: int, verdict: Verdict, said: str) -> None:
        """A list comes down, with what was objected."""
        c = RAIN_DEW_PUBLICITY.c
        uid = self._context.uid(RAIN_DEW_PUBLICITY, key)
        values = {
            "closed_on": on,
            "objections": objections,
            "verdict": verdict.value,
            "body": self._words.seal(uid, _Objections(said=said)),
            "actor": self._context.actor,
            "changed_at": self._context.clock(),
        }
        change = update(RAIN_DEW_PUBLICITY).where(c.key == key, c.closed_on.is_(None))
        if self._context.connection.execute(change.values(values)).rowcount != 1:
            raise RecordNotFound("没有这次公示，或已经结束", ref=str(key))

    def all(self, *, division: str = "", term: str = "", key: int | None = None) -> list[Publicity]:
        """Lists of a division and a term, newest first."""
        c = RAIN_DEW_PUBLICITY.c
        wanted = and_(within(c.division, division), c.term == term if term else true())
        query = select(RAIN_DEW_PUBLICITY).where(wanted, c.key == key if key is not None else true())
        rows = self._context.connection.execute(query.order_by(c.key.desc())).mappings()
        return [self._publicity(dict(row)) for row in rows]

    def _publicity(self, row: dict[Any, Any]) -> Publicity:
        """A row, unsealed."""
        return Publicity(
            key=row["key"],
            term=row["term"],
            level=Level(row["level"]),
            division=row["division"],
            village=row["village"],
            notice_from=row["notice_from"],
            notice_to=row["notice_to"],
            objections=row["objections"],
            said=self._words.open(row).said,
            verdict=Verdict(row["verdict"]),
            closed_on=row["closed_on"],
            actor=row["actor"],
        )
