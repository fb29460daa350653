"""Whole villages at once: renamed or merged into another, people handed over from one guide to the next; and undone.

In: an office, a village within a scope, and what it becomes. Out: every person of it changed in one transaction, each
with a line in the own history, and the accounts of its coordinators following.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

import msgspec

from matcher.domain.account import Account
from matcher.domain.division import lies_within
from matcher.domain.errors import InputRefused, RecordNotFound
from matcher.domain.intake.life import Field, LifeKind, Village, VillageMerge
from matcher.intake.living import as_text, changed, put_back, set_fields
from matcher.listings import Scope
from matcher.office import Office
from matcher.store.context import new_uid
from matcher.store.store import UnitOfWork
from matcher.store.workers import StoredWorker


@dataclass(frozen=True, slots=True)
class Undone:
    """What taking a whole act back did: people put back, and people changed since, who stay."""

    back: int
    kept: int


def guides_of(unit: UnitOfWork, code: str, village: str) -> Counter[str]:
    """Who looks after how many people of a village; "" = nobody."""
    people = unit.workers.many(unit.finding.people_of(code, village))
    return Counter(stored.value.guide_name for stored in people.values())


def hand_over(
    office: Office, scope: Scope, code: str, village: str, was: str, now: str, *, on: date, actor: str
) -> int:
    """Everybody of a village whom one guide looked after is looked after by another; how many people."""
    now = now.strip()
    if not now or now == was:
        raise InputRefused("没有写交给谁，没有保存；请写接手人的姓名")
    _check(scope, code, village)
    with office.unit(actor) as unit:
        return hand_over_in(office, unit, code, village, was, now, on=on)


def hand_over_in(office: Office, unit: UnitOfWork, code: str, village: str, was: str, now: str, *, on: date) -> int:
    """The same inside a unit of work that does more."""
    people = unit.workers.many(unit.finding.people_of(code, village))
    batch, count = new_uid(), 0
    for key, stored in people.items():
        if stored.value.guide_name != was:
            continue
        fields = changed(stored.value, guide_name=now)
        unit.life.add(key, LifeKind.GUIDE, on=on, fields=fields, batch=batch)
        set_fields(office, unit, stored, fields)
        count += 1
    unit.audit.note("hand_over", subject=f"division:{code}", fields=str(count))
    return count


def merge_village(
    office: Office, scope: Scope, code: str, village: str, into_code: str, into_village: str, *, on: date, actor: str
) -> int:
    """A village becomes another: people, coordinators, every record that names it go along; how many people."""
    now = _target(office, scope, Village(code, village), into_code, into_village)
    with office.unit(actor) as unit:
        people = unit.workers.many(unit.finding.people_of(code, village))
        if not people:
            raise RecordNotFound("没有这个村，或不在您的范围内", ref=code)
        _become(office, unit, Village(code, village), now, people, on=on)
    return len(people)


def former_name(
    office: Office, scope: Scope, into_code: str, into_village: str, *, was_code: str, was: str, on: date, actor: str
) -> None:
    """A village that nobody is written down in any more was this one: old spreadsheets find it from now on."""
    old = Village(office.gazetteer.place(was_code).code, was.strip())
    if not old.code or not old.name:
        raise InputRefused("没有写旧村名，没有保存；请选苏木乡镇，再写原来的村名")
    now = _target(office, scope, old, into_code, into_village)
    with office.unit(actor) as unit:
        if unit.finding.people_of(old.code, old.name):
            raise InputRefused("这个村还有人，没有保存；请打开这个村，用“改名或并入别的村”")
        if not unit.finding.people_of(now.code, now.name):
            raise RecordNotFound("没有这个村，或不在您的范围内", ref=now.code)
        if unit.renamed.now(old.code, old.name) == now:
            raise InputRefused("这个旧村名已经登记过了")
        _become(office, unit, old, now, {}, on=on)


def _target(office: Office, scope: Scope, was: Village, into_code: str, into_village: str) -> Village:
    """The village another becomes; InputRefused where that says nothing, RecordNotFound outside the scope."""
    place, into_village = office.gazetteer.place(into_code), into_village.strip()
    if not place.known or not into_village:
        raise InputRefused("没有写清并入哪里，没有保存；请选苏木乡镇，再写嘎查村的名字")
    _check(scope, was.code, was.name)
    _check(scope, place.code, "")
    now = Village(place.code, into_village)
    if now == was:
        raise InputRefused("和原来是同一个村，没有什么要改的")
    return now


def _become(
    office: Office, unit: UnitOfWork, was: Village, now: Village, people: Mapping[int, StoredWorker], *, on: date
) -> None:
    """Everything that names a village names what it became, in one act that can be taken back."""
    batch = new_uid()
    joins = bool(unit.finding.people_of(now.code, now.name))
    for key, stored in people.items():
        place = office.gazetteer.place(now.code)
        values = {"village": now.name} | ({"home": place} if place.code != stored.value.home.code else {})
        fields = tuple(
            Field(name, as_text(stored.value, name), _text_of(value))
            for name, value in values.items()
            if as_text(stored.value, name) != _text_of(value)
        )
        unit.life.add(key, LifeKind.VILLAGE, on=on, fields=fields, batch=batch)
        set_fields(office, unit, stored, fields)
    accounts = _follow(unit, was, now.name)
    rows = unit.village_rows.follow(batch, was, now, joins=joins)
    unit.life.add_village(
        VillageMerge(
            key=0,
            batch=batch,
            from_code=was.code,
            from_village=was.name,
            into_code=now.code,
            into_village=now.name,
            people=len(people),
            accounts=accounts,
            on=on,
            recorded_at=office.clock(),
        )
    )
    told = [f"people={len(people)}", *(f"{table}={count}" for table, count in sorted(rows.items()))]
    unit.audit.note("village_merged", subject=f"division:{was.code}", fields=",".join(told))


def undo_act(office: Office, scope: Scope, batch: str, *, actor: str) -> Undone:
    """Takes a merge of villages or a hand-over back; whoever was changed since stays as now known."""
    back = kept = 0
    with office.unit(actor) as unit:
        changes = unit.life.of_batch(batch)
        merges = [one for one in unit.life.villages(batch=batch) if one.undone_at is None]
        people = unit.workers.many([one.worker_key for one in changes])
        homes = {(one.value.home.code, one.value.village) for one in people.values()}
        homes |= {(one.into_code, one.into_village) for one in merges}
        inside = all(lies_within(code, scope.division) for code, _ in homes)
        known = not scope.villages or {village for _, village in homes} <= set(scope.villages)
        if not (changes or merges) or not inside or not known:
            raise RecordNotFound("没有这次变更，或已经撤销", ref=batch[:8])
        for change in changes:
            stored = people.get(change.worker_key)
            if stored is None or any(as_text(stored.value, one.name) != one.now for one in change.fields):
                kept += 1
                continue
            put_back(office, unit, stored, change)
            back += 1
        rows = (0, 0)
        for merge in merges:
            _return(unit, merge)
            rows = unit.village_rows.back(batch)
            unit.life.undo_village(batch)
        unit.audit.note("village_act_undone", subject="villages", fields=f"people={back},rows={rows[0]},left={rows[1]}")
    return Undone(back, kept)


def _check(scope: Scope, code: str, village: str) -> None:
    """RecordNotFound where a village lies outside the scope of the account."""
    if (
        not code
        or not lies_within(code, scope.division)
        or (village and scope.villages and village not in scope.villages)
    ):
        raise RecordNotFound("没有这个村，或不在您的范围内", ref=code)


def _text_of(value: object) -> str:
    """A new value as changes keep it."""
    return value if isinstance(value, str) else msgspec.json.encode(value).decode()


def _follow(unit: UnitOfWork, was: Village, into: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Accounts bound to the village are bound to what it became; each with the villages it had."""
    found = []
    for account in unit.accounts.all():
        if was.name in account.villages and lies_within(was.code, account.division):
            found.append((account.name, account.villages))
            _bind(unit, account, [into if one == was.name else one for one in account.villages])
    return tuple(found)


def _return(unit: UnitOfWork, merge: VillageMerge) -> None:
    """The accounts that followed a village have their villages back."""
    known = {account.name: account for account in unit.accounts.all()}
    for name, villages in merge.accounts:
        if name in known:
            _bind(unit, known[name], villages)


def _bind(unit: UnitOfWork, account: Account, villages: Sequence[str]) -> None:
    """An account with other villages."""
    distinct = tuple(dict.fromkeys(villages))
    unit.accounts.set_scope(account.name, account.role, division=account.division, villages=distinct)
