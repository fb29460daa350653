"""Plans: of a person, by slip code, made anew; why a posting suits somebody or not; answers of slips.

In: a person, a code, what was ticked. Out: plans in exactly the shape of `job131 plan --format json`.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

import msgspec
from msgspec import Struct

from matcher.casework import plan_people, queue_run, why
from matcher.domain.answer import AnswerKind
from matcher.domain.errors import InputRefused, RecordNotFound
from matcher.domain.facts import Phrase
from matcher.domain.match import Exclusion
from matcher.office import StoredPlan
from matcher.plan_output import plan_json, shown
from web.api.declared import ROOT, Answer, Ask, Group, Key, Named, SlipCode, Text
from web.api.groups.plan_shape import Plan, Reason
from web.api.groups.runs import Run, run_shown
from web.config import the_office, web_config
from web.phrases import t, wording
from web.tasks import start_run

group = Group("plans")


class SlipAnswer(Struct):
    """What became of one posting; the last answer to a posting counts."""

    posting: Key
    answer: AnswerKind
    on: date
    actor: str


class Slip(Struct):
    """A plan with the code of its slip and what was answered; `postings` are the keys of its matches by rank."""

    code: SlipCode
    run: Key
    current: bool
    printed_on: date | None
    postings: list[Key]
    answers: list[SlipAnswer]
    plan: Plan


class NewAnswer(Struct, forbid_unknown_fields=True):
    """One tick of a slip: the rank of the posting on it, what was answered, when, and why in words."""

    rank: Literal[1, 2, 3]
    answer: AnswerKind
    on: date | None = None
    reason: Text = ""


class Against(Struct):
    """Why a posting is not for somebody, and by which rule."""

    code: str
    text: str
    basis: str


class Fit(Struct):
    """A person against a posting: it fits where nothing stands against it."""

    fits: bool
    score: float
    fit: float
    wish: float
    reasons: list[Reason]
    against: list[Against]
    would_fit_if: list[Named]


def plan_shown(plan: Any) -> Plan:
    """A plan in the shape of the file formats, section 4."""
    return msgspec.convert(plan_json(plan, wording()), Plan)


def slip_shown(stored: StoredPlan, answers: list[Any]) -> Slip:
    """A plan with its slip."""
    return Slip(
        code=stored.code,
        run=stored.run_key,
        current=stored.current,
        printed_on=stored.printed_on,
        postings=[match.posting_key for match in stored.plan.matches],
        answers=[SlipAnswer(one.posting_key, one.kind, one.on, one.actor) for one in answers],
        plan=plan_shown(stored.plan),
    )


@group.get("/workers/{key}/plan", answer=Slip)
def current(ask: Ask, key: int) -> Answer:
    """The plan of one person that counts now."""
    scope = ask.scope
    with the_office().reading() as unit:
        unit.workers.get(key, division=scope.division, villages=scope.villages)
        stored = unit.plans.current(key)
        if stored is None:
            raise RecordNotFound(t("PAGE_NO_PLAN"))
        answers = unit.plans.answers.of_plan(stored.key)
    return Answer(slip_shown(stored, answers), subject=f"worker:{key}", fields="plan")


@group.get("/workers/{key}/plans", answer=list[Slip])
def history(ask: Ask, key: int) -> Answer:
    """Every plan of one person, the newest first."""
    scope = ask.scope
    with the_office().reading() as unit:
        unit.workers.get(key, division=scope.division, villages=scope.villages)
        found = [(one, unit.plans.answers.of_plan(one.key)) for one in unit.plans.history(key)]
    return Answer([slip_shown(*one) for one in found], subject=f"worker:{key}", fields="plans")


@group.post("/workers/{key}/plan", answer=Slip, status=201, other={202: Run}, once=True, waits=True)
def make(ask: Ask, key: int) -> Answer:
    """A fresh plan for one person; with `Prefer: respond-async` the run that makes it."""
    office, scope = the_office(), ask.scope
    with office.reading() as unit:
        worker = unit.workers.get(key, division=scope.division, villages=scope.villages).value
    named = f"{worker.sender}:{worker.ref}"
    if ask.waits:
        run = queue_run(office, worker_ref=named, actor=ask.actor)
        if web_config().start_runs:
            start_run(office.config, run)
        with office.reading() as unit:
            queued = unit.runs.get(run)
        return Answer(run_shown(queued), 202, f"{ROOT}/runs/{run}", f"worker:{key}")
    plan_people(office, worker_ref=named, actor=ask.actor)
    made = current(ask, key)
    return Answer(made.value, location=f"{ROOT}/slips/{made.value.code}", subject=f"worker:{key}", fields="plan")


@group.get("/slips/{code}", answer=Slip)
def slip(ask: Ask, code: str) -> Answer:
    """The plan of a slip code, current or older."""
    scope = ask.scope
    with the_office().reading() as unit:
        stored = unit.plans.by_code(code, division=scope.division, villages=scope.villages)
        answers = unit.plans.answers.of_plan(stored.key)
    return Answer(slip_shown(stored, answers), subject=f"worker:{stored.plan.worker_key}", fields="plan")


@group.post("/slips/{code}/answers", answer=Slip, body=NewAnswer, status=201, once=True,
            example={"rank": 1, "answer": "wanted"})  # fmt: skip
def answer(ask: Ask, code: str) -> Answer:
    """What was ticked for one posting of a slip; a refusal with its reason changes the next plan."""
    office, scope, told = the_office(), ask.scope, ask.body
    with office.unit(ask.actor) as unit:
        stored = unit.plans.by_code(code, division=scope.division, villages=scope.villages)
        if told.rank > len(stored.plan.matches):
            raise InputRefused("这张匹配单上没有这个序号的岗位；没有保存")
        on = told.on or office.today()
        if not stored.plan.made_on <= on <= office.today():
            raise InputRefused("日期要在方案做好之后、今天或今天以前；没有保存")
        posting = stored.plan.matches[told.rank - 1].posting_key
        unit.plans.answers.record(stored.key, posting, told.answer, on=on, reason=told.reason.strip())
        unit.audit.note("slip_answer", subject=f"worker:{stored.plan.worker_key}", fields=told.answer.value)
    done = slip(ask, code)
    return Answer(done.value, location=f"{ROOT}/slips/{code}", subject=done.subject, fields="answer")


@group.get("/workers/{key}/postings/{posting}/fit", answer=Fit)
def fit(ask: Ask, key: int, posting: int) -> Answer:
    """Why a posting suits a person, or why not and what would change it."""
    office, scope = the_office(), ask.scope
    with office.reading() as unit:
        unit.workers.get(key, division=scope.division, villages=scope.villages)
    found = why(office, key, posting)
    reasons = [
        Reason(one.code, one.part.value, one.effect, wording().text(one.code, **one.args), shown(one.evidence))
        for one in found.reasons
    ]
    told = Fit(
        fits=not found.exclusions,
        score=found.score,
        fit=found.fit,
        wish=found.wish,
        reasons=reasons,
        against=[_against(one) for one in found.exclusions],
        would_fit_if=[_named(one) for one in found.would_fit_if],
    )
    return Answer(told, subject=f"worker:{key}", fields=f"fit,posting:{posting}")


def _against(one: Exclusion) -> Against:
    """One limit that stands against a posting."""
    return Against(one.code, wording().text(one.code, **one.args), one.basis)


def _named(phrase: Phrase) -> Named:
    """A sentence with its code."""
    return Named(phrase.code, wording().say(phrase))
