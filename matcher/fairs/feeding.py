"""What a fair tells the cases of its people.

In: results of a fair. Out: answers to postings of a person's plan, openings taken by those who started; each result
is told once, and again only where it has changed. What did not suit is not suggested again from the moment it is
tapped: the store looks at the results themselves.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from matcher.aftercare.work import begin_work
from matcher.domain.aftercare import SaidBy, Spell
from matcher.domain.answer import AnswerKind
from matcher.domain.errors import InputRefused, RecordNotFound
from matcher.domain.fairs import BoothResult, Fair, FairResult, Unsuited, Visitor
from matcher.domain.localtime import local_date
from matcher.domain.worker import Sex, Worker
from matcher.fairs.booth import record
from matcher.office import Office
from matcher.reading import read_worker
from matcher.store import SameBasis, UnitOfWork

LEDGER_SENDER = "fair"
"""The sender of people who first became known at a fair."""


@dataclass(frozen=True, slots=True)
class Fed:
    """How many results reached a case, and how many belong to people who have none here."""

    told: int
    unknown: int


def feed(office: Office, fair: Fair, *, actor: str) -> Fed:
    """Tells the cases whatever they have not heard of."""
    reason_of = office.wording("zh").text
    with office.unit(actor) as unit:
        visitors = {one.key: one for one in unit.fairs.visitors.of(fair.key)}
        posting_of = {one.key: one.posting_key for one in unit.fairs.booths.postings(fair.key)}
        told = unknown = 0
        for result in unit.fairs.results.of(fair.key):
            visitor = visitors[result.visitor_key]
            if visitor.worker_key is None:
                unknown += 1
            elif result.fed != result.result.value:
                _tell(office, unit, visitor.worker_key, posting_of[result.booth_posting_key], result, reason_of)
                unit.fairs.results.note_fed(result.key, result.result)
                told += 1
        if told:
            unit.audit.note("fair_fed", subject=f"fair:{fair.key}", fields=str(told))
    return Fed(told, unknown)


def answer_of(result: BoothResult) -> AnswerKind | None:
    """What a result says to a posting of a plan; None where it says nothing yet."""
    if result.result is FairResult.STARTED:
        return AnswerKind.STARTED
    if result.result in {FairResult.INTERESTED, FairResult.INTENT}:
        return AnswerKind.WANTED
    if result.result is FairResult.LOST:
        return AnswerKind.TRIED_NOT_HIRED
    if result.result is FairResult.UNSUITED:
        return AnswerKind.TRIED_NOT_HIRED if Unsuited(result.reason).by_employer else AnswerKind.NOT_WANTED
    return None


def _tell(
    office: Office,
    unit: UnitOfWork,
    worker_key: int,
    posting_key: int,
    result: BoothResult,
    reason_of: Callable[[str], str],
) -> None:
    """One result to one case."""
    kind, on = answer_of(result), local_date(result.at)
    if kind is None:
        return
    plan = unit.plans.current(worker_key)
    if plan is not None and any(match.posting_key == posting_key for match in plan.plan.matches):
        reason = reason_of(f"FAIR_WHY_{result.reason.upper()}") if result.reason else ""
        unit.plans.answers.record(plan.key, posting_key, kind, on=on, reason=reason)
    elif kind is AnswerKind.STARTED:
        unit.openings.take(posting_key, on=on, worker_key=worker_key)
    if kind is AnswerKind.STARTED:
        place(office, unit, worker_key, posting_key, on=on)


def place(office: Office, unit: UnitOfWork, worker_key: int, posting_key: int, *, on: date) -> None:
    """Somebody started at a posting of the fair: work begins and its calls fall due, once however often it is told."""
    standing = unit.aftercare.spells.of_people([worker_key], only_open=True).get(worker_key, [])
    if any(spell.posting_key == posting_key for spell in standing):
        return
    posting = unit.postings.get(posting_key).value
    spell = Spell(
        key=0,
        worker_key=worker_key,
        started_on=on,
        said_by=SaidBy.EMPLOYER,
        employer=posting.employer,
        title=posting.title,
        place=posting.place.name or posting.place.text,
        posting_key=posting_key,
    )
    begin_work(office, unit, spell)


def enrol(office: Office, fair: Fair, *, actor: str) -> tuple[int, int]:
    """Walk-ins become people of the office's list: known ones are recognised by phone and name; (new, recognised)."""
    today, new, known = office.today(), 0, 0
    with office.unit(actor) as unit:
        everybody = unit.fairs.visitors.of(fair.key)
        here = {one.worker_key for one in everybody}
        for visitor in everybody:
            if visitor.worker_key is not None or visitor.arrived_at is None:
                continue
            worker = _as_worker(office, fair, visitor)
            found = _recognised(unit, worker)
            if found is None:
                found = unit.workers.add(worker, read_worker(worker, office.tools, read_on=today))
                new += 1
            else:
                known += 1
            if found not in here:
                here.add(found)
                unit.fairs.visitors.change(fair.key, replace(visitor, worker_key=found, changed_at=visitor.changed_at))
        if new or known:
            unit.audit.note("fair_enrolled", subject=f"fair:{fair.key}", fields=f"{new}+{known}")
    return new, known


def _recognised(unit: UnitOfWork, worker: Worker) -> int | None:
    """The one stored person of this name, village and phone, or entered from this very fair before."""
    sure = {SameBasis.SENDER_REF, SameBasis.NAME_VILLAGE_PHONE}
    keys = {one.key for one in unit.workers.find_same(worker) if one.basis in sure and not one.doubt}
    return keys.pop() if len(keys) == 1 else None


def _as_worker(office: Office, fair: Fair, visitor: Visitor) -> Worker:
    """A walk-in as a roster would name them; what was said stays word for word."""
    facts = visitor.facts
    return Worker(
        ref=visitor.code,
        sender=LEDGER_SENDER,
        name=visitor.name,
        sex=Sex(facts.sex) if facts.sex else None,
        phone=facts.phone if len(facts.phone) >= 7 else "",
        home=office.gazetteer.place(visitor.home_code or fair.division),
        village=visitor.village,
        remarks=facts.can_do,
    )


def hear(
    office: Office, fair: Fair, visitor_key: int, booth_posting_key: int, result: FairResult, *, actor: str
) -> None:
    """What the telephone told after the fair: started, or it came to nothing; the case hears of it at once."""
    if result not in {FairResult.STARTED, FairResult.LOST}:
        raise InputRefused("这里只记“已上岗”或“没成”；没有记录")
    with office.reading() as unit:
        before = unit.fairs.results.get(visitor_key, booth_posting_key)
    if before is None or not before.result.wants:
        raise RecordNotFound("没有这条意向", ref=str(booth_posting_key))
    record(office, fair, visitor_key, booth_posting_key, result, actor=actor)
    feed(office, fair, actor=actor)
