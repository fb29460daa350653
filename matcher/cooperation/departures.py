"""People who leave together: put on the list, arrived, called in the first week, stayed behind, come home.

In: an office, a departure, people of the scope. Out: the list kept; with an arrival begins a stretch of work through
京蒙, so that every count has the person once. Whoever is looked after in confidence travels on no list.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from matcher.aftercare.work import begin_work, end_work, never_began
from matcher.domain.aftercare import SaidBy, Spell
from matcher.domain.errors import InputRefused, RecordNotFound
from matcher.domain.service.around.cooperation import Departure, FirstWeek, Traveller, TravelState
from matcher.domain.service.ladder import Channel, RegionClass, SpellDetail
from matcher.domain.worker import HouseholdType, Worker
from matcher.listings import Scope
from matcher.office import Office, StoredWorker
from matcher.store.store import UnitOfWork

BEIJING = "110000"
_LIFTED = frozenset({HouseholdType.LIFTED, HouseholdType.MONITORED})
MOST_AHEAD, SHOWN_BACK = timedelta(days=366), timedelta(days=120)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rider:
    """One line of a departure's list, with what the office knows of the person."""

    traveller: Traveller
    name: str
    village: str
    phone: str
    late: bool
    """Nobody has called, and the first week is over."""


def make_departure(office: Office, departure: Departure, scope: Scope, *, actor: str) -> int:
    """A new departure of the scope's division; its key."""
    _proper(office, departure, scope)
    with office.unit(actor) as unit:
        known = unit.cooperation.departures.where(division=departure.division, batch=departure.batch)
        if any(one.leaves_on == departure.leaves_on and one.cancelled_on is None for one in known):
            raise InputRefused("同一天已有这个批次，没有重复建立；请打开原来的批次")
        key = unit.cooperation.departures.add(departure)
        unit.audit.note("departure", subject=f"departure:{key}", fields="new")
        return key


def change_departure(office: Office, departure: Departure, scope: Scope, *, actor: str) -> None:
    """Day, vehicle, pick-ups, companion as they are from now on."""
    _proper(office, departure, scope)
    with office.unit(actor) as unit:
        unit.cooperation.departures.get(departure.key, division=scope.division)
        unit.cooperation.departures.change(departure)
        unit.audit.note("departure", subject=f"departure:{departure.key}", fields="changed")


def cancel_departure(office: Office, key: int, scope: Scope, *, on: date | None, actor: str) -> None:
    """A departure that does not take place, or does after all; nobody may have arrived."""
    with office.unit(actor) as unit:
        departure = unit.cooperation.departures.get(key, division=scope.division)
        if on is not None and any(one.arrived_on for one in unit.cooperation.travellers.of("departure_key", [key])):
            raise InputRefused("已经有人到岗，不能取消整个批次；请在名单里逐人处理")
        unit.cooperation.departures.change(replace(departure, cancelled_on=on))
        unit.audit.note("departure", subject=f"departure:{key}", fields="cancelled" if on else "again")


def put_on(office: Office, key: int, workers: Sequence[int], scope: Scope, *, actor: str, pickup: str = "") -> int:
    """Puts people of the scope on the list; how many are new on it."""
    with office.unit(actor) as unit:
        departure = _open(unit, key, scope)
        listed = {one.worker_key: one for one in unit.cooperation.travellers.of("departure_key", [key])}
        going = sum(one.state is not TravelState.STAYED for one in listed.values())
        people = [unit.workers.get(one, division=scope.division, villages=scope.villages) for one in workers]
        fresh = [one for one in people if one.key not in listed or listed[one.key].state is TravelState.STAYED]
        if departure.seats and going + len(fresh) > departure.seats:
            raise InputRefused(f"这个批次只有{departure.seats}个座位，已有{going}人，没有加入；请改座位数或另开一批")
        for one in fresh:
            _may_travel(one)
            mine = _traveller(one, key, pickup)
            if one.key in listed:
                unit.cooperation.travellers.change(replace(mine, key=listed[one.key].key))
            else:
                unit.cooperation.travellers.add(mine)
        unit.audit.note("departure_list", subject=f"departure:{key}", fields=f"added {len(fresh)}")
        return len(fresh)


def arrive(
    office: Office, key: int, travellers: Collection[int], scope: Scope, *, on: date, said_by: SaidBy, actor: str
) -> int:
    """Confirms that people arrived and began to work; how many. Told twice it is one stretch of work."""
    if on > office.today():
        raise InputRefused("到岗日期还没到；没有保存")
    with office.unit(actor) as unit:
        departure = _open(unit, key, scope)
        if on < departure.leaves_on:
            raise InputRefused("到岗日期早于出发日期；没有保存")
        chosen = [one for one in _of(unit, key, scope) if one.key in travellers and one.state is TravelState.LISTED]
        due = on + timedelta(days=office.policy.at(office.today()).whole("cooperation.first_week_days"))
        for one in chosen:
            spell = _spell(office, departure, one.worker_key, on, said_by)
            begun = begin_work(office, unit, spell)
            _through_jingmeng(office, unit, departure, one.worker_key, begun, on, said_by)
            if departure.posting_key is not None and unit.postings.many([departure.posting_key]):
                unit.openings.take(departure.posting_key, on=on, worker_key=one.worker_key)
            arrived = replace(one, state=TravelState.ARRIVED, arrived_on=on, spell_key=begun, call_due=due)
            unit.cooperation.travellers.change(arrived)
        unit.audit.note("departure_arrived", subject=f"departure:{key}", fields=str(len(chosen)))
        return len(chosen)


