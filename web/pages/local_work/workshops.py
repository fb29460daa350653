"""One workshop: open or idle, its workers one by one, what awards per head are reckoned from.

In: what an office types. Out: pages and the change.
"""

from __future__ import annotations

from flask import Blueprint, flash, render_template
from werkzeug.wrappers import Response

from matcher.domain.casenumber import case_number, read_case_number
from matcher.domain.errors import InputRefused
from matcher.domain.service.around.local_work import SiteKind, Workshop
from matcher.local_work.fields import amount
from matcher.local_work.figures import award_basis, idle_days, lifted_share
from matcher.local_work.register import seen_site
from matcher.local_work.workshops import leave, take_on
from web.auth import may_see_identity, scope
from web.config import the_office
from web.forms import typed, typed_date, typed_key
from web.pages.local_work.common import actor, back_to, in_words
from web.pages.local_work.projects import about_site
from web.phrases import t

bp = Blueprint("workshops", __name__, url_prefix="/workshops")
WORKSHOPS = frozenset({SiteKind.WORKSHOP})


@bp.get("/<int:key>")
def one(key: int) -> str:
    """One workshop."""
    office, mine, names = the_office(), scope(), may_see_identity()
    with office.reading() as unit:
        site = seen_site(unit, key, mine, kinds=WORKSHOPS)
        about = about_site(unit, site, mine)
        members = unit.local_work.members.of_sites([key]).get(key, [])
        people = unit.workers.many([one.worker_key for one in members]) if names else {}
    assert isinstance(site.details, Workshop)
    bases = {basis.member_key: basis for basis in award_basis(members, office.today())}
    return render_template(
        "local_work/workshop.html",
        idle=idle_days(site, office.today()),
        idle_most=office.policy.at(office.today()).whole("local_work.workshop_idle_days"),
        share=lifted_share(site.details),
        rows=[(one, people.get(one.worker_key), bases.get(one.key)) for one in members] if names else [],
        wages=sum(basis.wages_yuan or 0 for basis in bases.values()),
        months=sum(basis.months for basis in bases.values()),
        many=len(bases),
        case_number=case_number,
        today=office.today(),
        **about,
    )


@bp.post("/<int:key>/people")
def people(key: int) -> Response:
    """Somebody works here since a day."""
    worker, since = read_case_number(typed("case", limit=20)), typed_date("since")
    pay = typed("monthly", limit=20)
    if worker is None:
        raise InputRefused(t("LOCAL_CASE_NEEDS"))
    if since is None:
        raise InputRefused(t("LOCAL_SINCE_NEEDS"))
    monthly = amount(pay) if pay else None
    if pay and monthly is None:
        raise InputRefused(t("LOCAL_BAD_YUAN", value=pay[:20]))
    with in_words():
        take_on(the_office(), key, worker, scope(), since=since, monthly_yuan=monthly, actor=actor())
    flash(t("LOCAL_WORKER_KEPT"), "done")
    return back_to(key, scope(), "people")


@bp.post("/<int:key>/leave")
def left(key: int) -> Response:
    """Somebody has left, was put down by mistake, or has not left after all."""
    on = typed_date("on") if typed("act") == "left" else None
    if typed("act") == "left" and on is None:
        raise InputRefused(t("LOCAL_LEFT_NEEDS"))
    with in_words():
        leave(the_office(), key, typed_key("member") or 0, scope(), on=on, actor=actor())
    flash(t("LOCAL_WORKER_KEPT"), "done")
    return back_to(key, scope(), "people")
