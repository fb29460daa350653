"""Questions to the coordinator: a list by village to print, and the answers.

In: what rosters contradict about the people of a scope. Out: a page without causes, and answers kept with who gave
them.
"""

from __future__ import annotations

from itertools import groupby

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from matcher.domain.casenumber import case_number
from matcher.domain.errors import InputRefused
from matcher.domain.rosters.records import PersonQuestion, QuestionState
from web.auth import scope, signed_in
from web.config import the_office
from web.forms import chosen, typed, typed_key
from web.phrases import t

bp = Blueprint("questions", __name__, url_prefix="/people")
SHOWN = 1_000
ANSWERS = (QuestionState.ANSWERED.value, QuestionState.CONFIRMED.value)


def _place(question: PersonQuestion) -> tuple[str, str]:
    """Where the person lives, as the list is grouped."""
    return question.home_name, question.village


@bp.get("/questions")
def index() -> str:
    """Open questions by village; each village begins a new sheet of paper."""
    mine = scope()
    with the_office().reading() as unit:
        found = unit.questions.open(division=mine.division, villages=mine.villages, limit=SHOWN)
        total = unit.questions.count(division=mine.division, villages=mine.villages)
    villages = [(place, list(rows)) for place, rows in groupby(found, key=_place)]
    return render_template("questions.html", villages=villages, total=total, shown=len(found), case_number=case_number)


@bp.post("/<int:key>/questions")
def answer(key: int) -> Response:
    """What the coordinator found out about one question."""
    mine, state, words = scope(), chosen(typed("state"), ANSWERS), typed("words", limit=300)
    question = typed_key("question")
    if not state or question is None:
        raise InputRefused(t("PAGE_VERIFY_NO_ANSWER"))
    if state == QuestionState.ANSWERED.value and not words:
        raise InputRefused(t("PAGE_VERIFY_NO_WORDS"))
    with the_office().unit(actor=signed_in().name) as unit:
        unit.workers.get(key, division=mine.division, villages=mine.villages)
        unit.questions.answer(question, QuestionState(state), words, worker_key=key)
        unit.audit.note("question_answered", subject=f"worker:{key}", fields=state)
    flash(t("PAGE_VERIFY_KEPT"), "done")
    return redirect(url_for("people.person", key=key))
