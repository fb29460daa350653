"""One village: its coordinators, what waits in it, handing it over, the note that it needs nobody.

In: a village of the scope. Out: the page; a village handed over with its people, notes made and taken back.
"""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from matcher.coordinators.coverage import covered, mark_of
from matcher.coordinators.staffing import assign, hand_village, need_again, say_not_needed, waits_in
from matcher.domain.errors import InputRefused, RecordNotFound
from matcher.intake.villages import hand_over_in
from matcher.office import UnitOfWork
from web.auth import scope, signed_in
from web.config import the_office
from web.forms import asked, typed, typed_division, typed_key
from web.pages.coordinators.desk import bp
from web.phrases import t


@bp.get("/village")
def village() -> str:
    """One village; without one named, the list of all."""
    office, mine = the_office(), scope()
    code, name = asked("place", limit=12), asked("village", limit=40)
    today = office.today()
    with office.reading() as unit:
        found = [one for one in covered(unit, mine, today) if name and one.mark == mark_of(code, name)]
        if name and not found:
            raise RecordNotFound("没有这个村，或不在您的范围内", ref=code)
        people = unit.coordinators.all(division=mine.division) if found else []
        waits = waits_in(unit, code, name, today) if found else None
    if not found:
        return render_template("coordinators/village.html", one=None)
    held = {own.key for own in found[0].staff}
    return render_template(
        "coordinators/village.html",
        one=found[0],
        waits=waits,
        others=[own for own in people if own.key not in held and own.serves_on(today)],
        most=office.policy.at(today).whole("coordinators.most"),
    )


def _asked_village() -> tuple[str, str]:
    """The village the form is about."""
    return typed_division("place"), typed("village", limit=40)


def _back(code: str, name: str) -> Response:
    """The page of the village."""
    return redirect(url_for("coordinators.village", place=code, village=name), 303)


@bp.post("/village/add")
def put_in() -> Response:
    """One more coordinator for a village."""
    code, name = _asked_village()
    key = typed_key("coordinator")
    if key is None:
        raise InputRefused(t("COORD_SAY_WHO"))
    assign(the_office(), scope(), key, code, name, since=the_office().today(), actor=signed_in().name)
    flash(t("COORD_ASSIGNED"), "done")
    return _back(code, name)


@bp.post("/village/hand-over")
def hand_on() -> Response:
    """A village goes from one coordinator to another, with its people."""
    office, (code, name) = the_office(), _asked_village()
    was, now = typed_key("was"), typed_key("now")
    if was is None or now is None:
        raise InputRefused(t("COORD_SAY_WHO"))

    def people(unit: UnitOfWork, spelt: str, before: str, after: str) -> int:
        """The people whom the one looked after are looked after by the other."""
        return hand_over_in(office, unit, code, spelt, before, after, on=office.today())

    waits, many = hand_village(office, scope(), code, name, was, now, people=people, actor=signed_in().name)
    flash(
        t("COORD_HANDED", people=many, questions=waits.questions, calls=waits.calls, cases=waits.cases,
          plans=waits.without_plan),
        "done",
    )  # fmt: skip
    return _back(code, name)


@bp.post("/village/none")
def nobody() -> Response:
    """A village needs nobody, and why."""
    code, name = _asked_village()
    say_not_needed(the_office(), scope(), code, name, typed("reason", limit=200), actor=signed_in().name)
    flash(t("COORD_NOT_NEEDED_KEPT"), "done")
    return _back(code, name)


@bp.post("/village/again")
def needed() -> Response:
    """The note is taken back."""
    code, name = _asked_village()
    need_again(the_office(), scope(), code, name, actor=signed_in().name)
    flash(t("COORD_NEEDED_AGAIN"), "done")
    return _back(code, name)
