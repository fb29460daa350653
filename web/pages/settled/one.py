"""One settlement: what is known, surveys, people to be confirmed, how they came to work.

In: a key within the scope. Out: the page; the record changed, surveyed, its people confirmed or refused.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matcher.domain.errors import InputRefused
from matcher.domain.service.around.settled import Channel, LinkState, SettlementKind, Survey, Window
from matcher.settled.channels import channel_of
from matcher.settled.registry import decide_people, remove_settlement, round_of, save_settlement, survey
from web.auth import scope, signed_in
from web.config import the_office
from web.forms import chosen, typed, typed_date, typed_division, typed_key
from web.pages.intake.life import divisions
from web.pages.settled.settlements import bp, facility_code, km_of, rows_of
from web.pages.settled.typed import typed_count, typed_number
from web.phrases import t

SHOWN = 300


@bp.get("/<int:key>")
def one(key: int) -> str:
    """One settlement."""
    office, mine = the_office(), scope()
    with office.reading() as unit:
        found = unit.settlements.get(key, division=mine.division)
        surveys = unit.settlements.surveys(key)
        now = round_of(unit.settlements.rounds(only_open=True), mine.division or found.division)
        people = unit.settled_people.of_settlement(key, division=mine.division, limit=SHOWN)
        counts = unit.settled_people.counts(division=mine.division).get(key, {})
        work = {one.worker_key: channel_of(one) for one in unit.settled_people.work(settlement_key=key)}
    return render_template(
        "settled/one.html",
        one=found,
        state=rows_of([found], now)[0][1],
        facility=facility_code(found),
        surveys=surveys,
        people=people,
        counts=counts,
        shown=SHOWN,
        work=work,
        channels=tuple(Channel),
        totals=Counter(channel for channel in work.values() if channel is not None),
        km=km_of(found),
        kinds=tuple(SettlementKind),
        windows=tuple(Window),
        divisions=divisions(mine.division),
        today=office.today(),
    )


@bp.post("/<int:key>/change")
def change(key: int) -> Response:
    """What is now known of a settlement."""
    mine = scope()
    with the_office().reading() as unit:
        known = unit.settlements.get(key, division=mine.division)
    told = replace(
        known,
        name=typed("name", limit=60),
        division=typed_division("place"),
        village=typed("village", limit=40),
        kind=SettlementKind(chosen(typed("kind"), tuple(SettlementKind)) or known.kind.value),
        households=typed_count("households"),
        persons=typed_count("persons"),
        lat=typed_number("lat"),
        lon=typed_number("lon"),
        platform_code=typed_division("platform_place"),
        platform_km=typed_number("km"),
        platform_lat=typed_number("platform_lat"),
        platform_lon=typed_number("platform_lon"),
        staff=typed("staff", limit=40),
        phone=typed("phone", limit=30),
        note=typed("note", limit=300),
        revision=typed_key("revision") or known.revision,
    )
    save_settlement(the_office(), mine, told, actor=signed_in().name)
    flash(t("SETTLED_SAVED"), "done")
    return redirect(url_for("settled.one", key=key), 303)


@bp.post("/<int:key>/survey")
def look_at(key: int) -> Response:
    """What a look at a settlement found."""
    facility = typed("facility", limit=3)
    if facility not in ("yes", "no"):
        raise InputRefused(t("SETTLED_SAY_FACILITY"))
    found = Survey(
        settlement_key=key,
        on=typed_date("on") or the_office().today(),
        by=typed("by", limit=40),
        has_facility=facility == "yes",
        window=Window(chosen(typed("window"), tuple(Window)) or Window.NONE.value),
        platform=typed("platform", limit=60),
        note=typed("note", limit=300),
    )
    window_name = typed("window_name", limit=60)
    survey(the_office(), scope(), found, window_name=window_name, actor=signed_in().name)
    flash(t("SETTLED_SURVEYED"), "done")
    return redirect(url_for("settled.one", key=key), 303)


@bp.post("/<int:key>/people")
def decide(key: int) -> Response:
    """Confirm or refuse people; with none ticked, everybody who waits is confirmed."""
    ticked = [int(value) for value in request.form.getlist("person") if value.isdecimal()]
    state = LinkState.REFUSED if typed("do") == "refuse" else LinkState.CONFIRMED
    if state is LinkState.REFUSED and not ticked:
        raise InputRefused(t("SETTLED_TICK_FIRST"))
    many = decide_people(the_office(), scope(), key, ticked, state, actor=signed_in().name)
    flash(t(f"SETTLED_{state.name}", count=many), "done")
    return redirect(url_for("settled.one", key=key), 303)


@bp.post("/<int:key>/remove")
def remove(key: int) -> Response:
    """Off the register."""
    remove_settlement(the_office(), scope(), key, actor=signed_in().name)
    flash(t("SETTLED_REMOVED"), "done")
    return redirect(url_for("settled.index"), 303)
