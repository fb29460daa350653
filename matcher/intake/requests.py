"""What a person asks of the office or objects to, written down and answered; a plan by hand where no machine may.

In: an office, a person within a scope, the words. Out: the request with the day it is to be answered by; who refuses
plans by machine gets none from that moment; the answer with who gave it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from matcher.casework import plan_people
from matcher.domain.errors import InputRefused
from matcher.domain.intake.life import LifeKind
from matcher.domain.intake.requests import Outcome, RequestKind
from matcher.listings import Scope
from matcher.office import Office
from matcher.store.store import UnitOfWork

ANSWER_DAYS = "keeping.answer_days"
_SWITCHED = "已按本人意见改为不由机器处理：系统不再自动做方案，由工作人员来办。"
_LEAST_WORDS = 2


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said, on which day."""

    kind: RequestKind
    words: str
    on: date | None = None


def record_request(office: Office, key: int, scope: Scope, said: Said, *, actor: str) -> int:
    """Writes a request down, whole or not at all; its key. Who wants no machine has the switch set with it."""
    today = office.today()
    on = said.on or today
    if on > today:
        raise InputRefused("日期还没有到，没有保存；请写本人提出的那一天")
    if len(said.words.strip()) < _LEAST_WORDS:
        raise InputRefused("请写明本人怎么说的，没有保存")
    due = on + timedelta(days=office.policy.at(today).whole(ANSWER_DAYS))
    with office.unit(actor) as unit:
        unit.workers.get(key, division=scope.division, villages=scope.villages)
        number = unit.requests.add(key, said.kind, said.words.strip(), on=on, due_on=due)
        unit.audit.note("request_recorded", subject=f"worker:{key}", fields=said.kind.value)
        if said.kind is RequestKind.REFUSE_MACHINE:
            _switch(unit, key, on)
            unit.requests.answer(number, Outcome.DONE, _SWITCHED, worker_key=key, on=today)
    return number


def _switch(unit: UnitOfWork, key: int, on: date) -> None:
    """No plan by machine from now on."""
    if key not in unit.life.restricted([key]):
        unit.life.add(key, LifeKind.RESTRICTED, on=on)
        unit.life.retire_plan(key)
        unit.audit.note("life_change", subject=f"worker:{key}", fields=LifeKind.RESTRICTED.value)


def answer_request(
    office: Office, key: int, request: int, scope: Scope, outcome: Outcome, words: str, *, actor: str
) -> None:
    """Writes the answer down; a refusal says why."""
    if len(words.strip()) < _LEAST_WORDS:
        raise InputRefused("请写明答复；不予办理的要写理由，没有保存")
    with office.unit(actor) as unit:
        unit.workers.get(key, division=scope.division, villages=scope.villages)
        unit.requests.answer(request, outcome, words.strip(), worker_key=key, on=office.today())
        unit.audit.note("request_answered", subject=f"worker:{key}", fields=outcome.value)


def plan_by_hand(office: Office, key: int, scope: Scope, *, actor: str) -> None:
    """An empty plan for somebody no machine plans for: staff then put each posting into it themselves."""
    with office.reading() as unit:
        stored = unit.workers.get(key, division=scope.division, villages=scope.villages)
        standing = {one.kind for one in unit.life.standing(key)}
    if LifeKind.RESTRICTED not in standing or any(kind.gone for kind in standing):
        raise InputRefused("这个人不是“不由机器处理”，没有做；请用平常的“做方案”")
    plan_people(office, worker_ref=f"{stored.value.sender}:{stored.value.ref}", actor=actor, hand=True)
    with office.unit(actor) as unit:
        unit.audit.note("plan_by_hand", subject=f"worker:{key}")
