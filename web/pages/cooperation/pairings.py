"""Which district each banner is paired with, and where each posting of the cooperation goes first.

In: pairings as the office entered them. Out: the page; entering and ending a pairing is the same as under sharing.
"""

from __future__ import annotations

from flask import Blueprint, render_template

from jobs_feed.reference import rows_of
from matcher.cooperation.routes import routes, unpaired_banners
from web.auth import scope
from web.config import the_office
from web.pages.cooperation.common import TABS, banners, districts, short_name

bp = Blueprint("pairings", __name__, url_prefix="/pairings")


@bp.get("/")
def index() -> str:
    """Pairings with their dates and sources; routes with their reasons."""
    office, mine = the_office(), scope()
    with office.reading() as unit:
        pairings = unit.sharing.pairings()
        found = routes(office, unit)
        unpaired = unpaired_banners(office, unit, mine, office.today())
    known = {(one.banner, one.district) for one in pairings}
    hints = [hint for hint in rows_of("pairing_hints") if (hint["banner"], hint["district"]) not in known]
    return render_template(
        "cooperation/pairings.html",
        tabs=TABS,
        pairings=pairings,
        hints=hints,
        routes=found,
        unpaired=[short_name(code) for code in unpaired],
        banners=banners(),
        districts=districts(),
        short_name=short_name,
        today=office.today(),
    )
