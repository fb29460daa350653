"""Closing time: figures, people to be called back, employers who hired nobody; what the cases hear of it.

In: a fair. Out: a page to read and print, a workbook for the office, and one that may leave it.
"""

from __future__ import annotations

from io import BytesIO

from flask import flash, redirect, render_template, send_file, url_for
from werkzeug.wrappers import Response

from matcher.domain.errors import InputRefused
from matcher.domain.fairs import FairResult, Visitor
from matcher.fairs.feeding import enrol, feed, hear
from matcher.fairs.figures import BOOTH_COLUMNS, COLUMNS, FairReport, for_outside, report
from matcher.office import UnitOfWork
from web.config import the_office
from web.forms import asked, chosen, typed, typed_key
from web.pages.fairs.common import actor, fair_here, place_name, step_of, the_fair
from web.pages.fairs.desk import bp
from web.pages.fairs.workbook import write_workbook
from web.pages.presentation import masked_phone
from web.phrases import t

HEARD = {"started": FairResult.STARTED, "lost": FairResult.LOST}
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@bp.get("/<int:key>/report")
def outcome(key: int) -> str:
    """The figures of a fair; `for=outside` shows them as they may leave the office."""
    return _report_page(key, outside=asked("for") == "outside")


@bp.post("/<int:key>/phones")
def phones(key: int) -> str:
    """The whole numbers once, for a reason; who, when and why is kept for good."""
    reason = typed("reason", limit=120)
    if len(reason) < 2:
        raise InputRefused(t("PAGE_REVEAL_NEEDS_REASON"))
    with the_office().unit(actor()) as unit:
        the_fair(unit, key)
        unit.audit.note("reveal", subject=f"fair:{key}", purpose=reason, fields="phone")
    return _report_page(key, outside=False, whole=True)


def _report_page(key: int, *, outside: bool, whole: bool = False) -> str:
    """The page of the figures; numbers to call are masked unless they were asked for."""
    with the_office().reading() as unit:
        fair = the_fair(unit, key)
        found = report(unit, fair)
        both = [one for one in unit.fairs.results.of(key) if one.other is not None]
        people = unit.fairs.visitors.many(key, [one.visitor_key for one in both])
        numbers = phones_of(unit, [call.visitor for call in found.calls])
        loose = sum(one.arrived_at is not None and one.worker_key is None for one in unit.fairs.visitors.of(key))
    return render_template(
        "fairs/report.html",
        fair=fair,
        report=_shown(found) if outside else found,
        outside=outside,
        least=_least(),
        columns=COLUMNS,
        booth_columns=BOOTH_COLUMNS,
        label=label,
        both=[(people[one.visitor_key], one) for one in both],
        phones=numbers if whole else {one: masked_phone(number) for one, number in numbers.items()},
        whole=whole,
        loose=loose,
        step=step_of(fair),
        today=the_office().today(),
    )


def _shown(found: FairReport) -> FairReport:
    """The report as it may leave the office."""
    return for_outside(found, _least())


def _least() -> int:
    """The smallest figure that is shown outside."""
    office = the_office()
    return office.policy.at(office.today()).whole("fairs.smallest_cell")


def label(kind: str, code: str) -> str:
    """The name of a group of people."""
    if kind == "sex":
        return t(f"FAIR_SEX_{code.upper()}" if code else "FAIR_UNKNOWN")
    if kind == "banner":
        return place_name(code) if code else t("FAIR_UNKNOWN")
    return code or t("FAIR_UNKNOWN")


def phones_of(unit: UnitOfWork, visitors: list[Visitor]) -> dict[int, str]:
    """Whom to call at which number: as the office knows it, else as it was said at the door."""
    known = unit.workers.many([one.worker_key for one in visitors if one.worker_key is not None])
    return {
        one.key: known[one.worker_key].value.phone or one.facts.phone if one.worker_key in known else one.facts.phone
        for one in visitors
    }


@bp.post("/<int:key>/workbook")
def workbook(key: int) -> Response:
    """The report as a spreadsheet: whole for the office, without names and small cells for others."""
    outside = typed("for") == "outside"
    with the_office().unit(actor()) as unit:
        fair = the_fair(unit, key)
        found = report(unit, fair)
        numbers = {} if outside else phones_of(unit, [call.visitor for call in found.calls])
        unit.audit.note("fair_workbook", subject=f"fair:{key}", fields="figures" if outside else "figures phone")
    content = write_workbook(_shown(found) if outside else found, numbers, label, _least())
    name = f"{fair.ref}-{'outside' if outside else 'report'}.xlsx"
    return send_file(BytesIO(content), mimetype=XLSX, as_attachment=True, download_name=name)


@bp.post("/<int:key>/feed")
def tell_cases(key: int) -> Response:
    """What the cases have not heard of yet; walk-ins onto the office's list where that was asked for."""
    office, fair = the_office(), fair_here(key)
    if typed("enrol") == "1":
        new, known = enrol(office, fair, actor=actor())
        flash(t("FAIR_ENROLLED", fresh=new, known=known), "done")
    fed = feed(office, fair, actor=actor())
    flash(t("FAIR_FED", told=fed.told, unknown=fed.unknown), "done")
    return redirect(url_for("fairs.outcome", key=key))


@bp.post("/<int:key>/hear")
def heard(key: int) -> Response:
    """What the telephone told: started, or it came to nothing."""
    result = HEARD[chosen(typed("result", limit=10), HEARD) or "lost"]
    visitor, place = typed_key("visitor") or 0, typed_key("place") or 0
    hear(the_office(), fair_here(key), visitor, place, result, actor=actor())
    flash(t("FAIR_HEARD"), "done")
    return redirect(url_for("fairs.outcome", key=key, _anchor="calls"))