def not_arrived(office: Office, key: int, traveller: int, scope: Scope, *, actor: str) -> None:
    """An arrival that was told by mistake: the stretch of work and the opening taken go with it."""
    with office.unit(actor) as unit:
        departure, one = _open(unit, key, scope), _one(unit, key, traveller, scope)
        if one.state is not TravelState.ARRIVED:
            raise InputRefused("这个人还没有登记到岗，没有改动")
        spells = unit.aftercare.spells.of_people([one.worker_key]).get(one.worker_key, [])
        for spell in spells:
            if spell.key == one.spell_key:
                never_began(unit, spell)
        if departure.posting_key is not None:
            unit.openings.give_back(departure.posting_key, worker_key=one.worker_key)
        unit.cooperation.travellers.change(
            replace(
                one, state=TravelState.LISTED, arrived_on=None, spell_key=None, call_due=None, called_on=None,
                call_result=None,
            )
        )  # fmt: skip
        unit.audit.note("departure_arrived", subject=f"departure:{key}", fields="taken back")


def stay_behind(office: Office, key: int, traveller: int, scope: Scope, *, note: str, actor: str) -> None:
    """Somebody of the list does not go after all."""
    with office.unit(actor) as unit:
        _open(unit, key, scope)
        one = _one(unit, key, traveller, scope)
        if one.state is not TravelState.LISTED:
            raise InputRefused("这个人已经登记到岗，请改用“已返乡”")
        unit.cooperation.travellers.change(replace(one, state=TravelState.STAYED, note=note))
        unit.audit.note("departure_list", subject=f"departure:{key}", fields="stayed")


def come_home(office: Office, key: int, traveller: int, scope: Scope, *, on: date, note: str, actor: str) -> None:
    """Somebody is back: the work ends, and a new case opens the same day."""
    if on > office.today():
        raise InputRefused("返乡日期还没到；没有保存")
    with office.unit(actor) as unit:
        _found(unit, key, scope)
        one = _one(unit, key, traveller, scope)
        if one.state is not TravelState.ARRIVED or one.arrived_on is None:
            raise InputRefused("这个人没有登记到岗，不用登记返乡")
        if on < one.arrived_on:
            raise InputRefused("返乡日期早于到岗日期；没有保存")
        running = unit.aftercare.spells.of_people([one.worker_key], only_open=True).get(one.worker_key, [])
        mine = [spell for spell in running if spell.key == one.spell_key]
        if mine:
            end_work(office, unit, one.worker_key, mine, on=on, said_by=SaidBy.WORKER)
        unit.cooperation.travellers.change(replace(one, state=TravelState.RETURNED, returned_on=on, note=note))
        unit.audit.note("departure_returned", subject=f"departure:{key}")


def call(office: Office, key: int, traveller: int, scope: Scope, *, result: FirstWeek, note: str, actor: str) -> None:
    """What the call of the first week found; who was not reached stays due."""
    with office.unit(actor) as unit:
        _found(unit, key, scope)
        one = _one(unit, key, traveller, scope)
        if one.state is not TravelState.ARRIVED:
            raise InputRefused("到岗以后才登记首周回访")
        called = None if result is FirstWeek.NOT_REACHED else unit.today()
        unit.cooperation.travellers.change(replace(one, call_result=result, called_on=called, note=note))
        unit.audit.note("departure_call", subject=f"departure:{key}")


def village_riders(office: Office, unit: UnitOfWork, scope: Scope) -> list[tuple[Departure, list[Rider]]]:
    """The departures of the last months on which people of a village are, the latest first, with telephones."""
    today = office.today()
    found = unit.cooperation.departures.between(
        "leaves_on", today - SHOWN_BACK, today + MOST_AHEAD, division=scope.division[:6]
    )
    going = [one for one in found if one.cancelled_on is None]
    mine = _inside(unit, unit.cooperation.travellers.of("departure_key", [one.key for one in going]), scope)
    lines = _riders(unit, mine, today, phones=True)
    by_trip = {one.key: [line for line in lines if line.traveller.departure_key == one.key] for one in going}
    return [(one, by_trip[one.key]) for one in going if by_trip[one.key]]


def riders(office: Office, unit: UnitOfWork, key: int, scope: Scope, *, phones: bool = False) -> list[Rider]:
    """The list of a departure, people of the scope only, by village and name."""
    return _riders(unit, _of(unit, key, scope), office.today(), phones=phones)


