"""Facts put right on a person's page, and the questions of the plan answered there.

In: what a clerk clicked or typed about one fact. Out: the correction kept, the plan made anew, back to the page.
"""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from matcher.domain.errors import InputRefused
from matcher.domain.intake.life import LifeKind
from matcher.domain.intake.told import FactKind
from matcher.intake.answering import corrections_for
from matcher.intake.correcting import take_back, tell
from matcher.intake.living import Change, record
from matcher.intake.stating import Stated, state
from matcher.stored_rows import facts_of
from web.auth import scope, signed_in
from web.config import the_office
from web.forms import chosen, typed, typed_date, typed_key
from web.phrases import t

bp = Blueprint("corrections", __name__, url_prefix="/people")
KINDS = tuple(kind.value for kind in FactKind)


@bp.post("/<int:key>/facts")
def change(key: int) -> Response:
    """One fact is wrong, is something else, or is so as well."""
    kind_text = chosen(typed("kind"), KINDS)
    if not kind_text:
        raise InputRefused(t("FACT_NO_KIND"))
    words = "" if typed("act") == "wrong" else typed("words", limit=60)
    stated = Stated(
        FactKind(kind_text),
        was=typed("was", limit=200),
        words=words,
        numbers=typed("numbers", limit=30),
        until=typed_date("until"),
    )
    state(the_office(), key, scope(), stated, actor=signed_in().name)
    flash(t("FACT_KEPT"), "done")
    return redirect(url_for("people.person", key=key) + "#facts", 303)


@bp.post("/<int:key>/facts/undo")
def undo(key: int) -> Response:
    """A correction is taken back: what was read stands again."""
    take_back(the_office(), key, typed_key("correction") or 0, scope(), actor=signed_in().name)
    flash(t("FACT_UNDONE"), "done")
    return redirect(url_for("people.person", key=key) + "#facts", 303)


@bp.post("/<int:key>/answer")
def answer(key: int) -> Response:
    """A question of the plan is answered, and the plan made anew."""
    office, mine, actor = the_office(), scope(), signed_in().name
    question, words = typed("question", limit=40), typed("words", limit=60)
    clicked = [one for one in request.form.getlist("answer") if one][:20]
    if question == "ASK_PHONE":
        record(office, key, mine, Change(LifeKind.PHONE, phone=words), actor=actor)
    else:
        with office.reading() as unit:
            stored = unit.workers.get(key, division=mine.division, villages=mine.villages)
        about = facts_of(stored, office, office.today()).unlinked[:2]
        tell(office, key, mine, corrections_for(office, question, clicked, words, about=about), actor=actor)
    flash(t("ANSWER_KEPT"), "done")
    return redirect(url_for("people.person", key=key) + "#ask", 303)
