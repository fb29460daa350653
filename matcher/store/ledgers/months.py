"""Months of villages: handed in, opened again; and how far each village is with a month.

In: what happened to the month of a village. Out: its newest step by village, its history, and the counts of its lines.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, case, func, insert, select

from matcher.domain.service.ledgers import RoundEvent, RoundStep
from matcher.reference.name_forms import plain_village
from matcher.store.context import StoreContext, new_uid, within
from matcher.store.intake.life import is_here
from matcher.store.schema import ROUND_EVENT, ROUND_ROW, WORKER
from matcher.store.sealing import place_of
from matcher.store.workers import in_scope


@dataclass(frozen=True, slots=True)
class VillageMonth:
    """How many people of a village there are, have a line of a month, and changed."""

    home_code: str
    home_name: str
    village: str
    people: int
    seen: int
    changed: int
    late: int
    """Lines that were written after the day they were due."""
    spellings: tuple[str, ...] = ()
    """The ways the name is written; they are one village."""

    @property
    def place(self) -> tuple[str, str]:
        """The village."""
        return self.home_code, plain_village(self.village)


class Months:
    """The table of what happened to months inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def note(self, event: RoundEvent) -> None:
        """Keeps what happened to the month of a village."""
        uid = new_uid()
        sealed = self._context.keys.seal(event.reason.encode(), place_of("round_event", "reason", uid))
        row = {
            "uid": uid,
            "month": event.month,
            "home_code": event.home_code,
            "village": event.village,
            "step": event.step.value,
            "happened_on": event.happened_on,
            "people": event.people,
            "changed": event.changed,
            "reason": sealed,
            "actor": self._context.actor,
            "recorded_at": self._context.clock(),
        }
        self._context.connection.execute(insert(ROUND_EVENT).values(row))

    def newest(
        self, month: str, *, division: str = "", villages: tuple[str, ...] = ()
    ) -> dict[tuple[str, str], RoundEvent]:
        """The newest step of a month, by (division, plain name of the village)."""
        return {one.place: one for one in self.history(month, division=division, villages=villages)}

    def history(self, month: str, *, division: str = "", villages: tuple[str, ...] = ()) -> list[RoundEvent]:
        """Every step of a month, the oldest first."""
        c = ROUND_EVENT.c
        query = select(*c).where(c.month == month, within(c.home_code, division)).order_by(c.recorded_at, c.key)
        if villages:
            query = query.where(c.village.in_(villages))
        return [self._event(dict(row)) for row in self._context.connection.execute(query).mappings()]

    def closed(self, month: str) -> set[tuple[str, str]]:
        """(division, plain name) of the villages whose month is handed in and stands."""
        return {place for place, one in self.newest(month).items() if one.step is RoundStep.SUBMITTED}

    def villages(
        self, month: str, *, due_on: date, division: str = "", villages: tuple[str, ...] = ()
    ) -> list[VillageMonth]:
        """Every village of a scope with how far it is, by place and name; a name written in two ways is one."""
        w, c = WORKER.c, ROUND_ROW.c
        joined = WORKER.outerjoin(ROUND_ROW, and_(c.worker_key == w.key, c.month == month))
        counts = [func.coalesce(func.sum(case((test, 1), else_=0)), 0) for test in (c.changed, c.confirmed_on > due_on)]
        query = select(w.home_code, func.max(w.home_name), w.village, func.count(), func.count(c.key), *counts)
        inside = and_(in_scope(division, villages), is_here(), w.village != "")
        grouped = query.select_from(joined).where(inside).group_by(w.home_code, w.village)
        found: dict[tuple[str, str], VillageMonth] = {}
        rows = self._context.connection.execute(grouped.order_by(w.home_code, w.village))
        for home, name, village, people, seen, changed, late in rows:
            one = VillageMonth(home, name, village, int(people), int(seen), int(changed), int(late), (village,))
            found[one.place] = _joined(found[one.place], one) if one.place in found else one
        return list(found.values())

    def _event(self, row: dict[str, Any]) -> RoundEvent:
        """A row, unsealed."""
        reason = self._context.keys.unseal(row["reason"], place_of("round_event", "reason", row["uid"])).decode()
        return RoundEvent(
            key=row["key"],
            month=row["month"],
            home_code=row["home_code"],
            village=row["village"],
            step=RoundStep(row["step"]),
            happened_on=row["happened_on"],
            people=row["people"],
            changed=row["changed"],
            reason=reason,
            actor=row["actor"],
            recorded_at=row["recorded_at"],
        )


def _joined(one: VillageMonth, other: VillageMonth) -> VillageMonth:
    """A village whose name is written in two ways, under the one most people have."""
    name = one.village if one.people >= other.people else other.village
    return VillageMonth(
        one.home_code,
        one.home_name,
        name,
        one.people + other.people,
        one.seen + other.seen,
        one.changed + other.changed,
        one.late + other.late,
        (*one.spellings, *other.spellings),
    )
