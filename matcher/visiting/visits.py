"""Visits to employers and ends of contracts, as staff write them down.

In: an office, what was entered. Out: the record kept or taken back; what was promised stands sealed.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from matcher.domain.division import lies_within
from matcher.domain.errors import InputRefused, RecordNotFound
from matcher.domain.incoming.trust import employer_key
from matcher.domain.service.around.visiting import ContractEnd, Visit
from matcher.listings import Scope
from matcher.office import Office

MOST_LET_GO = 100_000


def keep_visit(office: Office, visit: Visit, scope: Scope, *, actor: str) -> int:
    """One visit; its key."""
    if not lies_within(visit.division, scope.division):
        raise RecordNotFound("没有这个旗县", ref=visit.division)
    if not employer_key(visit.employer):
        raise InputRefused("请写明用人单位；没有保存")
    if visit.visited_on > office.today():
        raise InputRefused("走访日期还没到；没有保存")
    if visit.next_on is not None and visit.next_on < visit.visited_on:
        raise InputRefused("下次走访日期早于这次；没有保存")
    if not visit.topics and not visit.promised.strip() and not visit.note.strip():
        raise InputRefused("请至少勾一项谈了什么，或写一句话；没有保存")
    if not 0 <= visit.lay_off_people <= MOST_LET_GO:
        raise InputRefused("裁减人数不对；没有保存")
    with office.unit(actor) as unit:
        key = unit.cooperation.visits.add(replace(visit, name_key=employer_key(visit.employer)))
        unit.audit.note("employer_visit", subject=f"employer_visit:{key}")
        return key


def take_back_visit(office: Office, key: int, scope: Scope, *, actor: str) -> Visit:
    """A visit entered by mistake."""
    with office.unit(actor) as unit:
        unit.cooperation.visits.get(key, division=scope.division)
        unit.audit.note("employer_visit", subject=f"employer_visit:{key}", fields="taken back")
        return unit.cooperation.visits.take_back(key)


def keep_contract_end(
    office: Office, spell_key: int, worker_key: int, scope: Scope, *, ends_on: date, renewed: bool, actor: str
) -> None:
    """Until when the contract of a stretch of work runs; a later word replaces an earlier one."""
    with office.unit(actor) as unit:
        unit.workers.get(worker_key, division=scope.division, villages=scope.villages)
        spells = unit.aftercare.spells.of_people([worker_key]).get(worker_key, [])
        spell = next((one for one in spells if one.key == spell_key), None)
        if spell is None:
            raise RecordNotFound("没有这段务工记录", ref=str(spell_key))
        if ends_on < spell.started_on:
            raise InputRefused("合同到期日早于上岗日；没有保存")
        for earlier in unit.cooperation.contract_ends.where(spell_key=spell_key):
            unit.cooperation.contract_ends.take_back(earlier.key)
        unit.cooperation.contract_ends.add(
            ContractEnd(spell_key=spell_key, worker_key=worker_key, ends_on=ends_on, renewed=renewed)
        )
        unit.audit.note("contract_end", subject=f"worker:{worker_key}")
