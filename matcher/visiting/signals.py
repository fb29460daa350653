"""What somebody has to look at: contracts that end, employers nobody visited, people lost, lay-offs announced.

In: a unit of work, a scope, the day, the policy. Out: alerts; few queries, none a person.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta

from matcher.domain.division import division_prefix
from matcher.domain.service.alert import Alert, Level
from matcher.domain.service.around.visiting import ContractEnd, Visit
from matcher.domain.worker import HouseholdType
from matcher.listings import Scope
from matcher.office import StoredWorker
from matcher.policy import PolicyAt
from matcher.store.cooperation.books import Engagement
from matcher.store.store import UnitOfWork
from matcher.visiting.books import EmployerBook, books


def signals(unit: UnitOfWork, scope: Scope, on: date, policy: PolicyAt) -> list[Alert]:
    """Everything this part has to tell, within a scope."""
    found = unit.cooperation.books.engagements({}, division=scope.division)
    mine = [one for one in found if not scope.villages or one.village in scope.villages]
    made = books(mine, on)
    visits = newest_visits(unit.cooperation.visits.where(division=scope.division))
    ends = unit.cooperation.contract_ends.between(
        "ends_on", on - timedelta(days=policy.whole("visiting.contract_days")), _ahead(on, policy)
    )
    return [
        *_ending(made, ends, on),
        *_unvisited(made, visits, on, policy),
        *_lost(unit, made, on, policy),
        *_let_go(visits, on),
    ]


def newest_visits(visits: Iterable[Visit]) -> dict[str, Visit]:
    """The newest visit of each employer."""
    newest: dict[str, Visit] = {}
    for visit in sorted(visits, key=lambda one: (one.visited_on, one.key)):
        newest[visit.name_key] = visit
    return newest


def _ahead(on: date, policy: PolicyAt) -> date:
    """The last day of contracts that are spoken of now."""
    return on + timedelta(days=policy.whole("visiting.contract_days"))


def banner_of(ones: Iterable[Engagement]) -> str:
    """The banner most people of an employer come from."""
    counted = Counter(division_prefix(one.home)[:6] for one in ones)
    return min(counted, key=lambda code: (-counted[code], code)) if counted else ""


def _ending(made: Mapping[str, EmployerBook], ends: Iterable[ContractEnd], on: date) -> Iterator[Alert]:
    """Employers where contracts of people who are there end soon."""
    until = {end.spell_key: end for end in ends if not end.renewed}
    for book in made.values():
        mine = [until[one.spell_key] for one in book.here if one.spell_key in until]
        if mine:
            yield Alert(
                code="CONTRACTS_ENDING",
                mark=f"contracts:{book.key}:{min(end.ends_on for end in mine).isoformat()}",
                level=Level.SOON,
                division=banner_of(book.here),
                due_on=min(end.ends_on for end in mine),
                args={"employer": book.name, "people": len(mine)},
                endpoint="visits.employer",
                values={"spell": book.here[-1].spell_key},
                people=tuple(sorted(end.worker_key for end in mine)),
            )


def _unvisited(
    made: Mapping[str, EmployerBook], visits: Mapping[str, Visit], on: date, policy: PolicyAt
) -> Iterator[Alert]:
    """Employers with several people on the books whom nobody has visited for long."""
    least, days = policy.whole("visiting.visit_least"), policy.whole("visiting.every_days")
    for book in made.values():
        last = visits.get(book.key)
        since = last.visited_on if last else min((one.started_on for one in book.here), default=on)
        if book.people >= least and (on - since).days > days:
            yield Alert(
                code="EMPLOYER_UNVISITED",
                mark=f"unvisited:{book.key}:{since.isoformat()}",
                level=Level.KNOW,
                division=banner_of(book.here),
                due_on=since + timedelta(days=days),
                args={"employer": book.name, "people": book.people},
                endpoint="visits.employer",
                values={"spell": book.here[-1].spell_key},
            )


def _lost(unit: UnitOfWork, made: Mapping[str, EmployerBook], on: date, policy: PolicyAt) -> Iterator[Alert]:
    """Employers where many lifted people lost their work lately, told in each banner of the people."""
    days, least = policy.whole("alerts.window_days"), policy.whole("alerts.employer_losses")
    gone = {book.key: book.lost(on - timedelta(days=days), on) for book in made.values()}
    many = {key: workers for key, workers in gone.items() if len(workers) >= least}
    people = unit.workers.many(sorted({worker for workers in many.values() for worker in workers}))
    for key, workers in many.items():
        lifted = [
            one for one in workers if one in people and people[one].value.household_type is not HouseholdType.ORDINARY
        ]
        if len(lifted) >= least:
            yield from _told_in_each(made[key], lifted, people, days)


def _told_in_each(
    book: EmployerBook, lifted: list[int], people: Mapping[int, StoredWorker], days: int
) -> Iterator[Alert]:
    """One loss of many, an alert for every banner it concerns."""
    banners: dict[str, list[int]] = {}
    for one in lifted:
        banners.setdefault(people[one].value.home.county, []).append(one)
    for county, mine in sorted(banners.items()):
        yield Alert(
            code="EMPLOYER_LOSSES",
            mark=f"EMPLOYER_LOSSES:{county}:{book.name}",
            level=Level.NOW,
            division=county,
            args={"employer": book.name, "count": len(lifted), "here": len(mine), "days": days},
            endpoint="visits.employer",
            values={"spell": book.left[-1].spell_key},
            people=tuple(mine),
        )


def _let_go(visits: Mapping[str, Visit], on: date) -> Iterator[Alert]:
    """Employers that said at the last visit that they will let people go."""
    for visit in visits.values():
        if visit.lay_off_people and (visit.lay_off_on is None or visit.lay_off_on >= on - timedelta(days=30)):
            yield Alert(
                code="LAY_OFF_ANNOUNCED",
                mark=f"lay_off:{visit.key}",
                level=Level.NOW,
                division=visit.division,
                due_on=visit.lay_off_on,
                args={"employer": visit.employer, "people": visit.lay_off_people},
                endpoint="visits.index",
            )
