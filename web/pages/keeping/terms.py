"""How long things are kept: what is past its term, what falls due in the months ahead, and doing it with a reason.

In: a reason. Out: the page of terms; files without names, years of the audit record closed. Nobody who only looks after
the machine sees a name here.
"""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from matcher.domain.account import Role
from matcher.domain.casenumber import case_number
from matcher.domain.errors import InputRefused
from matcher.upkeep.keeping.doing import carry_out
from matcher.upkeep.keeping.due import what_is_due
from web.auth import scope, signed_in
from web.config import the_office
from web.forms import typed, typed_key
from web.phrases import t

bp = Blueprint("keeping", __name__, url_prefix="/keeping")
SHOWN = 200


@bp.get("/")
def index() -> str:
    """What is due in one's scope."""
    office, mine = the_office(), scope()
    with office.reading() as unit:
        due = what_is_due(office, unit, division=mine.division, villages=mine.villages)
    return render_template(
        "keeping/index.html",
        due=due,
        names=signed_in().role is Role.CITY,
        whole=_has_the_audit(),
        case_number=case_number,
        shown=SHOWN,
    )


@bp.post("/")
def carry() -> Response:
    """Everything that is due, with a reason, whole or not at all."""
    mine, expected = scope(), typed_key("expected")
    if expected is None:
        raise InputRefused(t("KEEP_NO_COUNT"))
    done = carry_out(
        the_office(),
        reason=typed("reason", limit=120),
        actor=signed_in().name,
        division=mine.division,
        villages=mine.villages,
        expected=expected,
        with_audit=_has_the_audit(),
    )
    flash(t("KEEP_DONE", files=done.files, years=len(done.closed), entries=done.entries), "done")
    return redirect(url_for("keeping.index"))


def _has_the_audit() -> bool:
    """Whether the scope is the whole office, whose audit record it is then."""
    office, mine = the_office(), scope()
    return not mine.villages and (not mine.division or mine.division == office.gazetteer.home)
