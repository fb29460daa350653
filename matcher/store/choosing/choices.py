"""Changes of plans made by hand, in the order they were made; the last of a person says what stands.

In: what came, what left, why. Out: `Hand`s for whoever plans, and the changes that led to a plan.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import Select, func, select

from matcher.domain.choosing.choices import NO_HAND, Choice, Hand, Verb
from matcher.store.context import StoreContext, chunks, new_uid
from matcher.store.schema import PLAN_CHOICE
from matcher.store.sealing import place_of


class Choices:
    """The table of changes inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def note(
        self,
        worker_key: int,
        *,
        plan_key: int,
        from_plan_key: int,
        verb: Verb,
        hand: Hand,
        reason: str,
        came: int | None = None,
        left: int | None = None,
        overridden: Sequence[str] = (),
    ) -> int:
        """Keeps one change; its key."""
        uid = new_uid()
        body = msgspec.json.encode({"reason": reason, "overridden": list(overridden)})
        row = {
            "uid": uid,
            "worker_key": worker_key,
            "plan_key": plan_key,
            "from_plan_key": from_plan_key,
            "verb": verb.value,
            "came_key": came,
            "left_key": left,
            "given": sorted(hand.given),
            "taken": sorted(hand.taken),
            "body": self._context.keys.seal(body, place_of("plan_choice", "body", uid)),
            "actor": self._context.actor,
            "chosen_at": self._context.clock(),
        }
        return self._context.insert_many(PLAN_CHOICE, [row])[0]

    def standing(self, workers: Sequence[int] | None = None) -> dict[int, Hand]:
        """For everybody, or each of some, whose plan was changed by hand: what stands of it."""
        c = PLAN_CHOICE.c
        last = select(func.max(c.key)).group_by(c.worker_key)
        found: dict[int, Hand] = {}
        for part in [None] if workers is None else chunks(list(workers)):
            newest = last if part is None else last.where(c.worker_key.in_(part))
            query = select(c.worker_key, c.given, c.taken).where(c.key.in_(newest))
            for worker_key, given, taken in self._context.connection.execute(query):
                found[worker_key] = Hand(frozenset(given), frozenset(taken))
        return found

    def of_worker(self, worker_key: int) -> list[Choice]:
        """The changes of one person's plans, in the order they were made."""
        return self._many(_opened().where(PLAN_CHOICE.c.worker_key == worker_key))

    def hand_under(self, worker_key: int, plan_key: int) -> Hand:
        """What stood of changes by hand while a plan was the current one."""
        changes = self.of_worker(worker_key)
        before = [one for one in changes if one.plan_key == plan_key] or [
            one for one in changes if one.plan_key < plan_key
        ]
        return before[-1].hand if before else NO_HAND

    def _many(self, query: Select[Any]) -> list[Choice]:
        """The changes of a query."""
        return [_choice(self._context, dict(row)) for row in self._context.connection.execute(query).mappings()]


def _opened() -> Select[Any]:
    """All columns, in the order of the changes."""
    return select(PLAN_CHOICE).order_by(PLAN_CHOICE.c.key)


def _choice(context: StoreContext, row: dict[str, Any]) -> Choice:
    """A row, unsealed."""
    body = msgspec.json.decode(context.keys.unseal(row["body"], place_of("plan_choice", "body", row["uid"])))
    return Choice(
        key=row["key"],
        worker_key=row["worker_key"],
        plan_key=row["plan_key"],
        from_plan_key=row["from_plan_key"],
        verb=Verb(row["verb"]),
        came=row["came_key"],
        left=row["left_key"],
        reason=body["reason"],
        overridden=tuple(body["overridden"]),
        hand=Hand(frozenset(row["given"]), frozenset(row["taken"])),
        actor=row["actor"],
        at=row["chosen_at"],
    )
