"""What the office reckons that food, a bed and the road cost, out of the policy.

In: the policy of a day. Out: a `CostBook`; every entry says its basis, and staff can change it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from matcher.claims.money.span import NOTHING, Span, pair
from matcher.domain.worker import Transport
from matcher.policy import PolicyAt

_WHEELS = {
    Transport.EBIKE: "ebike",
    Transport.MOTORBIKE: "motorbike",
    Transport.CAR: "car",
    Transport.BUS: "bus",
}
_SPEEDS = _WHEELS | {Transport.FOOT: "foot", Transport.BICYCLE: "bicycle"}


@dataclass(frozen=True, slots=True, kw_only=True)
class CostBook:
    """Estimates in yuan; spans run from the least to the most."""

    workdays: Span
    """Working days a month."""
    meal: Span
    """One meal at work by one's own means."""
    food_away: Span
    """A month's food away from home."""
    rent_away: Span
    """A month's bed away from home."""
    per_km: Mapping[Transport, Span]
    """A kilometre of road by each means."""
    far_per_km: Span
    """A kilometre of bus or train on the way home from far away."""
    trips: Span
    """Trips home a month, there and back, of somebody who works away."""
    weekly_trips: Span
    """The same of somebody who must be home every week."""
    minutes: float
    """Minutes one way up to which people go home every day."""
    wait: float
    speed: Mapping[Transport, float]
    months: float
    """Months over which what is paid once a year is spread."""


def cost_book(policy: PolicyAt) -> CostBook:
    """The estimates in force."""

    def span(name: str) -> Span:
        return pair(policy.numbers(f"money.{name}"))

    free = {Transport.FOOT: NOTHING, Transport.BICYCLE: NOTHING}
    return CostBook(
        workdays=span("workdays"),
        meal=span("meal"),
        food_away=span("food_away"),
        rent_away=span("rent_away"),
        per_km=free | {means: span(f"km_{name}") for means, name in _WHEELS.items()},
        far_per_km=span("km_far"),
        trips=span("trips_home"),
        weekly_trips=span("trips_home_weekly"),
        minutes=policy.number("commute.daily_minutes"),
        wait=policy.number("commute.bus_wait"),
        speed={means: policy.number(f"commute.speed_{name}") for means, name in _SPEEDS.items()},
        months=policy.number("money.spread_months"),
    )
