"""Postings to call about, those nobody has heard of longest first, with what to ask; and what came of a call.

In: stored postings and the policy of the day. Out: the list, and calls recorded.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from jobs_feed.trust.freshness import ToCall, calling_list, phone_script, record_call
from matcher.domain.division import lies_within
from matcher.domain.errors import InputRefused
from matcher.domain.facts import Phrase
from matcher.domain.incoming.trust import Verification, VerifiedHow, VerifiedResult
from matcher.domain.posting import PostingFacts
from matcher.listings import Page
from web.auth import scope, signed_in
from web.config import the_office
from web.forms import chosen, page_number, typed, typed_date
from web.phrases import t

bp = Blueprint("fresh", __name__, url_prefix="/postings/stale")
PAGE_SIZE = 20
HOWS = tuple(how.value for how in VerifiedHow)
RESULTS = tuple(result.value for result in VerifiedResult)


@dataclass(frozen=True, slots=True)
class Call:
    """One posting to call about, with the questions."""

    row: ToCall
    script: tuple[Phrase, ...]


@bp.get("/")
def index() -> str:
    """The list for calling."""
    office, number = the_office(), page_number()
    policy = office.policy.at(office.today())
    with office.reading() as unit:
        division = scope().division
        due = [one for one in calling_list(unit, policy) if lies_within(one.stored.value.place.code, division)]
        shown = due[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
        checks = unit.checks.many([one.stored.key for one in shown])
    calls = tuple(
        Call(one, phone_script(one.stored.value, one.stored.facts or PostingFacts(), checks.get(one.stored.key)))
        for one in shown
    )
    page = Page(calls, len(due), number, PAGE_SIZE)
    days = {"reverify": policy.whole("trust.reverify_days"), "stale": policy.whole("plan.stale_days")}
    return render_template("fresh.html", page=page, hows=HOWS, results=RESULTS, days=days, today=office.today())


@bp.post("/<int:key>")
def verify(key: int) -> Response:
    """What came of a call or visit."""
    office = the_office()
    with office.reading() as unit:
        unit.postings.get(key, division=scope().division)
    how, result = chosen(typed("how"), HOWS), chosen(typed("result"), RESULTS)
    if not how or not result:
        raise InputRefused(t("PAGE_CALL_INCOMPLETE"))
    done = Verification(
        posting_key=key,
        on=typed_date("on") or office.today(),
        by=typed("by", limit=40) or signed_in().name,
        how=VerifiedHow(how),
        result=VerifiedResult(result),
        note=typed("note", limit=300),
    )
    record_call(office, done, actor=signed_in().name)
    flash(t("PAGE_CALL_SAVED"), "done")
    if typed("from") == "posting":
        return redirect(url_for("postings.posting", key=key))
    return redirect(url_for("fresh.index"))
