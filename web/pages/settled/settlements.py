"""The register of settlements: what the window check says of each, the round of surveys, people and their channels.

In: a scope and a state to show. Out: the page, the 窗口设置表 as a file; a look through the rosters, rounds.
"""

from __future__ import annotations

from collections import Counter

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from matcher.domain.intake.errands import ErrandKind, ErrandOrder
from matcher.domain.service.around.settled import (
    Channel,
    LinkState,
    Settlement,
    SettlementKind,
    SurveyRound,
    Window,
    WindowState,
)
from matcher.settled.channels import NAMED, counted
from matcher.settled.looking import look
from matcher.settled.registry import begin_round, close_round, distance_km, late, round_of, save_settlement
from web.auth import scope, signed_in
from web.config import the_office
from web.forms import asked, chosen, typed, typed_date, typed_division
from web.pages.errands.ordering import order, takes_long
from web.pages.intake.life import divisions
from web.pages.papers.lists import Listing
from web.pages.presentation import named
from web.pages.settled.typed import typed_count, typed_number
from web.phrases import t

bp = Blueprint("settled", __name__, url_prefix="/settled")
STATES = tuple(state.value for state in WindowState)


def rows_of(found: list[Settlement], round_: SurveyRound | None) -> list[tuple[Settlement, WindowState]]:
    """Each settlement with its state; what an open round has not looked at is not surveyed."""
    return [
        (one, WindowState.UNSURVEYED if round_ and one.open_since(round_.begins_on) else one.state) for one in found
    ]


@bp.get("/")
def index() -> str:
    """Every settlement of the scope, those that somebody has to act on first."""
    office, mine = the_office(), scope()
    with office.reading() as unit:
        found = unit.settlements.all(division=mine.division)
        now = round_of(unit.settlements.rounds(only_open=True), mine.division)
        people = unit.settled_people.counts(division=mine.division)
        work = counted(unit, division=mine.division)
    rows = rows_of(found, now)
    wanted = chosen(asked("state"), STATES)
    order = list(WindowState)
    shown = sorted((row for row in rows if not wanted or row[1].value == wanted), key=lambda row: order.index(row[1]))
    seen = sum(not one.open_since(now.begins_on) for one in found) if now else 0
    return render_template(
        "settled/index.html",
        rows=shown,
        states=Counter(state for _, state in rows),
        wanted=wanted,
        many=len(found),
        round=now,
        seen=seen,
        late=now is not None and late(now, office.today()),
        own_round=now is not None and now.division == mine.division,
        people=people,
        work=work,
        channels=NAMED,
        totals=sum(work.values(), Counter[Channel]()),
        km={one.key: km_of(one) for one in found},
        divisions=divisions(mine.division),
        kinds=tuple(SettlementKind),
        today=office.today(),
    )


def km_of(one: Settlement) -> float | None:
    """Kilometres by road to the platform nearby."""
    office = the_office()
    detour = office.policy.at(office.today()).number("commute.detour")
    return distance_km(one, office.gazetteer, detour=detour)


@bp.post("/look")
def look_through() -> Response:
    """Look through the rosters for resettled people."""
    mine = scope().division
    if takes_long(mine):
        return order(ErrandOrder(kind=ErrandKind.SETTLED, division=mine, may_division=mine))
    seen = look(the_office(), mine, actor=signed_in().name)
    flash(t("SETTLED_LOOKED", people=seen.people, proposed=seen.proposed, settlements=seen.settlements), "done")
    return redirect(url_for("settled.index"), 303)


@bp.post("/add")
def add() -> Response:
    """Register a settlement."""
    settlement = Settlement(
        name=typed("name", limit=60),
        division=typed_division("place"),
        village=typed("village", limit=40),
        kind=SettlementKind(chosen(typed("kind"), tuple(SettlementKind)) or SettlementKind.TOGETHER.value),
        households=typed_count("households"),
        persons=typed_count("persons"),
        lat=typed_number("lat"),
        lon=typed_number("lon"),
    )
    key = save_settlement(the_office(), scope(), settlement, actor=signed_in().name)
    flash(t("SETTLED_SAVED"), "done")
    return redirect(url_for("settled.one", key=key), 303)


