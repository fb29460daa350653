"""What people said is all right too: the newest word of a person counts, an empty one takes it back.

In: switches and the day they were said. Out: the same again, by person.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import msgspec
from sqlalchemy import func, select

from matcher.domain.choosing.choices import Concession, Switch
from matcher.store.context import StoreContext, chunks, new_uid
from matcher.store.schema import CONCESSION
from matcher.store.sealing import place_of


class Concessions:
    """The table of concessions inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def say(self, worker_key: int, switches: Sequence[Switch], *, on: date) -> None:
        """Keeps what a person says today; it replaces what the person said before."""
        uid = new_uid()
        body = msgspec.json.encode(sorted(switches))
        row = {
            "uid": uid,
            "worker_key": worker_key,
            "body": self._context.keys.seal(body, place_of("concession", "body", uid)),
            "said_on": on,
            "actor": self._context.actor,
            "recorded_at": self._context.clock(),
        }
        self._context.insert_many(CONCESSION, [row])

    def standing(self, workers: Sequence[int] | None = None) -> dict[int, Concession]:
        """For everybody, or each of some, who has conceded something: what stands."""
        c = CONCESSION.c
        last = select(func.max(c.key)).group_by(c.worker_key)
        found: dict[int, Concession] = {}
        for part in [None] if workers is None else chunks(list(workers)):
            newest = last if part is None else last.where(c.worker_key.in_(part))
            query = select(c.worker_key, c.uid, c.body, c.said_on, c.actor).where(c.key.in_(newest))
            for worker_key, uid, body, on, actor in self._context.connection.execute(query):
                said = msgspec.json.decode(self._context.keys.unseal(body, place_of("concession", "body", uid)))
                if said:
                    found[worker_key] = Concession(switches=tuple(Switch(one) for one in said), on=on, actor=actor)
        return found
