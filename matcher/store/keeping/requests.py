"""What people asked the office for or objected to, and what they were answered.

In: who said what on which day, and the answer. Out: the requests of a person, and those of a scope that wait; words are
sealed. An answer is written once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, func, insert, select, update

from matcher.domain.errors import EditConflict
from matcher.domain.intake.requests import Outcome, PersonRequest, RequestKind
from matcher.store.context import StoreContext, new_uid
from matcher.store.schema import PERSON_REQUEST, WORKER
from matcher.store.sealing import place_of
from matcher.store.workers import in_scope


@dataclass(frozen=True, slots=True)
class Waiting:
    """One request with whose it is."""

    request: PersonRequest
    name: str
    home_name: str
    village: str


class Requests:
    """The table of requests inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def add(self, worker_key: int, kind: RequestKind, words: str, *, on: date, due_on: date) -> int:
        """Writes down what somebody said; its key."""
        uid = new_uid()
        row = {
            "uid": uid,
            "worker_key": worker_key,
            "kind": kind.value,
            "said_on": on,
            "due_on": due_on,
            "received_by": self._context.actor,
            "body": self._context.keys.seal(words.encode(), place_of("person_request", "body", uid)),
            "recorded_at": self._context.clock(),
        }
        inserted = self._context.connection.execute(insert(PERSON_REQUEST).values(row)).inserted_primary_key
        return int(inserted[0]) if inserted is not None else 0

    def answer(self, key: int, outcome: Outcome, words: str, *, worker_key: int, on: date) -> None:
        """Writes the answer down; EditConflict where one stands already or the person has no such request."""
        c = PERSON_REQUEST.c
        mine = and_(c.key == key, c.worker_key == worker_key, c.outcome == "")
        uid = self._context.connection.scalar(select(c.uid).where(mine))
        if uid is None:
            raise EditConflict("这一条已经答复过，没有再改；请看过已有的答复", ref=str(key))
        values = {
            "outcome": outcome.value,
            "answered_on": on,
            "answered_by": self._context.actor,
            "answer": self._context.keys.seal(words.encode(), place_of("person_request", "answer", uid)),
            "answered_at": self._context.clock(),
        }
        self._context.connection.execute(update(PERSON_REQUEST).where(mine).values(values))

    def of_person(self, worker_key: int) -> list[PersonRequest]:
        """Everything a person asked for, newest first."""
        query = select(PERSON_REQUEST).where(PERSON_REQUEST.c.worker_key == worker_key)
        rows = self._context.connection.execute(query.order_by(PERSON_REQUEST.c.key.desc())).mappings()
        return [self._request(dict(row)) for row in rows]

    def listed(
        self, *, waiting: bool, division: str = "", villages: tuple[str, ...] = (), limit: int = 50, first: int = 0
    ) -> list[Waiting]:
        """Requests of a scope: those that wait, most urgent first, or those answered, newest first."""
        c, w = PERSON_REQUEST.c, WORKER.c
        joined = PERSON_REQUEST.join(WORKER, w.key == c.worker_key)
        query = select(PERSON_REQUEST, w.name, w.home_name, w.village).select_from(joined)
        order = (c.due_on, c.key) if waiting else (c.answered_at.desc(), c.key.desc())
        query = query.where(self._of(waiting, division, villages)).order_by(*order)
        rows = self._context.connection.execute(query.offset(first).limit(limit)).mappings()
        return [Waiting(self._request(dict(one)), one["name"], one["home_name"], one["village"]) for one in rows]

    def count(self, *, waiting: bool, division: str = "", villages: tuple[str, ...] = ()) -> int:
        """How many there are."""
        joined = PERSON_REQUEST.join(WORKER, WORKER.c.key == PERSON_REQUEST.c.worker_key)
        query = select(func.count()).select_from(joined).where(self._of(waiting, division, villages))
        return self._context.connection.scalar(query) or 0

    def late(self, today: date) -> int:
        """How many should have been answered before a day."""
        c = PERSON_REQUEST.c
        query = select(func.count()).select_from(PERSON_REQUEST).where(c.outcome == "", c.due_on < today)
        return self._context.connection.scalar(query) or 0

    @staticmethod
    def _of(waiting: bool, division: str, villages: tuple[str, ...]) -> ColumnElement[bool]:
        """Requests of a scope, answered or not."""
        c = PERSON_REQUEST.c
        return and_(c.outcome == "" if waiting else c.outcome != "", in_scope(division, villages))

    def _request(self, row: Mapping[Any, Any]) -> PersonRequest:
        """A row, unsealed."""
        place = place_of("person_request", "body", row["uid"])
        answer = row["answer"]
        said = place_of("person_request", "answer", row["uid"])
        return PersonRequest(
            key=row["key"],
            worker_key=row["worker_key"],
            kind=RequestKind(row["kind"]),
            said_on=row["said_on"],
            due_on=row["due_on"],
            received_by=row["received_by"],
            words=self._context.keys.unseal(row["body"], place).decode(),
            outcome=Outcome(row["outcome"]) if row["outcome"] else None,
            answered_on=row["answered_on"],
            answered_by=row["answered_by"],
            answer="" if answer is None else self._context.keys.unseal(answer, said).decode(),
        )
