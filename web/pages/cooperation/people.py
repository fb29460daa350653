"""Contacts of both ends, matters of rights, and bases that train for home care.

In: what staff enter. Out: pages; the contact sheet of both ends as a spreadsheet to hand on.
"""

from __future__ import annotations

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from matcher.cooperation.chain import chain
from matcher.cooperation.entering import close_matter, keep_base, keep_contact, link_class, open_matter, reopen_matter
from matcher.domain.casenumber import case_number, read_case_number
from matcher.domain.errors import InputRefused, RecordNotFound
from matcher.domain.service.around.cooperation import (
    BaseClass,
    CareBase,
    CoopContact,
    RightsKind,
    RightsMatter,
    RightsResult,
    Side,
)
from matcher.listings import Scope
from matcher.office import UnitOfWork
from matcher.reports.workbook import XLSX_TYPE, write_report
from matcher.visiting.books import engagements
from web.auth import allowed, scope, signed_in
from web.config import the_office
from web.forms import asked, chosen, typed, typed_date, typed_key
from web.pages.cooperation.common import (
    TABS,
    banners,
    districts,
    short_name,
    typed_banner,
    typed_district,
    typed_number,
)
from web.pages.cooperation.home import bp
from web.phrases import t

SIDES = tuple(side.value for side in Side)
RIGHTS = tuple(kind.value for kind in RightsKind)
RESULTS = tuple(result.value for result in RightsResult)
SHOWN = 100
SHEET = ("SIDE", "PLACE", "OFFICE", "PERSON", "PHONE", "HOURS")


@bp.get("/contacts")
def contacts() -> str:
    """Whom to call at both ends."""
    with the_office().reading() as unit:
        found = _contacts(unit)
    return render_template(
        "cooperation/contacts.html",
        tabs=TABS,
        sides=SIDES,
        found={side: [one for one in found if one.side.value == side] for side in SIDES},
        banners=banners(),
        districts=districts(),
        short_name=short_name,
    )


def _contacts(unit: UnitOfWork) -> list[CoopContact]:
    """Contacts of the own banners and of all districts people go to."""
    own = unit.cooperation.contacts.where(division=scope().division)
    away = unit.cooperation.contacts.where(side=Side.DESTINATION.value)
    found = {one.key: one for one in (*own, *away)}
    return sorted(found.values(), key=lambda one: (one.side.value, one.division, one.office))


@bp.post("/contacts")
def contact() -> Response:
    """A contact of one end."""
    side = Side(chosen(typed("side"), SIDES) or Side.ORIGIN.value)
    division = typed_banner() if side is Side.ORIGIN else typed_district("district")
    if not division:
        raise InputRefused(t("COOP_NO_DISTRICT"))
    told = CoopContact(
        division=division,
        side=side,
        office=typed("office", limit=80),
        person=typed("person", limit=40),
        phone=typed("phone", limit=30),
        hours=typed("hours", limit=60),
    )
    keep_contact(the_office(), told, scope(), actor=signed_in().name)
    flash(t("PAGE_SAVED"), "done")
    return redirect(url_for("cooperation.contacts"), 303)


@bp.get("/contacts.xlsx")
def contact_sheet() -> Response:
    """The contact sheet of both ends: desks and their telephones, for whoever travels."""
    with the_office().reading() as unit:
        found = _contacts(unit)
    rows = [
        (t(f"COOP_SIDE_{one.side.value}"), short_name(one.division), one.office, one.person, one.phone, one.hours)
        for one in found
    ]
    heads = [t(f"COOP_SHEET_{column}") for column in SHEET]
    body = write_report(t("COOP_CONTACTS"), heads, rows, [t("COOP_CONTACTS_NOTE")], sheet_name=t("COOP_CONTACTS"))
    answer = Response(body, mimetype=XLSX_TYPE)
    answer.headers["Content-Disposition"] = 'attachment; filename="contacts.xlsx"'
    return answer


