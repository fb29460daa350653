"""Training classes: which can still be joined, who is suggested one, who takes part; seats and days changed by hand.

In: filters; seats, days, states of people. Out: pages. A class of another division can be read, not changed.
"""

from __future__ import annotations

from datetime import date

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from matcher.domain.casenumber import case_number, read_case_number
from matcher.domain.errors import InputRefused
from matcher.domain.intake.classes import ClassEdit, EnrolmentState
from matcher.intake.classes import ClassFilter, as_delivered, class_page, classes, edit_class, enrol, trades_taught
from web.auth import allowed, scope, signed_in
from web.config import the_office
from web.forms import asked, chosen, page_number, typed, typed_date, typed_key
from web.pages.intake.life import divisions
from web.phrases import t

bp = Blueprint("classes", __name__, url_prefix="/classes")
STATES = tuple(state.value for state in EnrolmentState)
SEATS_DIGITS = 4


@bp.get("/")
def index() -> str:
    """The list, those that can be joined first."""
    office, mine = the_office(), scope()
    wanted = ClassFilter(
        text=asked("text"),
        occupation=asked("occupation"),
        division=asked("place", limit=12),
        starts_from=_day(asked("from", limit=10)),
        only_open=asked("open") == "1",
    )
    with office.reading() as unit:
        page = classes(office, unit, wanted, mine, number=page_number())
        trades = trades_taught(office, unit)
    return render_template(
        "classes/classes.html",
        page=page,
        wanted=wanted,
        trades=trades,
        counties=[(group[1][0][0], group[0]) for group in divisions()],
        today=office.today(),
    )


def _day(text: str) -> date | None:
    """A day of the address; nonsense is no filter."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


@bp.get("/<int:key>")
def one(key: int) -> str:
    """One class with its people."""
    office = the_office()
    with office.reading() as unit:
        found = class_page(office, unit, key, scope())
    return render_template(
        "classes/class.html",
        key=key,
        page=found,
        one=found.summary,
        states=STATES,
        case_number=case_number,
        today=office.today(),
        may_open=allowed("people.person"),
    )


@bp.post("/<int:key>/edit")
def edit(key: int) -> Response:
    """Seats and days by hand; cancelled, or not."""
    if typed("act") == "delivered":
        as_delivered(the_office(), key, scope(), actor=signed_in().name)
    else:
        edit_class(the_office(), key, _edit(), scope(), actor=signed_in().name)
    flash(t("CLASS_KEPT"), "done")
    return redirect(url_for("classes.one", key=key), 303)


def _edit() -> ClassEdit:
    """What the form says; empty fields are as delivered."""
    seats = typed("seats", limit=SEATS_DIGITS)
    if seats and not seats.isdecimal():
        raise InputRefused(t("CLASS_BAD_SEATS"))
    return ClassEdit(
        seats=int(seats) if seats else None,
        starts_on=typed_date("starts_on"),
        ends_on=typed_date("ends_on"),
        enrol_until=typed_date("enrol_until"),
        cancelled=typed("act") == "cancel",
    )


@bp.post("/<int:key>/people")
def people(key: int) -> Response:
    """Somebody is enrolled, attended, passed, left; or was put down by mistake."""
    worker = typed_key("worker") or read_case_number(typed("case", limit=20))
    if worker is None:
        raise InputRefused(t("LIFE_NO_OTHER"))
    state = chosen(typed("state"), STATES)
    enrol(the_office(), key, worker, EnrolmentState(state) if state else None, scope(), actor=signed_in().name)
    flash(t("CLASS_PERSON_KEPT"), "done")
    return redirect(url_for("classes.one", key=key) + "#people", 303)
