"""The monthly round on a page: last month's state filled in, only what changed is marked.

In: the village looked at. Out: lines of people, each kept on its own; one press confirms everybody nobody touched.
"""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from matcher.aftercare.monthly import confirm_one, confirm_rest, mark_changed, round_line, round_page
from matcher.domain.aftercare import RoundState, SlipRefused
from matcher.domain.service.months import month_of
from matcher.domain.worker import WorkStatus
from matcher.listings import Page
from web.auth import signed_in
from web.config import the_office
from web.forms import is_part, page_number, typed
from web.pages.village.place import chosen_village, looked_at, village_groups, whose
from web.pages.village.today import bp
from web.phrases import t

PAGE_SIZE = 25
STATUSES = tuple(status.value for status in WorkStatus)
MOST_YUAN = 99_999


@bp.get("/round")
def round() -> str:  # noqa: A001
    """This month's round."""
    office, look, number = the_office(), looked_at(), page_number()
    month = month_of(office.today())
    with office.reading() as unit:
        found = round_page(unit, month, look, first=(number - 1) * PAGE_SIZE, size=PAGE_SIZE)
        groups = village_groups(unit)
    page = Page(found.lines, found.total, number, PAGE_SIZE)
    return render_template(
        "village/round.html",
        page=page,
        found=found,
        month=month,
        groups=groups,
        place=chosen_village(),
        statuses=STATUSES,
    )


@bp.post("/round/<int:key>")
def mark(key: int) -> str | Response | tuple[str, int]:
    """One person: as before, or what has changed."""
    wrong = ""
    try:
        if typed("same") == "1":
            confirm_one(the_office(), key, whose(), actor=signed_in().name)
        else:
            mark_changed(the_office(), key, _state(), whose(), actor=signed_in().name)
    except SlipRefused as refused:
        wrong = t(refused.code)
    if is_part():
        return _part(key, wrong)
    flash(wrong or t("PAGE_ROUND_KEPT"), "warn" if wrong else "done")
    return redirect(url_for("village.round", page=typed("page", limit=4) or None))


def _part(key: int, wrong: str) -> str:
    """One line as it stands now, and how far the month is."""
    office, look = the_office(), looked_at()
    month = month_of(office.today())
    with office.reading() as unit:
        line = round_line(unit, month, key, whose())
        counts = unit.aftercare.rounds.counts(month, division=look.division, villages=look.villages)
    return render_template("village/_line.html", line=line, wrong=wrong, statuses=STATUSES, counts=counts, part=True)


def _state() -> RoundState:
    """The state typed."""
    digits = "".join(sign for sign in typed("yuan", limit=8) if sign.isdecimal())
    yuan = min(int(digits), MOST_YUAN) if digits else None
    return RoundState(
        status=typed("status", limit=10), where=typed("where", limit=60), yuan=yuan, phone_ok=typed("phone_ok") == "1"
    )


@bp.post("/round/rest")
def rest() -> Response:
    """Everybody nobody touched is as before."""
    many = confirm_rest(the_office(), looked_at(), actor=signed_in().name)
    flash(t("PAGE_ROUND_RESTED", count=many), "done")
    return redirect(url_for("village.round"))
