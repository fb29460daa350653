"""What staff put on record of cases; rows are only ever added.

In: records. Out: everything on record of people, in the order it was put there.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import msgspec
from sqlalchemy import FromClause, Select, func, select

from matcher.domain.errors import RecordNotFound
from matcher.domain.service.casefile import CaseEvent, CaseStep
from matcher.store.context import StoreContext, chunks, new_uid
from matcher.store.schema import CASE_EVENT, POSTING, WORKER
from matcher.store.sealing import place_of
from matcher.store.workers import in_scope

_SAME = ("worker_key", "way", "who", "minutes", "signed", "read_aloud", "plan_code", "posting_key", "due_on", "about")

_OF_POSTING = ("title", "employer")


class _Body(msgspec.Struct, frozen=True):
    """What of a record is sealed."""

    note: str = ""


_BODY = msgspec.json.Decoder(_Body)


class CaseEvents:
    """The table of records inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def add(self, event: CaseEvent) -> int:
        """Puts something on record; its key."""
        uid = new_uid()
        body = msgspec.json.encode(_Body(event.note))
        row = {name: getattr(event, name) for name in _SAME} | {
            "uid": uid,
            "step": event.step.value,
            "happened_on": event.on,
            "body": self._context.keys.seal(body, place_of("case_event", "body", uid)),
            "actor": self._context.actor,
            "recorded_at": self._context.clock(),
        }
        return self._context.insert_many(CASE_EVENT, [row])[0]

    def get(self, key: int, *, division: str = "", villages: tuple[str, ...] = ()) -> CaseEvent:
        """One record; RecordNotFound where there is none in the scope."""
        people = CASE_EVENT.join(WORKER, WORKER.c.key == CASE_EVENT.c.worker_key)
        query = _opened(people).where(CASE_EVENT.c.key == key, in_scope(division, villages))
        row = self._context.connection.execute(query).mappings().first()
        if row is None:
            raise RecordNotFound("没有这条记录，或不在您的范围内", ref=str(key))
        return self._event(dict(row))

    def of_people(self, workers: Collection[int]) -> dict[int, list[CaseEvent]]:
        """Everything on record of some people, the newest last."""
        c, found = CASE_EVENT.c, dict[int, list[CaseEvent]]()
        for part in chunks(sorted(workers)):
            query = _opened(CASE_EVENT).where(c.worker_key.in_(part)).order_by(c.key)
            for row in self._context.connection.execute(query).mappings():
                event = self._event(dict(row))
                found.setdefault(event.worker_key, []).append(event)
        return found

    def _event(self, row: dict[str, Any]) -> CaseEvent:
        """A row, unsealed."""
        body = _BODY.decode(self._context.keys.unseal(row["body"], place_of("case_event", "body", row["uid"])))
        same = {name: row[name] for name in (*_SAME, "key", "uid", "actor", "recorded_at", *_OF_POSTING)}
        return CaseEvent(step=CaseStep(row["step"]), on=row["happened_on"], note=body.note, **same)


def _opened(source: FromClause) -> Select[Any]:
    """The columns of a record, with what the posting it names is called."""
    p = POSTING.c
    named = (func.coalesce(p.title, "").label("title"), func.coalesce(p.employer, "").label("employer"))
    return select(*CASE_EVENT.c, *named).select_from(source.outerjoin(POSTING, p.key == CASE_EVENT.c.posting_key))
