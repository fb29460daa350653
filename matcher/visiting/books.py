"""Whom each employer has on the books, who left lately, and how many stayed 30 and 90 days.

In: stretches of work as told, a scope, a day. Out: `EmployerBook`s by employer; names of employers that people only
told of are opened once and kept in memory.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from matcher.aftercare.staying import kept, names_known
from matcher.domain.incoming.trust import employer_key
from matcher.domain.service.around.visiting import Kept
from matcher.listings import Scope
from matcher.office import Office
from matcher.store.cooperation.books import Engagement
from matcher.store.store import UnitOfWork


@dataclass(slots=True)
class EmployerBook:
    """One employer as its people tell of it."""

    name: str
    key: str
    here: list[Engagement] = field(default_factory=list)
    """Who works there now."""
    left: list[Engagement] = field(default_factory=list)
    """Who has left, the latest last."""

    @property
    def people(self) -> int:
        """How many work there now, each person once."""
        return len({one.worker_key for one in self.here})

    def lost(self, since: date, on: date) -> list[int]:
        """Who left between two days and is not there again."""
        back = {one.worker_key for one in self.here}
        gone = {one.worker_key for one in self.left if one.ended_on is not None and since <= one.ended_on <= on}
        return sorted(gone - back)

    def kept(self, on: date) -> Kept:
        """How many stayed, up to a day."""
        return kept([*self.left, *self.here], on)


def engagements(office: Office, unit: UnitOfWork, scope: Scope) -> list[Engagement]:
    """Every stretch of work of people of a scope, with the employer's name where one is known."""
    found = unit.cooperation.books.engagements(names_known(office), division=scope.division)
    return [one for one in found if one.village in scope.villages] if scope.villages else found


def books(found: Iterable[Engagement], on: date) -> dict[str, EmployerBook]:
    """By employer; work without an employer's name stands in no book."""
    made: dict[str, EmployerBook] = {}
    for one in found:
        key = employer_key(one.employer)
        if not key or one.started_on > on:
            continue
        book = made.setdefault(key, EmployerBook(one.employer, key))
        (book.here if one.ended_on is None or one.ended_on > on else book.left).append(one)
    return made


def shown_share(part: int, of: int, least: int) -> float | None:
    """A rate, None where it would rest on too few people to be shown."""
    return part / of if of >= least else None


def names_of(found: Mapping[str, EmployerBook]) -> list[str]:
    """The employers' names, those with most people first."""
    return [book.name for book in sorted(found.values(), key=lambda one: (-one.people, one.name))]
