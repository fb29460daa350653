"""Months kept and compared: every village is counted at the turn of a month, and nothing is made up afterwards.

In: a book, the months that were kept. Out: a kept month; two months side by side with what changed.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from matcher.domain.service.months import MonthCount, month_of
from matcher.listings import Scope
from matcher.office import Office
from matcher.reports.book import Book
from matcher.reports.evidence.indicators import INDICATORS, counts_of
from matcher.reports.tables import level_below, place_below
from matcher.reports.traits import Trait
from matcher.store.store import UnitOfWork


def count_month(book: Book) -> list[MonthCount]:
    """The villages of a book as the month of its day counts them."""
    villages: dict[tuple[str, str], list[Trait]] = {}
    for one in book.people:
        villages.setdefault((one.home, book.village(one)), []).append(one)
    month = month_of(book.as_of)
    return [
        MonthCount(
            month=month,
            home_code=home,
            village=village,
            as_of=book.as_of,
            counts={name: many for name, many in counts_of(people).items() if many},
        )
        for (home, village), people in sorted(villages.items())
    ]


def keep_month(office: Office, book: Book, *, actor: str, again: bool = True) -> bool:
    """Keeps the month of a book; whether it was written. Without `again` one that stands is left alone."""
    month = month_of(book.as_of)
    with office.reading() as unit:
        if not again and month in unit.watching.months.taken():
            return False
    with office.unit(actor) as unit:
        unit.watching.months.put(month, count_month(book))
        unit.audit.note("month_kept", subject="month", fields=month)
    return True


@dataclass(frozen=True, slots=True)
class Kept:
    """A month as it was kept: the day, and the counts of a scope."""

    month: str
    as_of: date
    counts: Counter[str]
    places: dict[str, Counter[str]]
    """The same by division or village directly below."""


def kept_month(unit: UnitOfWork, month: str, scope: Scope, division: str = "") -> Kept | None:
    """A month of a scope, None where nobody counted it."""
    found = unit.watching.months.of(month, division=division or scope.division, villages=scope.villages)
    if not found:
        return None
    level = level_below(division or scope.division)
    whole, places = Counter[str](), dict[str, Counter[str]]()
    for one in found:
        _, place = place_below(one.home_code, one.village, level)
        whole.update(one.counts)
        places.setdefault(place, Counter()).update(one.counts)
    return Kept(month, max(one.as_of for one in found), whole, places)


@dataclass(frozen=True, slots=True)
class Change:
    """One indicator in two months."""

    name: str
    before: int
    after: int

    @property
    def moved(self) -> int:
        """By how much it changed."""
        return self.after - self.before


def changes(before: Kept, after: Kept) -> tuple[Change, ...]:
    """Every indicator of two months."""
    return tuple(Change(one.name, before.counts[one.name], after.counts[one.name]) for one in INDICATORS)
