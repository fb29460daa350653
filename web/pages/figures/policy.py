"""The policy: parameters in plain words, a new value with its basis, and what a change would do before it is saved.

In: what is looked for, what is typed. Out: pages; a value is only ever added, with its day, its basis, who entered it.
"""

from __future__ import annotations

from datetime import date

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from matcher.domain.account import Role
from matcher.domain.division import division_prefix, lies_within
from matcher.domain.errors import RecordNotFound
from matcher.domain.run import RunState
from matcher.policy import Entry
from matcher.policy.parameters import (
    Fault,
    Parameter,
    ValueRefused,
    changed_together,
    checked,
    parameter_of,
    read_basis,
    read_value,
    said,
)
from matcher.reports.trying import PolicyTrial, entries_of, run_trial
from web.auth import allowed, scope, signed_in
from web.config import the_office, web_config
from web.forms import asked, typed, typed_date, typed_division
from web.pages.figures.params import (
    Field,
    addable,
    compared,
    fields_of,
    heading_of,
    history_of,
    listed,
    section_names,
    trial_shown,
    typed_fields,
    unit_of,
)
from web.pages.runs import division_choices
from web.phrases import t
from web.tasks import start_task

bp = Blueprint("policy", __name__, url_prefix="/policy")
LONG_AGO = date(2000, 1, 1)
FROM_ANY_DAY = frozenset({"wage", "target"})
"""Sections whose values may begin in the past: amounts that held, whenever they are entered."""
LIVE = {RunState.QUEUED, RunState.RUNNING}


@bp.get("/")
def index() -> str | Response:
    """Every parameter in force today, by section; narrowed by words, or led to a new division's amount."""
    if asked("add"):
        return _to_division(asked("add"), asked("place"))
    words, section = asked("q"), asked("section")
    shown = listed(words, section)
    return render_template(
        "policy/index.html",
        shown=shown,
        total=sum(len(lines) for _, lines in shown),
        q=words,
        section=section,
        sections=section_names(),
        addable=addable(),
    )


def _to_division(start: str, place: str) -> Response:
    """To the page of an amount of a division that was named; back where nobody knows it."""
    found = the_office().gazetteer.resolve(place, within=the_office().gazetteer.home)
    key = f"{start}.{division_prefix(found.code[:6])}"
    if not found.known or parameter_of(key) is None:
        flash(t("PAGE_POL_NO_PLACE"), "warn")
        return redirect(url_for("policy.index"))
    return redirect(url_for("policy.one", name=key))


@bp.get("/one")
def one() -> str:
    """One parameter, or those changed together: history, and the form for a new value."""
    parameter = _parameter(asked("name", limit=60))
    return _one(parameter, fields_of(changed_together(parameter.key)))


def _parameter(key: str) -> Parameter:
    """The parameter of a key that stands in the policy, or could for a division."""
    found = parameter_of(key)
    if found is None or (found.division and found.division.ljust(6, "0") not in the_office().gazetteer.divisions):
        raise RecordNotFound("no such parameter")
    return found


def _one(parameter: Parameter, fields: list[Field], *, fault: str = "", since: str = "", basis: str = "") -> str:
    """The page of a parameter, with what was typed where it was refused."""
    return render_template(
        "policy/one.html",
        parameter=parameter,
        title=heading_of(parameter, changed_together(parameter.key)),
        fields=fields,
        history=history_of(changed_together(parameter.key)),
        may=allowed("policy.save") and may_enter(parameter),
        fault=fault,
        since=since or the_office().today().isoformat(),
        basis=basis,
    )


def may_enter(parameter: Parameter) -> bool:
    """Amounts of a division are entered by itself or by the city; a banner enters none for others."""
    if not parameter.division or signed_in().role is Role.CITY:
        return True
    own = division_prefix(scope().division)
    return len(parameter.division) >= len(own) and lies_within(parameter.division, own)


def _entries(parameter: Parameter) -> list[Entry]:
    """What was typed as entries; ValueRefused with the reason."""
    if not may_enter(parameter):
        raise ValueRefused(Fault("PAGE_POL_NOT_YOURS", {}))
    since = typed_date("since")
    if since is None:
        raise ValueRefused(Fault("PAGE_POL_NO_DAY", {}))
    basis = read_basis(typed("basis", limit=300))
    entries = [
        Entry(key, read_value(_parameter(key), typed(f"value-{key}", limit=200)), unit_of(key), since, basis)
        for key in changed_together(parameter.key)
    ]
    office = the_office()
    checked(office.policy, entries, earliest=LONG_AGO if parameter.section in FROM_ANY_DAY else office.today())
    return entries


