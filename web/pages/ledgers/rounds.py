"""The month of each village: who has handed in, who is late, what changed; handing in and opening again.

In: a month and a division of the account. Out: pages; a month handed in is closed until somebody gives a reason.
"""

from __future__ import annotations

import re

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from matcher.domain.service.months import month_before, month_of
from matcher.ledgers.rounds import (
    RoundStand,
    VillageRound,
    changed_lines,
    due_on,
    reopen,
    submit,
    villages_of,
)
from matcher.listings import Page
from web.auth import scope, signed_in
from web.config import the_office
from web.forms import asked, chosen, page_number, typed
from web.pages.ledgers.desk import bp, within_mine
from web.phrases import t

PAGE_SIZE = 30
MONTHS = 6
STANDS = tuple(stand.value for stand in RoundStand)
_MONTH = re.compile(r"20\d{2}-(0[1-9]|1[0-2])")


def _month() -> str:
    """The month asked for, this one by default."""
    text = asked("month", limit=7)
    return text if _MONTH.fullmatch(text) else month_of(the_office().today())


@bp.get("/month")
def round() -> str:  # noqa: A001
    """Every village with how far it is."""
    office, month, within = the_office(), _month(), within_mine(asked("division", limit=12))
    today, number = office.today(), page_number()
    policy = office.policy.at(today)
    with office.reading() as unit:
        lines = villages_of(unit, month, within, policy, today)
    wanted = chosen(asked("stand"), STANDS)
    shown = sorted((one for one in lines if not wanted or one.stand.value == wanted), key=_urgent)
    page = Page(tuple(shown[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]), len(shown), number, PAGE_SIZE)
    counts = {stand: sum(one.stand is stand for one in lines) for stand in RoundStand}
    months, recent = [month_of(today)], month_of(today)
    while len(months) < MONTHS:
        recent = month_before(recent)
        months.append(recent)
    return render_template(
        "ledgers/round.html",
        page=page,
        counts=counts,
        villages=len(lines),
        people=sum(one.village.people for one in lines),
        seen=sum(one.village.seen for one in lines),
        changed=sum(one.village.changed for one in lines),
        month=month,
        months=months,
        due=due_on(month, policy),
        stand=wanted,
        division=asked("division", limit=12),
        open_months=months[:2],
    )


def _urgent(one: VillageRound) -> tuple[int, str, str]:
    """Late ones first."""
    order = (RoundStand.LATE, RoundStand.REOPENED, RoundStand.OPEN, RoundStand.SUBMITTED_LATE, RoundStand.SUBMITTED)
    return order.index(one.stand), one.village.home_code, one.village.village


@bp.get("/month/changed")
def changed() -> str:
    """What changed in a month against the one before."""
    office, month, within = the_office(), _month(), within_mine(asked("division", limit=12))
    policy = office.policy.at(office.today())
    with office.reading() as unit:
        page = changed_lines(unit, month, within, policy, number=page_number())
    kept = {"month": month, "division": asked("division", limit=12) or None}
    return render_template("ledgers/changed.html", page=page, month=month, before=month_before(month), kept=kept)


@bp.post("/month/submit")
def submit_month() -> Response:
    """Hand in the month of a village."""
    month, home, village = _typed_place()
    done = submit(the_office(), month, home, village, scope(), rest=typed("rest") == "1", actor=signed_in().name)
    flash(t("PAGE_ROUND_SUBMITTED", village=village, month=month, people=done.people), "done")
    return redirect(url_for("ledgers.round", month=month))


@bp.post("/month/reopen")
def reopen_month() -> Response:
    """Open the month of a village again."""
    month, home, village = _typed_place()
    reopen(the_office(), month, home, village, scope(), reason=typed("reason", limit=200), actor=signed_in().name)
    flash(t("PAGE_ROUND_OPENED", village=village, month=month), "done")
    return redirect(url_for("ledgers.round", month=month))


def _typed_place() -> tuple[str, str, str]:
    """The month and the village of the form."""
    month = typed("month", limit=7)
    return month if _MONTH.fullmatch(month) else "", typed("home", limit=12), typed("village", limit=60)
