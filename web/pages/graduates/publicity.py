"""Publicity of a term at two levels, and the masked list that hangs out.

In: a term, a place. Out: the page, the list as a file; a list hung out, taken down with what was objected.
"""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from matcher.domain.division import lies_within
from matcher.domain.errors import InputRefused, RecordNotFound
from matcher.domain.service.around.graduates import Publicity, TrackKind, TrackState, Verdict
from matcher.domain.service.publicity import Level
from matcher.graduates.register import publish, take_down
from web.auth import scope, signed_in
from web.config import the_office
from web.forms import asked, chosen, typed, typed_date, typed_division
from web.pages.graduates.desk import WHOLE_LEDGER, bp
from web.pages.graduates.person import terms_around
from web.pages.intake.life import divisions
from web.pages.papers.lists import ENDINGS, Listing, deliver_listing
from web.pages.presentation import named
from web.pages.settled.typed import typed_count
from web.papers.forms.masks import Audience, masked_name
from web.phrases import t


@bp.get("/publicity")
def publicity() -> str:
    """Lists of a term, and those of the scope that are still to come down."""
    office, mine = the_office(), scope()
    term = chosen(asked("term"), terms_around()) or terms_around()[0]
    with office.reading() as unit:
        hung = unit.term_notices.all(division=mine.division, term=term)
        known = unit.finding.villages(division=mine.division, villages=mine.villages)
    return render_template(
        "graduates/publicity.html",
        term=term,
        terms=terms_around(),
        hung=[one for one in hung if not mine.villages or not one.village or one.village in mine.villages],
        levels=tuple(Level),
        verdicts=tuple(one for one in Verdict if one is not Verdict.OPEN),
        villages=sorted({one.village for one in known}),
        days=office.policy.at(office.today()).whole("graduates.publicity_days"),
        divisions=divisions(mine.division),
        endings=ENDINGS,
        today=office.today(),
    )


@bp.post("/publicity")
def hang_out() -> Response:
    """A list hangs out."""
    term, level = chosen(typed("term"), terms_around()), chosen(typed("level"), tuple(Level))
    begins, ends = typed_date("notice_from"), typed_date("notice_to")
    if not term or not level or begins is None or ends is None:
        raise InputRefused(t("GRAD_PUBLICITY_INCOMPLETE"))
    told = Publicity(
        term=term,
        level=Level(level),
        division=typed_division("place"),
        village=typed("village", limit=40),
        notice_from=begins,
        notice_to=ends,
    )
    publish(the_office(), scope(), told, actor=signed_in().name)
    flash(t("GRAD_PUBLISHED"), "done")
    return redirect(url_for("graduates.publicity", term=term), 303)


@bp.post("/publicity/<int:key>/close")
def close_one(key: int) -> Response:
    """A list comes down."""
    verdict = Verdict(chosen(typed("verdict"), tuple(Verdict)))
    count, said = typed_count("objections"), typed("said", limit=300)
    take_down(the_office(), scope(), key, objections=count, verdict=verdict, said=said, actor=signed_in().name)
    flash(t("GRAD_TAKEN_DOWN"), "done")
    return redirect(url_for("graduates.publicity"), 303)


@bp.post("/publicity/list")
def public_list() -> Response:
    """The masked list of pupils of a place, for the notice board."""
    office, mine, term = the_office(), scope(), chosen(typed("term"), terms_around())
    place, village = typed_division("place") or mine.division, typed("village", limit=40)
    if not term or not lies_within(place, mine.division) or (mine.villages and village not in mine.villages):
        raise RecordNotFound("no such list")
    with office.reading() as unit:
        people = unit.rain_dew.listed(
            TrackKind.PUPIL,
            state=TrackState.CONFIRMED,
            division=place,
            villages=(village,) if village else mine.villages,
            limit=WHOLE_LEDGER,
        )
    if not people:
        raise InputRefused(t("GRAD_LIST_NOBODY"))
    rows = [
        (number, masked_name(one.name, Audience.PUBLIC), one.village, t("GRAD_LIST_MATTER"), "")
        for number, one in enumerate(people, start=1)
    ]
    listing = Listing(
        name="rain-dew-public",
        title=t("GRAD_LIST", term=t(f"GRAD_TERM_{term.split('-')[1].upper()}", year=term.split("-")[0])),
        heads=tuple(t(f"GRAD_COL_{head}") for head in ("NO", "NAME", "VILLAGE", "MATTER", "REMARK")),
        layout=(8, 18, 26, 30, 18),
        rows=rows,
        notes=(t("GRAD_LIST_NOTE"),),
        place=named("division", place) + (f" {village}" if village else ""),
    )
    return deliver_listing(listing, chosen(typed("ending"), ENDINGS) or "pdf")
