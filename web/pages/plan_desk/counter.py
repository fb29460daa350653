"""An employer at the counter: a posting given to the people it suits; once it is filled, everybody who holds a sheet.

In: ticks of people, a reason. Out: what became of each; a list to call by, phones only for a reason that is kept.
"""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matcher.choosing.counter import Given, give, plan_again
from matcher.choosing.seat import warm_up
from matcher.domain.errors import InputRefused
from matcher.office import UnitOfWork
from web.auth import scope, signed_in
from web.config import the_office
from web.forms import typed, typed_key
from web.pages.presentation import masked_phone
from web.phrases import t

bp = Blueprint("counter", __name__, url_prefix="/postings")
MOST_LISTED = 200
LEAST_REASON = 2


def _ticked(unit: UnitOfWork) -> list[int]:
    """The people ticked on the page, all of the scope of the account."""
    mine = scope()
    keys = [int(text) for text in request.form.getlist("person") if text.isdecimal() and len(text) < 12]
    if not keys:
        raise InputRefused(t("DESK_NOBODY_TICKED"))
    for key in keys[:MOST_LISTED]:
        unit.workers.get(key, division=mine.division, villages=mine.villages)
    return list(dict.fromkeys(keys))[:MOST_LISTED]


@bp.post("/<int:key>/give")
def give_to(key: int) -> str:
    """Put a posting on the plans of the people ticked, where a place is free."""
    office = the_office()
    with office.reading() as unit:
        posting = unit.postings.get(key).value
        people = _ticked(unit)
    done = give(office, key, people, reason=typed("reason", limit=200), actor=signed_in().name)
    added = sum(one.became is Given.ADDED for one in done)
    return render_template("desk/given.html", key=key, posting=posting, done=done, added=added)


@bp.get("/<int:key>/holders")
def holders(key: int) -> str:
    """Whoever holds a sheet for a posting; whoever is planned for next finds the market ready."""
    warm_up(the_office())
    return _holders_page(key, phones={})


def _holders_page(key: int, *, phones: dict[int, str]) -> str:
    """The list to call by."""
    mine, office = scope(), the_office()
    with office.reading() as unit:
        stored = unit.postings.get(key)
        found, total = unit.holders.of_posting(key, division=mine.division, villages=mine.villages, limit=MOST_LISTED)
        masked = {
            worker: masked_phone(one.value.phone)
            for worker, one in unit.workers.many([one.worker_key for one in found]).items()
        }
    return render_template(
        "desk/holders.html",
        key=key,
        stored=stored,
        posting=stored.value,
        holders=found,
        total=total,
        masked=masked,
        phones=phones,
        today=office.today(),
        untold=[one for one in found if one.told_on is None],
    )


@bp.post("/<int:key>/holders/phones")
def phones(key: int) -> str:
    """The same list with phone numbers, for a reason; who, when and why is kept for good."""
    mine, reason = scope(), typed("reason", limit=120)
    if len(reason) < LEAST_REASON:
        raise InputRefused(t("PAGE_REVEAL_NEEDS_REASON"))
    with the_office().unit(actor=signed_in().name) as unit:
        unit.postings.get(key)
        found, _ = unit.holders.of_posting(key, division=mine.division, villages=mine.villages, limit=MOST_LISTED)
        shown = unit.workers.many([one.worker_key for one in found])
        for worker in shown:
            unit.audit.note("reveal", subject=f"worker:{worker}", purpose=reason, fields="phone")
    return _holders_page(key, phones={worker: one.value.phone or t("VALUE_NONE") for worker, one in shown.items()})


@bp.post("/<int:key>/holders/told")
def told(key: int) -> Response:
    """Tick that somebody was told, or take the tick back."""
    worker, back, mine = typed_key("person"), typed("back") == "1", scope()
    if worker is None:
        raise InputRefused(t("DESK_NOBODY_TICKED"))
    with the_office().unit(actor=signed_in().name) as unit:
        unit.postings.get(key)
        unit.workers.get(worker, division=mine.division, villages=mine.villages)
        if back:
            unit.holders.untell(key, worker)
        else:
            unit.holders.tell(key, worker, on=the_office().today())
    return redirect(url_for("counter.holders", key=key, _anchor=f"person-{worker}"))


@bp.post("/<int:key>/holders/again")
def again(key: int) -> Response:
    """Make the plans of the people ticked anew."""
    office = the_office()
    with office.reading() as unit:
        unit.postings.get(key)
        people = _ticked(unit)
    many = plan_again(office, people, actor=signed_in().name)
    flash(t("DESK_PLANNED_AGAIN", count=many), "done")
    return redirect(url_for("counter.holders", key=key))
