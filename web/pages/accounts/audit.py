"""The record of who did what: looked through, proved whole, handed out with a purpose.

In: what the auditor asks. Out: entries without any value; whom an entry is about is told one by one, for a reason that
is recorded itself.
"""

from __future__ import annotations

import csv
import io
from datetime import datetime, time, timedelta

from flask import Blueprint, Response, flash, redirect, render_template, session, url_for
from werkzeug.wrappers import Response as Answer

from matcher.domain.casenumber import case_number
from matcher.domain.errors import InputRefused, RecordNotFound
from matcher.listings import Page
from matcher.office import AuditEntry, AuditWanted
from web.auth import scope, signed_in
from web.config import the_office
from web.forms import page_number, typed, typed_date, typed_key
from web.pages.importing.changes import inert
from web.pages.presentation import CHINA, moment_text
from web.phrases import t, wording

bp = Blueprint("audit", __name__, url_prefix="/audit")
KEPT = "audit_wanted"
SIZE = 50
AT_ONCE = 5_000
"""A record of so many entries is proved with every look at the page; a longer one on a button."""
MOST_OUT = 100_000
LEAST_PURPOSE = 2
_FIELDS = ("actor", "action", "subject", "since", "until")


@bp.get("/")
def index() -> str:
    """The newest entries of the filter."""
    return _page()


def _page(*, told: dict[str, str] | None = None, told_of: int = 0, proved: bool = False) -> str:
    """The page, with whom one entry is about where that was asked."""
    kept = _kept()
    wanted = _wanted(kept)
    number = page_number()
    with the_office().reading() as unit:
        total = unit.audit.count(wanted)
        entries = unit.audit.find(wanted, first=(number - 1) * SIZE, size=SIZE)
        actors, actions = unit.audit.named()
        newest = unit.audit.recent(1)
        last = newest[0].number if newest else 0
        looked = proved or last <= AT_ONCE
        broken = unit.audit.broken_link() if looked else None
    page = Page(rows=tuple(entries), total=total, number=number, size=SIZE)
    return render_template(
        "audit/index.html", page=page, wanted=kept, actors=actors, actions=actions, broken=broken, last=last,
        looked=looked, told=told, told_of=told_of, action_text=action_text, subject_text=subject_text,
    )  # fmt: skip


@bp.post("/")
def search() -> Answer:
    """Keeps the filter in the session: names never stand in an address."""
    for name in ("since", "until"):
        typed_date(name)
    session[KEPT] = {name: typed(name, limit=60) for name in _FIELDS if typed(name, limit=60)}
    return redirect(url_for("audit.index"))


@bp.get("/chain")
def chain() -> str:
    """Every link looked at."""
    return _page(proved=True)


@bp.post("/resolve")
def resolve() -> str:
    """Whom an entry is about, for a reason."""
    number, purpose = typed_key("number"), typed("purpose", limit=120)
    if number is None or len(purpose) < LEAST_PURPOSE:
        raise InputRefused(t("PAGE_AUDIT_NO_PURPOSE"))
    office = the_office()
    with office.unit(actor=signed_in().name) as unit:
        entry = unit.audit.get(number)
        kind, _, key = entry.subject.partition(":")
        if kind == "worker" and key.isdecimal():
            mine = scope()
            found = unit.workers.get(int(key), division=mine.division, villages=mine.villages).value
            told = {"name": found.name, "place": f"{found.home.name} {found.village}", "number": case_number(int(key))}
        elif kind == "account" and key.isdecimal():
            told = {"name": unit.accounts.get(int(key)).name, "place": "", "number": ""}
        else:
            raise RecordNotFound("no person behind this entry")
        unit.audit.note("audit_resolved", subject=entry.subject, purpose=purpose)
    return _page(told=told, told_of=number)


@bp.post("/export")
def export() -> Answer:
    """The entries of the filter as a table, for a purpose."""
    purpose = typed("purpose", limit=120)
    if len(purpose) < LEAST_PURPOSE:
        flash(t("PAGE_AUDIT_NO_PURPOSE"), "warn")
        return redirect(url_for("audit.index"))
    office = the_office()
    with office.unit(actor=signed_in().name) as unit:
        entries = unit.audit.find(_wanted(_kept()), size=MOST_OUT)
        broken = unit.audit.broken_link()
        unit.audit.note("audit_export", subject="audit", purpose=purpose, fields=str(len(entries)))
    name = f"audit-{office.today().isoformat()}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response("\ufeff" + _table(entries, broken), mimetype="text/csv", headers=headers)


def _table(entries: list[AuditEntry], broken: int | None) -> str:
    """Entries as CSV; no cell is a formula."""
    sheet = io.StringIO()
    writer = csv.writer(sheet, lineterminator="\r\n")
    columns = ("NUMBER", "AT", "WHO", "WHAT", "SUBJECT", "PURPOSE", "FIELDS", "ORIGIN")
    writer.writerow([t(f"PAGE_AUDIT_{name}") for name in columns])
    for one in entries:
        told = (one.actor, action_text(one.action), one.subject, one.purpose, one.fields, one.origin)
        writer.writerow([one.number, moment_text(one.at), *map(inert, told)])
    writer.writerow([t("PAGE_AUDIT_WHOLE") if broken is None else t("PAGE_AUDIT_BROKEN", number=broken)])
    return sheet.getvalue()


def _kept() -> dict[str, str]:
    """The filter of this session."""
    kept = session.get(KEPT)
    return dict(kept) if isinstance(kept, dict) else {}


def _wanted(kept: dict[str, str]) -> AuditWanted:
    """The filter as the store asks it; days are days of the office."""
    since, until = (_midnight(kept.get(name, "")) for name in ("since", "until"))
    return AuditWanted(
        actor=kept.get("actor", ""),
        action=kept.get("action", ""),
        subject=kept.get("subject", ""),
        since=since,
        until=None if until is None else until + timedelta(days=1),
    )


def _midnight(text: str) -> datetime | None:
    """The beginning of a day."""
    return datetime.combine(datetime.fromisoformat(text).date(), time(), CHINA) if text else None


def action_text(action: str) -> str:
    """What was done, in words; an action nobody gave words to says its code."""
    code = f"AUDIT_DID_{action.upper()}"
    return t(code) if wording().catalogue.template(code, wording().language) else action


def subject_text(subject: str) -> str:
    """What it was done to, without a name."""
    kind, _, key = subject.partition(":")
    code = f"AUDIT_ON_{kind.upper().replace(' ', '_')}"
    known = wording().catalogue.template(code, wording().language)
    return f"{t(code)} {key}".strip() if known else subject
