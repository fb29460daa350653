"""Work that was told of, as figures count it: whether it goes on, was this year, was in Beijing, is proved stable.

In: a unit of work, the day, the policy. Out: what is counted of everybody who was ever said to work here.
"""

from __future__ import annotations

from datetime import date

from matcher.ladder.stability import stability
from matcher.policy import PolicyAt
from matcher.reports.traits import Work
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