@bp.post("/look")
def look() -> str | tuple[str, int]:
    """What was typed, checked: what would change, and whether to try or to save it."""
    parameter = _parameter(typed("name", limit=60))
    try:
        entries = _entries(parameter)
    except ValueRefused as refused:
        return _again(parameter, refused), 422
    return render_template(
        "policy/look.html",
        parameter=parameter,
        title=heading_of(parameter, changed_together(parameter.key)),
        lines=compared(entries),
        entries=entries,
        typed_value=said,
        divisions=division_choices(),
        people=the_office().policy.at(the_office().today()).whole("policy.trial_people"),
    )


def _again(parameter: Parameter, refused: ValueRefused) -> str:
    """The form again with what was typed and why it was refused."""
    fields = typed_fields(changed_together(parameter.key), lambda key: typed(f"value-{key}", limit=200))
    fault = t(refused.fault.code, **refused.fault.args)
    return _one(parameter, fields, fault=fault, since=typed("since", limit=10), basis=typed("basis", limit=300))


@bp.post("/save")
def save() -> Response | tuple[str, int]:
    """Enters the value; plans made from its day on use it."""
    parameter = _parameter(typed("name", limit=60))
    try:
        entries = _entries(parameter)
    except ValueRefused as refused:
        return _again(parameter, refused), 422
    office = the_office()
    with office.unit(actor=signed_in().name) as unit:
        unit.policy_values.add(entries)
        unit.audit.note("policy", subject=f"policy:{parameter.key}", purpose=entries[0].basis)
    office.policies.look_again()
    flash(t("PAGE_POL_SAVED", since_on=entries[0].since.isoformat()), "done")
    return redirect(url_for("policy.one", name=parameter.key))


@bp.post("/trial")
def start_trial() -> Response | tuple[str, int]:
    """Try the change on some people; nothing is saved."""
    parameter = _parameter(typed("name", limit=60))
    division = typed_division("division") or scope().division
    if not lies_within(division, scope().division):
        raise RecordNotFound("no such division for this account")
    try:
        entries = _entries(parameter)
    except ValueRefused as refused:
        return _again(parameter, refused), 422
    office = the_office()
    with office.unit(actor=signed_in().name) as unit:
        key = unit.policy_trials.create(division, entries)
    if web_config().start_runs:
        start_task(office.config, "trial", str(key))
    else:
        run_trial(office, key)
    return redirect(url_for("policy.trial", key=key))


def _trial(key: int) -> PolicyTrial:
    """One trial within the scope."""
    with the_office().reading() as unit:
        found = unit.policy_trials.get(key)
    if found.started_by != signed_in().name and not lies_within(found.division or "none", scope().division):
        raise RecordNotFound("no such trial for this account")
    return found


@bp.get("/trials/<int:key>")
def trial(key: int) -> str:
    """A trial: its progress while it works, then what the change would do."""
    found = _trial(key)
    entries = entries_of(found.changes)
    parameter = _parameter(entries[0].key)
    return render_template(
        "policy/trial.html",
        trial=found,
        live=found.state in LIVE,
        words=t(f"PAGE_POL_TRIAL_{found.state.name}"),
        parameter=parameter,
        title=heading_of(parameter, changed_together(parameter.key)),
        lines=compared(entries),
        entries=entries,
        typed_value=said,
        shown=trial_shown(found.result, scope()) if found.result else None,
        may=allowed("policy.save") and may_enter(parameter),
    )


@bp.get("/trials/<int:key>/progress")
def trial_progress(key: int) -> dict[str, object]:
    """How far a trial is, for the page that watches."""
    found = _trial(key)
    over = found.state not in LIVE
    return {"share": found.progress, "over": over, "words": t(f"PAGE_POL_TRIAL_{found.state.name}")}


@bp.post("/trials/<int:key>/stop")
def stop_trial(key: int) -> Response:
    """Ask a trial to stop."""
    _trial(key)
    with the_office().unit(actor=signed_in().name) as unit:
        unit.policy_trials.request_cancel(key)
    flash(t("PAGE_CANCEL_ASKED"), "done")
    return redirect(url_for("policy.trial", key=key))
