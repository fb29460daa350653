"""What somebody has to look at: calls of the first week, records that run out, postings held, rights overdue.

In: a unit of work, a scope, the day, the policy. Out: alerts; few queries, none a person. Returns from Beijing
are told once, by the alerts of work, whoever noted them.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from matcher.domain.division import division_prefix
from matcher.domain.service.alert import Alert, Level
from matcher.domain.service.around.cooperation import Departure, Traveller, TravelState
from matcher.listings import Scope
from matcher.policy import PolicyAt
from matcher.store.store import UnitOfWork

_FLAG = "UNRECORDED_BROKER"
_BACK = 400
"""Days of departures that are still looked at."""


def signals(unit: UnitOfWork, scope: Scope, on: date, policy: PolicyAt) -> list[Alert]:
    """Everything this part has to tell, within a scope."""
    coop = unit.cooperation
    found = coop.departures.between("leaves_on", on - timedelta(days=_BACK), on, division=scope.division)
    departures = {one.key: one for one in found if one.cancelled_on is None}
    people = coop.travellers.of("departure_key", list(departures))
    alerts = [*_calls(departures, people, on), *_arrivals(departures, people, on)]
    if not scope.villages:
        alerts += [*_records(unit, scope, on, policy), *_held(unit, scope)]
    alerts += _rights(unit, scope, on)
    return alerts


def _calls(departures: dict[int, Departure], people: list[Traveller], on: date) -> Iterator[Alert]:
    """Departures whose people were not all called in the first week."""
    late: dict[int, list[Traveller]] = {}
    for one in people:
        waits = one.state is TravelState.ARRIVED and one.called_on is None
        if waits and one.call_due is not None and one.call_due < on:
            late.setdefault(one.departure_key, []).append(one)
    for key, ones in sorted(late.items()):
        departure = departures[key]
        yield Alert(
            code="FIRST_WEEK_CALL",
            mark=f"first_week:{key}",
            level=Level.NOW,
            division=departure.division,
            due_on=min(one.call_due for one in ones if one.call_due),
            args={"batch": departure.batch, "people": len(ones)},
            endpoint="cooperation.departure",
            values={"key": key},
            people=tuple(one.worker_key for one in ones),
        )


def _arrivals(departures: dict[int, Departure], people: list[Traveller], on: date) -> Iterator[Alert]:
    """Departures of some days ago whose arrival nobody has confirmed."""
    open_ones: dict[int, list[int]] = {}
    for one in people:
        if one.state is TravelState.LISTED and departures[one.departure_key].leaves_on + timedelta(days=3) <= on:
            open_ones.setdefault(one.departure_key, []).append(one.worker_key)
    for key, workers in sorted(open_ones.items()):
        departure = departures[key]
        yield Alert(
            code="ARRIVAL_UNCONFIRMED",
            mark=f"arrival:{key}",
            level=Level.SOON,
            division=departure.division,
            due_on=departure.leaves_on + timedelta(days=3),
            args={"batch": departure.batch, "people": len(workers)},
            endpoint="cooperation.departure",
            values={"key": key},
            people=tuple(workers),
        )


def _records(unit: UnitOfWork, scope: Scope, on: date, policy: PolicyAt) -> Iterator[Alert]:
    """Records of intermediaries that run out soon, or have."""
    ahead = on + timedelta(days=policy.whole("cooperation.broker_ending_days"))
    for broker in unit.cooperation.brokers.where(division=scope.division):
        if broker.ended_on is None and broker.valid_to is not None and broker.valid_to <= ahead:
            over = broker.valid_to < on
            yield Alert(
                code="BROKER_ENDED" if over else "BROKER_ENDING",
                mark=f"broker:{broker.key}:{broker.valid_to.isoformat()}",
                level=Level.NOW if over else Level.SOON,
                division=broker.division,
                due_on=broker.valid_to,
                args={"name": broker.name, "until": broker.valid_to.isoformat()},
                endpoint="brokers.index",
            )


def _held(unit: UnitOfWork, scope: Scope) -> Iterator[Alert]:
    """Postings held because whoever sent them is on no record."""
    held = unit.checks.holding(_FLAG, division=scope.division)
    if held:
        yield Alert(
            code="BROKER_POSTINGS_HELD",
            mark="broker_postings",
            level=Level.SOON,
            division=division_prefix(scope.division),
            args={"postings": held},
            endpoint="checks.index",
        )


def _rights(unit: UnitOfWork, scope: Scope, on: date) -> Iterator[Alert]:
    """Matters of rights that nobody has answered in time."""
    for matter in unit.cooperation.rights.where(division=scope.division, closed_on=None):
        if matter.due_on < on and not scope.villages:
            yield Alert(
                code="RIGHTS_OVERDUE",
                mark=f"rights:{matter.key}",
                level=Level.NOW,
                division=matter.division,
                due_on=matter.due_on,
                args={"opened": matter.opened_on.isoformat()},
                endpoint="cooperation.rights",
                people=(matter.worker_key,),
            )
