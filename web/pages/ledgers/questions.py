"""Questions to the coordinators, by village: how many, which, where each is answered; asked anew when wanted.

In: a village of the account. Out: a page with counts, the questions of one village each with its way, a sheet to take
along; asking anew of whoever is stored.
"""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from jobs_feed.reference import rows_of
from jobs_feed.rosters.again import ask_again
from matcher.domain.errors import InputRefused, RecordNotFound
from matcher.domain.rosters.records import PersonQuestion
from web.auth import allowed, scope, signed_in
from web.config import the_office
from web.forms import asked, page_number, typed
from web.pages.ledgers.desk import bp, within_mine
from web.phrases import t

PAGE_SIZE = 40
MOST_SHOWN = 300
_PHONE = "联系电话"


@bp.get("/questions")
def questions() -> str:
    """How many questions are open in which village, and those of one."""
    division, village = asked("division", limit=12), asked("village")
    within, mine = within_mine(division), scope()
    if village and mine.villages and village not in mine.villages:
        raise RecordNotFound("no such village for this account")
    villages = (village,) if village else within.villages
    with the_office().reading() as unit:
        counts = unit.questions.by_village(division=within.division, villages=within.villages)
        found = unit.questions.open(division=within.division, villages=villages, limit=MOST_SHOWN) if village else []
    number = page_number()
    shown = counts[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    return render_template(
        "ledgers/questions.html",
        counts=shown,
        page={"total": len(counts), "number": number, "size": PAGE_SIZE},
        total=sum(one.questions for one in counts),
        people=sum(one.people for one in counts),
        found=[(one, _way(one)) for one in found],
        division=division,
        village=village,
    )


def _way(one: PersonQuestion) -> str:
    """The page on which a question is answered: where the telephone is changed, else the person's own."""
    field = next((row["field"] for row in rows_of("question_fields") if row["code"] == one.phrase.code), "")
    if field == _PHONE and allowed("life.index"):
        return url_for("life.index", key=one.worker_key)
    return url_for("people.person", key=one.worker_key, _anchor="questions")


@bp.post("/questions")
def ask() -> Response:
    """Ask anew about everybody of a village or division, so that what was changed by hand is seen."""
    division, village, office = typed("division", limit=12), typed("village", limit=60), the_office()
    within, mine = within_mine(division), scope()
    if village and mine.villages and village not in mine.villages:
        raise RecordNotFound("no such village for this account")
    villages = (village,) if village else within.villages
    most = office.policy.at(office.today()).whole("ledger.at_once")
    with office.reading() as unit:
        many = unit.ledgers.people.count(division=within.division, villages=villages)
    if many > most:
        raise InputRefused(t("PAGE_LEDGER_ASK_TOO_MANY", count=many, most=most))
    done = ask_again(office, division=within.division, villages=villages, actor=signed_in().name)
    flash(t("PAGE_LEDGER_ASKED", people=done.people, fresh=done.fresh, cured=done.cured), "done")
    return redirect(url_for("ledgers.questions", division=division or None, village=village or None))
