"""Work that follows the paper, done in a made-up office: every kind that was added after plans and answers."""

from __future__ import annotations

from datetime import date

from matcher.aftercare.following import record_result
from matcher.aftercare.slips import Kept, Whose, keep_slip
from matcher.domain.aftercare import THE_CLASS, CallResult, RoundRow, RoundState, SaidBy, Started, Tick
from matcher.domain.answer import AnswerKind
from matcher.domain.choosing.choices import Hand, Switch, Verb
from matcher.domain.intake.classes import ClassEdit, EnrolmentState
from matcher.domain.intake.life import LifeKind
from matcher.domain.intake.told import Correction, FactKind
from matcher.domain.run import MatchRun
from matcher.domain.service.around.cooperation import Departure, Traveller, TravelState
from matcher.domain.service.around.graduates import Contact, Outcome, RainDew, TrackKind, TrackState
from matcher.domain.service.around.graduates import Way as TalkWay
from matcher.domain.service.around.local_work import (
    Attendance,
    Member,
    PublicPost,
    Review,
    ReviewResult,
    Said,
    Site,
    SiteKind,
    SiteState,
    Stage,
)
from matcher.domain.service.casefile import CaseEvent, CaseStep, GuidanceWay
from matcher.domain.service.key_list import EntryReason, KeyEntry, KeyLine, LogKind
from matcher.domain.service.ladder import Proof, ProofKind, SpellDetail
from matcher.domain.worker import WorkStatus
from matcher.office import Office
from matcher.store.plans import StoredPlan
from matcher.store.store import UnitOfWork
from tests.matcher.store.records import a_plan

DAY = date(2026, 6, 22)
EVERYTHING = Whose()


def key_of(unit: UnitOfWork, ref: str) -> int:
    """Somebody's key in this office."""
    return unit.workers.by_ref(ref).key


def keep_contact(office: Office, ref: str, *, actor: str = "coordinator") -> None:
    """Somebody is on the Rain-Dew register and was called."""
    with office.unit(actor) as unit:
        key = key_of(unit, ref)
        one = RainDew(
            worker_key=key,
            kind=TrackKind.GRADUATE,
            state=TrackState.CONFIRMED,
            since=DAY,
            graduation_on=DAY,
            wishes=("construction",),
            school="示例职校",
            major="建筑",
            certificate="焊工证",
            destination="工地",
            note="好联系",
            basis="remarks",
            outcome=Outcome.EMPLOYED,
            outcome_on=DAY,
        )
        unit.rain_dew.add_many([one])
        unit.graduate_contacts.add(Contact(worker_key=key, on=DAY, way=TalkWay.PHONE, said="在工地干得住"))


def plan_of(office: Office, ref: str) -> StoredPlan:
    """Somebody's plan that counts."""
    with office.reading() as unit:
        found = unit.plans.current(key_of(unit, ref))
    assert found is not None
    return found


def hand_in(office: Office, ref: str, at: int, kind: AnswerKind, *why: str, actor: str = "coordinator") -> Kept:
    """A slip about the posting at a place of somebody's plan; a start began today."""
    plan = plan_of(office, ref)
    started = Started(on=office.today(), place="大沁他拉镇", yuan=3000) if kind is AnswerKind.STARTED else None
    tick = Tick(posting_key=plan.plan.matches[at].posting_key, kind=kind, why=why, started=started)
    about_class = Tick(posting_key=THE_CLASS, kind=AnswerKind.NOT_WANTED, why=("TOO_FAR",))
    return keep_slip(office, plan.code, [tick, about_class], EVERYTHING, actor=actor, on=office.today())


def correct(office: Office, ref: str, now: str, kind: FactKind = FactKind.WAGE, *, actor: str = "coordinator") -> None:
    """One fact corrected at the window."""
    with office.unit(actor) as unit:
        unit.corrections.add(key_of(unit, ref), Correction(kind=kind, now=now, values=(int(now),)))


def choose(office: Office, ref: str, came: str, left: str, *, actor: str = "coordinator") -> None:
    """A plan changed by hand: one posting for another."""
    with office.unit(actor) as unit:
        key = key_of(unit, ref)
        before = unit.plans.current(key)
        assert before is not None
        new, old = (unit.postings.by_ref(posting).key for posting in (came, left))
        run = unit.runs.create(MatchRun(division="", as_of=DAY, started_by=actor))
        training = before.plan.training
        [made] = unit.plans.put_many(run, [a_plan(key, new, training=training)])
        unit.choices.note(
            key, plan_key=made, from_plan_key=before.key, verb=Verb.SWAP, hand=Hand().after(new, old),
            reason="本人要求", came=new, left=old,
        )  # fmt: skip


