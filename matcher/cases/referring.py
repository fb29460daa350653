"""Referrals: a letter to one posting of the plan, and what its return stub says.

In: a person, a place of the plan or a referral, what came back. Out: the referral with the day its stub is due; a stub
that says somebody began is kept as a slip told by the employer, so that work, answers and openings follow as always.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from matcher.aftercare.slips import Whose, keep_in, take_back_in
from matcher.cases.recording import Desk, at_desk, plan_of, undo_of
from matcher.cases.refusing import CaseRefused
from matcher.domain.aftercare import SaidBy, SlipReturn, Started, Tick
from matcher.domain.answer import AnswerKind
from matcher.domain.errors import RecordNotFound
from matcher.domain.service.casefile import CaseEvent, CaseStep, ExitKind, StubResult, standing
from matcher.office import Office

_TICKS = {
    StubResult.HIRED: AnswerKind.STARTED,
    StubResult.TRIAL: AnswerKind.STARTED,
    StubResult.NOT_HIRED: AnswerKind.TRIED_NOT_HIRED,
}
_LEAST_REASON = 2


def refer(office: Office, key: int, whose: Whose, rank: int, *, actor: str, on: date) -> int:
    """A letter to the posting at a place of the plan that counts; its key."""
    with at_desk(office, key, whose, actor=actor) as desk:
        plan = plan_of(desk)
        match = next((one for one in plan.plan.matches if one.rank == rank), None)
        if match is None:
            raise CaseRefused("CASE_NO_POSTING")
        if desk.now().case is None:
            raise CaseRefused("CASE_OPEN_FIRST")
        event = CaseEvent(worker_key=key, step=CaseStep.REFERRED, on=desk.checked_day(on), way=str(rank))
        due = on + timedelta(days=desk.policy.whole("aftercare.slip_days"))
        return desk.put(replace(event, plan_code=plan.code, posting_key=match.posting_key, due_on=due))


def stub_back(
    office: Office,
    key: int,
    whose: Whose,
    referral: int,
    result: StubResult,
    *,
    actor: str,
    on: date,
    started_on: date | None = None,
    yuan: int | None = None,
    note: str = "",
) -> int:
    """What a return stub says; its key. Whoever was hired begins to work by it."""
    with at_desk(office, key, whose, actor=actor) as desk:
        letter = _letter(desk, referral)
        if result is StubResult.NOT_HIRED and len(note.strip()) < _LEAST_REASON:
            raise CaseRefused("CASE_STUB_REASON")
        event = CaseEvent(worker_key=key, step=CaseStep.STUB, on=desk.checked_day(on), way=result.value, note=note)
        number = desk.put(replace(event, plan_code=letter.plan_code, posting_key=letter.posting_key, about=letter.uid))
        if result in _TICKS and letter.posting_key is not None:
            works = result.goes_on
            started = Started(on=started_on or on, yuan=yuan) if works else None
            tick = Tick(posting_key=letter.posting_key, kind=_TICKS[result], started=started)
            keep_in(office, desk.unit, letter.plan_code, [tick], whose, on=on, said_by=SaidBy.EMPLOYER)
        return number


def _letter(desk: Desk, number: int) -> CaseEvent:
    """A referral of this person whose stub has not come back."""
    everything = standing(desk.unit.casefile.events.of_people([desk.key]).get(desk.key, []))
    answered = {event.about for event in everything if event.step is CaseStep.STUB}
    for event in everything:
        if event.key == number and event.step is CaseStep.REFERRED and event.uid not in answered:
            return event
    raise RecordNotFound("没有这张推荐单，或回执已经记过", ref=str(number))


def take_back(office: Office, key: int, whose: Whose, number: int, reason: str, *, actor: str) -> CaseStep:
    """Takes a record back with what followed from it; what it was. Nothing is deleted."""
    with at_desk(office, key, whose, actor=actor) as desk:
        event = undo_of(desk, number, reason)
        if event.step is CaseStep.REFERRED and _has_stub(desk, event):
            raise CaseRefused("CASE_UNDO_STUB_FIRST")
        if event.step is CaseStep.STUB:
            for slip in _slips_of(desk, event):
                take_back_in(desk.unit, slip.key, whose)
        if event.step is CaseStep.EXIT and event.way in set(ExitKind):
            desk.unit.cases.reopen(key)
        return event.step


def _has_stub(desk: Desk, letter: CaseEvent) -> bool:
    """Whether a stub of this referral counts."""
    everything = standing(desk.unit.casefile.events.of_people([desk.key]).get(desk.key, []))
    return any(event.step is CaseStep.STUB and event.about == letter.uid for event in everything)


def _slips_of(desk: Desk, stub: CaseEvent) -> list[SlipReturn]:
    """The slip a stub was kept as."""
    plan = desk.unit.plans.by_code(stub.plan_code)
    return [
        slip
        for slip in desk.unit.aftercare.returns.of_plan(plan.key)
        if slip.said_by is SaidBy.EMPLOYER
        and slip.on == stub.on
        and any(kept.tick.posting_key == stub.posting_key for kept in slip.ticks)
    ]
