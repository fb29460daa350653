"""Questions people ask, found by their own words; staff add one or better an answer. And who was told, by village.

In: what is looked for, what is typed. Out: pages.
"""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from matcher.catalogue.asking import find_questions, questions_of
from matcher.catalogue.changing import save_question
from matcher.catalogue.telling import informed as informed_of
from matcher.domain.errors import InputRefused
from matcher.domain.service.policies.catalogue import QuestionAnswer, Visibility, Words
from web.auth import scope, signed_in
from web.config import the_office
from web.forms import asked, chosen, typed, typed_lines
from web.pages.catalogue import bp
from web.phrases import language, t

VILLAGES_SHOWN = 200


@bp.get("/questions")
def questions() -> str:
    """Every question with its answer, narrowed by the words people use."""
    office, text, open_one = the_office(), asked("q"), asked("edit")
    with office.reading() as unit:
        known = questions_of(unit)
    titles = {code: office.name("benefit", code, language()) for one in known for code in one.items}
    return render_template(
        "catalogue/questions.html",
        found=find_questions(known, text),
        total=len(known),
        q=text,
        titles=titles,
        editing=next((one for one in known if one.code == open_one), None),
        adding=asked("add") == "1",
        offers=[(code, office.name("benefit", code, language())) for code in office.policy.catalogue.codes()],
        lang=language(),
    )


@bp.post("/questions")
def keep_question() -> Response:
    """Keeps a question with its answer; an earlier answer stays in the record."""
    question, answer, basis = typed("question", limit=120), typed("answer", limit=800), typed("basis", limit=120)
    if len(question) < 3 or len(answer) < 3 or len(basis) < 3:
        raise InputRefused(t("CAT_QA_NEEDS"))
    office = the_office()
    with office.reading() as unit:
        known = {one.code: one for one in questions_of(unit)}
        number = unit.catalogue.questions.next_number()
    code = chosen(typed("code", limit=40), known) or f"Q_OWN_{number}"
    offer = chosen(typed("offer", limit=40), office.policy.catalogue.codes())
    before = known.get(code)
    items = before.items if before and not offer else ((offer,) if offer else ())
    asked_as = typed_lines("asked_as", lines=12, limit=40)
    kept = QuestionAnswer(
        code=code,
        question=Words(question, typed("question_en", limit=160)),
        answer=Words(answer, typed("answer_en", limit=900)),
        basis=basis,
        asked_as=asked_as,
        items=items,
        visibility=Visibility.INTERNAL if typed("visibility") == "internal" else Visibility.PUBLIC,
        question_mn=typed("question_mn", limit=160),
        answer_mn=typed("answer_mn", limit=900),
        gone=typed("gone") == "1",
    )
    save_question(office, kept, actor=signed_in().name)
    flash(t("CAT_QA_GONE" if kept.gone else "CAT_QA_KEPT"), "done")
    return redirect(url_for("catalogue.questions"))


@bp.get("/informed")
def informed() -> str:
    """Village by village: who is owed a notice and who was told."""
    office = the_office()
    days = office.policy.at(office.today()).whole("catalogue.told_days")
    with office.reading() as unit:
        rows = informed_of(unit, scope(), on=office.today(), days=days)
    owed, told = sum(row.entitled for row in rows), sum(row.informed for row in rows)
    return render_template(
        "catalogue/informed.html",
        rows=[(office.gazetteer.name(row.division, language()), row) for row in rows[:VILLAGES_SHOWN]],
        villages=len(rows),
        owed=owed,
        told=told,
        days=days,
    )
