"""What the list has to tell: contacts overdue, people without a measure a month after their household was identified.

In: a unit of work, a scope, the policy. Out: one alert a village and matter.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from matcher.domain.service.alert import Alert, Level
from matcher.domain.service.key_list import KeyEntry
from matcher.key_list.listing import WHOLE, Since
from matcher.listings import Scope
from matcher.policy import PolicyAt
from matcher.store.store import UnitOfWork

_DAY: dict[str, Callable[[KeyEntry], date]] = {
    "late": lambda one: one.next_due or one.entered_on,
    "bare": lambda one: one.identified_on or one.entered_on,
}


def signals(unit: UnitOfWork, scope: Scope, on: date, policy: PolicyAt) -> list[Alert]:
    """The alerts of a scope."""
    since, found = Since.of(policy), []
    for part, code in (("late", "KEY_OVERDUE"), ("bare", "KEY_NO_MEASURE")):
        entries, _ = unit.watching.entries.listed(
            part, late_since=since.late, bare_since=since.bare, limit=WHOLE, division=scope.division,
            villages=scope.villages,
        )  # fmt: skip
        villages: dict[tuple[str, str], list[KeyEntry]] = {}
        for one in entries:
            villages.setdefault((one.home_code, one.village), []).append(one)
        found += [_alert(code, part, home, village, some) for (home, village), some in sorted(villages.items())]
    return found


def _alert(code: str, part: str, home: str, village: str, entries: Sequence[KeyEntry]) -> Alert:
    """One village."""
    since = min(_DAY[part](one) for one in entries)
    return Alert(
        code=code,
        mark=f"{code}:{home}:{village}",
        level=Level.NOW,
        division=home,
        village=village,
        due_on=since,
        args={"count": len(entries), "village": village, "since_on": since.isoformat()},
        endpoint="key_list.index",
        values={"part": part},
        people=tuple(sorted(one.worker_key for one in entries)),
    )
