"""What somebody has to look at of the Rain-Dew register.

In: a unit of work, a scope, a day, the policy. Out: alerts by village; a few queries, however many people there are.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from matcher.domain.service.alert import Alert, Level
from matcher.graduates.calls import Due, due_list
from matcher.listings import Scope
from matcher.policy import PolicyAt
from matcher.store.store import UnitOfWork


def signals(unit: UnitOfWork, scope: Scope, on: date, policy: PolicyAt) -> list[Alert]:
    """Graduates nobody has reached for more than a month, money that went before the lists came down."""
    late: dict[tuple[str, str], list[Due]] = defaultdict(list)
    for one in due_list(unit, scope, on, policy):
        if one.overdue_days:
            late[one.person.home_code, one.person.village].append(one)
    return [_contacts(code, village, found) for (code, village), found in sorted(late.items())] + _early(unit, scope)


def _contacts(code: str, village: str, late: list[Due]) -> Alert:
    """Graduates of one village."""
    return Alert(
        code="GRADUATE_CONTACT",
        mark=f"GRADUATE_CONTACT:{code}:{village}",
        level=Level.SOON,
        division=code,
        village=village,
        due_on=min(one.due_on for one in late if one.due_on is not None),
        args={"village": village, "count": len(late), "days": max(one.overdue_days for one in late)},
        endpoint="graduates.index",
        people=tuple(one.person.worker_key for one in late),
    )


def _early(unit: UnitOfWork, scope: Scope) -> list[Alert]:
    """What was paid before both lists came down, by village and term."""
    found: dict[tuple[str, str, str], list[int]] = defaultdict(list)
    for worker, code, village, term in unit.rain_dew.paid_early(division=scope.division):
        if not scope.villages or village in scope.villages:
            found[code, village, term].append(worker)
    return [
        Alert(
            code="RAIN_DEW_PAID_EARLY",
            mark=f"RAIN_DEW_PAID_EARLY:{code}:{village}:{term}",
            level=Level.NOW,
            division=code,
            village=village,
            args={"village": village, "count": len(workers), "term": term},
            endpoint="graduates.publicity",
            people=tuple(workers),
        )
        for (code, village, term), workers in sorted(found.items())
    ]
