"""Notices on the board: what waits to be put up, what hangs, what was objected; the payment list.

In: claims chosen, days, objections, decisions. Out: pages; notices and payments stored; spreadsheets with a purpose.
"""

from __future__ import annotations

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matcher.claims import boards
from matcher.claims.claiming import pay
from matcher.claims.kinds import topics
from matcher.claims.overview import claims_of_state
from matcher.claims.rosters import LEDGER, PAYMENT, roster_rows
from matcher.domain.errors import EditConflict, InputRefused
from matcher.domain.papers.records import PaperKind
from matcher.domain.service.claim import ClaimRefused
from matcher.domain.service.publicity import NoticeState, Outcome, notice_state
from matcher.domain.service.timer import TimerState
from matcher.reports.workbook import XLSX_TYPE, write_report
from web.auth import scope, signed_in
from web.config import the_office
from web.forms import chosen, typed, typed_date, typed_key
from web.pages.claims.desk import bp
from web.pages.claims.shown import kind_name, matter_name, topic_name, yuan_text
from web.pages.papers.delivery import ENDINGS, at_once, typed_order
from web.phrases import language, t

MOST_PAID = 500
LEAST_PURPOSE = 2


@bp.get("/publicity")
def publicity() -> str:
    """What waits to be put up, and what hangs."""
    office, mine = the_office(), scope()
    with office.reading() as unit:
        waiting = list(boards.waiting_by_topic(unit, mine).items())
        notices = unit.publicities.listed(division=mine.division, villages=mine.villages)
        keys = [claim.worker_key for _, claims in waiting for claim in claims if claim.worker_key is not None]
        names = unit.run_plans.names(keys, mine.division)
    return render_template(
        "claims/publicity.html",
        waiting=waiting,
        notices=[(notice, notice_state(notice, office.today())) for notice in notices],
        names=names,
        today=office.today(),
        days=office.policy.at(office.today()).whole("publicity.days"),
        kind_name=kind_name,
        topic_name=topic_name,
        yuan_text=yuan_text,
    )


@bp.post("/publicity")
def put_up() -> Response:
    """Hangs claims out."""
    keys = [int(one) for one in request.form.getlist("claim")[:MOST_PAID] if one.isdecimal()]
    try:
        made = boards.put_up_claims(
            the_office(),
            chosen(typed("topic"), topics()) or next(iter(topics())),
            keys,
            scope(),
            actor=signed_in().name,
            first=typed_date("first") or the_office().today(),
            where=typed("where", limit=60),
        )
    except (ClaimRefused, EditConflict) as wrong:
        return _flashed(wrong, url_for("claims.publicity"))
    flash(t("PAGE_BOARD_PUT_UP", count=len(made)), "done")
    return redirect(url_for("claims.notice", key=made[0]) if len(made) == 1 else url_for("claims.publicity"))


@bp.get("/publicity/<int:key>")
def notice(key: int) -> str:
    """One notice with its lines and objections."""
    office, mine = the_office(), scope()
    with office.reading() as unit:
        found = unit.publicities.get(key, division=mine.division, villages=mine.villages)
        entries, objections = unit.publicities.entries(key), unit.publicities.objections(key)
        names = unit.run_plans.names([one.worker_key for one in entries if one.worker_key], mine.division)
        claims = unit.claims.many([one.claim_key for one in entries if one.claim_key is not None])
    return render_template(
        "claims/notice.html",
        notice=found,
        state=notice_state(found, office.today()),
        states=NoticeState,
        entries=entries,
        objections=objections,
        names=names,
        claims=claims,
        endings=ENDINGS,
        outcomes=tuple(Outcome),
        topic_name=topic_name,
        matter_name=matter_name,
        yuan_text=yuan_text,
    )


@bp.post("/publicity/<int:key>/objection")
def objection(key: int) -> Response:
    """Keeps what somebody said against it."""
    try:
        boards.object_to(
            the_office(),
            key,
            scope(),
            actor=signed_in().name,
            text=typed("text", limit=300),
            by=typed("by", limit=40),
            entry_key=typed_key("entry"),
        )
    except ClaimRefused as wrong:
        return _flashed(wrong, url_for("claims.notice", key=key))
    flash(t("PAGE_BOARD_OBJECTION_KEPT"), "done")
    return redirect(url_for("claims.notice", key=key))


@bp.post("/publicity/<int:key>/answer")
def answer(key: int) -> Response:
    """What came of an objection."""
    outcome = chosen(typed("outcome"), [one.value for one in Outcome])
    if not outcome:
        raise InputRefused(t("BOARD_SAY_WHY"))
    try:
        boards.answer(
            the_office(),
            key,
            typed_key("objection") or 0,
            Outcome(outcome),
            scope(),
            actor=signed_in().name,
            text=typed("text", limit=300),
        )
    except (ClaimRefused, EditConflict) as wrong:
        return _flashed(wrong, url_for("claims.notice", key=key))
    flash(t("PAGE_BOARD_ANSWERED"), "done")
    return redirect(url_for("claims.notice", key=key))


