"""What staff put on record of a case: opening it, sessions, deliveries, ways out, who is responsible, taking back.

In: an office, a person within a scope, what was typed. Out: records in the store, whole or not at all; a record of
somebody who is owed the service and has no case yet opens it. Nothing is deleted.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta

from matcher.aftercare.slips import Whose
from matcher.appointments import add_working_days
from matcher.cases.due import SERVED
from matcher.cases.gathering import PersonCase, gather
from matcher.cases.refusing import CaseRefused
from matcher.domain.errors import RecordNotFound
from matcher.domain.rosters.records import EntryType
from matcher.domain.service.casefile import (
    CaseEvent,
    CaseStep,
    ClassWord,
    DeliveryWay,
    ExitKind,
    GuidanceWay,
    Signed,
    standing,
)
from matcher.domain.service.casestate import CaseState
from matcher.domain.worker import WorkStatus
from matcher.office import Office
from matcher.policy import PolicyAt
from matcher.store.casefile.gathering import Whom
from matcher.store.plans import StoredPlan
from matcher.store.store import UnitOfWork

_LEAST_REASON = 2
_OPENS_BY_ITSELF = frozenset({CaseState.SCREENED, CaseState.LOST_JOB, CaseState.LISTED})


@dataclass(frozen=True, slots=True)
class Desk:
    """A unit of work with the person it is about."""

    office: Office
    unit: UnitOfWork
    whose: Whose
    key: int
    policy: PolicyAt

    @property
    def today(self) -> date:
        """The day."""
        return self.policy.on

    def now(self) -> PersonCase:
        """Where the person's case stands now."""
        return person_case(self.unit, self.key, self.whose, self.policy)

    def put(self, event: CaseEvent) -> int:
        """Puts something on record and notes that it was; its key."""
        number = self.unit.casefile.events.add(event)
        self.unit.audit.note("case_record", subject=f"worker:{self.key}", fields=event.step.value)
        return number

    def checked_day(self, on: date) -> date:
        """A day that is not ahead nor long ago."""
        back = self.policy.whole("aftercare.started_days_back")
        if not self.today - timedelta(days=back) <= on <= self.today:
            raise CaseRefused("CASE_BAD_DAY")
        return on


@contextmanager
def at_desk(office: Office, key: int, whose: Whose, *, actor: str) -> Iterator[Desk]:
    """A unit of work about one person; RecordNotFound outside the scope."""
    with office.unit(actor) as unit:
        unit.workers.get(key, division=whose.division, villages=whose.villages)
        yield Desk(office, unit, whose, key, office.policy.at(unit.today()))


def person_case(
    unit: UnitOfWork,
    key: int,
    whose: Whose,
    policy: PolicyAt,
    *,
    with_earlier: bool = False,
    events: Sequence[CaseEvent] | None = None,
) -> PersonCase:
    """Where one person's case stands; RecordNotFound outside the scope."""
    whom = Whom(division=whose.division, villages=whose.villages, keys=(key,))
    found = gather(unit, whom, policy.on, policy, with_earlier=with_earlier, events=events)
    if not found:
        raise RecordNotFound("没有这个人，或不在您的范围内", ref=str(key))
    return found[0]


def open_case(office: Office, key: int, whose: Whose, *, actor: str) -> None:
    """A case for somebody who has none that runs; a case after another knows the one before."""
    with at_desk(office, key, whose, actor=actor) as desk:
        if not desk.now().standing.state.over and desk.now().case is not None:
            raise CaseRefused("CASE_IS_OPEN")
        _open(desk)


def open_cases(office: Office, whose: Whose, *, actor: str) -> int:
    """A case for everybody of a scope who is owed the service and has none; how many."""
    with office.unit(actor) as unit:
        policy = office.policy.at(unit.today())
        whom = Whom(division=whose.division, villages=whose.villages)
        waiting = [one.person.key for one in gather(unit, whom, policy.on, policy) if owed_a_case(one)]
        due = add_working_days(policy.on, policy.whole("case.open_working_days"))
        many = unit.cases.open(waiting, EntryType.UNEMPLOYED, on=policy.on, due_on=due)
        unit.audit.note("cases_opened", subject="cases", fields=str(many))
        return many


def owed_a_case(one: PersonCase) -> bool:
    """Whether somebody is owed the service and nobody has opened a case."""
    return one.standing.state is CaseState.SCREENED and one.facts.track in SERVED


def hold_session(
    office: Office,
    key: int,
    whose: Whose,
    *,
    actor: str,
    on: date,
    way: GuidanceWay,
    minutes: int,
    guide: str,
    signed: Signed = Signed.NONE,
    read_aloud: bool = False,
    note: str = "",
) -> int:
    """A session of career guidance that was really held; its key."""
    with at_desk(office, key, whose, actor=actor) as desk:
        least = desk.policy.whole("case.session_minutes")
        if minutes < least:
            raise CaseRefused("CASE_TOO_SHORT", least=least)
        if not guide.strip():
            raise CaseRefused("CASE_NO_GUIDE")
        _open_where_owed(desk)
        held = CaseEvent(worker_key=key, step=CaseStep.GUIDANCE, on=desk.checked_day(on), way=way.value, note=note)
        more = {"minutes": minutes, "who": guide.strip(), "signed": signed.value, "read_aloud": read_aloud}
        return desk.put(replace(held, **more))  # type: ignore[arg-type]


