"""One departure: its list, who arrived, calls of the first week, who came home; the list as a spreadsheet.

In: case numbers, ticks, results of calls. Out: the page; the list leaves the office with a purpose only.
"""

from __future__ import annotations

from dataclasses import replace

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matcher.cooperation.departures import (
    arrive,
    call,
    cancel_departure,
    change_departure,
    come_home,
    not_arrived,
    put_on,
    riders,
    stay_behind,
)
from matcher.domain.aftercare import SaidBy
from matcher.domain.casenumber import case_number, read_case_number
from matcher.domain.errors import InputRefused
from matcher.domain.service.around.cooperation import FirstWeek, TravelState
from matcher.listings import PeopleFilter, people
from matcher.reports.workbook import XLSX_TYPE, write_report
from web.auth import allowed, scope, signed_in
from web.config import the_office
from web.forms import chosen, typed, typed_date, typed_key
from web.pages.cooperation.common import TABS, banners, districts, short_name
from web.pages.cooperation.home import bp, typed_departure
from web.phrases import t

SAID_BY = (SaidBy.EMPLOYER.value, SaidBy.WORKER.value, SaidBy.FAMILY.value, SaidBy.VILLAGE.value)
RESULTS = tuple(result.value for result in FirstWeek)
MOST_CASES, FOUND_AT_MOST = 100, 20
COLUMNS = ("NO", "NAME", "CASE", "VILLAGE", "PICKUP", "STATE", "ARRIVED", "CALL")


@bp.get("/departures/<int:key>")
def departure(key: int) -> str:
    """One departure with its list."""
    return _page(key)


@bp.post("/departures/<int:key>/find")
def find(key: int) -> str:
    """The same with people of the scope whose name, initials or case number was typed."""
    return _page(key, typed("text", limit=40))


def _page(key: int, text: str = "") -> str:
    """The page, with people found by a text where one was typed."""
    office, mine = the_office(), scope()
    with office.reading() as unit:
        matches = people(unit, PeopleFilter(text=text), mine, size=FOUND_AT_MOST).rows if text else ()
        found = unit.cooperation.departures.get(key, division=mine.division)
        lines = riders(office, unit, key, mine)
        yes = unit.cooperation.outcomes.said_yes(found.posting_key, division=mine.division) if found.posting_key else []
        listed = {one.traveller.worker_key for one in lines if one.traveller.state is not TravelState.STAYED}
        waiting = unit.run_plans.names([one for one in yes if one not in listed], mine.division)
        known = unit.postings.many([found.posting_key] if found.posting_key else [])
    return render_template(
        "cooperation/departure.html",
        tabs=TABS,
        one=found,
        posting=known.get(found.posting_key or 0),
        people=lines,
        found=[one for one in matches if one.key not in listed],
        searched=bool(text),
        waiting=[(worker, *names) for worker, names in waiting.items()],
        going=sum(one.traveller.state is not TravelState.STAYED for one in lines),
        lifted=sum(one.traveller.lifted and one.traveller.state is not TravelState.STAYED for one in lines),
        said_by=SAID_BY,
        results=RESULTS,
        banners=banners(),
        districts=districts(),
        short_name=short_name,
        case_number=case_number,
        may_open=allowed("people.person"),
        today=office.today(),
    )


@bp.post("/departures/<int:key>/change")
def change(key: int) -> Response:
    """Day, vehicle, pick-ups, companion."""
    change_departure(the_office(), replace(typed_departure(), key=key), scope(), actor=signed_in().name)
    return _saved(key)


@bp.post("/departures/<int:key>/cancel")
def cancel(key: int) -> Response:
    """It does not take place, or does after all."""
    on = None if typed("again") else the_office().today()
    cancel_departure(the_office(), key, scope(), on=on, actor=signed_in().name)
    return _saved(key)