@bp.post("/publicity/<int:key>/close")
def close(key: int) -> Response:
    """Closes a notice, or takes it down with a reason."""
    try:
        if typed("down") == "1":
            boards.cancel(the_office(), key, scope(), actor=signed_in().name, reason=typed("reason", limit=200))
            flash(t("PAGE_BOARD_TAKEN_DOWN"), "done")
            return redirect(url_for("claims.notice", key=key))
        following = boards.close(the_office(), key, scope(), actor=signed_in().name)
    except (ClaimRefused, EditConflict) as wrong:
        return _flashed(wrong, url_for("claims.notice", key=key))
    flash(t("PAGE_BOARD_CLOSED_NEXT" if following else "PAGE_BOARD_CLOSED_DONE"), "done")
    return redirect(url_for("claims.notice", key=following or key))


@bp.post("/publicity/<int:key>/print")
def print_notice(key: int) -> Response:
    """The notice as it is hung out, names masked."""
    mine = scope()
    with the_office().reading() as unit:
        unit.publicities.get(key, division=mine.division, villages=mine.villages)
    return at_once(typed_order(PaperKind.BOARD, topic=str(key), division=mine.division, villages=mine.villages))


@bp.get("/payments")
def payments() -> str:
    """What may be paid: everything that has passed its boards."""
    office, mine = the_office(), scope()
    with office.reading() as unit:
        ready = claims_of_state(unit, mine, TimerState.PUBLICISED, most=MOST_PAID)
        names = unit.run_plans.names([one.worker_key for one in ready if one.worker_key], mine.division)
    return render_template(
        "claims/payments.html",
        ready=ready,
        names=names,
        today=office.today(),
        total=sum(one.yuan or 0 for one in ready),
        kind_name=kind_name,
        yuan_text=yuan_text,
    )


@bp.post("/payments")
def paid() -> Response:
    """The claims of a list were paid."""
    keys = [int(one) for one in request.form.getlist("claim")[:MOST_PAID] if one.isdecimal()]
    try:
        if not keys:
            return _flashed(InputRefused(t("CLAIM_NOBODY")), url_for("claims.payments"))
        many = pay(the_office(), keys, scope(), actor=signed_in().name, on=typed_date("on") or the_office().today())
    except (ClaimRefused, EditConflict) as wrong:
        return _flashed(wrong, url_for("claims.payments"))
    flash(t("PAGE_PAYMENTS_DONE", count=many), "done")
    return redirect(url_for("claims.payments"))


@bp.post("/export/<kind>")
def export(kind: str) -> Response:
    """The payment list or the ledger of claims as a spreadsheet; with a purpose, and noted in the audit record."""
    purpose, office, mine = typed("purpose", limit=120), the_office(), scope()
    if len(purpose) < LEAST_PURPOSE:
        raise InputRefused(t("PAGE_CLAIM_PURPOSE_MISSING"))
    columns = {"payment": PAYMENT, "ledger": LEDGER}.get(kind, LEDGER)
    with office.unit(actor=signed_in().name) as unit:
        rows = roster_rows(unit, mine, columns, language=language(), say=t)
        unit.audit.note("claims_export", subject=f"claims:{kind}", purpose=purpose, fields=str(len(rows)))
    title = t(f"PAGE_ROSTER_{kind.upper()}" if kind == "payment" else "PAGE_ROSTER_LEDGER")
    heads = [t(f"PAGE_ROSTER_COL_{name.upper()}") for name in columns.names]
    body = write_report(title, heads, rows, [t("PAGE_ROSTER_NOTE", purpose=purpose)], sheet_name=title)
    reply = Response(body, mimetype=XLSX_TYPE)
    name = f"131-claims-{'payment' if kind == 'payment' else 'ledger'}-{office.today().isoformat()}.xlsx"
    reply.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return reply


@bp.post("/payments/print")
def print_payments() -> Response:
    """The payment list on paper, for the office only; with a purpose."""
    mine, purpose = scope(), typed("purpose", limit=120)
    if len(purpose) < LEAST_PURPOSE:
        raise InputRefused(t("PAGE_CLAIM_PURPOSE_MISSING"))
    order = typed_order(PaperKind.PAYMENT, division=mine.division, villages=mine.villages, purpose=purpose)
    return at_once(order)


def _flashed(wrong: Exception, to: str) -> Response:
    """The page again, with what is wrong."""
    said = t(wrong.code, **wrong.filling) if isinstance(wrong, ClaimRefused) else getattr(wrong, "message", "")
    flash(said, "warn")
    return redirect(to)