def deliver(
    office: Office,
    key: int,
    whose: Whose,
    *,
    actor: str,
    on: date,
    way: DeliveryWay,
    who: str = "",
    signed: Signed = Signed.NONE,
    note: str = "",
) -> int:
    """The plan that counts reached the person; its key. A plan cannot have been delivered before it was made."""
    with at_desk(office, key, whose, actor=actor) as desk:
        plan = plan_of(desk)
        if on < plan.plan.made_on:
            raise CaseRefused("CASE_BEFORE_PLAN", made_on=plan.plan.made_on.isoformat())
        if way is DeliveryWay.SIGNED_SLIP and signed is Signed.NONE:
            raise CaseRefused("CASE_NOT_SIGNED")
        _open_where_owed(desk)
        event = CaseEvent(worker_key=key, step=CaseStep.DELIVERED, on=desk.checked_day(on), way=way.value, note=note)
        event = replace(event, who=who.strip() or actor, signed=signed.value, plan_code=plan.code)
        return desk.put(replace(event, read_aloud=way is DeliveryWay.READ_ALOUD))


def answer_class(
    office: Office, key: int, whose: Whose, word: ClassWord, *, actor: str, on: date, note: str = ""
) -> int:
    """What the person said of the class of the plan that counts; no to it needs the reason; its key."""
    with at_desk(office, key, whose, actor=actor) as desk:
        plan = plan_of(desk)
        if (plan.plan.training is None) is not (word is ClassWord.NONE_FITS):
            raise CaseRefused("CASE_CLASS_NONE" if plan.plan.training is None else "CASE_CLASS_THERE")
        if word is ClassWord.REFUSED and len(note.strip()) < _LEAST_REASON:
            raise CaseRefused("CASE_CLASS_NO_REASON")
        _open_where_owed(desk)
        event = CaseEvent(worker_key=key, step=CaseStep.TRAINING, on=desk.checked_day(on), way=word.value)
        return desk.put(replace(event, plan_code=plan.code, note=note.strip()))


def leave(office: Office, key: int, whose: Whose, kind: ExitKind, *, actor: str, on: date, note: str = "") -> int:
    """A way out beside work that lasts; refusing the service needs the reason in the person's words."""
    with at_desk(office, key, whose, actor=actor) as desk:
        now = desk.now().standing.state
        if now.over or now.works:
            raise CaseRefused("CASE_NOT_RUNNING")
        if kind is ExitKind.REFUSED and len(note.strip()) < _LEAST_REASON:
            raise CaseRefused("CASE_NO_REASON")
        _open_where_owed(desk)
        event = CaseEvent(
            worker_key=key, step=CaseStep.EXIT, on=desk.checked_day(on), way=kind.value, note=note.strip()
        )
        number = desk.put(event)
        desk.unit.cases.close([key], on=desk.today)
        return number


def name_owner(office: Office, key: int, whose: Whose, who: str, *, actor: str) -> int:
    """Who is responsible for a person from now on."""
    if not who.strip():
        raise CaseRefused("CASE_NO_OWNER")
    with at_desk(office, key, whose, actor=actor) as desk:
        return desk.put(CaseEvent(worker_key=key, step=CaseStep.OWNER, on=desk.today, who=who.strip()))


def close_case(office: Office, key: int, whose: Whose, *, actor: str, note: str = "") -> int:
    """Closes a case whose person has been in work for three months, proved; any other has its way out."""
    with at_desk(office, key, whose, actor=actor) as desk:
        if desk.now().standing.state is not CaseState.STABLE_3M:
            raise CaseRefused("CASE_NOT_STABLE")
        number = desk.put(CaseEvent(worker_key=key, step=CaseStep.CLOSED, on=desk.today, note=note))
        desk.unit.cases.close([key], on=desk.today)
        return number


def undo_of(desk: Desk, number: int, reason: str) -> CaseEvent:
    """Puts on record that a record does not count; the record it was."""
    event = desk.unit.casefile.events.get(number, division=desk.whose.division, villages=desk.whose.villages)
    everything = desk.unit.casefile.events.of_people([desk.key]).get(desk.key, [])
    if event.worker_key != desk.key or event.uid not in {one.uid for one in standing(everything)}:
        raise RecordNotFound("没有这条记录，或已经撤销", ref=str(number))
    if len(reason.strip()) < _LEAST_REASON:
        raise CaseRefused("CASE_UNDO_REASON")
    undo = CaseEvent(worker_key=desk.key, step=CaseStep.UNDO, on=desk.today, about=event.uid, note=reason.strip())
    desk.put(undo)
    return event


def plan_of(desk: Desk) -> StoredPlan:
    """The plan that counts, which carries something to deliver."""
    plan = desk.unit.plans.current(desk.key)
    if plan is None or not plan.plan.track.carries_postings:
        raise CaseRefused("CASE_NO_PLAN")
    return plan


def _open_where_owed(desk: Desk) -> None:
    """Opens the case of somebody who has none yet; where one runs and no work was told of, nothing more is asked."""
    runs = any(case.open for case in desk.unit.cases.of_person(desk.key))
    if runs and not desk.unit.aftercare.spells.of_people([desk.key]):
        return
    now = desk.now()
    if now.standing.state in _OPENS_BY_ITSELF:
        _open(desk)


def _open(desk: Desk) -> None:
    """Opens a case today."""
    worker = desk.unit.workers.get(desk.key).value
    lost = worker.work_status is WorkStatus.NEWLY_UNEMPLOYED
    entry = EntryType.NEWLY_UNEMPLOYED if lost else EntryType.UNEMPLOYED
    due = add_working_days(desk.today, desk.policy.whole("case.open_working_days"))
    desk.unit.cases.close([desk.key], on=desk.today)
    desk.unit.cases.open([desk.key], entry, on=desk.today, due_on=due)
    desk.unit.audit.note("case_opened", subject=f"worker:{desk.key}", fields=entry.value)
