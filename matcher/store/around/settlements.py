"""Settlements, what each look at them found, and the rounds in which none is missed.

In: `Settlement`s, `Survey`s, `SurveyRound`s. Out: the same again, of a division.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, insert, select, update

from matcher.domain.errors import RecordNotFound
from matcher.domain.service.around.settled import Settlement, SettlementKind, Survey, SurveyRound, Window
from matcher.store.around.bodies import Bodies
from matcher.store.context import Row, StoreContext, new_uid, within
from matcher.store.schema import SETTLEMENT, SETTLEMENT_SURVEY, SURVEY_ROUND

_PLAIN = (
    *("name", "division", "village", "households", "persons", "has_facility", "window_name"),
    *("platform", "platform_code", "platform_km", "platform_lat", "platform_lon"),
    *("lat", "lon", "surveyed_on", "surveyed_by"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Staff:
    """Who serves a settlement, and what else was said."""

    staff: str = ""
    phone: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Said:
    """What a survey said in words."""

    note: str = ""


class Settlements:
    """The tables inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context
        self._staff = Bodies(context, "settlement", _Staff)
        self._said = Bodies(context, "settlement_survey", _Said)

    def add(self, settlement: Settlement) -> int:
        """Registers a settlement; its key."""
        uid = new_uid()
        return self._context.insert_many(SETTLEMENT, [{"uid": uid, "revision": 1} | self._row(uid, settlement)])[0]

    def change(self, settlement: Settlement, *, expected_revision: int | None = None) -> None:
        """Stores what is now known of a settlement."""
        row = self._row(self._context.uid(SETTLEMENT, settlement.key), settlement)
        self._context.revise(SETTLEMENT, settlement.key, row, expected_revision=expected_revision)

    def remove(self, key: int) -> None:
        """Takes a settlement off the register; surveys of it stay."""
        values = {"removed_at": self._context.clock(), "actor": self._context.actor}
        self._context.connection.execute(update(SETTLEMENT).where(SETTLEMENT.c.key == key).values(values))

    def get(self, key: int, *, division: str = "") -> Settlement:
        """One settlement; RecordNotFound outside the division."""
        c = SETTLEMENT.c
        wanted = and_(c.key == key, c.removed_at.is_(None), within(c.division, division))
        row = self._context.connection.execute(select(SETTLEMENT).where(wanted)).mappings().first()
        if row is None:
            raise RecordNotFound("没有这个安置区，或不在您的范围内", ref=str(key))
        return self._settlement(dict(row))

    def all(self, *, division: str = "") -> list[Settlement]:
        """The register of a division, by place and name."""
        c = SETTLEMENT.c
        wanted = and_(c.removed_at.is_(None), within(c.division, division))
        query = select(SETTLEMENT).where(wanted).order_by(c.division, c.kind.desc(), c.name, c.key)
        return [self._settlement(dict(row)) for row in self._context.connection.execute(query).mappings()]

    def add_survey(self, survey: Survey) -> None:
        """Keeps what a look at a settlement found; the settlement itself is changed by `change`."""
        uid = new_uid()
        row = {
            "uid": uid,
            "settlement_key": survey.settlement_key,
            "surveyed_on": survey.on,
            "surveyed_by": survey.by,
            "has_facility": survey.has_facility,
            "window": survey.window.value,
            "platform": survey.platform,
            "body": self._said.seal(uid, _Said(note=survey.note)),
            "actor": self._context.actor,
            "recorded_at": self._context.clock(),
        }
        self._context.insert_many(SETTLEMENT_SURVEY, [row])

    def surveys(self, settlement_key: int) -> list[Survey]:
        """Every look at a settlement, newest first."""
        c = SETTLEMENT_SURVEY.c
        query = select(SETTLEMENT_SURVEY).where(c.settlement_key == settlement_key)
        rows = self._context.connection.execute(query.order_by(c.surveyed_on.desc(), c.key.desc())).mappings()
        return [
            Survey(
                settlement_key=settlement_key,
                on=row["surveyed_on"],
                by=row["surveyed_by"],
                has_facility=row["has_facility"],
                window=Window(row["window"]),
                platform=row["platform"],
                note=self._said.open(dict(row)).note,
                actor=row["actor"],
            )
            for row in rows
        ]

    def begin_round(self, begun: SurveyRound) -> int:
        """Begins a round; its key."""
        row = {
            "division": begun.division,
            "name": begun.name,
            "begins_on": begun.begins_on,
            "due_on": begun.due_on,
            "actor": self._context.actor,
            "recorded_at": self._context.clock(),
        }
        inserted = self._context.connection.execute(insert(SURVEY_ROUND).values(row)).inserted_primary_key
        return int(inserted[0]) if inserted is not None else 0

    def close_round(self, key: int, *, on: date) -> None:
        """Ends a round."""
        c = SURVEY_ROUND.c
        change = update(SURVEY_ROUND).where(c.key == key, c.closed_on.is_(None))
        self._context.connection.execute(change.values(closed_on=on))

    def rounds(self, *, only_open: bool = False) -> list[SurveyRound]:
        """All rounds, newest first."""
        c = SURVEY_ROUND.c
        query = select(SURVEY_ROUND).order_by(c.key.desc())
        found = self._context.connection.execute(query.where(c.closed_on.is_(None)) if only_open else query).mappings()
        names = ("key", "division", "name", "begins_on", "due_on", "closed_on", "actor")
        return [SurveyRound(**{name: row[name] for name in names}) for row in found]

    def _row(self, uid: str, one: Settlement) -> Row:
        """The columns of a settlement."""
        row: Row = {name: getattr(one, name) for name in _PLAIN}
        staff = _Staff(staff=one.staff, phone=one.phone, note=one.note)
        return row | {
            "kind": one.kind.value,
            "window": one.window.value,
            "body": self._staff.seal(uid, staff),
            "actor": self._context.actor,
            "changed_at": self._context.clock(),
        }

    def _settlement(self, row: dict[Any, Any]) -> Settlement:
        """A row, unsealed."""
        staff = self._staff.open(row)
        return Settlement(
            key=row["key"],
            kind=SettlementKind(row["kind"]),
            window=Window(row["window"]),
            staff=staff.staff,
            phone=staff.phone,
            note=staff.note,
            revision=row["revision"],
            **{name: row[name] for name in _PLAIN},
        )
