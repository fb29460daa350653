"""Employers: those nothing is suggested of, and complaints.

In: what staff enter. Out: the lists; a mark or a complaint looks at the employer's postings again at once.
"""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from jobs_feed.trust.decisions import bar_employer, complain, lift_mark, settle_complaint
from matcher.domain.errors import InputRefused
from matcher.domain.incoming.trust import Complaint, ComplaintBy, EmployerMark, MarkKind
from web.auth import signed_in
from web.config import the_office
from web.forms import chosen, typed, typed_date, typed_key
from web.phrases import t

bp = Blueprint("employers", __name__, url_prefix="/employers")
KINDS = tuple(kind.value for kind in MarkKind)
BYS = tuple(by.value for by in ComplaintBy)
SHOWN = 100


@bp.get("/")
def index() -> str:
    """Marks in force and past, and complaints, newest first."""
    today = the_office().today()
    with the_office().reading() as unit:
        marks, complaints = unit.employers.marks(), unit.employers.complaints()
    return render_template(
        "employers.html",
        marks=[(mark, mark.stands_on(today)) for mark in marks[:SHOWN]],
        complaints=complaints[:SHOWN],
        kinds=KINDS,
        bys=BYS,
        today=today,
    )


@bp.post("/bar")
def bar() -> Response:
    """Nothing of an employer is suggested any more."""
    office = the_office()
    mark = EmployerMark(
        name=typed("name", limit=120),
        uscc=typed("uscc", limit=18).upper(),
        kind=MarkKind(chosen(typed("kind"), KINDS) or MarkKind.REFUSED.value),
        reason=typed("reason", limit=300),
        since=office.today(),
        until=typed_date("until"),
    )
    count = bar_employer(office, mark, actor=signed_in().name)
    flash(t("PAGE_EMPLOYER_BARRED", count=count), "done")
    return redirect(url_for("employers.index"))


@bp.post("/lift")
def lift() -> Response:
    """A mark ends."""
    count = lift_mark(the_office(), _key(), actor=signed_in().name)
    flash(t("PAGE_EMPLOYER_LIFTED", count=count), "done")
    return redirect(url_for("employers.index"))


@bp.post("/complaint")
def complaint() -> Response:
    """A complaint about an employer, or about one of its postings."""
    office, key, name, code = the_office(), typed_key("posting"), typed("employer", limit=120), typed("uscc", limit=18)
    if key is not None:
        with office.reading() as unit:
            posting = unit.postings.get(key).value
        name, code = posting.employer, posting.uscc
    told = Complaint(
        employer=name,
        uscc=code.upper(),
        posting_key=key,
        on=typed_date("on") or office.today(),
        by=ComplaintBy(chosen(typed("by"), BYS) or ComplaintBy.OTHER.value),
        text=typed("text", limit=1000),
    )
    if told.on > office.today():
        raise InputRefused(t("PAGE_DATE_AHEAD"))
    complain(office, told, actor=signed_in().name)
    flash(t("PAGE_COMPLAINT_SAVED"), "done")
    return redirect(url_for("postings.posting", key=key) if key is not None else url_for("employers.index"))


@bp.post("/settle")
def settle() -> Response:
    """A complaint that was cleared up."""
    settle_complaint(the_office(), _key(), actor=signed_in().name)
    flash(t("PAGE_COMPLAINT_SETTLED"), "done")
    return redirect(url_for("employers.index"))


def _key() -> int:
    """The record a button stands for."""
    key = typed_key("record")
    if key is None:
        raise InputRefused(t("PAGE_CHECK_UNKNOWN"))
    return key
