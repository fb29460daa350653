"""What somebody has to look at of villages and their coordinators.

In: a unit of work, a scope, a day, the policy. Out: alerts; a few queries, however many villages there are.
"""

from __future__ import annotations

from datetime import date, timedelta

from matcher.coordinators.coverage import VillageStaff, covered
from matcher.domain.service.alert import Alert, Level
from matcher.domain.service.around.coordinators import Coordinator, Coverage
from matcher.listings import Scope
from matcher.policy import PolicyAt
from matcher.store.store import UnitOfWork


def signals(unit: UnitOfWork, scope: Scope, on: date, policy: PolicyAt) -> list[Alert]:
    """Villages without an owner, coordinators who were not trained, reviews and contracts that ran out."""
    villages = covered(unit, scope, on)
    gaps = [_gap(one) for one in villages if one.coverage is Coverage.GAP]
    if scope.villages:
        return gaps
    review = timedelta(days=policy.whole("coordinators.review_days"))
    serving = [one for one in unit.coordinators.all(division=scope.division) if one.serves_on(on)]
    return gaps + [alert for one in serving for alert in _of(one, on, review)]


def _gap(one: VillageStaff) -> Alert:
    """A village without an owner."""
    return Alert(
        code="VILLAGE_NO_COORDINATOR",
        mark=f"VILLAGE_NO_COORDINATOR:{one.code}:{one.village}",
        level=Level.NOW,
        division=one.code,
        village=one.village,
        args={"village": one.village, "count": one.people},
        endpoint="coordinators.village",
        values={"place": one.code, "village": one.village},
    )


def _of(one: Coordinator, on: date, review: timedelta) -> list[Alert]:
    """What is wrong with the record of one coordinator."""
    found: list[tuple[str, Level, date | None]] = []
    if one.trained_on is None:
        found.append(("COORDINATOR_UNTRAINED", Level.NOW, None))
    reviewed = (one.reviewed_on or one.started_on) + review
    if reviewed < on:
        found.append(("COORDINATOR_REVIEW", Level.KNOW, reviewed))
    if one.contract_until is not None and one.contract_until < on:
        found.append(("COORDINATOR_CONTRACT", Level.SOON, one.contract_until))
    return [
        Alert(
            code=code,
            mark=f"{code}:{one.key}",
            level=level,
            division=one.division,
            due_on=due,
            args={"name": one.name},
            endpoint="coordinators.one",
            values={"key": one.key},
        )
        for code, level, due in found
    ]