@bp.post("/departures/<int:key>/people")
def add(key: int) -> Response:
    """People are put on the list: by case numbers, or ticked among those who said yes."""
    written = typed("cases", limit=2_000).replace("，", " ").replace(",", " ").replace("、", " ").split()
    read = [(text, read_case_number(text)) for text in written[:MOST_CASES]]
    wrong = [text for text, number in read if number is None]
    if wrong:
        raise InputRefused(t("COOP_BAD_CASE", value=wrong[0]))
    ticked = [int(text) for text in request.form.getlist("worker") if text.isdecimal() and len(text) < 12]
    workers = list(dict.fromkeys([number for _, number in read if number is not None] + ticked))
    if not workers:
        raise InputRefused(t("COOP_NOBODY_CHOSEN"))
    many = put_on(the_office(), key, workers, scope(), pickup=typed("pickup", limit=60), actor=signed_in().name)
    flash(t("COOP_PUT_ON", count=many), "done")
    return redirect(url_for("cooperation.departure", key=key) + "#people", 303)


@bp.post("/departures/<int:key>/arrived")
def arrived(key: int) -> Response:
    """Ticked people arrived and began to work."""
    office = the_office()
    ticked = [int(text) for text in request.form.getlist("traveller") if text.isdecimal() and len(text) < 12]
    if not ticked:
        raise InputRefused(t("COOP_NOBODY_CHOSEN"))
    said_by = SaidBy(chosen(typed("said_by"), SAID_BY) or SaidBy.EMPLOYER.value)
    many = arrive(
        office, key, ticked, scope(), on=typed_date("on") or office.today(), said_by=said_by, actor=signed_in().name
    )
    flash(t("COOP_ARRIVED_NOTED", count=many), "done")
    return redirect(url_for("cooperation.departure", key=key) + "#people", 303)


@bp.post("/departures/<int:key>/person")
def person(key: int) -> Response:
    """What happened to one person of the list."""
    office, mine, actor, one = the_office(), scope(), signed_in().name, typed_key("traveller")
    act, note = typed("act"), typed("note", limit=300)
    if one is None:
        raise InputRefused(t("COOP_NOTHING_CHOSEN"))
    if act == "stayed":
        stay_behind(office, key, one, mine, note=note, actor=actor)
    elif act == "home":
        come_home(office, key, one, mine, on=typed_date("on") or office.today(), note=note, actor=actor)
    elif act == "not_arrived":
        not_arrived(office, key, one, mine, actor=actor)
    elif act in RESULTS:
        call(office, key, one, mine, result=FirstWeek(act), note=note, actor=actor)
    else:
        raise InputRefused(t("COOP_NOTHING_CHOSEN"))
    return _saved(key)


@bp.post("/departures/<int:key>/list.xlsx")
def roster(key: int) -> Response:
    """The list for whoever travels with the group; it names people, so it asks what for."""
    office, mine, purpose = the_office(), scope(), typed("purpose", limit=120)
    if len(purpose) < 2:
        raise InputRefused(t("COOP_PURPOSE"))
    with office.unit(signed_in().name) as unit:
        found = unit.cooperation.departures.get(key, division=mine.division)
        going = [one for one in riders(office, unit, key, mine) if one.traveller.state is not TravelState.STAYED]
        unit.audit.note(
            "departure_export", subject=f"departure:{key}", purpose=purpose, fields=f"name,village {len(going)}"
        )
    rows = [
        (
            number, one.name, case_number(one.traveller.worker_key), one.village, one.traveller.pickup,
            t(f"TRAVEL_{one.traveller.state.value}"),
            one.traveller.arrived_on.isoformat() if one.traveller.arrived_on else "",
            t(f"FIRST_WEEK_{one.traveller.call_result.value}") if one.traveller.call_result else "",
        )
        for number, one in enumerate(going, start=1)
    ]  # fmt: skip
    title = t("COOP_LIST_TITLE", batch=found.batch, leaves=found.leaves_on.isoformat(), employer=found.employer)
    notes = [t("COOP_LIST_NOTE")]
    if found.companion:
        notes.append(t("COOP_LIST_COMPANION", name=found.companion, phone=found.companion_phone or "–"))
    if found.pickups:
        notes.append(f"{t('COOP_PICKUPS')}：{found.pickups}")
    body = write_report(title, [t(f"COOP_LIST_{one}") for one in COLUMNS], rows, notes, sheet_name=t("COOP_LIST_SHEET"))
    answer = Response(body, mimetype=XLSX_TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="departure-{key}.xlsx"'
    return answer


def _saved(key: int) -> Response:
    """Back to the departure."""
    flash(t("PAGE_SAVED"), "done")
    return redirect(url_for("cooperation.departure", key=key), 303)
