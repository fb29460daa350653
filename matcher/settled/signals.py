"""What somebody has to look at of settlements and posts of projects.

In: a unit of work, a scope, a day, the policy. Out: alerts; a few queries, however many people there are.
"""

from __future__ import annotations

from datetime import date

from matcher.domain.service.alert import Alert, Level
from matcher.domain.service.around.settled import Settlement, WindowState
from matcher.listings import Scope
from matcher.policy import PolicyAt
from matcher.settled.posts import sums
from matcher.settled.registry import round_of
from matcher.store.store import UnitOfWork

_CODES = {
    WindowState.UNSURVEYED: ("SETTLEMENT_UNSURVEYED", Level.SOON),
    WindowState.VIOLATION: ("SETTLEMENT_NO_WINDOW", Level.NOW),
    WindowState.UNLINKED: ("SETTLEMENT_NO_PLATFORM", Level.SOON),
}


def signals(unit: UnitOfWork, scope: Scope, on: date, policy: PolicyAt) -> list[Alert]:
    """Settlements that were not looked at or are not served, and projects below the share."""
    if scope.villages:
        return []
    rounds = unit.settlements.rounds(only_open=True)
    found = []
    for one in unit.settlements.all(division=scope.division):
        now = round_of(rounds, one.division)
        state = WindowState.UNSURVEYED if now is not None and one.open_since(now.begins_on) else one.state
        if state in _CODES:
            found.append(_of(one, state, due_on=now.due_on if now and state is WindowState.UNSURVEYED else None))
    return found + _below(unit, scope, policy)


def _of(one: Settlement, state: WindowState, *, due_on: date | None) -> Alert:
    """An alert about one settlement."""
    code, level = _CODES[state]
    return Alert(
        code=code,
        mark=f"{code}:{one.key}",
        level=level,
        division=one.division,
        due_on=due_on,
        args={"name": one.name},
        endpoint="settled.one",
        values={"key": one.key},
    )


def _below(unit: UnitOfWork, scope: Scope, policy: PolicyAt) -> list[Alert]:
    """Projects with too few posts for resettled people, and all of them together."""
    share, projects = policy.number("settled.posts_share"), unit.project_posts.all(division=scope.division)
    low = [one for one in projects if one.ratio is not None and one.ratio < share]
    found = [
        Alert(
            code="RESETTLED_POSTS_LOW",
            mark=f"RESETTLED_POSTS_LOW:{one.key}",
            level=Level.SOON,
            division=one.division,
            args={"name": one.name, "percent": round(100 * (one.ratio or 0), 1), "asked": round(100 * share, 1)},
            endpoint="settled.posts",
        )
        for one in low
    ]
    total = sums(projects)[-1]
    if total.ratio is not None and total.ratio < share:
        args = {"percent": round(100 * total.ratio, 1), "asked": round(100 * share, 1), "missing": total.short(share)}
        found.append(
            Alert(
                code="RESETTLED_POSTS_LOW_ALL",
                mark=f"RESETTLED_POSTS_LOW_ALL:{scope.division}",
                level=Level.NOW,
                division=scope.division,
                args=args,
                endpoint="settled.posts",
            )
        )
    return found
