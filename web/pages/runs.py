"""Plan runs: who made plans for whom and when, start one, watch it, stop it, start it again, compare two.

In: a division and a day, or two runs. Out: a queued run that a process of its own works off; runs beside each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response

from matcher.casework import queue_run
from matcher.domain.division import lies_within
from matcher.domain.errors import InputRefused, RecordNotFound
from matcher.domain.run import MatchRun, RunState
from matcher.policy.parameters import parameter_of, said
from matcher.reports.comparing import PolicyChange, compare_runs, policy_changes
from web.auth import scope, signed_in
from web.charts import Row, Segment, bar_rows
from web.config import the_office, web_config
from web.forms import asked, typed_date, typed_division
from web.phrases import language, t
from web.tasks import start_run

bp = Blueprint("runs", __name__, url_prefix="/runs")
PREFECTURE = "150500"
LIVE = {RunState.QUEUED, RunState.RUNNING}
ENDED_BADLY = {RunState.FAILED, RunState.CANCELLED}
PEOPLE_SHOWN = 60
TREND_RUNS = 8


def visible(run: MatchRun) -> bool:
    """Whether a run lies within the division of the account."""
    return lies_within(run.division or PREFECTURE, scope().division) or run.started_by == signed_in().name


@bp.get("/")
def index() -> str:
    """Past runs, and the form for a new one."""
    office = the_office()
    with office.reading() as unit:
        runs = [run for run in unit.runs.recent(50) if visible(run)]
    done = [run for run in runs if run.state is RunState.DONE]
    return render_template(
        "runs.html", runs=runs, done=done, today=office.today(), divisions=division_choices(), trend=_trend(done)
    )


def _trend(done: Sequence[MatchRun]) -> Markup | None:
    """How complete and how crowded the last runs over many people were; nothing to draw for fewer than two."""
    many = [run for run in done if not run.worker_ref and run.quality.with_postings_owed][:TREND_RUNS]
    if len(many) < 2:
        return None
    rows = []
    for run in many:
        quality = run.quality
        args = {"complete": quality.complete, "owed": quality.with_postings_owed, "gini": f"{quality.load_gini:.2f}"}
        said = t("PAGE_CMP_TREND_SAID", **args)
        parts = (Segment("a", quality.complete), Segment("c", quality.short))
        rows.append(Row(f"{t('PAGE_RUN_NUMBER', number=run.key)} · {run.as_of.isoformat()}", parts, said))
    title = t("PAGE_CMP_TREND")
    return bar_rows(rows, title, "；".join(f"{row.label} {row.said}" for row in rows))


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
    return _begun(queue_run(office, division=division, as_of=as_of, actor=signed_in().name))


def _begun(key: int) -> Response:
    """Starts the process of a queued run and shows it."""
    if web_config().start_runs:
        start_run(the_office().config, key)
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
    office = the_office()
    with office.reading() as unit:
        stood = unit.policy_values.stand(found.policy_digest, found.as_of)
        others = [one for one in unit.runs.recent(30) if one.key != key and one.state is RunState.DONE and visible(one)]
    return render_template(
        "run.html",
        run=found,
        live=found.state in LIVE,
        words=_words(found),
        others=others,
        stood=bool(stood),
        differs=_named(policy_changes(stood, office.policy.at(found.as_of).entries)) if stood else [],
    )


def _named(changes: Sequence[PolicyChange]) -> list[tuple[str, str, str, str]]:
    """(key, words, before, after) of parameters that differ."""
    lines = []
    for change in changes:
        parameter = parameter_of(change.key)
        words = change.key if parameter is None else parameter.en if language() == "en" else parameter.zh
        lines.append((change.key, words, said(change.before) or "–", said(change.after) or "–"))
    return lines


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


@bp.post("/<int:key>/again")
def again(key: int) -> Response:
    """Start a run that failed or was stopped once more: the same people, the same day, a run of its own."""
    found = _run(key)
    if found.state not in ENDED_BADLY:
        raise InputRefused(t("PAGE_RUN_NOT_AGAIN"))
    if not lies_within(found.division or PREFECTURE, scope().division):
        raise RecordNotFound("no such division for this account")
    actor = signed_in().name
    fresh = queue_run(
        the_office(), division=found.division, worker_ref=found.worker_ref, as_of=found.as_of, actor=actor
    )
    return _begun(fresh)


@bp.get("/compare")
def compare() -> str:
    """Two runs beside each other: figures, people whose postings differ, policy by name."""
    keys = [int(text) if (text := asked(name, limit=12)).isdecimal() else 0 for name in ("first", "second")]
    if 0 in keys or keys[0] == keys[1]:
        raise InputRefused(t("PAGE_CMP_TWO"))
    first, second = (_run(key) for key in sorted(keys))
    with the_office().reading() as unit:
        found = compare_runs(unit, first, second, scope(), shown=PEOPLE_SHOWN)
    return render_template(
        "run_compare.html", first=first, second=second, found=found, policy=_named(found.policy), figures=FIGURES
    )


FIGURES = (
    ("people", "PAGE_PEOPLE_COUNT", "{:.0f}"),
    ("with_postings_owed", "PAGE_CMP_OWED", "{:.0f}"),
    ("complete", "PAGE_COMPLETE", "{:.0f}"),
    ("short", "PAGE_SHORT", "{:.0f}"),
    ("with_training", "PAGE_WITH_CLASS", "{:.0f}"),
    ("score_sum", "PAGE_CMP_SCORE_SUM", "{:.1f}"),
    ("load_gini", "PAGE_LOAD_GINI", "{:.3f}"),
    ("duality_gap", "PAGE_DUALITY_GAP", "{:.4f}"),
    ("rounds", "PAGE_CMP_ROUNDS", "{:.0f}"),
    ("seconds", "PAGE_SECONDS", "{:.1f}"),
)
"""Figures of a run, the words for each, and how it is written."""
