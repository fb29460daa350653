"""Whom an organisation may name in its claim: those who passed its class, those who work or worked there this year.

In: a class or an employer's name, a scope. Out: candidates with the months they count for, to be ticked on the page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from matcher.domain.incoming.trust import employer_key
from matcher.domain.intake.classes import EnrolmentState
from matcher.domain.training import TrainingClass
from matcher.ladder import add_months
from matcher.listings import Scope
from matcher.office import Office
from matcher.store.cooperation.books import Engagement
from matcher.store.store import UnitOfWork
from matcher.visiting.books import engagements

MOST = 300
"""People on one list."""
YEAR = 12


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who may be named."""

    worker_key: int
    name: str
    village: str
    months: int


@dataclass(frozen=True, slots=True)
class ClassChoice:
    """A class people of the scope take part in."""

    key: int
    training: TrainingClass


def class_choices(unit: UnitOfWork, scope: Scope) -> list[ClassChoice]:
    """The classes in which somebody of a scope passed, the newest first."""
    keys = unit.class_life.classes_with(EnrolmentState.PASSED, division=scope.division, villages=scope.villages)
    found = unit.classes.many(keys)
    return [ClassChoice(key, found[key].value) for key in sorted(found, reverse=True)]


def of_class(unit: UnitOfWork, class_key: int, scope: Scope) -> list[Candidate]:
    """Those of a scope who passed a class, by name."""
    joined = unit.class_life.enrolments(class_key, division=scope.division, villages=scope.villages)
    passed = [one.worker_key for one in joined if one.state is EnrolmentState.PASSED][:MOST]
    return _named(unit, dict.fromkeys(passed, 1))


def of_employer(office: Office, unit: UnitOfWork, employer: str, scope: Scope, *, year: int) -> list[Candidate]:
    """Those of a scope who worked for an employer in a year, with the full months of it."""
    wanted, on = employer_key(employer), office.today()
    if not wanted:
        return []
    months: dict[int, int] = {}
    for one in engagements(office, unit, scope):
        if employer_key(one.employer) == wanted:
            many = months_in(one, year, on)
            if many:
                months[one.worker_key] = min(YEAR, months.get(one.worker_key, 0) + many)
    return _named(unit, dict(list(months.items())[:MOST]))


def months_in(work: Engagement, year: int, on: date) -> int:
    """The full months of a year that a stretch of work covers."""
    first = max(work.started_on, date(year, 1, 1))
    last = min(work.ended_on or on, on, date(year + 1, 1, 1))
    many = 0
    while many < YEAR and add_months(first, many + 1) <= last:
        many += 1
    return many


def _named(unit: UnitOfWork, months: dict[int, int]) -> list[Candidate]:
    """People with their names, in the order of villages and names."""
    people = unit.workers.many(list(months))
    found = [Candidate(key, people[key].value.name, people[key].value.village, months[key]) for key in people]
    return sorted(found, key=lambda one: (one.village, one.name, one.worker_key))


def chosen_among(candidates: Sequence[Candidate], ticked: Sequence[int]) -> list[Candidate]:
    """Those of a list that were ticked; what is not on the list cannot be ticked."""
    wanted = set(ticked)
    return [one for one in candidates if one.worker_key in wanted]
