"""Key counties of the state: entered by the office, dated, with the document they rest on.

In: a banner, a day, a basis. Out: the page; entries added and ended.
"""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from matcher.domain.service.around.settled import KeyCounty
from matcher.settled.regions import end, enter
from web.auth import signed_in
from web.config import the_office
from web.forms import typed, typed_date, typed_division, typed_key
from web.pages.intake.life import divisions
from web.pages.settled.settlements import bp
from web.phrases import t


@bp.get("/key-banners")
def regions() -> str:
    """Which banners count, since when, and by which document."""
    with the_office().reading() as unit:
        found = unit.key_counties.all()
    banners = [(places[0][0], name) for name, places in divisions()]
    return render_template("settled/regions.html", rows=found, banners=banners, today=the_office().today())


@bp.post("/key-banners")
def enter_region() -> Response:
    """A banner counts from a day on."""
    office = the_office()
    county = KeyCounty(
        code=typed_division("banner"),
        since=typed_date("since") or office.today(),
        until=typed_date("until"),
        basis=typed("basis", limit=120),
    )
    enter(office, county, actor=signed_in().name)
    flash(t("SETTLED_REGION_SAVED"), "done")
    return redirect(url_for("settled.regions"), 303)


@bp.post("/key-banners/end")
def end_region() -> Response:
    """A banner no longer counts after a day."""
    office = the_office()
    end(office, typed_key("record") or 0, on=typed_date("until") or office.today(), actor=signed_in().name)
    flash(t("SETTLED_REGION_ENDED"), "done")
    return redirect(url_for("settled.regions"), 303)
