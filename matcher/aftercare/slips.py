"""Slips that come back: found by their code, kept as answers with their reasons, and taken back where mistyped.

In: a short code within a scope, ticks. Out: answers that close postings and feed the next plan, work that began, what
people report of postings. The same slip handed in twice is one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from matcher.aftercare.reasons import CLASS_KINDS, FOUND, VOICES, checked, class_reasons, reasons
from matcher.aftercare.work import begin_work, never_began
from matcher.domain.aftercare import (
    THE_CLASS,
    KeptTick,
    Measure,
    SaidBy,
    SlipRefused,
    SlipReturn,
    Spell,
    Started,
    Tick,
    Voice,
)
from matcher.domain.answer import Answer, AnswerKind
from matcher.domain.division import lies_within
from matcher.domain.errors import RecordNotFound
from matcher.domain.match import Match
from matcher.domain.slip import read_slip_code
from matcher.office import Office
from matcher.store.plans import StoredPlan
from matcher.store.postings import StoredPosting
from matcher.store.store import UnitOfWork

NO_CODE = "短码不对：8 位里有一位抄错了（短码里没有 0、O、1、I、L）；没有保存，请对着回执再看一遍"


@dataclass(frozen=True, slots=True, kw_only=True)
class Whose:
    """Whose records an account may see."""

    division: str = ""
    villages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OpenSlip:
    """A slip as it lies in front of somebody: the plan, and what was answered to each posting before."""

    plan: StoredPlan
    before: Mapping[int, KeptTick]

    @property
    def older(self) -> bool:
        """Whether a newer plan has been made since."""
        return not self.plan.current


@dataclass(frozen=True, slots=True)
class Kept:
    """What became of a slip: its key (None where every tick was known already), how many ticks are new."""

    key: int | None
    ticks: int
    older: bool
    name: str


def open_slip(unit: UnitOfWork, code: str, whose: Whose) -> OpenSlip:
    """The slip of a code; InputRefused where it cannot be one, RecordNotFound outside the scope."""
    read = read_slip_code(code)
    if read is None:
        raise SlipRefused("SLIP_NO_CODE", NO_CODE)
    plan = unit.plans.by_code(read, division=whose.division, villages=whose.villages)
    return OpenSlip(plan, _known(unit, plan.key))


def _known(unit: UnitOfWork, plan_key: int) -> dict[int, KeptTick]:
    """The last tick of each posting of a plan; answers that came by another way count too."""
    found = {one.posting_key: _answered(one) for one in unit.plans.answers.of_plan(plan_key)}
    for slip in unit.aftercare.returns.of_plan(plan_key):
        for kept in slip.ticks:
            if found.get(kept.tick.posting_key, kept).answer_key == kept.answer_key:
                found[kept.tick.posting_key] = kept
    return found


def _answered(answer: Answer) -> KeptTick:
    """An answer without a slip."""
    return KeptTick(tick=Tick(posting_key=answer.posting_key, kind=answer.kind), answer_key=answer.key)


def keep_slip(
    office: Office,
    code: str,
    ticks: Sequence[Tick],
    whose: Whose,
    *,
    actor: str,
    on: date | None = None,
    said_by: SaidBy = SaidBy.WORKER,
) -> Kept:
    """Keeps what was ticked, whole or not at all."""
    with office.unit(actor) as unit:
        return keep_in(office, unit, code, ticks, whose, on=on, said_by=said_by)


def keep_in(
    office: Office,
    unit: UnitOfWork,
    code: str,
    ticks: Sequence[Tick],
    whose: Whose,
    *,
    on: date | None = None,
    said_by: SaidBy = SaidBy.WORKER,
) -> Kept:
    """The same inside a unit of work that keeps more than the slip."""
    day = on or office.today()
    opened = open_slip(unit, code, whose)
    plan = opened.plan
    matches = {match.posting_key: match for match in plan.plan.matches}
    told = [
        _checked_class(tick, plan) if tick.posting_key == THE_CLASS else _checked(office, tick, matches, day)
        for tick in ticks
    ]
    fresh = [tick for tick in told if _is_new(tick, opened.before.get(tick.posting_key))]
    if not fresh:
        if not ticks:
            raise SlipRefused("SLIP_NOTHING", "一个岗位都没有勾；没有保存，请先勾选再按回车")
        return Kept(None, 0, opened.older, plan.plan.worker_name)
    postings = unit.postings.many([tick.posting_key for tick in fresh if tick.posting_key != THE_CLASS])
    worker = plan.plan.worker_key
    home = unit.workers.get(worker).value.home.code
    kept = [
        _of_class(plan, tick)
        if tick.posting_key == THE_CLASS
        else _answer(unit, plan, tick, matches[tick.posting_key], postings, home, day)
        for tick in fresh
    ]
    key = unit.aftercare.returns.add(worker, plan.key, kept, on=day, said_by=said_by)
    unit.aftercare.returns.hear(key, _voices(fresh), on=day)
    _tell_of_work(office, unit, worker, key, kept, said_by, opened.before)
    unit.audit.note("slip", subject=f"worker:{worker}", fields=" ".join(sorted({one.kind.value for one in fresh})))
    return Kept(key, len(fresh), opened.older, plan.plan.worker_name)


def _checked(office: Office, tick: Tick, matches: Mapping[int, Match], day: date) -> Tick:
    """A tick that makes sense: of a posting of this plan, a refusal with its reason, a start that can be."""
    if tick.posting_key not in matches:
        raise RecordNotFound("这条岗位不在这份方案里；没有保存", ref=str(tick.posting_key))
    why = checked(tick.kind, tick.why)
    if tick.kind is AnswerKind.NOT_WANTED and not why:
        raise SlipRefused("SLIP_NO_WHY", "“不要”要勾一个原因（没说就勾“没说原因”）；没有保存，请补上")
    started = tick.started
    works = tick.kind is AnswerKind.STARTED or any(reasons()[code].effect == FOUND for code in why)
    if works and started is None:
        started = Started(on=day)
    if started is not None:
        back = office.policy.at(day).whole("aftercare.started_days_back")
        if not day - timedelta(days=back) <= started.on <= office.today():
            raise SlipRefused("SLIP_BAD_DAY", "上班日期不对：不能晚于今天，也不能早于一年前；没有保存，请改一下日期")
    return replace(tick, why=why, note=tick.note.strip(), started=started if works else None)


def _checked_class(tick: Tick, plan: StoredPlan) -> Tick:
    """A tick about the class of this plan; a refusal with a reason that can be said of a class."""
    if plan.plan.training is None or tick.kind not in CLASS_KINDS:
        raise RecordNotFound("这份方案里没有培训班，或没有这种答复；没有保存", ref=plan.code)
    offered = {one.code for one in class_reasons()} if tick.kind is AnswerKind.NOT_WANTED else set()
    if not offered.issuperset(tick.why):
        raise SlipRefused("SLIP_WRONG_WHY", "有一个原因和这个答复对不上；没有保存，请重新勾选")
    if tick.kind is AnswerKind.NOT_WANTED and not tick.why:
        raise SlipRefused("SLIP_NO_WHY", "“不要”要勾一个原因（没说就勾“没说原因”）；没有保存，请补上")
    return Tick(posting_key=THE_CLASS, kind=tick.kind, why=checked(tick.kind, tick.why), note=tick.note.strip())


def _of_class(plan: StoredPlan, tick: Tick) -> KeptTick:
    """What was said of the class: kept with the slip, closing nothing."""
    training = plan.plan.training
    title = training.training.title if training is not None else ""
    return KeptTick(tick=tick, answer_key=0, measure=Measure(title=title))


def _is_new(tick: Tick, before: KeptTick | None) -> bool:
    """Whether a tick says anything that was not known."""
    return before is None or before.tick != tick


def _answer(
    unit: UnitOfWork,
    plan: StoredPlan,
    tick: Tick,
    match: Match,
    postings: Mapping[int, StoredPosting],
    home: str,
    day: date,
) -> KeptTick:
    """Records the answer, with the posting as it stands now."""
    words = "；".join([reasons()[code].said for code in tick.why] + ([tick.note] if tick.note else []))
    key = unit.plans.answers.record(plan.key, tick.posting_key, tick.kind, on=day, reason=words)
    return KeptTick(tick=tick, answer_key=key, measure=_measure(match, postings[tick.posting_key], home))


def _measure(match: Match, stored: StoredPosting, home: str) -> Measure:
    """A posting as it stands when somebody speaks of it; a division one lives in is no place to stay away from."""
    posting, facts = stored.value, stored.facts
    wage = facts.wage if facts else None
    low = wage.low if wage and wage.low is not None else wage.high if wage else None
    return Measure(
        title=posting.title,
        employer=posting.employer,
        place=posting.place.name or posting.place.text,
        place_code="" if lies_within(home, posting.place.code) else posting.place.code,
        occupation=facts.occupation if facts else "",
        km=match.distance_km,
        yuan=low,
    )


def _voices(ticks: Sequence[Tick]) -> dict[int, Voice]:
    """What a slip reports of postings."""
    return {tick.posting_key: VOICES[code] for tick in ticks for code in tick.why if code in VOICES}


def _tell_of_work(
    office: Office,
    unit: UnitOfWork,
    worker_key: int,
    return_key: int,
    kept: Sequence[KeptTick],
    said_by: SaidBy,
    before: Mapping[int, KeptTick],
) -> None:
    """Work that began by this slip, and work an earlier slip told of that did not."""
    for one in kept:
        earlier = before.get(one.tick.posting_key)
        if earlier is not None and earlier.tick.started is not None:
            _untell(unit, worker_key, earlier)
        started = one.tick.started
        if started is None:
            continue
        here = one.tick.kind is AnswerKind.STARTED
        spell = Spell(
            key=0,
            worker_key=worker_key,
            started_on=started.on,
            said_by=said_by,
            employer=one.measure.employer if here else "",
            title=one.measure.title if here else "",
            place=started.place or (one.measure.place if here else ""),
            yuan=started.yuan,
            posting_key=one.tick.posting_key if here else None,
            return_key=return_key,
        )
        begin_work(office, unit, spell)


def _untell(unit: UnitOfWork, worker_key: int, earlier: KeptTick) -> None:
    """Work an earlier tick told of: corrected by the new one."""
    assert earlier.tick.started is not None
    posting = earlier.tick.posting_key if earlier.tick.kind is AnswerKind.STARTED else None
    for spell in unit.aftercare.spells.of_people([worker_key], only_open=True).get(worker_key, ()):
        if spell.posting_key == posting and spell.started_on == earlier.tick.started.on and spell.return_key:
            never_began(unit, spell)


def take_back_slip(office: Office, key: int, whose: Whose, *, actor: str) -> SlipReturn:
    """A slip that was mistyped: its answers, the work it told of and its reasons count no more."""
    with office.unit(actor) as unit:
        return take_back_in(unit, key, whose)


def take_back_in(unit: UnitOfWork, key: int, whose: Whose) -> SlipReturn:
    """The same inside a unit of work that takes back more than the slip."""
    slip = unit.aftercare.returns.get(key, division=whose.division, villages=whose.villages)
    if slip.taken_back_at is not None:
        return slip
    for spell in unit.aftercare.spells.of_return(key):
        never_began(unit, spell)
    unit.plans.answers.take_back([kept.answer_key for kept in slip.ticks if kept.answer_key], on=unit.today())
    unit.aftercare.returns.take_back(key)
    unit.audit.note("slip_taken_back", subject=f"worker:{slip.worker_key}")
    return slip


def drop_reason(
    office: Office, key: int, posting_key: int, code: str, whose: Whose, *, actor: str, dropped: bool = True
) -> int:
    """A reason that no longer counts, or counts again; whose it is."""
    with office.unit(actor) as unit:
        slip = unit.aftercare.returns.get(key, division=whose.division, villages=whose.villages)
        if not any(kept.tick.posting_key == posting_key and code in kept.tick.why for kept in slip.ticks):
            raise RecordNotFound("没有这条原因，或不在您的范围内", ref=str(key))
        unit.aftercare.returns.drop(slip, posting_key, code, dropped=dropped)
        action = "slip_reason_dropped" if dropped else "slip_reason_back"
        unit.audit.note(action, subject=f"worker:{slip.worker_key}")
        return slip.worker_key
