"""What of the cases somebody has to look at: opened late, delivered late, nobody responsible, stuck.

In: a unit of work, a scope, a day, the policy. Out: one alert a village and kind, with the people it is about; a fixed
number of queries however many people there are.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date

from matcher.cases.due import Todo
from matcher.cases.gathering import PersonCase, gather
from matcher.cases.recording import owed_a_case
from matcher.domain.service.alert import Alert, Level
from matcher.domain.service.casestate import CaseState
from matcher.listings import Scope
from matcher.policy import PolicyAt
from matcher.store.casefile.gathering import Whom
from matcher.store.store import UnitOfWork

_LEVELS = {
    "CASE_NOT_OPENED": Level.NOW,
    "CASE_DELIVERY_LATE": Level.NOW,
    "CASE_CALL_LATE": Level.SOON,
    "CASE_NO_OWNER": Level.SOON,
    "CASE_STUCK": Level.SOON,
}
_FILTERS = {"CASE_NO_OWNER": {"owner": "nobody"}}
_STUCK = frozenset(
    {CaseState.OPEN, CaseState.GUIDED, CaseState.MATCHED, CaseState.DELIVERED, CaseState.IN_ACTION, CaseState.LOST_JOB}
)


def signals(unit: UnitOfWork, scope: Scope, on: date, policy: PolicyAt) -> list[Alert]:
    """The alerts of a scope."""
    found: dict[tuple[str, str, str], list[PersonCase]] = defaultdict(list)
    for one in gather(unit, Whom(division=scope.division, villages=scope.villages), on, policy):
        for code in _codes(one, on, policy):
            found[code, one.person.home_code, one.person.village].append(one)
    return [_alert(code, home, village, people) for (code, home, village), people in sorted(found.items())]


def _codes(one: PersonCase, on: date, policy: PolicyAt) -> Iterator[str]:
    """What is to be looked at in one case."""
    due, state = one.due, one.standing.state
    late = due is not None and due.on is not None and due.on < on
    if late and due is not None:
        if due.todo is Todo.OPEN and (owed_a_case(one) or state is CaseState.LOST_JOB):
            yield "CASE_NOT_OPENED"
        if due.todo is Todo.DELIVER:
            yield "CASE_DELIVERY_LATE"
        if due.todo is Todo.CALL:
            yield "CASE_CALL_LATE"
    if not one.owner and not state.over and one.case is not None:
        yield "CASE_NO_OWNER"
    opened = one.facts.opened_on
    if state in _STUCK and opened is not None and (on - opened).days > policy.whole("case.stuck_days"):
        yield "CASE_STUCK"


def _alert(code: str, home: str, village: str, people: list[PersonCase]) -> Alert:
    """One alert of a village."""
    days = [one.due.on for one in people if one.due is not None and one.due.on is not None]
    filters = {"village": village} | _FILTERS.get(code, {"late": "1"} if code.endswith("LATE") else {})
    return Alert(
        code=code,
        mark=f"{code}:{home}:{village}",
        level=_LEVELS[code],
        division=home,
        village=village,
        due_on=min(days) if days and code != "CASE_NO_OWNER" else None,
        args={"village": village, "count": len(people)},
        endpoint="cases.index",
        values=filters,
        people=tuple(one.person.key for one in people),
    )
