"""Monthly contact with graduates: who is due when, and who is overdue.

In: a unit of work, a scope, a day, the policy. Out: graduates with the day of the next contact, the longest overdue
first.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from matcher.domain.service.around.graduates import Outcome, RainDew, TrackKind, TrackState, next_contact
from matcher.listings import Scope
from matcher.policy import PolicyAt
from matcher.store.store import UnitOfWork

MOST = 5_000
_OVER = frozenset({Outcome.GONE, Outcome.ARMY})
"""Whoever died, moved away or serves is not called every month."""


@dataclass(frozen=True, slots=True)
class Due:
    """One graduate; `due_on` None = the months are over, or nobody is called any more."""

    person: RainDew
    reached_on: date | None
    due_on: date | None
    overdue_days: int


def due_list(unit: UnitOfWork, scope: Scope, on: date, policy: PolicyAt) -> list[Due]:
    """Confirmed graduates of a scope with their next contact."""
    people = unit.rain_dew.listed(
        TrackKind.GRADUATE,
        state=TrackState.CONFIRMED,
        division=scope.division,
        villages=scope.villages,
        limit=MOST,
    )
    return due_of(unit, people, on, policy)


def due_of(unit: UnitOfWork, people: Sequence[RainDew], on: date, policy: PolicyAt) -> list[Due]:
    """The next contact of some people, the longest overdue first."""
    months = policy.whole("graduates.contact_months")
    reached = unit.graduate_contacts.last_reached([one.worker_key for one in people])
    found = []
    for one in people:
        last = reached.get(one.worker_key)
        called = one.kind is TrackKind.GRADUATE and one.outcome not in _OVER
        due = next_contact(one.counts_from, one.since, last, months=months, on=on) if called else None
        found.append(Due(one, last, due, max(0, (on - due).days) if due is not None else 0))
    return sorted(found, key=lambda one: (-one.overdue_days, one.due_on or date.max, one.person.village))
