"""One coordinator: record, villages, trainings, attendance, reviews.

In: a key within the scope. Out: the page; the record changed, a village given or taken, an event noted.
"""

from __future__ import annotations

from dataclasses import replace

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from matcher.coordinators.coverage import covered
from matcher.coordinators.staffing import assign, note, release, save_coordinator
from matcher.domain.errors import InputRefused
from matcher.domain.service.around.coordinators import EventKind, Result, SourcePost, StaffEvent
from matcher.listings import Scope
from web.auth import scope, signed_in
from web.config import the_office
from web.forms import chosen, typed, typed_date, typed_division, typed_key
from web.pages.coordinators.desk import bp, typed_coordinator
from web.pages.intake.life import divisions
from web.pages.settled.typed import typed_number
from web.phrases import t

BETWEEN = "|"
"""Stands between the code and the name of a village in the value of a choice."""


@bp.get("/<int:key>")
def one(key: int) -> str:
    """One coordinator."""
    office, mine = the_office(), scope()
    with office.reading() as unit:
        found = unit.coordinators.get(key, division=mine.division)
        serving = unit.staffing.assignments(key=key)
        events = unit.coordinators.events(key)
        known = covered(unit, Scope(division=found.division, villages=mine.villages), office.today())
    return render_template(
        "coordinators/one.html",
        one=found,
        serving=serving,
        events=events,
        villages=known,
        between=BETWEEN,
        sources=tuple(SourcePost),
        kinds=tuple(EventKind),
        results=tuple(Result),
        serves=found.serves_on(office.today()),
        divisions=divisions(mine.division),
        today=office.today(),
    )


@bp.post("/<int:key>/change")
def change(key: int) -> Response:
    """What is now known of a coordinator."""
    with the_office().reading() as unit:
        known = unit.coordinators.get(key, division=scope().division)
    told = replace(typed_coordinator(known), revision=typed_key("revision") or known.revision)
    save_coordinator(the_office(), scope(), told, actor=signed_in().name)
    flash(t("COORD_SAVED"), "done")
    return redirect(url_for("coordinators.one", key=key), 303)


@bp.post("/<int:key>/village")
def give(key: int) -> Response:
    """A coordinator serves a village."""
    code, _, village = typed("village", limit=60).partition(BETWEEN)
    if not village:
        raise InputRefused(t("COORD_SAY_VILLAGE"))
    since = typed_date("since") or the_office().today()
    assign(the_office(), scope(), key, code, village, since=since, actor=signed_in().name)
    flash(t("COORD_ASSIGNED"), "done")
    return redirect(url_for("coordinators.one", key=key), 303)


@bp.post("/<int:key>/village/leave")
def take(key: int) -> Response:
    """A coordinator no longer serves a village."""
    release(the_office(), scope(), key, typed_division("place"), typed("village", limit=40), actor=signed_in().name)
    flash(t("COORD_RELEASED"), "done")
    return redirect(url_for("coordinators.one", key=key), 303)


@bp.post("/<int:key>/event")
def note_event(key: int) -> Response:
    """A training, a month of attendance, or a review."""
    kind = EventKind(chosen(typed("kind"), tuple(EventKind)) or EventKind.TRAINING.value)
    told = StaffEvent(
        coordinator_key=key,
        kind=kind,
        on=typed_date("on") or the_office().today(),
        result=Result(chosen(typed("result"), tuple(Result))),
        hours=typed_number("hours") or 0,
        topic=typed("topic", limit=80),
        note=typed("note", limit=300),
    )
    note(the_office(), scope(), told, actor=signed_in().name)
    flash(t("COORD_NOTED"), "done")
    return redirect(url_for("coordinators.one", key=key), 303)
