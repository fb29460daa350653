"""Changes of life, written down: died, moved, another name or phone, another guide, not by machine; and taken back.

In: an office, a person within a scope, what changed and on which day. Out: the person as it is now, what stood before
kept with who wrote it, and a plan that fits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import msgspec

from matcher.domain.division import Place, lies_within
from matcher.domain.errors import EditConflict, InputRefused
from matcher.domain.intake.life import Field, LifeChange, LifeKind
from matcher.domain.intake.told import Correction, FactKind
from matcher.domain.worker import Worker
from matcher.intake.correcting import replan
from matcher.listings import Scope
from matcher.office import Office
from matcher.reading import read_worker
from matcher.store.store import UnitOfWork
from matcher.store.workers import StoredWorker

_SITUATIONS = {LifeKind.DIED: "DEAD", LifeKind.MOVED_AWAY: "MOVED_AWAY"}
_PHONE = re.compile(r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}")
_LONGEST_NAME = 40


@dataclass(frozen=True, slots=True)
class Change:
    """What a form says; only the words of its kind count."""

    kind: LifeKind
    on: date | None = None
    name: str = ""
    phone: str = ""
    guide: str = ""
    division: str = ""
    village: str = ""
    note: str = ""


def record(office: Office, key: int, scope: Scope, change: Change, *, actor: str) -> None:
    """Writes a change down and does what follows from it, whole or not at all."""
    on = change.on or office.today()
    if on > office.today():
        raise InputRefused("日期还没有到，没有保存；请写事情发生的那一天")
    with office.unit(actor) as unit:
        stored = unit.workers.get(key, division=scope.division, villages=scope.villages)
        standing = {one.kind for one in unit.life.standing(key)}
        if change.kind in standing and (change.kind.gone or change.kind is LifeKind.RESTRICTED):
            raise EditConflict("这条变更已经登记过了，没有重复登记", ref=str(key))
        fields = _fields(office, stored.value, change)
        number = unit.life.add(key, change.kind, on=on, fields=fields, note=change.note)
        _set(office, unit, stored, fields)
        if change.kind in _SITUATIONS:
            told = Correction(kind=FactKind.SITUATION, now=_SITUATIONS[change.kind])
            unit.corrections.add(key, told, change_key=number)
            unit.cases.close([key], on=on)
        if change.kind is LifeKind.RESTRICTED:
            unit.life.retire_plan(key)
        unit.audit.note("life_change", subject=f"worker:{key}", fields=change.kind.value)
    replan(office, key, actor=actor)


def undo(office: Office, key: int, change_key: int, scope: Scope, *, actor: str) -> None:
    """Takes a change back; EditConflict where somebody has changed the same thing since."""
    with office.unit(actor) as unit:
        stored = unit.workers.get(key, division=scope.division, villages=scope.villages)
        change = unit.life.get(change_key, worker_key=key)
        if change.kind is LifeKind.NAMELESS:
            raise InputRefused("档案已按保存期限去名，姓名和号码没有留下，不能撤销；本人再来时请重新登记")
        put_back(office, unit, stored, change)
        unit.audit.note("life_change_undone", subject=f"worker:{key}", fields=change.kind.value)
    replan(office, key, actor=actor, always=change.kind is LifeKind.RESTRICTED)


def put_back(office: Office, unit: UnitOfWork, stored: StoredWorker, change: LifeChange) -> None:
    """A person as before a change, inside a transaction."""
    if any(as_text(stored.value, one.name) != one.now for one in change.fields):
        raise EditConflict("这一项后来又改过，没有撤销；请先撤销后来的变更", ref=str(stored.key))
    back = tuple(Field(one.name, one.now, one.was) for one in change.fields)
    _set(office, unit, stored, back)
    unit.life.undo([change.key])
    unit.corrections.undo_of_change([change.key])


def set_fields(office: Office, unit: UnitOfWork, stored: StoredWorker, fields: tuple[Field, ...]) -> None:
    """A person with some fields changed, inside a transaction."""
    _set(office, unit, stored, fields)


def _set(office: Office, unit: UnitOfWork, stored: StoredWorker, fields: tuple[Field, ...]) -> None:
    """A person with some fields changed; what depends on where somebody lives is read again."""
    if not fields:
        return
    values: dict[str, Any] = {one.name: of_text(one.name, one.now) for one in fields}
    value = replace(stored.value, **values)
    facts = read_worker(value, office.tools, read_on=office.today())
    unit.workers.replace(stored.key, value, facts, expected_revision=stored.revision)


def as_text(worker: Worker, name: str) -> str:
    """A field as changes keep it."""
    value = getattr(worker, name)
    return msgspec.json.encode(value).decode() if isinstance(value, Place) else str(value)


def of_text(name: str, text: str) -> Any:
    """The value of a field as changes keep it."""
    return msgspec.json.decode(text, type=Place) if name == "home" else text


def _fields(office: Office, worker: Worker, change: Change) -> tuple[Field, ...]:
    """What a change sets; InputRefused where that is nothing or no such thing."""
    if change.kind is LifeKind.NAME:
        name = change.name.strip()
        if not name or len(name) > _LONGEST_NAME:
            raise InputRefused("新名字是空的，没有保存；请写上身份证上的名字")
        return changed(worker, name=name)
    if change.kind is LifeKind.PHONE:
        phone = re.sub(r"\s", "", change.phone)
        if not _PHONE.fullmatch(phone):
            raise InputRefused("电话号码不对，没有保存；手机是 11 位数字，座机带区号")
        return changed(worker, phone=phone)
    if change.kind is LifeKind.GUIDE:
        return changed(worker, guide_name=change.guide.strip())
    if change.kind is LifeKind.MOVED:
        return moved(office, worker, change.division, change.village)
    return ()


def changed(worker: Worker, **values: object) -> tuple[Field, ...]:
    """The fields that another value makes different; InputRefused where nothing is."""
    after = replace(worker, **values)  # type: ignore[arg-type]
    found = tuple(
        Field(name, as_text(worker, name), as_text(after, name))
        for name in values
        if as_text(worker, name) != as_text(after, name)
    )
    if not found:
        raise InputRefused("和登记的一样，没有什么要改的")
    return found


def moved(office: Office, worker: Worker, division: str, village: str) -> tuple[Field, ...]:
    """A person who lives elsewhere in the prefecture."""
    place = office.gazetteer.place(division) if division.isdigit() else office.gazetteer.resolve(division)
    if not place.known:
        raise InputRefused("没有找到这个旗县或苏木乡镇，没有保存；请从列表里选")
    if not lies_within(place.code, office.gazetteer.home):
        raise InputRefused("这个地方不在通辽市，没有保存；迁到市外请登记“迁走”")
    return changed(worker, home=place, village=village.strip())