def say_rest(office: Office, ref: str, *, actor: str = "coordinator") -> None:
    """What is conceded, the monthly round, a class joined and changed, a holder told, a new phone."""
    with office.unit(actor) as unit:
        key, course = key_of(unit, ref), unit.classes.by_ref("T-1").key
        unit.concessions.say(key, [Switch.LODGING], on=DAY)
        state = RoundState(status="unemployed", where="西沟村")
        unit.aftercare.rounds.put(
            [RoundRow(worker_key=key, month="2026-06", state=state, changed=True, confirmed_on=DAY)]
        )
        unit.class_life.enrol(course, key, EnrolmentState.ENROLLED)
        unit.class_life.edit(course, ClassEdit(seats=7))
        unit.holders.tell(unit.postings.by_ref("P-2").key, key, on=DAY)
        entry = KeyEntry(key=0, worker_key=key, reason=EntryReason.BY_HAND, entered_on=DAY, words="活不固定")
        [listed] = unit.watching.entries.enter([entry])
        line = KeyLine(
            key=0, entry_key=listed, worker_key=key, kind=LogKind.CONTACT, on=DAY, way=GuidanceWay.PHONE, content="在家"
        )
        unit.watching.cards.write([line])
        moved = unit.life.add(key, LifeKind.PHONE, on=DAY, note="换号")
        unit.corrections.add(key, Correction(kind=FactKind.STATUS, now=WorkStatus.UNEMPLOYED.value), change_key=moved)


def keep_local(office: Office, ref: str, *, actor: str = "coordinator") -> int:
    """A post in the village with somebody on it, a month of days, a review; its member."""
    with office.unit(actor) as unit:
        details = PublicPost(post_type="保洁", need=2, months=12)
        site = Site(kind=SiteKind.POST, name="村保洁", division="150525", village="西沟村", state=SiteState.RUNNING,
                    details=details)  # fmt: skip
        post = unit.local_work.sites.add(site)
        said = Said(cannot_leave="照顾老人", market="三个岗位都太远")
        member = unit.local_work.members.add(
            Member(site_key=post, worker_key=key_of(unit, ref), stage=Stage.SERVING, started_on=DAY, hours_week=20,
                   ground="cannot_leave", said=said)
        )  # fmt: skip
        keep_days(unit, member, 20)
        unit.local_work.members.add_review(
            Review(member_key=member, reviewed_on=DAY, result=ReviewResult.KEEP, note="干得好")
        )
        return member


def keep_days(unit: UnitOfWork, member: int, came: int) -> None:
    """The days of a month."""
    days = Attendance(member_key=member, month="2026-06", days_due=22, days_present=came, note="雨天没去")
    unit.local_work.members.note_month(days)


def travel(office: Office, ref: str, *, actor: str = "coordinator") -> None:
    """A departure with somebody on it who arrived, and began to work there."""
    with office.unit(actor) as unit:
        key, posting = key_of(unit, ref), unit.postings.by_ref("P-1").key
        spell = unit.aftercare.spells.of_people([key])[key][-1].key
        trip = Departure(division="150525", district="110108", batch="2026-06", leaves_on=DAY, employer="示例公司",
                         posting_key=posting, seats=20, pickups="村部 6:00", note="带身份证")  # fmt: skip
        departure = unit.cooperation.departures.add(trip)
        unit.cooperation.travellers.add(
            Traveller(departure_key=departure, worker_key=key, state=TravelState.ARRIVED, arrived_on=DAY, pickup="村部",
                      spell_key=spell, call_due=DAY, note="到了")
        )  # fmt: skip


def prove(office: Office, ref: str, *, actor: str = "coordinator") -> None:
    """What is said of somebody's work, a proof of it, and a session with the person."""
    with office.unit(actor) as unit:
        key = key_of(unit, ref)
        spell = unit.aftercare.spells.of_people([key])[key][-1].key
        told = SpellDetail(
            worker_key=key, spell_key=spell, said_by=SaidBy.WORKER, told_on=DAY, channel="self", yuan=3000
        )
        unit.casefile.details.add(told)
        unit.casefile.proofs.add(
            Proof(worker_key=key, spell_key=spell, kind=ProofKind.CONTRACT, from_on=DAY, told_on=DAY, note="看过原件")
        )
        unit.casefile.events.add(CaseEvent(worker_key=key, step=CaseStep.GUIDANCE, on=DAY, way="visit", minutes=30))


def call(office: Office, ref: str, result: CallResult, *, actor: str = "coordinator") -> None:
    """The first call about somebody's work, made early."""
    with office.reading() as unit:
        key = key_of(unit, ref)
        later = date(2026, 7, 5)
        [due] = [one for one in unit.aftercare.calls.due(later)[0] if one.worker_key == key]
    record_result(office, due.key, result, EVERYTHING, actor=actor, note="干得不错")
