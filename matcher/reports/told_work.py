"""Work that was told of, as figures count it: whether it goes on, was this year, was in Beijing, is proved stable.

In: a unit of work, the day, the policy. Out: what is counted of everybody who was ever said to work here.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from matcher.ladder.stability import stability
from matcher.policy import PolicyAt
from matcher.reports.traits import NO_SERVICE, Service, Work
from matcher.store.store import UnitOfWork


def told_work(unit: UnitOfWork, on: date, policy: PolicyAt) -> dict[int, Work]:
    """Worker → what was told of the work."""
    during = unit.watching.losses.spells(on.replace(month=1, day=1), on)
    going_on = [key for key, one in during.items() if one.open_now]
    spells = unit.aftercare.spells.of_people(going_on)
    proofs = unit.casefile.proofs.of_people(going_on)
    return {
        key: Work(
            working=one.open_now,
            worked=True,
            coop_now=one.cooperation_now,
            coop_year=one.cooperation,
            stable=one.open_now and stability(spells.get(key, []), proofs.get(key, []), policy, on).proved,
        )
        for key, one in during.items()
    }


def service_of(unit: UnitOfWork, on: date, policy: PolicyAt) -> Callable[[int], Service]:
    """What was done for everybody this year beside plans and work."""
    found = unit.figures.served.of_year(on, days_after=policy.whole("reports.after_class_days"))
    touched = found.joined | found.informed | found.claimed | found.paid

    def of(key: int) -> Service:
        if key not in touched:
            return NO_SERVICE
        return Service(
            joined=key in found.joined,
            passed=key in found.passed,
            after_class=key in found.after_class,
            informed=key in found.informed,
            claimed=key in found.claimed,
            paid=key in found.paid,
        )

    return of
