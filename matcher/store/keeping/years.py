"""The audit record in years: a year that is over is closed, its entries may go after the term, its head stays.

In: which years are over, and which are past their term. Out: `AuditYear`s, each bound to the one before by a keyed
hash; the entries of dropped years gone, and nothing else.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, func, insert, select, update

from matcher.domain.localtime import LOCAL_TIME
from matcher.store.context import StoreContext
from matcher.store.schema import AUDIT_ENTRY, AUDIT_YEAR


@dataclass(frozen=True, slots=True, kw_only=True)
class AuditYear:
    """One closed year; `head` is the last link of its chain."""

    year: int
    first_number: int
    last_number: int
    head: str
    seal: str
    closed_at: datetime
    dropped_at: datetime | None = None
    drop_seal: str = ""

    @property
    def entries(self) -> int:
        """How many entries it had."""
        return self.last_number - self.first_number + 1


class AuditYears:
    """The table of closed years inside one unit of work."""

    def __init__(self, context: StoreContext) -> None:
        self._context = context

    def all(self) -> list[AuditYear]:
        """Every closed year, oldest first."""
        rows = self._context.connection.execute(select(AUDIT_YEAR).order_by(AUDIT_YEAR.c.year)).mappings()
        return [AuditYear(**{str(name): value for name, value in row.items()}) for row in rows]

    def close_before(self, year: int) -> list[AuditYear]:
        """Closes every year with entries before a year; those closed just now."""
        closed = self.all()
        fresh: list[AuditYear] = []
        while (one := self._next([*closed, *fresh], year)) is not None:
            self._context.connection.execute(insert(AUDIT_YEAR).values(_row(one)))
            fresh.append(one)
        return fresh

    def oldest_open(self) -> int | None:
        """The oldest year with entries that is not closed yet, None where there are no entries."""
        closed = self.all()
        first = closed[-1].last_number + 1 if closed else 1
        begun = self._context.connection.scalar(select(AUDIT_ENTRY.c.at).where(AUDIT_ENTRY.c.number == first))
        return None if begun is None else int(begun.astimezone(LOCAL_TIME).year)

    def drop(self, one: AuditYear) -> int:
        """Lets the entries of a closed year go; how many."""
        moment = self._context.clock()
        values = {"dropped_at": moment, "drop_seal": self._drop_seal(one.seal, moment)}
        connection, c = self._context.connection, AUDIT_ENTRY.c
        connection.execute(update(AUDIT_YEAR).where(AUDIT_YEAR.c.year == one.year).values(values))
        gone = delete(AUDIT_ENTRY).where(c.number.between(one.first_number, one.last_number))
        return connection.execute(gone).rowcount

    def broken(self) -> int | None:
        """The first number of a closed year that does not hold, None where all do."""
        before, expected, kept = "", 1, False
        for one in self.all():
            dropped = one.dropped_at is not None
            seals = one.seal == self._seal(before, one) and one.first_number == expected
            gone = one.drop_seal == (self._drop_seal(one.seal, one.dropped_at) if one.dropped_at else "")
            if not (seals and gone) or (kept and dropped):
                return one.first_number
            before, expected, kept = one.seal, one.last_number + 1, not dropped
        return None

    def _next(self, closed: list[AuditYear], before: int) -> AuditYear | None:
        """The next year to close, None where there is none."""
        c = AUDIT_ENTRY.c
        first = closed[-1].last_number + 1 if closed else 1
        begun = self._context.connection.scalar(select(c.at).where(c.number == first))
        if begun is None or (year := begun.astimezone(LOCAL_TIME).year) >= before:
            return None
        end = datetime(year + 1, 1, 1, tzinfo=LOCAL_TIME).astimezone(UTC)
        later = select(func.min(c.number)).where(c.number > first, c.at >= end)
        stop = self._context.connection.scalar(later)
        newest = self._context.connection.scalar(select(func.max(c.number))) or first
        last = stop - 1 if stop is not None else newest
        head = self._context.connection.scalar(select(c.link).where(c.number == last)) or ""
        one = AuditYear(
            year=year, first_number=first, last_number=last, head=head, seal="", closed_at=self._context.clock()
        )
        return replace(one, seal=self._seal(closed[-1].seal if closed else "", one))

    def _seal(self, before: str, one: AuditYear) -> str:
        """The keyed hash of a year, bound to the year before."""
        at = one.closed_at.astimezone(UTC).isoformat(timespec="microseconds")
        said = json.dumps([one.year, one.first_number, one.last_number, one.head, at]).encode()
        return self._context.keys.chain(before, b"year" + said)

    def _drop_seal(self, seal: str, moment: datetime) -> str:
        """The keyed hash of the moment the entries of a year went."""
        return self._context.keys.chain(seal, b"gone" + moment.astimezone(UTC).isoformat("T", "microseconds").encode())


def _row(one: AuditYear) -> dict[str, Any]:
    """A year as a row."""
    return {name: getattr(one, name) for name in AuditYear.__slots__}
