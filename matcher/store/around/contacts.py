"""Contacts with graduates, and lists of a term that hung out.

In: `Contact`s and `Publicity`s. Out: the same again; who was last reached when.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import func, select

from matcher.domain.errors import RecordNotFound
from matcher.domain.service.around.graduates import Contact, Publicity, Verdict, Way
from matcher.domain.service.publicity import Decision, Notice, NoticeEntry, Objection, Outcome
from matcher.store.around.bodies import Bodies
from matcher.store.claims.publicity import Publicities
from matcher.store.context import StoreContext, chunks, new_uid
from matcher.store.schema import GRADUATE_CONTACT

TOPIC = "YULU"
"""The topic of claims/topics.csv these lists hang out under."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Talk:
    """What was said, and what comes next."""

    said: str = ""
    next_step: str = ""


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
    """Lists of a school term on the boards everything else hangs on, too: one topic, a list for each term."""

    def __init__(self, context: StoreContext) -> None:
        self._boards = Publicities(context)

    def add(self, one: Publicity, pupils: Sequence[int] = ()) -> int:
        """A list hangs out with the pupils it names; its key."""
        notice = Notice(
            topic=TOPIC,
            matter=one.term,
            level=one.level,
            division=one.division,
            village=one.village,
            notice_from=one.notice_from,
            notice_until=one.notice_to,
        )
        return self._boards.put_up(notice, [NoticeEntry(worker_key=key, matter=one.term) for key in pupils])

    def close(self, key: int, *, on: date, objections: int, verdict: Verdict, said: str) -> None:
        """A list comes down, with what was objected; one whose objection was right does not count."""
        try:
            found = self._boards.get(key)
        except RecordNotFound as missing:
            raise RecordNotFound("没有这次公示，或已经结束", ref=str(key)) from missing
        if found.topic != TOPIC or found.decision is not None:
            raise RecordNotFound("没有这次公示，或已经结束", ref=str(key))
        outcome = Outcome.UPHELD if verdict is Verdict.UPHELD else Outcome.DISMISSED
        for _ in range(objections):
            told = Objection(told_on=on, text=said)
            kept = self._boards.object(key, told)
            self._boards.answer(key, replace(told, key=kept), outcome, answer=said, on=on)
        passed = Decision.CANCELLED if verdict is Verdict.UPHELD else Decision.PASSED
        self._boards.decide(key, passed, on=on)

    def all(self, *, division: str = "", term: str = "", key: int | None = None) -> list[Publicity]:
        """Lists of a division and a term, newest first."""
        found = self._boards.listed(division=division, topic=TOPIC, matter=term)
        objections = self._boards.objections_of([one.key for one in found if one.decision is not None])
        lists = [_list_of(one, objections.get(one.key, ())) for one in found if key is None or one.key == key]
        return sorted(lists, key=lambda one: -one.key)


def _list_of(notice: Notice, objections: Sequence[Objection]) -> Publicity:
    """A notice as a list of its term."""
    if notice.decision is None:
        verdict = Verdict.OPEN
    elif notice.decision is Decision.CANCELLED:
        verdict = Verdict.UPHELD
    else:
        verdict = Verdict.DISMISSED if objections else Verdict.NONE
    return Publicity(
        key=notice.key,
        term=notice.matter,
        level=notice.level,
        division=notice.division,
        village=notice.village,
        notice_from=notice.notice_from,
        notice_to=notice.notice_until,
        objections=len(objections),
        said="；".join(dict.fromkeys(one.answer or one.text for one in objections)),
        verdict=verdict,
        closed_on=notice.decided_on,
        actor=notice.actor,
    )
