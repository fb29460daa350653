"""Stretches of work as told: who began where and when, and when it ended.

In: what somebody says. Out: the spells of people; none of them is proved by standing here.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec
from sqlalchemy import delete, select, update

from matcher.domain.aftercare import SaidBy, Spell
from matcher.store.context import StoreContext, chunks, new_uid
from matcher.store.schema import EMPLOYMENT_SPELL, FOLLOW_UP
from matcher.store.sealing import place_of


@dataclass(frozen=True, slots=True, kw_only=True)
class _Body:
    """What of a spell is sealed."""

    employer: str = ""
    title: str = ""
    place: str = ""
    yuan: int | None = None
    status_before: str = ""
    unemployed_before: date | None = None


_BODY = msgspec.json.Decoder(_Body)


class Spells:
    """The table of spells inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def begin(self, spell: Spell) -> int:
        """Keeps a spell that begins; its key."""
        uid = new_uid()
        body = _Body(
            employer=spell.employer,
            title=spell.title,
            place=spell.place,
            yuan=spell.yuan,
            status_before=spell.status_before,
            unemployed_before=spell.unemployed_before,
        )
        row = {
            "uid": uid,
            "worker_key": spell.worker_key,
            "posting_key": spell.posting_key,
            "return_key": spell.return_key,
            "started_on": spell.started_on,
            "ended_on": spell.ended_on,
            "said_by": spell.said_by.value,
            "body": self._context.keys.seal(msgspec.json.encode(body), place_of("employment_spell", "body", uid)),
            "actor": self._context.actor,
            "recorded_at": self._context.clock(),
        }
        return self._context.insert_many(EMPLOYMENT_SPELL, [row])[0]

    def end(self, keys: Collection[int], *, on: date, said_by: SaidBy) -> None:
        """Work that is over."""
        c = EMPLOYMENT_SPELL.c
        for part in chunks(sorted(keys)):
            change = update(EMPLOYMENT_SPELL).where(c.key.in_(part), c.ended_on.is_(None))
            self._context.connection.execute(change.values(ended_on=on, ended_said_by=said_by.value))

    def reopen(self, key: int) -> None:
        """Work that was said to be over by mistake."""
        change = update(EMPLOYMENT_SPELL).where(EMPLOYMENT_SPELL.c.key == key)
        self._context.connection.execute(change.values(ended_on=None, ended_said_by=""))

    def of_people(self, workers: Collection[int], *, only_open: bool = False) -> dict[int, list[Spell]]:
        """The spells of some people, the newest last."""
        c, found = EMPLOYMENT_SPELL.c, dict[int, list[Spell]]()
        for part in chunks(sorted(workers)):
            query = select(*c).where(c.worker_key.in_(part)).order_by(c.started_on, c.key)
            for row in self._context.connection.execute(
                query.where(c.ended_on.is_(None)) if only_open else query
            ).mappings():
                spell = self._spell(dict(row))
                found.setdefault(spell.worker_key, []).append(spell)
        return found

    def of_return(self, return_key: int) -> list[Spell]:
        """The spells a slip told of."""
        query = select(*EMPLOYMENT_SPELL.c).where(EMPLOYMENT_SPELL.c.return_key == return_key)
        return [self._spell(dict(row)) for row in self._context.connection.execute(query).mappings()]

    def forget(self, key: int) -> None:
        """Away with a spell that was told by mistake, and with its calls."""
        self._context.connection.execute(delete(FOLLOW_UP).where(FOLLOW_UP.c.spell_key == key))
        self._context.connection.execute(delete(EMPLOYMENT_SPELL).where(EMPLOYMENT_SPELL.c.key == key))

    def _spell(self, row: dict[str, Any]) -> Spell:
        """A row, unsealed."""
        body = _BODY.decode(self._context.keys.unseal(row["body"], place_of("employment_spell", "body", row["uid"])))
        return Spell(
            key=row["key"],
            worker_key=row["worker_key"],
            started_on=row["started_on"],
            ended_on=row["ended_on"],
            said_by=SaidBy(row["said_by"]),
            posting_key=row["posting_key"],
            return_key=row["return_key"],
            employer=body.employer,
            title=body.title,
            place=body.place,
            yuan=body.yuan,
            status_before=body.status_before,
            unemployed_before=body.unemployed_before,
        )
