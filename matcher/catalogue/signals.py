"""What somebody who keeps the catalogue must look at: offers that end soon, rates still open, villages nobody told.

In: a unit of work, a scope, a day, the policy. Out: alerts, for the page that collects them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from matcher.catalogue.telling import Informed, informed
from matcher.domain.division import division_prefix
from matcher.domain.service.alert import Alert, Level
from matcher.listings import Scope
from matcher.policy import PolicyAt
from matcher.store import UnitOfWork


def signals(unit: UnitOfWork, scope: Scope, on: date, policy: PolicyAt) -> list[Alert]:
    """Everything of the catalogue that a scope should look at."""
    division = division_prefix(scope.division or "150500")
    days = policy.whole("catalogue.told_days")
    told = informed(unit, scope, on=on, days=days)
    found = [*_untold(told), *_ending(policy, on, division)]
    return found if scope.villages else [*found, *_open_rates(policy, on, division)]


def _untold(villages: list[Informed]) -> Iterator[Alert]:
    """Villages whose people have plans and nobody was told what they may have."""
    for one in villages:
        if one.informed == 0:
            yield Alert(
                code="NOBODY_TOLD",
                mark=f"told:{one.division}:{one.village}",
                level=Level.SOON,
                division=one.division,
                village=one.village,
                args={"village": one.village or "–", "people": one.entitled},
                endpoint="catalogue.informed",
            )


def _ending(policy: PolicyAt, on: date, division: str) -> Iterator[Alert]:
    """Offers that end within the days the policy says."""
    soon = on + timedelta(days=policy.whole("catalogue.ends_soon_days"))
    for item in policy.catalogue.on(on, division):
        if item.valid_to is not None and item.valid_to <= soon:
            yield Alert(
                code="OFFER_ENDS",
                mark=f"offer_ends:{item.code}:{item.valid_to.isoformat()}",
                level=Level.SOON,
                division=item.region,
                due_on=item.valid_to,
                args={"offer": item.title.zh, "ends_on": item.valid_to.isoformat()},
                endpoint="catalogue.item",
                values={"code": item.code},
            )


def _open_rates(policy: PolicyAt, on: date, division: str) -> Iterator[Alert]:
    """How many offers have a rate nobody entered: one alert, not one each."""
    items = [
        item
        for item in policy.catalogue.on(on, division)
        if any(amount.value is None and amount.stands(on) for amount in item.amounts)
    ]
    if items:
        yield Alert(
            code="RATES_OPEN",
            mark="rates_open",
            level=Level.KNOW,
            division=division,
            args={"offers": len(items)},
            endpoint="catalogue.index",
        )
