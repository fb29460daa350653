"""The queue of service cases: what is due first, how many stand at each step.

In: filters. Out: the page of the queue; one press opens a case for everybody who is owed one.
"""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from matcher.cases.queue import FUNNEL, MINE, NOBODY, QueueFilter, look_anew, queue
from matcher.cases.recording import open_cases
from matcher.domain.account import Role
from matcher.domain.localtime import LOCAL_TIME
from matcher.domain.service.casestate import CaseState
from web.auth import scope, signed_in
from web.config import the_office
from web.forms import asked, chosen, page_number
from web.pages.village.place import whose
from web.phrases import t

bp = Blueprint("cases", __name__, url_prefix="/cases")
STATES = tuple(state.value for state in CaseState)
WIDE = frozenset({Role.CITY, Role.BANNER})
"""Roles that look at all of it before they look at one."""


@bp.get("/")
def index() -> str:
    """The queue of the account's scope."""
    wanted = QueueFilter(
        state=chosen(asked("state"), STATES),
        village=asked("village"),
        owner=chosen(asked("owner"), (MINE, NOBODY)),
        late=asked("late") == "1",
    )
    found = queue(the_office(), scope(), wanted, me=signed_in().name, number=page_number())
    others = tuple(state for state in CaseState if state not in FUNNEL and found.counts.get(state))
    counts = found.counts.items()
    return render_template(
        "cases/index.html",
        waiting=sum(many for state, many in counts if state.waits),
        working=sum(many for state, many in counts if state.works),
        wide=signed_in().role in WIDE,
        found=found,
        wanted=wanted,
        today=the_office().today(),
        funnel=FUNNEL,
        others=others,
        as_of=(the_office().clock() - timedelta(seconds=found.age_seconds)).astimezone(LOCAL_TIME).strftime("%H:%M:%S"),
    )


@bp.post("/refresh")
def refresh() -> Response:
    """The queue is counted anew at once; nothing stored changes."""
    look_anew(the_office(), scope())
    flash(t("CASES_REFRESHED"), "done")
    return redirect(url_for("cases.index"), 303)


@bp.post("/open")
def open_all() -> Response:
    """A case for everybody of the scope who is owed one."""
    flash(t("CASES_OPENED", count=open_cases(the_office(), whose(), actor=signed_in().name)), "done")
    look_anew(the_office(), scope())
    return redirect(url_for("cases.index"), 303)
