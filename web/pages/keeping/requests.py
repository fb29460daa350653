"""Requests and objections: what people asked of the office, written down, answered, and which wait.

In: what somebody said, what was answered. Out: the pages of one person and of a scope. Words stand in no address.
"""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from matcher.domain.casenumber import case_number
from matcher.domain.errors import InputRefused
from matcher.domain.intake.life import LifeKind
from matcher.domain.intake.requests import Outcome, RequestKind
from matcher.intake.requests import ANSWER_DAYS, Said, answer_request, plan_by_hand, record_request
from matcher.listings import Page
from web.auth import scope, signed_in
from web.config import the_office
from web.forms import asked, chosen, page_number, typed, typed_date, typed_key, typed_lines
from web.phrases import t

bp = Blueprint("requests", __name__)
SIZE = 50
LISTS = ("waiting", "answered")
LONGEST_LINE, MOST_LINES = 300, 8


@bp.get("/requests/")
def index() -> str:
    """What waits for an answer in one's scope, most urgent first; or what was answered."""
    office, mine, number = the_office(), scope(), page_number()
    listed = chosen(asked("list"), LISTS) or "waiting"
    mine_too = {"division": mine.division, "villages": mine.villages}
    with office.reading() as unit:
        counts = {one: unit.requests.count(waiting=one == "waiting", **mine_too) for one in LISTS}
        rows = unit.requests.listed(waiting=listed == "waiting", limit=SIZE, first=(number - 1) * SIZE, **mine_too)
    return render_template(
        "keeping/requests.html",
        page=Page(rows=tuple(rows), total=counts[listed], number=number, size=SIZE),
        counts=counts,
        listed=listed,
        today=office.today(),
        case_number=case_number,
    )


@bp.get("/people/<int:key>/requests")
def person(key: int) -> str:
    """What one person asked for, with the forms."""
    office, mine = the_office(), scope()
    with office.reading() as unit:
        stored = unit.workers.get(key, division=mine.division, villages=mine.villages)
        rows = unit.requests.of_person(key)
        standing = unit.life.standing(key)
        plan = unit.plans.current(key)
    restricted = next((one for one in standing if one.kind is LifeKind.RESTRICTED), None)
    return render_template(
        "keeping/person.html",
        key=key,
        case_no=case_number(key),
        worker=stored.value,
        rows=rows,
        kinds=tuple(RequestKind),
        outcomes=tuple(Outcome),
        today=office.today(),
        days=office.policy.at(office.today()).whole(ANSWER_DAYS),
        restricted=restricted,
        gone=any(one.kind.gone for one in standing),
        planned=plan is not None,
    )


@bp.post("/people/<int:key>/requests")
def record(key: int) -> Response:
    """Write down what was said."""
    kind = chosen(typed("kind"), tuple(one.value for one in RequestKind))
    if not kind:
        raise InputRefused(t("REQUEST_NO_KIND"))
    said = Said(RequestKind(kind), _words("words"), typed_date("on"))
    record_request(the_office(), key, scope(), said, actor=signed_in().name)
    flash(t("REQUEST_KEPT"), "done")
    return redirect(url_for("requests.person", key=key))


@bp.post("/people/<int:key>/requests/answer")
def answer(key: int) -> Response:
    """Write the answer down."""
    number, outcome = typed_key("request"), chosen(typed("outcome"), tuple(one.value for one in Outcome))
    if number is None or not outcome:
        raise InputRefused(t("REQUEST_NO_OUTCOME"))
    answer_request(the_office(), key, number, scope(), Outcome(outcome), _words("answer"), actor=signed_in().name)
    flash(t("REQUEST_ANSWERED"), "done")
    return redirect(url_for("requests.person", key=key))


@bp.post("/people/<int:key>/requests/by-hand")
def by_hand(key: int) -> Response:
    """A plan for somebody no machine plans for: empty, to be filled by hand."""
    plan_by_hand(the_office(), key, scope(), actor=signed_in().name)
    flash(t("REQUEST_BY_HAND_DONE"), "done")
    return redirect(url_for("people.person", key=key))


def _words(name: str) -> str:
    """The lines of a box."""
    return "\n".join(typed_lines(name, lines=MOST_LINES, limit=LONGEST_LINE))
