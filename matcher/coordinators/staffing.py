"""What staff do with coordinators: the roster, villages, trainings and reviews, handing a village over.

In: an office, a scope, what was entered. Out: records changed, each with who did it; more than the policy's most in a
village is refused, and a note that a village needs nobody needs a reason.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from matcher.coordinators.coverage import mark_of, serving_in, spellings, staff_of
from matcher.domain.account import Role
from matcher.domain.division import lies_within
from matcher.domain.errors import InputRefused, RecordNotFound
from matcher.domain.service.around.coordinators import Coordinator, EventKind, NotNeeded, OpenItems, Result, StaffEvent
from matcher.listings import Scope
from matcher.office import Office
from matcher.store.store import UnitOfWork

_LEAST_REASON = 2
_MOST_HOURS = 400
PeopleToo = Callable[[UnitOfWork, str, str, str], int]
"""Hands the people of a village from one name to another, in the same unit of work; how many."""


def save_coordinator(office: Office, scope: Scope, one: Coordinator, *, actor: str) -> int:
    """Puts a coordinator on the roster, or changes one; the key."""
    if not one.name:
        raise InputRefused("没有写协管员的姓名，没有保存")
    if not office.gazetteer.place(one.division).known or not lies_within(one.division, scope.division):
        raise InputRefused("没有选清在哪个旗县、苏木乡镇，没有保存")
    if one.ended_on is not None and one.ended_on < one.started_on:
        raise InputRefused("离任日期早于上岗日期，没有保存")
    with office.unit(actor) as unit:
        _check_account(unit, scope, one)
        key = one.key
        if key:
            unit.coordinators.get(key, division=scope.division)
            unit.coordinators.change(one, expected_revision=one.revision)
            if one.ended_on is not None:
                unit.staffing.release(key, on=one.ended_on)
        else:
            key = unit.coordinators.add(one)
        unit.audit.note("coordinator_saved", subject=f"coordinator:{key}")
    return key


def assign(office: Office, scope: Scope, key: int, code: str, village: str, *, since: date, actor: str) -> None:
    """A coordinator serves a village."""
    village = _village(scope, code, village)
    most = office.policy.at(office.today()).whole("coordinators.most")
    with office.unit(actor) as unit:
        one = unit.coordinators.get(key, division=scope.division)
        _check_room(unit, one, code, village, most=most, on=max(since, office.today()))
        unit.staffing.assign(key, code, village, since=since)
        _forget_note(unit, code, village)
        unit.audit.note("coordinator_assigned", subject=f"coordinator:{key}")


def release(office: Office, scope: Scope, key: int, code: str, village: str, *, actor: str) -> None:
    """A coordinator no longer serves a village."""
    with office.unit(actor) as unit:
        unit.coordinators.get(key, division=scope.division)
        if not _released(unit, key, code, village, on=office.today()):
            raise RecordNotFound("这位协管员不在这个村，或已经离开", ref=str(key))
        unit.audit.note("coordinator_released", subject=f"coordinator:{key}")


def say_not_needed(office: Office, scope: Scope, code: str, village: str, reason: str, *, actor: str) -> None:
    """A village needs no coordinator, and why."""
    village = _village(scope, code, village)
    if len(reason) < _LEAST_REASON:
        raise InputRefused("没有写为什么不用配协管员，没有保存；不配要写明原因")
    with office.unit(actor) as unit:
        if staff_of(unit, code, village, office.today()):
            raise InputRefused("这个村有协管员在岗，没有保存；先让协管员离开这个村")
        _forget_note(unit, code, village)
        unit.staffing.say_not_needed(NotNeeded(code=code, village=village, reason=reason, on=office.today()))
        unit.audit.note("village_not_needed", subject=f"division:{code}")


def need_again(office: Office, scope: Scope, code: str, village: str, *, actor: str) -> None:
    """The note is taken back: the village needs somebody."""
    village = _village(scope, code, village)
    with office.unit(actor) as unit:
        if not _forget_note(unit, code, village):
            raise RecordNotFound("没有“不用配”的记录", ref=code)
        unit.audit.note("village_needed_again", subject=f"division:{code}")


def note(office: Office, scope: Scope, event: StaffEvent, *, actor: str) -> None:
    """Keeps a training, a month of attendance, or a review."""
    if event.on > office.today():
        raise InputRefused("日期还没有到，没有保存；请写事情发生的那一天")
    if not 0 <= event.hours <= _MOST_HOURS:
        raise InputRefused(f"学时或天数 {event.hours:g} 不对，没有保存")
    if event.kind is not EventKind.ATTENDANCE and event.result is Result.OPEN:
        raise InputRefused("没有选合格还是不合格，没有保存")
    if event.kind is EventKind.TRAINING and not event.topic:
        raise InputRefused("没有写培训的内容，没有保存")
    with office.unit(actor) as unit:
        unit.coordinators.get(event.coordinator_key, division=scope.division)
        unit.coordinators.note(event)
        unit.audit.note("coordinator_noted", subject=f"coordinator:{event.coordinator_key}", fields=event.kind.value)


def waits_in(unit: UnitOfWork, code: str, village: str, on: date) -> OpenItems:
    """What waits in a village, to be told at a handover."""
    return unit.staffing.open_items(code, spellings(unit, code, village), on=on, calls_within=0)


def hand_village(
    office: Office, scope: Scope, code: str, village: str, was: int, now: int, *, people: PeopleToo, actor: str
) -> tuple[OpenItems, int]:
    """A village goes from one coordinator to another with its people; what waits in it, and how many people."""
    village = _village(scope, code, village)
    if was == now:
        raise InputRefused("交接的是同一个人，没有保存")
    most, today = office.policy.at(office.today()).whole("coordinators.most"), office.today()
    with office.unit(actor) as unit:
        before, after = (unit.coordinators.get(key, division=scope.division) for key in (was, now))
        if not _released(unit, was, code, village, on=today):
            raise RecordNotFound("交出的人不在这个村，或已经离开", ref=str(was))
        _check_room(unit, after, code, village, most=most, on=today)
        unit.staffing.assign(now, code, village, since=today)
        names = spellings(unit, code, village)
        many = sum(people(unit, name, before.name, after.name) for name in names)
        waits = waits_in(unit, code, village, today)
        unit.audit.note("village_handed", subject=f"division:{code}", fields=f"{was}>{now}:{many}")
    return waits, many


def _released(unit: UnitOfWork, key: int, code: str, village: str, *, on: date) -> int:
    """A coordinator leaves a village, however the assignment spells it; how many assignments ended."""
    mine = [one.village for one in serving_in(unit, code, village, on) if one.coordinator_key == key]
    return sum(unit.staffing.release(key, on=on, code=code, village=name) for name in dict.fromkeys(mine))


def _forget_note(unit: UnitOfWork, code: str, village: str) -> int:
    """The note that a village needs nobody goes, however it spells the village; how many there were."""
    wanted = mark_of(code, village)
    notes = [one for one in unit.staffing.not_needed(division=code) if mark_of(one.code, one.village) == wanted]
    return sum(unit.staffing.need_again(one.code, one.village) for one in notes)


def _check_account(unit: UnitOfWork, scope: Scope, one: Coordinator) -> None:
    """An account behind a coordinator is a coordinator's, lies in the scope and is no one else's."""
    if not one.account:
        return
    known = {account.name: account for account in unit.accounts.all()}
    account = known.get(one.account)
    inside = account is not None and lies_within(account.division, scope.division)
    if account is None or not inside or account.role is not Role.COORDINATOR:
        raise InputRefused(f"没有叫“{one.account}”的协管员账号，没有保存；请先由管理员建账号，再填账号名")
    others = [other for other in unit.coordinators.all() if other.account == one.account and other.key != one.key]
    if any(other.ended_on is None for other in others):
        raise InputRefused(f"账号“{one.account}”已经在别的协管员名下，没有保存；一人一个账号")


def _check_room(unit: UnitOfWork, one: Coordinator, code: str, village: str, *, most: int, on: date) -> None:
    """Room for one more in a village, who is not there yet and serves."""
    if one.ended_on is not None and one.ended_on < on:
        raise InputRefused(f"{one.name}已经离任，没有保存")
    staff = staff_of(unit, code, village, on)
    if any(other.key == one.key for other in staff):
        raise InputRefused(f"{one.name}已经在这个村，没有重复登记")
    if len(staff) >= most:
        raise InputRefused(f"{village}已有{len(staff)}名协管员，最多{most}名，没有保存；换人请用“交接”")


def _village(scope: Scope, code: str, village: str) -> str:
    """A village within the scope; RecordNotFound outside."""
    village = village.strip()
    inside = bool(code) and lies_within(code, scope.division) and (not scope.villages or village in scope.villages)
    if not inside or not village:
        raise RecordNotFound("没有这个村，或不在您的范围内", ref=code)
    return village
