"""The to-do list of each unit: what was taken on, what waits, what is overdue, what is done; also what has ceased.

In: alerts of a scope with their state. Out: one row a task, by unit; for the screen, paper and a spreadsheet.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from matcher.alerts.collecting import Shown, shown_alerts, spoken_about
from matcher.domain.division import division_prefix
from matcher.domain.service.alert import Alert
from matcher.domain.service.care import Care, CareState
from matcher.listings import Scope
from matcher.office import Office
from matcher.store.store import UnitOfWork


class TaskState(StrEnum):
    """How a task stands; CEASED = its cause is gone though nobody said that it was done."""

    OVERDUE = "overdue"
    TAKEN = "taken"
    OPEN = "open"
    PUT_OFF = "put_off"
    DONE = "done"
    CEASED = "ceased"


ORDER = tuple(TaskState)


@dataclass(frozen=True, slots=True)
class Task:
    """One line of the to-do list; `unit` are the digits of a banner, or of the prefecture."""

    unit: str
    alert: Alert
    state: TaskState
    care: Care | None
    due_on: date | None


def tasks(office: Office, unit: UnitOfWork, scope: Scope) -> list[Task]:
    """The tasks of a scope, by unit and urgency."""
    shown = shown_alerts(office, unit, scope)
    seen = {one.alert.mark for one in shown}
    cares = unit.watching.cares.standing(division=scope.division, villages=scope.villages)
    found = [_task(one) for one in shown] + [_ceased(care) for mark, care in cares.items() if mark not in seen]
    return sorted(found, key=lambda one: (one.unit, ORDER.index(one.state), one.due_on or date.max, one.alert.mark))


def counted(found: Sequence[Task]) -> dict[str, dict[TaskState, int]]:
    """Unit → how many tasks of each state."""
    counts: dict[str, dict[TaskState, int]] = {}
    for one in found:
        counts.setdefault(one.unit, dict.fromkeys(TaskState, 0))[one.state] += 1
    return counts


def _task(one: Shown) -> Task:
    """An alert as a task."""
    state = TaskState.OVERDUE if one.overdue else TaskState(one.state.value)
    due = one.care.until if one.care is not None and state is not TaskState.OPEN else None
    return Task(_unit(one.alert.division), one.alert, state, one.care, due)


def _ceased(care: Care) -> Task:
    """What somebody once said about an alert whose cause is gone."""
    state = TaskState.DONE if care.state is CareState.DONE else TaskState.CEASED
    return Task(_unit(care.division), spoken_about(care), state, care, None)


def _unit(division: str) -> str:
    """The unit that has to act: the banner, or the prefecture where there is none."""
    return division_prefix(division)[:6]
