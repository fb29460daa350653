"""What somebody said of a person at a desk, about facts and papers: the newest word counts, an empty one takes it back.

In: answers. Out: what stands, by person. Those of a record that was merged into another move with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

import msgspec
from sqlalchemy import select

from matcher.domain.service.policies.catalogue import FactAnswer
from matcher.store.context import StoreContext, chunks, new_uid
from matcher.store.schema import FACT_ANSWER
from matcher.store.sealing import place_of


class FactAnswers:
    """The table of answers inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def say(self, worker_key: int, about: str, value: str, *, on: date) -> None:
        """Keeps what was said today; "" takes back what was said before."""
        uid = new_uid()
        body = msgspec.json.encode({"about": about, "value": value})
        row = {
            "uid": uid,
            "worker_key": worker_key,
            "answered_on": on,
            "body": self._context.keys.seal(body, place_of("fact_answer", "body", uid)),
            "actor": self._context.actor,
            "recorded_at": self._context.clock(),
        }
        self._context.insert_many(FACT_ANSWER, [row])

    def of_person(self, worker_key: int) -> list[FactAnswer]:
        """What stands of one person."""
        return self.standing([worker_key]).get(worker_key, [])

    def standing(self, workers: Sequence[int] | None = None) -> dict[int, list[FactAnswer]]:
        """What stands, of everybody or of some."""
        c = FACT_ANSWER.c
        newest: dict[tuple[int, str], FactAnswer] = {}
        for part in [None] if workers is None else chunks(list(workers)):
            query = select(c.worker_key, c.uid, c.body, c.answered_on, c.actor).order_by(c.recorded_at, c.key)
            found = query if part is None else query.where(c.worker_key.in_(part))
            for worker_key, uid, body, on, actor in self._context.connection.execute(found):
                said = msgspec.json.decode(self._context.keys.unseal(body, place_of("fact_answer", "body", uid)))
                newest[worker_key, said["about"]] = FactAnswer(
                    worker_key=worker_key, about=said["about"], value=said["value"], answered_on=on, actor=actor
                )
        standing: dict[int, list[FactAnswer]] = defaultdict(list)
        for answer in newest.values():
            if answer.value:
                standing[answer.worker_key].append(answer)
        return dict(standing)