def _riders(unit: UnitOfWork, lines: Sequence[Traveller], today: date, *, phones: bool) -> list[Rider]:
    """Lines with what the office knows of the people, by village and name."""
    people = unit.workers.many([one.worker_key for one in lines])
    found = [
        Rider(
            traveller=one,
            name=people[one.worker_key].value.name,
            village=people[one.worker_key].value.village,
            phone=people[one.worker_key].value.phone if phones else "",
            late=is_late(one, today),
        )
        for one in lines
        if one.worker_key in people
    ]
    return sorted(found, key=lambda rider: (rider.village, rider.name, rider.traveller.key))


def is_late(one: Traveller, today: date) -> bool:
    """Whether the call of the first week is missing."""
    waits = one.state is TravelState.ARRIVED and one.called_on is None
    return waits and one.call_due is not None and one.call_due < today


def lifted(worker: Worker) -> bool:
    """Whether the roster says that the household was lifted out of poverty or is monitored."""
    return worker.household_type in _LIFTED or worker.monitor_category is not None


def _proper(office: Office, departure: Departure, scope: Scope) -> None:
    """Refuses a departure that lacks what everybody will ask."""
    if scope.division and not departure.division.startswith(scope.division.rstrip("0") or scope.division):
        raise RecordNotFound("没有这个旗县", ref=departure.division)
    if not departure.batch.strip() or not departure.employer.strip():
        raise InputRefused("请写明批次和用人单位；没有保存")
    if departure.leaves_on > office.today() + MOST_AHEAD:
        raise InputRefused("出发日期超过一年以后，请核对年份；没有保存")


def _open(unit: UnitOfWork, key: int, scope: Scope) -> Departure:
    """A departure that takes place."""
    departure = _found(unit, key, scope)
    if departure.cancelled_on is not None:
        raise InputRefused("这个批次已经取消；要恢复请先点“恢复批次”")
    return departure


def _of(unit: UnitOfWork, key: int, scope: Scope) -> list[Traveller]:
    """The lines of a departure that are about people of the scope."""
    lines = unit.cooperation.travellers.of("departure_key", [key])
    return _inside(unit, lines, scope)


def _inside(unit: UnitOfWork, lines: list[Traveller], scope: Scope) -> list[Traveller]:
    """The lines that are about people of the scope."""
    names = unit.run_plans.names([one.worker_key for one in lines], scope.division) if lines else {}
    mine = {key for key, (_, village) in names.items() if not scope.villages or village in scope.villages}
    return [one for one in lines if one.worker_key in mine]


def _found(unit: UnitOfWork, key: int, scope: Scope) -> Departure:
    """A departure of the banner: that of a village or township is its banner's."""
    return unit.cooperation.departures.get(key, division=scope.division[:6])


def _one(unit: UnitOfWork, key: int, traveller: int, scope: Scope) -> Traveller:
    """One line; RecordNotFound for any other."""
    found = next((one for one in _of(unit, key, scope) if one.key == traveller), None)
    if found is None:
        raise RecordNotFound("名单里没有这个人", ref=str(traveller))
    return found


def _may_travel(person: StoredWorker) -> None:
    """Refuses whoever is looked after in confidence, and minors."""
    if person.facts is not None and person.facts.holds("CONFIDENTIAL"):
        raise InputRefused("这个人要求保密，不能列入团队名单；请单独安排，没有加入")


def _traveller(person: StoredWorker, key: int, pickup: str) -> Traveller:
    """A line of the list."""
    return Traveller(departure_key=key, worker_key=person.key, lifted=lifted(person.value), pickup=pickup)


def _spell(office: Office, departure: Departure, worker_key: int, on: date, said_by: SaidBy) -> Spell:
    """The work that begins with the arrival."""
    return Spell(
        key=0, worker_key=worker_key, started_on=on, said_by=said_by, posting_key=departure.posting_key,
        employer=departure.employer, title=departure.title, place=office.gazetteer.name(departure.district),
        yuan=departure.yuan,
    )  # fmt: skip


def _through_jingmeng(
    office: Office, unit: UnitOfWork, departure: Departure, worker_key: int, spell: int, on: date, said_by: SaidBy
) -> None:
    """By which way the person came to the work, as a statement on the ladder of work; told once."""
    known = unit.casefile.details.of_people([worker_key]).get(worker_key, [])
    if any(one.spell_key == spell and one.channel == Channel.JINGMENG.value for one in known):
        return
    unit.casefile.details.add(
        SpellDetail(
            worker_key=worker_key, spell_key=spell, said_by=said_by, told_on=max(on, office.today()),
            region=RegionClass.OUTSIDE.value, channel=Channel.JINGMENG.value, province=BEIJING[:2] + "0000",
            county=departure.district, employer=departure.employer,
        )
    )  # fmt: skip