@bp.get("/rights")
def rights() -> str:
    """Matters of rights: open ones first, the most overdue on top."""
    office, mine = the_office(), scope()
    with office.reading() as unit:
        found = unit.cooperation.rights.where(division=mine.division, newest="opened_on", limit=3 * SHOWN)
        names = unit.run_plans.names([one.worker_key for one in found], mine.division)
    rows = [one for one in found if one.worker_key in names]
    waiting = sorted((one for one in rows if one.closed_on is None), key=lambda one: (one.due_on, one.key))
    return render_template(
        "cooperation/rights.html",
        tabs=TABS,
        waiting=waiting,
        closed=[one for one in rows if one.closed_on is not None][:SHOWN],
        names=names,
        case=case_number(int(asked("person"))) if asked("person").isdecimal() else "",
        kinds=RIGHTS,
        results=RESULTS,
        districts=districts(),
        short_name=short_name,
        may_open=allowed("people.person"),
        today=office.today(),
    )


@bp.post("/rights")
def open_rights() -> Response:
    """A new matter of a person."""
    worker = read_case_number(typed("case", limit=20))
    if worker is None:
        raise InputRefused(t("COOP_BAD_CASE", value=typed("case", limit=20)))
    today = the_office().today()
    told = RightsMatter(
        worker_key=worker,
        division="",
        district=typed_district(),
        kind=RightsKind(chosen(typed("kind"), RIGHTS) or RightsKind.OTHER.value),
        employer=typed("employer", limit=120),
        opened_on=typed_date("opened_on") or today,
        due_on=today,
        yuan=typed_number("yuan"),
        told=typed("told", limit=500),
        handled_by=typed("handled_by", limit=80),
    )
    open_matter(the_office(), told, scope(), actor=signed_in().name)
    flash(t("COOP_RIGHTS_OPENED"), "done")
    return redirect(url_for("cooperation.rights"), 303)


@bp.post("/rights/<int:key>")
def settle_rights(key: int) -> Response:
    """What came of a matter, or that it is open again."""
    office, actor = the_office(), signed_in().name
    if typed("act") == "again":
        reopen_matter(office, key, scope(), actor=actor)
    else:
        result = RightsResult(chosen(typed("result"), RESULTS) or RightsResult.SETTLED.value)
        on = typed_date("on") or office.today()
        close_matter(office, key, scope(), on=on, result=result, outcome=typed("outcome", limit=300), actor=actor)
    flash(t("PAGE_SAVED"), "done")
    return redirect(url_for("cooperation.rights"), 303)


@bp.get("/bases")
def bases() -> str:
    """Bases with their classes: enrolled, passed, at work."""
    office, mine = the_office(), scope()
    with office.reading() as unit:
        found = unit.cooperation.bases.where(division=mine.division)
        lines = chain(unit, mine, engagements(office, unit, Scope(division=mine.division)))
        classes = [(one.key, one.value) for one in unit.classes.all_for_planning()] if found else []
    taken = {line.link.class_key for line in lines}
    return render_template(
        "cooperation/bases.html",
        tabs=TABS,
        bases=found,
        lines=lines,
        classes=sorted(((key, one) for key, one in classes if key not in taken), key=lambda pair: pair[1].title)[:300],
        banners=banners(),
        districts=districts(),
        short_name=short_name,
    )


@bp.post("/bases")
def base() -> Response:
    """A new base."""
    told = CareBase(
        division=typed_banner(),
        district=typed_district(),
        name=typed("name", limit=80),
        provider=typed("provider", limit=80),
        phone=typed("phone", limit=30),
        note=typed("note", limit=300),
    )
    keep_base(the_office(), told, scope(), actor=signed_in().name)
    flash(t("PAGE_SAVED"), "done")
    return redirect(url_for("cooperation.bases"), 303)


@bp.post("/bases/class")
def base_class() -> Response:
    """A class of a base, and who takes those who passed."""
    base_key, class_key = typed_key("base"), typed_key("class")
    if base_key is None or class_key is None:
        raise RecordNotFound("no such base or class")
    link = BaseClass(base_key=base_key, class_key=class_key, employer=typed("employer", limit=120))
    link_class(the_office(), link, scope(), actor=signed_in().name)
    flash(t("PAGE_SAVED"), "done")
    return redirect(url_for("cooperation.bases"), 303)
