"""Plan runs: past ones with their figures, start one, watch it, stop it, its plans.

In: a division and a day. Out: 202 and where to look; the plans of a run page by page.
"""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime, timedelta

import msgspec
from msgspec import Struct

from matcher.casework import queue_run
from matcher.domain.division import lies_within
from matcher.domain.errors import InputRefused, RecordNotFound
from matcher.domain.run import MatchRun, RunQuality, RunState
from matcher.office import UnitOfWork
from matcher.plan_output import plan_json
from web.api.cursors import after, limit_of, page_of
from web.api.declared import ROOT, Answer, Ask, Count, Division, Group, Key, Page, Paged
from web.api.groups.plan_shape import Plan
from web.config import the_office, web_config
from web.errors.problems import Refused
from web.phrases import t, wording
from web.tasks import start_run

group = Group("runs")
PREFECTURE = "150500"
_AHEAD = timedelta(days=366)


class Quality(Struct):
    """The figures of a run: how many people, how many complete, how fairly, how long."""

    people: Count
    with_postings_owed: Count
    complete: Count
    short: Count
    with_training: Count
    score_sum: float
    load_gini: float
    duality_gap: float
    rounds: Count
    seconds: float


class Run(Struct):
    """One run; `progress` is the share done."""

    key: Key
    division: str
    as_of: date
    state: RunState
    progress: float
    started_by: str
    started_at: datetime | None
    ended_at: datetime | None
    message: str
    policy_digest: str
    reference_digest: str
    quality: Quality


class NewRun(Struct, forbid_unknown_fields=True):
    """For whom and as of which day; empty = everybody in scope, today."""

    division: Division = ""
    as_of: date | None = None


def run_shown(run: MatchRun) -> Run:
    """One run; a reference of a person never stands in it."""
    quality: RunQuality = run.quality
    return Run(
        key=run.key or 0,
        division=run.division,
        as_of=run.as_of,
        state=run.state,
        progress=run.progress,
        started_by=run.started_by,
        started_at=run.started_at,
        ended_at=run.ended_at,
        message=run.message,
        policy_digest=run.policy_digest,
        reference_digest=run.reference_digest,
        quality=Quality(**asdict(quality)),
    )


def _visible(run: MatchRun, ask: Ask) -> bool:
    """Whether a run lies within the division of the client, or is its own."""
    return run.started_by == ask.actor or lies_within(run.division or PREFECTURE, ask.client.division)


def _run(unit: UnitOfWork, ask: Ask, key: int) -> MatchRun:
    """One run of the scope."""
    run = unit.runs.get(key)
    if not _visible(run, ask):
        raise RecordNotFound("没有这个匹配批次，或不在您的范围内")
    return run


@group.get("/runs", answer=Page[Run], query=Paged)
def list_(ask: Ask) -> Answer:
    """Runs, the newest first."""
    limit, before, found = limit_of(ask), after(ask), []
    with the_office().reading() as unit:
        while len(found) <= limit and (rows := unit.runs.recent(limit + 1, before=before)):
            found += [run for run in rows if _visible(run, ask)]
            before = rows[-1].key
    return Answer(page_of(ask, found, [run_shown(run) for run in found[:limit]], limit))


@group.get("/runs/{key}", answer=Run)
def one(ask: Ask, key: int) -> Answer:
    """One run: how far it is, its figures when it is over."""
    with the_office().reading() as unit:
        return Answer(run_shown(_run(unit, ask, key)), subject=f"run {key}")


@group.post("/runs", answer=Run, body=NewRun, status=202, once=True, example={"division": "150525"})
def start(ask: Ask) -> Answer:
    """Plans for everybody of a division; a process of its own works them out."""
    office = the_office()
    if ask.client.villages:
        raise Refused(403, t("API_VILLAGES_NO_RUN"))
    division = ask.body.division or ask.client.division
    if not lies_within(division or PREFECTURE, ask.client.division):
        raise RecordNotFound("没有这个区划，或不在您的范围内")
    if not office.gazetteer.name(division or PREFECTURE):
        raise InputRefused(t("PAGE_BAD_DIVISION", value=division))
    as_of = ask.body.as_of or office.today()
    if abs(as_of - office.today()) > _AHEAD:
        raise InputRefused(t("PAGE_BAD_DATE", value=as_of.isoformat()))
    key = queue_run(office, division=division, as_of=as_of, actor=ask.actor)
    if web_config().start_runs:
        start_run(office.config, key)
    with office.reading() as unit:
        return Answer(run_shown(unit.runs.get(key)), location=f"{ROOT}/runs/{key}", subject=f"run {key}")


@group.post("/runs/{key}/cancel", answer=Run, status=202)
def cancel(ask: Ask, key: int) -> Answer:
    """Asks a run to stop; nothing of it is kept."""
    with the_office().unit(actor=ask.actor) as unit:
        run = _run(unit, ask, key)
        if run.state in {RunState.QUEUED, RunState.RUNNING}:
            unit.runs.request_cancel(key)
    return one(ask, key)


@group.get("/runs/{key}/plans", answer=Page[Plan], query=Paged)
def plans(ask: Ask, key: int) -> Answer:
    """The plans of a run for the people of the scope."""
    limit, scope = limit_of(ask), ask.scope
    with the_office().reading() as unit:
        _run(unit, ask, key)
        found = unit.plans.of_run_after(
            key, after=after(ask) or 0, limit=limit + 1, division=scope.division, villages=scope.villages
        )
    shown = [msgspec.convert(plan_json(one.plan, wording()), Plan) for one in found[:limit]]
    return Answer(page_of(ask, found, shown, limit), subject=f"run {key}", fields="plans")
