"""One person of the Rain-Dew register: what is known, contacts, terms.

In: a person within the scope. Out: the page; the record changed, a contact, a term.
"""

from __future__ import annotations

from dataclasses import replace

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matcher.domain.errors import RecordNotFound
from matcher.domain.service.around.graduates import (
    Contact,
    Outcome,
    Term,
    TermStatus,
    TrackKind,
    TrackState,
    Way,
    term_of,
)
from matcher.graduates.calls import due_of
from matcher.graduates.looking import fields
from matcher.graduates.register import add_person, change, contact, keep_term, missing_levels, on_register
from web.auth import scope, signed_in
from web.config import the_office
from web.forms import chosen, typed, typed_date, typed_key
from web.pages.graduates.desk import bp
from web.phrases import t


def terms_around() -> tuple[str, ...]:
    """The terms somebody may be paid for now: this one and the four before."""
    term, found = term_of(the_office().today()), list[str]()
    year, part = term.split("-")
    number = int(year)
    while len(found) < 5:
        found.append(f"{number}-{part}")
        number, part = (number, "spring") if part == "autumn" else (number - 1, "autumn")
    return tuple(found)


@bp.get("/<int:key>")
def person(key: int) -> str:
    """One person; who is not on the register yet can be put on it."""
    office, mine = the_office(), scope()
    today = office.today()
    with office.reading() as unit:
        worker = unit.workers.get(key, division=mine.division, villages=mine.villages).value
        one = unit.rain_dew.get(key, division=mine.division, villages=mine.villages)
        contacts = unit.graduate_contacts.of_people([key]).get(key, [])
        terms = unit.rain_dew.terms_of([key]).get(key, [])
        due = due_of(unit, [one], today, office.policy.at(today))[0] if one else None
        hung = unit.term_notices.all(term=terms_around()[0])
    return render_template(
        "graduates/person.html",
        key=key,
        worker=worker,
        one=one,
        due=due,
        contacts=contacts,
        terms=terms,
        missing=missing_levels(hung, worker.home.code, worker.village, on=today),
        term_names=terms_around(),
        kinds=tuple(TrackKind),
        states=(TrackState.CONFIRMED, TrackState.CLOSED, TrackState.REFUSED),
        outcomes=tuple(Outcome),
        ways=tuple(Way),
        statuses=tuple(TermStatus),
        fields=tuple(fields()),
        today=today,
    )


@bp.post("/<int:key>/add")
def put_on(key: int) -> Response:
    """Put somebody on the register."""
    kind = TrackKind(chosen(typed("kind"), tuple(TrackKind)) or TrackKind.GRADUATE.value)
    add_person(the_office(), scope(), key, kind, actor=signed_in().name)
    flash(t("GRAD_SAVED"), "done")
    return redirect(url_for("graduates.person", key=key), 303)


@bp.post("/<int:key>/change")
def tell(key: int) -> Response:
    """What is now known."""
    office, mine = the_office(), scope()
    with office.reading() as unit:
        known = on_register(unit, mine, key)
    told = replace(
        known,
        kind=TrackKind(chosen(typed("kind"), tuple(TrackKind)) or known.kind.value),
        state=TrackState(chosen(typed("state"), tuple(TrackState)) or TrackState.CONFIRMED.value),
        graduation_on=typed_date("graduation_on"),
        wishes=tuple(field for field in fields() if field in request.form.getlist("wish")),
        outcome=Outcome(chosen(typed("outcome"), tuple(Outcome))),
        outcome_on=typed_date("outcome_on"),
        school=typed("school", limit=60),
        major=typed("major", limit=60),
        certificate=typed("certificate", limit=80),
        destination=typed("destination", limit=80),
        note=typed("note", limit=300),
        revision=typed_key("revision") or known.revision,
    )
    change(office, mine, told, actor=signed_in().name)
    flash(t("GRAD_SAVED"), "done")
    return redirect(url_for("graduates.person", key=key), 303)


@bp.post("/<int:key>/contact")
def call(key: int) -> Response:
    """One contact."""
    told = Contact(
        worker_key=key,
        on=typed_date("on") or the_office().today(),
        way=Way(chosen(typed("way"), tuple(Way)) or Way.PHONE.value),
        reached=typed("reached") != "no",
        said=typed("said", limit=300),
        next_step=typed("next_step", limit=200),
    )
    contact(the_office(), scope(), told, actor=signed_in().name)
    flash(t("GRAD_CONTACT_KEPT"), "done")
    return redirect(url_for("graduates.person", key=key), 303)


@bp.post("/<int:key>/term")
def put_term(key: int) -> Response:
    """What is known of one term."""
    term = chosen(typed("term"), terms_around())
    if not term:
        raise RecordNotFound("no such term")
    told = Term(
        worker_key=key,
        term=term,
        status=TermStatus(chosen(typed("status"), tuple(TermStatus)) or TermStatus.AT_SCHOOL.value),
        school=typed("school", limit=60),
        level=typed("level", limit=30),
        paid_on=typed_date("paid_on"),
        early=typed("early", limit=120),
    )
    keep_term(the_office(), scope(), told, actor=signed_in().name)
    flash(t("GRAD_TERM_KEPT"), "done")
    return redirect(url_for("graduates.person", key=key), 303)
