"""The desk of the organiser: all fairs, a new one, one fair with its day, booths, checks and next step.

In: what an organiser types. Out: pages; every change is a form of its own.
"""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from matcher.domain.errors import InputRefused
from matcher.domain.fairs import Fair, FairState, Room
from matcher.fairs.feeding import feed
from matcher.fairs.making import (
    ORDER,
    BoothView,
    booth_views,
    change_fair,
    copy_fair,
    make_fair,
    move_fair,
    owner_of,
    seen_fair,
)
from matcher.fairs.pins import make_pin
from web.auth import scope, signed_in
from web.config import the_office, web_config
from web.forms import chosen, typed, typed_date, typed_division, typed_key
from web.pages.fairs.common import actor, fair_here, place_name, step_of
from web.pages.runs import division_choices
from web.phrases import t

bp = Blueprint("fairs", __name__, url_prefix="/fairs")
STATES = tuple(state.value for state in FairState)
ROOMS_WITH_PIN = tuple(room.value for room in Room)


@bp.get("/")
def index() -> str:
    """All fairs of the scope, and a form for a new one."""
    account, office = signed_in(), the_office()
    with office.reading() as unit:
        fairs = unit.fairs.all(division=account.division, owner=owner_of(account))
        counts = {fair.key: unit.fairs.visitors.counts(fair.key) for fair in fairs[:3]}
    choices = [(account.division or "150500", place_name(account.division or "150500")), *division_choices()]
    return render_template(
        "fairs/index.html",
        fairs=fairs,
        counts=counts,
        place_name=place_name,
        divisions=list(dict(choices).items()),
        today=office.today(),
    )


@bp.post("/")
def make() -> Response:
    """A new fair."""
    fair = _typed(
        Fair(name="", division="", owner=actor(), starts_on=the_office().today(), ends_on=the_office().today())
    )
    key = make_fair(the_office(), fair, scope=scope().division, actor=actor())
    flash(t("FAIR_MADE"), "done")
    return redirect(url_for("fairs.fair", key=key))


def _typed(before: Fair) -> Fair:
    """A fair as the form says it."""
    starts_on = typed_date("starts_on")
    if starts_on is None:
        raise InputRefused(t("FAIR_NO_DAY"))
    return replace(
        before,
        name=typed("name", limit=60),
        division=typed_division("division") or before.division or signed_in().division or "150500",
        owner=typed("owner", limit=60) or before.owner,
        starts_on=starts_on,
        ends_on=typed_date("ends_on") or starts_on,
        opens_at=typed("opens_at", limit=5) or before.opens_at,
        closes_at=typed("closes_at", limit=5) or before.closes_at,
        place=typed("place", limit=120),
        note=typed("note", limit=300),
        changed_at=None,
    )


@bp.get("/<int:key>")
def fair(key: int) -> str:
    """One fair: where it stands, what comes next, booths and their checks."""
    return fair_page(key)


def fair_page(key: int, *, fresh_pins: dict[str, str] | None = None) -> str:
    """The page of one fair; a PIN just made is shown this once."""
    office = the_office()
    with office.reading() as unit:
        found = seen_fair(unit, key, signed_in())
        views = booth_views(office, unit, found)
        invited, arrived, walked_in = unit.fairs.visitors.counts(key)
        offering = unit.fairs.booths.offering(found.division)
        pins = {room.value: unit.fairs.pin(key, room)[1] for room in Room}
        revision = unit.fairs.revision(key)
    taken = {view.booth.employer for view in views}
    at = step_of(found)
    return render_template(
        "fairs/fair.html",
        fair=found,
        views=views,
        counts={"invited": invited, "arrived": arrived, "walk_ins": walked_in},
        openings=openings_of(views),
        offering=[(name, many) for name, many in offering.items() if name not in taken],
        step=at,
        states=STATES,
        next_state=STATES[at + 1] if at + 1 < len(STATES) else "",
        previous=STATES[at - 1] if at else "",
        pins=pins,
        fresh_pins=fresh_pins or {},
        revision=revision,
        place_name=place_name,
        today=office.today(),
        serving=web_config().fair_key == key,
    )


def openings_of(views: list[BoothView]) -> int:
    """Openings the adverts of a fair state."""
    return sum(one.stored.value.openings or 0 for view in views for one in view.standing)


@bp.post("/<int:key>/save")
def save(key: int) -> Response:
    """What a fair is now."""
    changed = _typed(fair_here(key))
    change_fair(the_office(), changed, scope=scope().division, actor=actor(), revision=typed_key("revision"))
    flash(t("FAIR_SAVED"), "done")
    return redirect(url_for("fairs.fair", key=key))


@bp.post("/<int:key>/state")
def move(key: int) -> Response:
    """To the next state, or one back; closing tells the cases what they have not heard of."""
    state = FairState(chosen(typed("state", limit=20), STATES) or STATES[0])
    found = fair_here(key)
    move_fair(the_office(), found, state, actor=actor())
    if state is FairState.CLOSED and ORDER.index(found.state) < ORDER.index(state):
        fed = feed(the_office(), fair_here(key), actor=actor())
        flash(t("FAIR_FED", told=fed.told, unknown=fed.unknown), "done")
        return redirect(url_for("fairs.outcome", key=key))
    flash(t(f"FAIR_NOW_{state.name}"), "done")
    return redirect(url_for("fairs.fair", key=key))


@bp.post("/<int:key>/copy")
def copy(key: int) -> Response:
    """The same fair again on another day."""
    starts_on = typed_date("starts_on")
    if starts_on is None:
        raise InputRefused(t("FAIR_NO_DAY"))
    fresh = copy_fair(the_office(), fair_here(key), starts_on, owner=actor(), actor=actor())
    flash(t("FAIR_COPIED"), "done")
    return redirect(url_for("fairs.fair", key=fresh))


@bp.post("/<int:key>/pins")
def pins(key: int) -> str:
    """A new PIN for a room, shown once."""
    room = Room(chosen(typed("room", limit=10), ROOMS_WITH_PIN) or Room.DOOR.value)
    made = make_pin(the_office(), fair_here(key), room, actor=actor())
    return fair_page(key, fresh_pins={room.value: made})
