"""The book of the exchange: who this office is, which slices went and came, codes and case numbers put aside.

In: a unit of work's context. Out: names and numbers of this office, events, and blocks that no other office uses.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, func, insert, select, text, update

from matcher.domain.slip import new_slip_code
from matcher.store.context import StoreContext, chunks, new_uid, within
from matcher.store.schema import PLAN, SLICE_CODE, SLICE_EVENT, SLICE_OFFICE, WORKER

OUT, IN = "out", "in"


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficeName:
    """The random name of an office, and of the office its slices began with; `head` = it is that office."""

    office: str
    family: str
    last_number: int

    @property
    def head(self) -> bool:
        """Whether slices begin here."""
        return self.office == self.family


@dataclass(frozen=True, slots=True, kw_only=True)
class SliceEvent:
    """A slice that went out or came in."""

    way: str
    file_id: str
    peer: str
    division: str
    villages: tuple[str, ...]
    people: int
    figures: dict[str, Any]
    actor: str
    at: datetime


class SliceBook:
    """The tables of the exchange inside one unit of work, apart from records and conflicts."""

    def __init__(self, context: StoreContext) -> None:
        self._context, self._connection = context, context.connection

    def office(self) -> OfficeName | None:
        """This office, None where it has never exchanged anything."""
        row = self._connection.execute(select(SLICE_OFFICE)).mappings().first()
        if row is None:
            return None
        return OfficeName(office=row["office"], family=row["family"], last_number=row["last_number"])

    def open(self, *, family: str = "") -> OfficeName:
        """This office with a name from now on; without a family it begins one."""
        found = self.office()
        if found is not None:
            return found
        office = new_uid()
        row = {"office": office, "family": family or office, "last_number": 0, "made_at": self._context.clock()}
        self._connection.execute(insert(SLICE_OFFICE).values(row))
        return OfficeName(office=office, family=family or office, last_number=0)

    def next_number(self) -> int:
        """The number of the next file: later ones are higher, also after an older backup was restored."""
        last = self._connection.scalar(select(SLICE_OFFICE.c.last_number)) or 0
        number = max(last + 1, int(self._context.clock().timestamp()))
        self._connection.execute(update(SLICE_OFFICE).values(last_number=number))
        return int(number)

    def last_number(self) -> int:
        """The number of the last file that went out."""
        return int(self._connection.scalar(select(SLICE_OFFICE.c.last_number)) or 0)

    def note(self, event: SliceEvent) -> None:
        """Keeps that a slice went or came."""
        row = {name: getattr(event, name) for name in SliceEvent.__slots__} | {"villages": list(event.villages)}
        self._connection.execute(insert(SLICE_EVENT).values(row))

    def events(self, *, division: str = "", limit: int = 20) -> list[SliceEvent]:
        """The newest events of a division."""
        return self._events(within(SLICE_EVENT.c.division, division), limit)

    def last_in(self) -> SliceEvent | None:
        """The last slice that came in, None where none ever did."""
        return next(iter(self._events(SLICE_EVENT.c.way == IN, 1)), None)

    def _events(self, condition: ColumnElement[bool], limit: int) -> list[SliceEvent]:
        """The newest events of a condition."""
        query = select(SLICE_EVENT).where(condition).order_by(SLICE_EVENT.c.key.desc()).limit(limit)
        rows = self._connection.execute(query).mappings()
        return [
            SliceEvent(**{name: row[name] for name in SliceEvent.__slots__} | {"villages": tuple(row["villages"])})
            for row in rows
        ]

    def seen(self, file_id: str) -> datetime | None:
        """When a file was taken in, None where it never was."""
        c = SLICE_EVENT.c
        moment: datetime | None = self._connection.scalar(select(c.at).where(c.way == IN, c.file_id == file_id))
        return moment

    def put_codes_aside(self, many: int) -> list[str]:
        """Slip codes nobody else will use."""
        fresh: dict[str, None] = {}
        while len(fresh) < many:
            drawn = [new_slip_code(secrets.randbelow) for _ in range(many - len(fresh))]
            taken = self._standing(PLAN, drawn) | self._standing(SLICE_CODE, drawn)
            fresh.update(dict.fromkeys(code for code in drawn if code not in taken))
        if fresh:
            self._connection.execute(insert(SLICE_CODE), [{"code": code, "own": False} for code in fresh])
        return list(fresh)

    def own_codes(self, codes: Sequence[str]) -> None:
        """Codes that were put aside for this office."""
        taken = self._standing(PLAN, codes) | self._standing(SLICE_CODE, codes)
        rows = [{"code": code, "own": True} for code in codes if code not in taken]
        if rows:
            self._connection.execute(insert(SLICE_CODE), rows)

    def codes_used(self, codes: Sequence[str]) -> None:
        """Codes whose sheets have come back."""
        for part in chunks(codes):
            self._connection.execute(delete(SLICE_CODE).where(SLICE_CODE.c.code.in_(part)))

    def put_numbers_aside(self, many: int) -> int:
        """The first of so many case numbers that this office will not give to anybody."""
        last = self._last_number()
        self._count_from(last + many)
        return last + 1

    def use_numbers(self, first: int) -> None:
        """New people get case numbers from this one on, unless later ones are in use already."""
        if self._last_number() < first - 1:
            self._count_from(first - 1)

    def _standing(self, table: Table, codes: Sequence[str]) -> set[str]:
        """Which of these codes a table has."""
        found: set[str] = set()
        for part in chunks(codes):
            found.update(self._connection.scalars(select(table.c.code).where(table.c.code.in_(part))))
        return found

    def _last_number(self) -> int:
        """The last key of a person that was given or put aside."""
        highest = int(self._connection.scalar(select(func.max(WORKER.c.key))) or 0)
        if self._connection.dialect.name == "postgresql":
            query = "SELECT last_value - CASE WHEN is_called THEN 0 ELSE 1 END FROM worker_key_seq"
        else:
            query = "SELECT seq FROM sqlite_sequence WHERE name = 'worker'"
        return max(highest, int(self._connection.scalar(text(query)) or 0))

    def _count_from(self, last: int) -> None:
        """The next key comes after this one."""
        if self._connection.dialect.name == "postgresql":
            self._connection.execute(text("SELECT setval('worker_key_seq', :last)"), {"last": last})
            return
        changed = self._connection.execute(
            text("UPDATE sqlite_sequence SET seq = :last WHERE name = 'worker'"), {"last": last}
        )
        if changed.rowcount == 0:
            self._connection.execute(
                text("INSERT INTO sqlite_sequence (name, seq) VALUES ('worker', :last)"), {"last": last}
            )
