"""Alerts: what somebody has to look at, what is done about it, and the to-do list of each unit.

In: alerts of a scope. Out: pages, steps recorded, the people behind an alert, the to-do list as a spreadsheet.
"""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from matcher.alerts.caring import CareRefused, care_for
from matcher.alerts.collecting import LEVELS, find_alert, glance, shown_alerts
from matcher.alerts.tasks import Task, counted, tasks
from matcher.domain.errors import InputRefused
from matcher.domain.service.alert import Alert
from matcher.domain.service.care import CareState
from matcher.listings import Page, Scope
from matcher.office import Office
from matcher.reports.workbook import XLSX_TYPE, Value, write_report
from web.auth import allowed, scope, signed_in
from web.config import the_office
from web.forms import asked, chosen, page_number, typed, typed_date
from web.pages.figures.desk import place_name
from web.phrases import t

bp = Blueprint("alerts", __name__, url_prefix="/alerts")
PAGE_SIZE = 20
PEOPLE_SHOWN = 200
PRESSING = 5
STATES = ("waits", "mine", "quiet", "all")
COLUMNS = ("UNIT", "MATTER", "STATE", "OWNER", "TAKEN_ON", "DUE", "NOTE")
_HAS_STATE = {
    "waits": lambda one: one.waits,
    "mine": lambda one: one.state is CareState.TAKEN,
    "quiet": lambda one: not one.waits,
    "all": lambda one: True,
}


def sentence(alert: Alert) -> str:
    """What an alert says; a village nobody named is said to be one."""
    told = {name: value if value != "" else t("PAGE_FIG_NO_VILLAGE") for name, value in alert.args.items()}
    if "division" in told:
        told["division"] = str(told["division"]).ljust(6, "0")
    return t(f"ALERT_{alert.code}", **told)


def kind_of(alert: Alert) -> str:
    """The kind of an alert, whether it is about a village or a whole banner."""
    return alert.code.removesuffix("_BANNER")


def place_of(alert: Alert) -> str:
    """Where it is."""
    return f"{place_name(alert.division[:9])} {alert.village}".strip()


def link_of(alert: Alert) -> str:
    """The page that shows more, "" where there is none the account may open."""
    if not alert.endpoint or not allowed(alert.endpoint):
        return ""
    return url_for(alert.endpoint, **alert.values)


def pressing(office: Office, mine: Scope) -> tuple[list[tuple[str, str]], int]:
    """The most pressing alerts for the home page, each with where it is, and how many wait in all."""
    found, waiting = glance(office, mine, size=PRESSING)
    return [(sentence(one.alert), place_of(one.alert)) for one in found], waiting


@bp.get("/")
def index() -> str:
    """The alerts of the scope, the most pressing first."""
    with the_office().reading() as unit:
        found = shown_alerts(the_office(), unit, scope())
        kept = unit.watching.months.taken()
    codes = sorted({kind_of(one.alert) for one in found})
    code, state = chosen(asked("code"), codes), chosen(asked("state"), STATES) or STATES[0]
    some = [one for one in found if _HAS_STATE[state](one) and code in ("", kind_of(one.alert))]
    number = page_number()
    shown = some[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    waiting = [one for one in found if one.waits]
    return render_template(
        "watching/alerts.html",
        page=Page(tuple(shown), len(some), number, PAGE_SIZE),
        counts=[(level.value, sum(one.alert.level is level for one in waiting)) for level in LEVELS],
        overdue=sum(one.overdue for one in found),
        codes=codes,
        code=code,
        state=state,
        states=STATES,
        kept=kept,
        today=the_office().today(),
        sentence=sentence,
        place_of=place_of,
        link_of=link_of,
    )


@bp.get("/people")
def people() -> str:
    """The people an alert is about."""
    one = find_alert(the_office(), asked("mark", limit=200), scope())
    keys = one.alert.people
    with the_office().reading() as unit:
        names = unit.run_plans.names(list(keys[:PEOPLE_SHOWN]), scope().division)
        story = unit.watching.cares.of_mark(one.alert.mark, division=scope().division, villages=scope().villages)
    rows = [(key, *names[key]) for key in keys[:PEOPLE_SHOWN] if key in names]
    return render_template(
        "watching/alert.html", one=one, rows=rows, story=story, more=len(keys) - len(rows), sentence=sentence,
        place_of=place_of, link_of=link_of, today=the_office().today(),
    )  # fmt: skip


@bp.post("/care")
def care() -> Response:
    """A step: taken on, put off, done, opened again."""
    state = chosen(typed("state"), [one.value for one in CareState])
    if not state:
        raise InputRefused(t("KEY_INCOMPLETE"))
    step = CareState(state)
    try:
        care_for(
            the_office(), typed("mark", limit=200), step, scope(), actor=signed_in().name,
            until=typed_date("until"), owner=typed("owner", limit=40), note=typed("note", limit=300),
        )  # fmt: skip
        flash(t(f"ALERTS_SAVED_{step.name}"), "done")
    except CareRefused as refused:
        flash(t(refused.code), "warn")
    if typed("from") == "tasks":
        return redirect(url_for("alerts.to_do"))
    return redirect(url_for("alerts.index"))


@bp.get("/to-do")
def to_do() -> str:
    """The to-do list, unit by unit."""
    with the_office().reading() as unit:
        found = tasks(the_office(), unit, scope())
    units = [(code, place_name(code), states, [one for one in found if one.unit == code][:PAGE_SIZE * 5])
             for code, states in counted(found).items()]  # fmt: skip
    return render_template(
        "watching/to_do.html", units=units, many=len(found), sentence=sentence, place_of=place_of,
        today=the_office().today(),
    )  # fmt: skip


@bp.get("/to-do.xlsx")
def to_do_sheet() -> Response:
    """The to-do list as a spreadsheet; it names places, not people."""
    with the_office().reading() as unit:
        found = tasks(the_office(), unit, scope())
    rows = [_row(one) for one in found]
    heads = [t(f"ALERTS_COL_{name}") for name in COLUMNS]
    body = write_report(t("ALERTS_TO_DO"), heads, rows, [t("ALERTS_TO_DO_NOTE")], sheet_name=t("ALERTS_TO_DO"))
    answer = Response(body, mimetype=XLSX_TYPE)
    name = f"to-do-{the_office().today().isoformat()}.xlsx"
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _row(one: Task) -> list[Value]:
    """One task of the spreadsheet."""
    care = one.care
    said = (care.owner, care.on.isoformat()) if care else ("", "")
    due = one.due_on.isoformat() if one.due_on else ""
    state = t(f"ALERTS_STATE_{one.state.name}")
    return [place_name(one.unit), sentence(one.alert), state, *said, due, care.note if care else ""]
