"""What one person may have: the three-valued check, the question answered in place, papers ticked, the notice told.

In: answers typed at a desk. Out: pages within the scope of the account; every answer is kept with who and when.
"""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matcher.catalogue.offers import MATERIAL, Judged, PersonCheck, Standing, check_person
from matcher.catalogue.saying import fact_name, said_amounts, said_grounds, said_material, said_value
from matcher.catalogue.telling import note_told
from matcher.domain.casenumber import case_number
from matcher.domain.errors import InputRefused, RecordNotFound
from matcher.domain.service.policies.catalogue import Receipt, Told
from matcher.domain.service.policies.rules import Form
from matcher.reference.offers import fact_kinds, shared_materials
from matcher.welfare import NO, YES, value_of
from web.auth import may_see_identity, scope, signed_in
from web.config import the_office
from web.forms import chosen, typed, typed_date, typed_key
from web.pages.catalogue import bp
from web.phrases import language, t, wording

WAYS = tuple(told.value for told in Told)
RECEIPTS = tuple(receipt.value for receipt in Receipt)


def _check(key: int) -> tuple[PersonCheck, str]:
    """The check of a person within the scope of the account, and the name."""
    office, mine = the_office(), scope()
    with office.reading() as unit:
        stored = unit.workers.get(key, division=mine.division, villages=mine.villages)
        return check_person(office, unit, stored, on=office.today()), stored.value.name


def question_shown(name: str) -> dict[str, object]:
    """A question as a field: its words, its form, what may be chosen."""
    words, kind = wording(), fact_kinds()[name]
    choices = [(code, said_value(words, kind, code)) for code in kind.choices]
    if kind.form is Form.FLAG:
        choices = [(YES, t("CAT_YES")), (NO, t("CAT_NO"))]
    return {"name": name, "text": t(f"ASKF_{name.upper()}"), "number": kind.form is Form.NUMBER, "choices": choices}


def judged_shown(one: Judged) -> dict[str, object]:
    """One offer as it stands to a person; a coordinator sees no reason that is private."""
    words, whole = wording(), may_see_identity()
    return {
        "item": one.item,
        "title": one.item.title.of(language()),
        "plain": one.item.plain.of(language()),
        "standing": one.standing,
        "missing": said_grounds(words, one.because, met=False, private=whole),
        "question": question_shown(one.question) if one.question else None,
        "amounts": said_amounts(words, one.amounts),
        "papers": [(said_material(words, paper.code) or paper.words, paper) for paper in one.papers],
    }


@bp.get("/people/<int:key>")
def person(key: int) -> str:
    """Every offer as it stands to one person."""
    check, name = _check(key)
    words, kinds = wording(), fact_kinds()
    with the_office().reading() as unit:
        told = unit.catalogue.issues.of_person(key)
    said = [
        (fact_name(words, one.about), said_value(words, kinds[one.about], value), one)
        for one in check.said
        if one.about in kinds and (value := value_of(kinds[one.about], one.value)) is not None
    ]
    return render_template(
        "catalogue/person.html",
        key=key,
        name=name,
        case_no=case_number(key),
        groups=[(standing, [judged_shown(one) for one in check.of(standing)]) for standing in Standing],
        question=question_shown(check.question) if check.question else None,
        papers=[(code, said_material(words, code), held) for code, held in check.papers.items()],
        said=said,
        told=told,
        ways=WAYS,
        receipts=RECEIPTS,
        today=the_office().today(),
    )


def _keep(key: int, about: str, value: str) -> None:
    """Keeps what was said of somebody within the scope."""
    office, mine = the_office(), scope()
    with office.unit(actor=signed_in().name) as unit:
        unit.workers.get(key, division=mine.division, villages=mine.villages)
        unit.catalogue.answers.say(key, about, value, on=office.today())
        unit.audit.note("policy_answer", subject=f"worker:{key}", fields=about)


@bp.post("/people/<int:key>/answer")
def answer(key: int) -> Response:
    """Keeps the answer to one question, or takes it back."""
    name = chosen(typed("fact"), fact_kinds())
    value = typed("value", limit=20)
    if not name:
        raise RecordNotFound("没有这个问题")
    if value and value_of(fact_kinds()[name], value) is None:
        raise InputRefused(t("CAT_BAD_ANSWER", fact=fact_name(wording(), name)))
    _keep(key, name, value)
    flash(t("CAT_ANSWER_KEPT" if value else "CAT_ANSWER_GONE", fact=fact_name(wording(), name)), "done")
    return redirect(url_for("catalogue.person", key=key))


@bp.post("/people/<int:key>/papers")
def papers(key: int) -> Response:
    """Keeps which papers are already there."""
    check, _ = _check(key)
    held = set(request.form.getlist("held")) & shared_materials().keys()
    changed = [code for code, before in check.papers.items() if before != (code in held)]
    for code in changed:
        _keep(key, f"{MATERIAL}{code}", YES if code in held else "")
    flash(t("CAT_PAPERS_KEPT", many=len(changed)), "done")
    return redirect(url_for("catalogue.person", key=key) + "#papers")


@bp.post("/people/<int:key>/told")
def told(key: int) -> Response:
    """Notes that the person got the notice: how, when, with which receipt."""
    check, _ = _check(key)
    how, receipt = chosen(typed("how"), WAYS), chosen(typed("receipt"), RECEIPTS)
    if not how or not receipt:
        raise InputRefused(t("CAT_TOLD_NEEDS"))
    office = the_office()
    note_told(
        office,
        check,
        how=Told(how),
        receipt=Receipt(receipt),
        on=typed_date("on") or office.today(),
        note=typed("note", limit=200),
        actor=signed_in().name,
    )
    flash(t("CAT_TOLD_KEPT"), "done")
    return redirect(url_for("catalogue.person", key=key) + "#told")


@bp.post("/people/<int:key>/untold")
def untold(key: int) -> Response:
    """Takes back a note that was made by mistake."""
    mine, issue = scope(), typed_key("issue")
    with the_office().unit(actor=signed_in().name) as unit:
        unit.workers.get(key, division=mine.division, villages=mine.villages)
        unit.catalogue.issues.take_back(issue or 0, worker_key=key)
        unit.audit.note("notice_taken_back", subject=f"worker:{key}")
    flash(t("CAT_TOLD_GONE"), "done")
    return redirect(url_for("catalogue.person", key=key) + "#told")
