"""Who of the village is away with a group: arrived, called in the first week, stayed behind, come home.

In: the village looked at, a button pressed for one person. Out: the departures people of the village are on; works on a
laptop without a network as it does at the office, and comes home with the village file.
"""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from matcher.cooperation.departures import arrive, call, come_home, stay_behind, village_riders
from matcher.domain.aftercare import SaidBy
from matcher.domain.errors import InputRefused
from matcher.domain.service.around.cooperation import FirstWeek
from matcher.listings import Scope
from web.auth import scope, signed_in
from web.config import the_office
from web.forms import typed, typed_date
from web.pages.village.place import chosen_village, looked_at
from web.phrases import t

bp = Blueprint("village_travel", __name__, url_prefix="/village/departures")
RESULTS = tuple(result.value for result in FirstWeek)


@bp.get("/")
def index() -> str:
    """The departures of the village, each with its people."""
    office, look = the_office(), looked_at()
    with office.reading() as unit:
        trips = village_riders(office, unit, Scope(division=look.division, villages=look.villages))
    return render_template(
        "village/travel.html", trips=trips, results=RESULTS, place=chosen_village(), today=office.today()
    )


@bp.post("/<int:key>/<int:traveller>")
def note(key: int, traveller: int) -> Response:
    """What happened to one person."""
    office, mine, actor, act = the_office(), scope(), signed_in().name, typed("act", limit=20)
    on, told = typed_date("on") or office.today(), typed("note", limit=300)
    if act == "arrived":
        arrive(office, key, [traveller], mine, on=on, said_by=SaidBy.VILLAGE, actor=actor)
    elif act == "stayed":
        stay_behind(office, key, traveller, mine, note=told, actor=actor)
    elif act == "home":
        come_home(office, key, traveller, mine, on=on, note=told, actor=actor)
    elif act in RESULTS:
        call(office, key, traveller, mine, result=FirstWeek(act), note=told, actor=actor)
    else:
        raise InputRefused(t("COOP_NOTHING_CHOSEN"))
    flash(t("PAGE_SAVED"), "done")
    return redirect(url_for("village_travel.index") + f"#t{traveller}", 303)