@bp.post("/round")
def start_round() -> Response:
    """Begin a round of surveys."""
    office = the_office()
    begun = SurveyRound(
        division=scope().division,
        name=typed("name", limit=60),
        begins_on=typed_date("begins_on") or office.today(),
        due_on=typed_date("due_on"),
    )
    begin_round(office, scope(), begun, actor=signed_in().name)
    flash(t("SETTLED_ROUND_BEGUN"), "done")
    return redirect(url_for("settled.index"), 303)


@bp.post("/round/close")
def end_round() -> Response:
    """End the round; refused while one settlement has not been looked at."""
    close_round(the_office(), scope(), actor=signed_in().name)
    flash(t("SETTLED_ROUND_CLOSED"), "done")
    return redirect(url_for("settled.index"), 303)


WINDOW_HEADS = ("NAME", "PLACE", "KIND", "HOUSEHOLDS", "PERSONS", "FACILITY", "WINDOW", "PLATFORM", "KM", "STAFF",
                "PHONE", "SURVEYED_ON", "SURVEYED_BY", "STATE")  # fmt: skip
_WIDTHS = (15, 14, 7, 6, 6, 7, 11, 13, 6, 8, 11, 12, 8, 9)


def window_listing() -> Listing:
    """The 窗口设置表 of the scope."""
    mine = scope()
    with the_office().reading() as unit:
        found = unit.settlements.all(division=mine.division)
        now = round_of(unit.settlements.rounds(only_open=True), mine.division)
    rows = [
        (
            *(one.name, place_of(one), t(f"SETTLED_KIND_{one.kind.name}"), one.households, one.persons),
            t(facility_code(one)),
            one.window_name or t("SETTLED_WINDOW_OWN") if one.window is Window.OWN else "",
            one.platform,
            km_of(one),
            *(one.staff, one.phone, one.surveyed_on.isoformat() if one.surveyed_on else "", one.surveyed_by),
            t(f"SETTLED_STATE_{state.name}"),
        )
        for one, state in rows_of(found, now)
    ]
    return Listing(
        name="windows",
        title=t("SETTLED_WINDOWS"),
        heads=tuple(t(f"SETTLED_COL_{head}") for head in WINDOW_HEADS),
        layout=_WIDTHS,
        rows=rows,
        notes=(t("SETTLED_WINDOWS_NOTE"), t("SETTLED_BASIS")),
        place=named("division", mine.division) if mine.division else "",
    )


def settlement_listing() -> Listing:
    """Each settlement with its people and the four channels they came to work by."""
    mine = scope()
    with the_office().reading() as unit:
        found = unit.settlements.all(division=mine.division)
        people, work = unit.settled_people.counts(division=mine.division), counted(unit, division=mine.division)
    channels = tuple(Channel)
    rows = []
    for one in found:
        states, came = people.get(one.key, {}), work.get(one.key, Counter())
        known = states.get(LinkState.CONFIRMED.value, 0) + states.get(LinkState.PROPOSED.value, 0)
        rows.append((one.name, place_of(one), known, came.total(), *(came[channel] for channel in channels)))
    return Listing(
        name="settlements",
        title=t("SETTLED_TABLE"),
        heads=(
            *(t(f"SETTLED_COL_{head}") for head in ("NAME", "PLACE", "PEOPLE", "IN_WORK")),
            *(t(f"SETTLED_CHANNEL_{channel.name}") for channel in channels),
        ),
        layout=(18, 16, 8, 8, *([9] * len(channels))),
        rows=rows,
        notes=(t("SETTLED_CHANNELS_NOTE"), t("SETTLED_BASIS")),
        place=named("division", mine.division) if mine.division else "",
    )


def facility_code(one: Settlement) -> str:
    """Whether there is a service building, as a sentence of the catalogue."""
    return "SETTLED_UNKNOWN" if one.has_facility is None else "SETTLED_YES" if one.has_facility else "SETTLED_NO"


def place_of(one: Settlement) -> str:
    """Where a settlement lies."""
    return named("division", one.division) + (f" {one.village}" if one.village else "")
