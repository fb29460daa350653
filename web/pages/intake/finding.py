"""Who it is: suggestions while typing, and an identity number looked for with a purpose.

In: what was typed. Out: a short list of the scope; of a number only whether somebody has it, once its purpose is
written down in the audit record. The number stands in no address, no page and no log.
"""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from jobs_feed.walk_in.drafting import is_id_number
from matcher.domain.errors import InputRefused
from matcher.listings import PeopleFilter, people
from web.auth import allowed, scope, signed_in
from web.config import the_office
from web.forms import chosen, typed
from web.pages.presentation import masked_id
from web.pages.search import NUMBER, remember_text, remembered_text
from web.phrases import t

bp = Blueprint("finding", __name__, url_prefix="/people/number")
SUGGESTED = 8
PURPOSES = ("service", "visit", "check")
_ID_DIGITS = 15


def is_number(text: str) -> bool:
    """Whether somebody typed an identity number, right or wrong."""
    plain = text.replace(" ", "").replace("-", "")
    return len(plain) >= _ID_DIGITS and plain[:-1].isdigit()


def suggestions(text: str) -> str:
    """The people a few letters may mean, as part of a page; "" for nothing typed."""
    if not text:
        return ""
    number = is_number(text)
    mine = scope()
    found = None
    if not number:
        with the_office().reading() as unit:
            found = people(unit, PeopleFilter(text=text), mine, size=SUGGESTED)
    return render_template(
        "intake/found.html", found=found, number=number and allowed("finding.ask"), may_add=allowed("intake.index")
    )


@bp.get("/")
def ask() -> Response | str:
    """What the number is looked for, before it is."""
    number = remembered_text(slot=NUMBER)
    if not number:
        return redirect(url_for("people.index"))
    return render_template(
        "intake/purpose.html", shown=masked_id(number), purposes=PURPOSES, right=is_id_number(number)
    )


@bp.post("/")
def find() -> Response:
    """Looks for the number within the scope; who, when and why is kept, found or not."""
    number, purpose = remembered_text(slot=NUMBER), chosen(typed("purpose"), PURPOSES)
    if not number or not purpose:
        raise InputRefused(t("FIND_NO_PURPOSE"))
    mine = scope()
    with the_office().unit(actor=signed_in().name) as unit:
        keys = unit.finding.by_id_number(number, division=mine.division, villages=mine.villages)
        subject = f"worker:{keys[0]}" if keys else "nobody"
        unit.audit.note(
            "find_by_number", subject=subject, purpose=t(f"FIND_PURPOSE_{purpose.upper()}"), fields="id_number"
        )
    remember_text("", slot=NUMBER)
    if len(keys) == 1:
        return redirect(url_for("people.person", key=keys[0]), 303)
    flash(t("FIND_NOBODY"), "warn")
    return redirect(url_for("people.index"), 303)
