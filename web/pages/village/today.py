"""My village: what is due today, each with the one thing to press.

In: the village looked at. Out: people without a plan, slips to collect, calls, people newly without work, sheets with
postings closed since; the result of a call; plans for who has none, a few people at a time with progress.
"""

from __future__ import annotations

from time import perf_counter

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from matcher.aftercare.following import record_result
from matcher.casework import plan_people
from matcher.domain.aftercare import Call, CallResult
from matcher.domain.errors import InputRefused
from matcher.domain.rosters.records import EntryType
from matcher.domain.service.months import month_of
from matcher.office import UnitOfWork
from web.auth import signed_in
from web.config import the_office
from web.forms import chosen, is_part, typed
from web.pages.village.place import choose, chosen_village, looked_at, village_groups, whose
from web.phrases import t

bp = Blueprint("village", __name__, url_prefix="/village")
LIST_ROWS = 12
PLANNED_AT_ONCE = 200
BUDGET_SECONDS = 1.5
"""How long one answer may take while plans are made; then the page tells how far it is and goes on."""
RESULTS = tuple(result.value for result in CallResult if result is not CallResult.MISSED)


@bp.get("/")
def index() -> str:
    """What is due today."""
    office, look = the_office(), looked_at()
    today, place = office.today(), chosen_village()
    scope = {"division": look.division, "villages": look.villages}
    with office.reading() as unit:
        groups = village_groups(unit)
        unplanned = unit.aftercare.due.without_plan(**scope, limit=LIST_ROWS)
        slips = unit.aftercare.due.to_collect(**scope, limit=LIST_ROWS)
        lost = unit.cases.waiting(EntryType.NEWLY_UNEMPLOYED, **scope, limit=LIST_ROWS)
        closed = unit.aftercare.due.closed_since(today, **scope, limit=LIST_ROWS)
        month = unit.aftercare.rounds.counts(month_of(today), **scope)
        calls = _calls(unit)
    return render_template(
        "village/today.html",
        groups=groups,
        place=place,
        one_village=bool(place[1]) or len(look.villages) == 1,
        villages=look.villages,
        unplanned=unplanned,
        slips=slips,
        slip_days=office.policy.at(today).whole("aftercare.slip_days"),
        lost=lost,
        closed=closed,
        month=month,
        **calls,
    )


def _calls(unit: UnitOfWork) -> dict[str, object]:
    """The calls that are due, with the phones to call."""
    look, today = looked_at(), the_office().today()
    calls, total = unit.aftercare.calls.due(today, division=look.division, villages=look.villages, limit=LIST_ROWS)
    people = unit.workers.many([call.worker_key for call in calls])
    phones = {call.key: people[call.worker_key].value.phone for call in calls if call.worker_key in people}
    return {"calls": calls, "calls_total": total, "phones": phones, "today": today}


@bp.post("/choose")
def choose_village() -> Response:
    """Another village, or all of them."""
    choose(typed("village", limit=80))
    return redirect(url_for("village.index"))


@bp.post("/call/<int:key>")
def call(key: int) -> str | Response:
    """What a call found, in one tap."""
    result = chosen(typed("result"), RESULTS)
    if not result:
        raise InputRefused(t("PAGE_FOLLOW_NO_RESULT"))
    note = typed("note", limit=300)
    made = record_result(the_office(), key, CallResult(result), whose(), actor=signed_in().name, note=note)
    said = _told(made, CallResult(result))
    if is_part():
        with the_office().reading() as unit:
            return render_template("village/_calls.html", said=said, **_calls(unit))
    flash(said, "done")
    return redirect(url_for("village.index"))


def _told(call: Call, result: CallResult) -> str:
    """What was noted, in one sentence."""
    return t(f"PAGE_FOLLOW_{result.name}", name=call.name)


@bp.post("/plans")
def plans() -> str | Response:
    """Plans for people who have none, as many as fit into a moment; the page goes on by itself until all have one."""
    office, look, began = the_office(), looked_at(), perf_counter()
    done, left = int(typed("done", limit=5) or "0"), 0
    with office.reading() as unit:
        people, total = unit.aftercare.due.without_plan(
            division=look.division, villages=look.villages, limit=PLANNED_AT_ONCE
        )
        stored = unit.workers.many([one.key for one in people])
    made = 0
    for one in people:
        if perf_counter() - began > BUDGET_SECONDS and made:
            break
        worker = stored[one.key].value
        plan_people(office, worker_ref=f"{worker.sender}:{worker.ref}", actor=signed_in().name)
        made += 1
    left = total - made
    if left and made:
        return render_template("village/planning.html", done=done + made, total=done + total)
    flash(t("PAGE_VILLAGE_PLANNED", count=done + made), "done")
    return redirect(url_for("village.index"))
