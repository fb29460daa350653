"""What of claims and notices somebody has to look at.

In: a unit of work, a scope, a day, the policy. Out: alerts in a handful of queries: last days to claim, months full
within days, proofs missing, objections open, notices whose days are over.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from matcher.claims.timers import timers
from matcher.domain.service.alert import Alert, Level
from matcher.domain.service.publicity import Notice, NoticeState, notice_state
from matcher.domain.service.timer import Timer, TimerState
from matcher.listings import Scope
from matcher.policy import PolicyAt
from matcher.store.store import UnitOfWork

Place = tuple[str, str]
"""(division, village)."""


def signals(unit: UnitOfWork, scope: Scope, on: date, policy: PolicyAt) -> list[Alert]:
    """Everything to look at, one alert a village and matter."""
    found = timers(unit, scope, policy)
    warn = timedelta(days=policy.whole("claims.window_warn_days"))
    ends = {
        TimerState.MAY_CLAIM,
        TimerState.MISSING_PROOF,
    }
    closing = [one for one in found if one.state in ends and one.last_day is not None and one.last_day - on <= warn]
    alerts = [*_of_villages("CLAIM_CLOSING", closing, Level.NOW, TimerState.MAY_CLAIM)]
    alerts += _of_villages("CLAIM_DUE_SOON", _of(found, TimerState.DUE_SOON), Level.SOON, TimerState.DUE_SOON)
    alerts += _of_villages("CLAIM_NO_PROOF", _of(found, TimerState.MISSING_PROOF), Level.SOON, TimerState.MISSING_PROOF)
    notices = unit.publicities.listed(division=scope.division, villages=scope.villages)
    return [*alerts, *_of_notices(notices, on)]


def _of(found: Sequence[Timer], state: TimerState) -> list[Timer]:
    """The clocks that show one thing."""
    return [one for one in found if one.state is state]


def _of_villages(code: str, found: Sequence[Timer], level: Level, state: TimerState) -> Iterable[Alert]:
    """One alert a village, with the people it is about."""
    places: dict[Place, list[Timer]] = defaultdict(list)
    for timer in found:
        places[timer.home_code, timer.village].append(timer)
    for (division, village), own in sorted(places.items()):
        people = tuple(sorted({one.worker_key for one in own}))
        days = [one.last_day or one.stretch.reached_on for one in own]
        yield Alert(
            code=code,
            mark=f"{code}:{division}:{village}",
            level=level,
            division=division,
            village=village,
            due_on=min(days),
            args={"count": len(people), "village": village},
            endpoint="claims.index",
            values={"state": state.value, "village": f"{division}|{village}"},
            people=people,
        )


def _of_notices(notices: Sequence[Notice], on: date) -> Iterable[Alert]:
    """Notices with open objections, and those whose days are over."""
    for notice in notices:
        state = notice_state(notice, on)
        code = "NOTICE_OVER" if state is NoticeState.OVER else "NOTICE_OBJECTED"
        objected = notice.objections_open > 0 and notice.decision is None
        if state is not NoticeState.OVER and not objected:
            continue
        yield Alert(
            code=code,
            mark=f"{code}:{notice.key}",
            level=Level.NOW if objected else Level.SOON,
            division=notice.division,
            village=notice.village,
            due_on=notice.notice_until,
            args={"count": notice.objections_open or notice.entries, "village": notice.village},
            endpoint="claims.notice",
            values={"key": notice.key},
        )
