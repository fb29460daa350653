"""Plan runs: who made plans for whom and when, start one, watch it, stop it.

In: a division and a day. Out: a queued run that a process of its own works off.
"""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from matcher.casework import queue_run
from matcher.domain.division import lies_within
from matcher.domain.errors import InputRefused, RecordNotFound
from matcher.domain.run import MatchRun, RunState
from web.auth import scope, signed_in
from web.config import the_office, web_config
from web.forms import typed_date, typed_division
from web.phrases import language, t
from web.tasks import start_run

bp = Blueprint("runs", __name__, url_prefix="/runs")
PREFECTURE = "150500"
LIVE = {RunState.QUEUED, RunState.RUNNING}


def visible(run: MatchRun) -> bool:
    """Whether a run lies within the division of the account."""
    return lies_within(run.division or PREFECTURE, scope().division) or run.started_by == signed_in().name


@bp.get("/")
def index() -> str:
    """Past runs, and the form for a new one."""
    office = the_office()
    with office.reading() as unit:
        runs = [run for run in unit.runs.recent(50) if visible(run)]
    return render_template("runs.html", runs=runs, today=office.today(), divisions=division_choices())


def division_choices() -> list[tuple[str, str]]:
    """The divisions the account may plan for, named."""
    mine = scope().division
    gazetteer = the_office().gazetteer
    return [(code, gazetteer.name(code, language())) for code in gazetteer.counties_of(mine[:6] or PREFECTURE)]


@bp.post("/")
def start() -> Response:
    """Queue a run and start its process."""
    division = typed_division("division") or scope().division
    if not lies_within(division, scope().division):
        raise RecordNotFound("no such division for this account")
    as_of = typed_date("as_of") or the_office().today()
    if as_of > the_office().today() + timedelta(days=366):
        raise InputRefused(t("PAGE_BAD_DATE", value=as_of.isoformat()))
    office = the_office()
    key = queue_run(office, division=division, as_of=as_of, actor=signed_in().name)
    if web_config().start_runs:
        start_run(office.config, key)
    return redirect(url_for("runs.run", key=key))


def _run(key: int) -> MatchRun:
    """One run within the scope."""
    with the_office().reading() as unit:
        run = unit.runs.get(key)
    if not visible(run):
        raise RecordNotFound("no such run for this account")
    return run


@bp.get("/<int:key>")
def run(key: int) -> str:
    """One run: its progress while it works, its figures afterwards."""
    found = _run(key)
    return render_template("run.html", run=found, live=found.state in LIVE, words=_words(found))


@bp.get("/<int:key>/progress")
def progress(key: int) -> dict[str, object]:
    """The progress, for the page that watches."""
    found = _run(key)
    return {"share": found.progress, "over": found.state not in LIVE, "words": _words(found)}


def _words(run: MatchRun) -> str:
    """What the run is doing."""
    return t(f"PAGE_RUN_{run.state.name}")


@bp.post("/<int:key>/cancel")
def cancel(key: int) -> Response:
    """Ask a run to stop; what it made so far is not kept."""
    _run(key)
    with the_office().unit(actor=signed_in().name) as unit:
        unit.runs.request_cancel(key)
    flash(t("PAGE_CANCEL_ASKED"), "done")
    return redirect(url_for("runs.run", key=key))
