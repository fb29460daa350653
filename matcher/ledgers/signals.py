"""What the ledgers have to tell: townships whose villages have not handed in their month.

In: a unit of work, a scope, the day, the policy. Out: alerts, one a township and month.
"""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby

from matcher.domain.service.alert import Alert, Level
from matcher.domain.service.months import month_before, month_of
from matcher.ledgers.rounds import RoundStand, VillageRound, due_on, villages_of
from matcher.listings import Scope
from matcher.policy import PolicyAt
from matcher.store.store import UnitOfWork

_CODES = {RoundStand.LATE: "ROUND_LATE", RoundStand.REOPENED: "ROUND_REOPENED"}


def signals(unit: UnitOfWork, scope: Scope, on: date, policy: PolicyAt) -> list[Alert]:
    """Months that are late: this one once its day has passed, else the one before."""
    month = month_of(on)
    patience = timedelta(days=policy.whole("ledger.late_alert_days"))
    if on <= due_on(month, policy) + patience:
        month = month_before(month)
    lines = [one for one in villages_of(unit, month, scope, policy, on) if one.stand in _CODES]
    lines.sort(key=lambda one: (one.village.home_code, one.stand.value))
    grouped = groupby(lines, key=lambda one: (one.village.home_code, one.stand))
    return [_alert(month, home, stand, list(group), policy) for (home, stand), group in grouped]


def _alert(month: str, home: str, stand: RoundStand, lines: list[VillageRound], policy: PolicyAt) -> Alert:
    """One township."""
    code, due = _CODES[stand], due_on(month, policy)
    return Alert(
        code=code,
        mark=f"{code}:{month}:{home}",
        level=Level.SOON,
        division=home,
        village=lines[0].village.village if len(lines) == 1 else "",
        due_on=due,
        args={
            "place": lines[0].village.home_name,
            "count": len(lines),
            "month": month,
            "until_on": due.isoformat(),
        },
        endpoint="ledgers.round",
        values={"month": month, "division": home},
    )
