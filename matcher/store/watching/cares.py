"""What was done about alerts: steps are only ever added, the newest of a mark holds.

In: `Care` records. Out: how every alert of a scope stands, and the whole story of one.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, and_, func, or_, select

from matcher.domain.service.care import Care, CareState
from matcher.store.context import Row, StoreContext, new_uid, within
from matcher.store.schema import ALERT_CARE
from matcher.store.sealing import place_of


@dataclass(frozen=True, slots=True, kw_only=True)
class _Body:
    """What of a step is sealed."""

    note: str = ""
    args: dict[str, str | int | float] = field(default_factory=dict)
    people: tuple[int, ...] = ()


_BODY = msgspec.json.Decoder(_Body)


class Cares:
    """The table of steps inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def note(self, care: Care) -> int:
        """Keeps a step; its key. One about a single person goes with that person."""
        uid = new_uid()
        body = _Body(note=care.note, args=dict(care.args), people=tuple(sorted(care.people)))
        row: dict[str, Any] = {
            "uid": uid,
            "mark": care.mark,
            "code": care.code,
            "division": care.division,
            "village": care.village,
            "worker_key": care.people[0] if len(care.people) == 1 else None,
            "state": care.state.value,
            "until": care.until,
            "owner": care.owner,
            "on": care.on,
            "body": self._context.keys.seal(msgspec.json.encode(body), place_of("alert_care", "body", uid)),
            "actor": self._context.actor,
            "recorded_at": self._context.clock(),
        }
        return self._context.insert_many(ALERT_CARE, [row])[0]

    def standing(self, *, division: str = "", villages: tuple[str, ...] = ()) -> dict[str, Care]:
        """Mark → the newest step, of the alerts of a scope."""
        newest = select(func.max(ALERT_CARE.c.key)).where(_inside(division, villages)).group_by(ALERT_CARE.c.mark)
        query = select(ALERT_CARE).where(ALERT_CARE.c.key.in_(newest)).order_by(ALERT_CARE.c.key)
        rows = self._context.connection.execute(query).mappings()
        return {row["mark"]: self._care(dict(row)) for row in rows}

    def of_mark(self, mark: str, *, division: str = "", villages: tuple[str, ...] = ()) -> list[Care]:
        """The story of one alert, oldest first."""
        condition = and_(ALERT_CARE.c.mark == mark, _inside(division, villages))
        query = select(ALERT_CARE).where(condition).order_by(ALERT_CARE.c.key)
        return [self._care(dict(row)) for row in self._context.connection.execute(query).mappings()]

    def of_person(self, worker_key: int) -> list[Care]:
        """Steps about alerts that name one person alone."""
        query = select(ALERT_CARE).where(ALERT_CARE.c.worker_key == worker_key).order_by(ALERT_CARE.c.key)
        return [self._care(dict(row)) for row in self._context.connection.execute(query).mappings()]

    def _care(self, row: Row) -> Care:
        """A row, unsealed."""
        body = _BODY.decode(self._context.keys.unseal(row["body"], place_of("alert_care", "body", row["uid"])))
        plain = ("key", "mark", "code", "division", "village", "until", "owner", "on", "actor", "recorded_at")
        return Care(
            **{name: row[name] for name in plain},
            state=CareState(row["state"]),
            note=body.note,
            args=body.args,
            people=body.people,
        )


def _inside(division: str, villages: tuple[str, ...]) -> ColumnElement[bool]:
    """Whether an alert is of a scope; one of a whole township is none of a single village's."""
    c = ALERT_CARE.c
    inside = within(c.division, division)
    return and_(inside, or_(*(c.village == name for name in villages))) if villages else inside
