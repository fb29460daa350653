"""京蒙劳务协作台账: a line a departure, in the columns of the township's form.

In: departures of a scope with their people, stretches of work, proofs, rights. Out: lines of figures; nobody is named.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from matcher.domain.aftercare import Spell
from matcher.domain.service.around.cooperation import (
    CoopDeed,
    CoopKind,
    Departure,
    RightsMatter,
    Traveller,
    TravelState,
)
from matcher.domain.service.ladder import Proof
from matcher.ladder import stability
from matcher.listings import Scope
from matcher.office import Office
from matcher.policy import PolicyAt
from matcher.store.store import UnitOfWork

THERE = frozenset({TravelState.ARRIVED, TravelState.RETURNED})


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """One departure as the ledger counts it."""

    departure: Departure
    listed: int
    lifted: int
    arrived: int
    arrived_lifted: int
    returned: int
    uncalled: int
    three_months: int
    """Who worked three months, by what was told."""
    three_proved: int
    """Of them, who has it proved."""
    rights: int
    rights_open: int


def ledger(office: Office, unit: UnitOfWork, scope: Scope, first: date, last: date) -> list[LedgerLine]:
    """Every departure of the scope between two days, the latest first."""
    coop, today = unit.cooperation, office.today()
    found = coop.departures.between("leaves_on", first, last, division=scope.division)
    people = coop.travellers.of("departure_key", [one.key for one in found])
    workers = sorted({one.worker_key for one in people if one.state in THERE})
    spells, proofs = unit.aftercare.spells.of_people(workers), unit.casefile.proofs.of_people(workers)
    matters = coop.rights.of("worker_key", workers)
    policy = office.policy.at(today)
    by_departure: dict[int, list[Traveller]] = {}
    for one in people:
        by_departure.setdefault(one.departure_key, []).append(one)
    return [_line(one, by_departure.get(one.key, []), spells, proofs, matters, policy, today) for one in found]


def _line(
    departure: Departure,
    people: Sequence[Traveller],
    spells: Mapping[int, Sequence[Spell]],
    proofs: Mapping[int, Sequence[Proof]],
    matters: Sequence[RightsMatter],
    policy: PolicyAt,
    today: date,
) -> LedgerLine:
    """One departure, counted."""
    going = [one for one in people if one.state is not TravelState.STAYED]
    there = [one for one in going if one.state in THERE]
    stable = [
        stability(_mine(one, spells), proofs.get(one.worker_key, ()), policy, one.returned_on or today) for one in there
    ]
    mine = {one.worker_key for one in there}
    rights = [one for one in matters if one.worker_key in mine and one.opened_on >= departure.leaves_on]
    return LedgerLine(
        departure=departure,
        listed=len(going),
        lifted=sum(one.lifted for one in going),
        arrived=len(there),
        arrived_lifted=sum(one.lifted for one in there),
        returned=sum(one.state is TravelState.RETURNED for one in there),
        uncalled=sum(one.state is TravelState.ARRIVED and one.called_on is None for one in there),
        three_months=sum(one.reached for one in stable),
        three_proved=sum(one.proved for one in stable),
        rights=len(rights),
        rights_open=sum(one.closed_on is None for one in rights),
    )


def _mine(one: Traveller, spells: Mapping[int, Sequence[Spell]]) -> list[Spell]:
    """The work of a person from the arrival on."""
    return [spell for spell in spells.get(one.worker_key, ()) if one.arrived_on and spell.started_on >= one.arrived_on]


@dataclass(frozen=True, slots=True, kw_only=True)
class KindLine:
    """One of the four kinds of cooperation in a year."""

    kind: CoopKind
    times: int
    people: int
    lifted: int


def kinds(deeds: Sequence[CoopDeed], lines: Sequence[LedgerLine], matters: Sequence[RightsMatter]) -> list[KindLine]:
    """The four kinds: what was written down, and what the departures and matters of rights add by themselves."""
    times: Counter[CoopKind] = Counter(deed.kind for deed in deeds)
    people, lifted = Counter[CoopKind](), Counter[CoopKind]()
    for deed in deeds:
        people[deed.kind] += deed.people
        lifted[deed.kind] += deed.lifted
    gone = [line for line in lines if line.departure.cancelled_on is None]
    times[CoopKind.LABOUR_EXPORT] += len(gone)
    people[CoopKind.LABOUR_EXPORT] += sum(line.arrived for line in gone)
    lifted[CoopKind.LABOUR_EXPORT] += sum(line.arrived_lifted for line in gone)
    times[CoopKind.RIGHTS] += len(matters)
    people[CoopKind.RIGHTS] += len({matter.worker_key for matter in matters})
    return [KindLine(kind=kind, times=times[kind], people=people[kind], lifted=lifted[kind]) for kind in CoopKind]
