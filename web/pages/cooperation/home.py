"""The cooperation with Beijing at a glance: departures, the four kinds, the ledger; gap and results of matching.

In: a year, what staff enter. Out: pages and spreadsheets; nobody is named in a table that leaves the office.
"""

from __future__ import annotations

from datetime import date

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from matcher.cooperation.departures import make_departure
from matcher.cooperation.entering import keep_deed, take_back
from matcher.cooperation.ledger import LedgerLine, kinds, ledger
from matcher.cooperation.routes import unpaired_banners
from matcher.domain.errors import InputRefused
from matcher.domain.service.around.cooperation import CoopDeed, CoopKind, Departure
from matcher.office import UnitOfWork
from matcher.reports.workbook import XLSX_TYPE, Value, write_report
from web.auth import scope, signed_in
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
from web.phrases import t

bp = Blueprint("cooperation", __name__, url_prefix="/cooperation")
KINDS = tuple(kind.value for kind in CoopKind)
SHOWN_DEEDS = 50
COLUMNS = (
    "DISTRICT", "BANNER", "BATCH", "LEAVES", "VEHICLE", "EMPLOYER", "JOB", "YUAN", "LISTED", "LIFTED", "ARRIVED",
    "ARRIVED_LIFTED", "RETURNED", "UNCALLED", "THREE", "PROVED", "RIGHTS", "RIGHTS_OPEN",
)  # fmt: skip


def year() -> int:
    """The year asked for, else this one."""
    text, now = asked("year", limit=4), the_office().today().year
    return int(text) if text.isdecimal() and 2000 <= int(text) <= now + 1 else now


def of_year(unit: UnitOfWork, number: int) -> list[LedgerLine]:
    """The departures of a year."""
    return ledger(the_office(), unit, scope(), date(number, 1, 1), date(number, 12, 31))


@bp.get("/")
def index() -> str:
    """Departures of a year, the four kinds of cooperation, what is still to be entered."""
    office, mine, shown = the_office(), scope(), year()
    with office.reading() as unit:
        lines = of_year(unit, shown)
        first, last = date(shown, 1, 1), date(shown, 12, 31)
        deeds = unit.cooperation.deeds.between("happened_on", first, last, division=mine.division)
        matters = unit.cooperation.rights.between("opened_on", first, last, division=mine.division)
        unpaired = unpaired_banners(office, unit, mine, office.today())
    return render_template(
        "cooperation/index.html",
        tabs=TABS,
        lines=lines,
        kinds=kinds(deeds, lines, matters),
        deeds=deeds[:SHOWN_DEEDS],
        unpaired=[short_name(code) for code in unpaired],
        open_rights=sum(matter.closed_on is None for matter in matters),
        banners=banners(),
        districts=districts(),
        coop_kinds=KINDS,
        short_name=short_name,
        year=shown,
        years=range(office.today().year + 1, office.today().year - 4, -1),
        today=office.today(),
    )


@bp.get("/ledger.xlsx")
def book() -> Response:
    """京蒙劳务协作台账 of a year as a spreadsheet: figures, no names."""
    office, shown = the_office(), year()
    with office.reading() as unit:
        lines = of_year(unit, shown)
    rows = [_row(line) for line in lines]
    notes = [t("COOP_LEDGER_NOTE_LIFTED"), t("COOP_LEDGER_NOTE_THREE"), t("COOP_LEDGER_NOTE_RIGHTS")]
    title = t("COOP_LEDGER_TITLE", year=shown, place=short_name(scope().division or office.gazetteer.home))
    heads = [t(f"COOP_COL_{column}") for column in COLUMNS]
    body = write_report(title, heads, rows, notes, sheet_name=t("COOP_LEDGER_SHEET"))
    answer = Response(body, mimetype=XLSX_TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="jingmeng-{shown}.xlsx"'
    return answer


def _row(line: LedgerLine) -> list[Value]:
    """One departure."""
    one = line.departure
    state = f"{one.batch}（{t('COOP_CANCELLED')}）" if one.cancelled_on else one.batch
    return [
        short_name(one.district), short_name(one.division), state, one.leaves_on.isoformat(), one.vehicle, one.employer,
        one.title, one.yuan, line.listed, line.lifted, line.arrived, line.arrived_lifted, line.returned, line.uncalled,
        line.three_months, line.three_proved, line.rights, line.rights_open,
    ]  # fmt: skip


@bp.post("/departures")
def make() -> Response:
    """A new departure."""
    key = make_departure(the_office(), typed_departure(), scope(), actor=signed_in().name)
    flash(t("COOP_DEPARTURE_MADE"), "done")
    return redirect(url_for("cooperation.departure", key=key), 303)


def typed_departure() -> Departure:
    """A departure from the form."""
    leaves_on, district = typed_date("leaves_on"), typed_district()
    if leaves_on is None or not district:
        raise InputRefused(t("COOP_DEPARTURE_INCOMPLETE"))
    return Departure(
        division=typed_banner(),
        district=district,
        batch=typed("batch", limit=40),
        vehicle=typed("vehicle", limit=60),
        leaves_on=leaves_on,
        employer=typed("employer", limit=120),
        title=typed("title", limit=60),
        posting_key=_posting(),
        yuan=typed_number("yuan", most=100_000),
        seats=typed_number("seats", most=5_000) or 0,
        pickups=typed("pickups", limit=300),
        companion=typed("companion", limit=60),
        companion_phone=typed("companion_phone", limit=30),
        note=typed("note", limit=300),
    )


def _posting() -> int | None:
    """The posting people go to, by its number."""
    key = typed_key("posting")
    if key is None:
        return None
    with the_office().reading() as unit:
        return unit.postings.get(key).key


@bp.post("/deeds")
def deed() -> Response:
    """One thing done together."""
    told = CoopDeed(
        division=typed_banner(),
        district=typed_district(),
        kind=CoopKind(chosen(typed("kind"), KINDS) or CoopKind.TRAINING.value),
        happened_on=typed_date("happened_on") or the_office().today(),
        title=typed("title", limit=120),
        people=typed_number("people", most=1_000_000) or 0,
        lifted=typed_number("lifted", most=1_000_000) or 0,
        note=typed("note", limit=300),
    )
    keep_deed(the_office(), told, scope(), actor=signed_in().name)
    flash(t("PAGE_SAVED"), "done")
    return redirect(url_for("cooperation.index", year=told.happened_on.year) + "#kinds", 303)


BACK = {
    "deeds": "cooperation.index",
    "contacts": "cooperation.contacts",
    "bases": "cooperation.bases",
    "base_classes": "cooperation.bases",
    "brands": "brokers.brands",
}


@bp.post("/take-back")
def undo() -> Response:
    """A record entered by mistake."""
    what, key = chosen(typed("what"), tuple(BACK)), typed_key("record")
    if not what or key is None:
        raise InputRefused(t("COOP_NOTHING_CHOSEN"))
    take_back(the_office(), what, key, scope(), actor=signed_in().name)
    flash(t("COOP_TAKEN_BACK"), "done")
    return redirect(url_for(BACK[what]), 303)
