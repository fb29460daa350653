"""The key-assistance list and the tracking card of each person on it.

In: the list of a scope, what staff write down. Out: pages; contacts, owners, leaving and undoing recorded; the list as
a spreadsheet for a purpose.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from matcher.domain.errors import InputRefused
from matcher.domain.service.casefile import GuidanceWay
from matcher.domain.service.key_list import EntryReason, Found, KeyEntry, LeaveReason, LogKind
from matcher.key_list.entering import renew
from matcher.key_list.listing import PARTS, is_bare, is_late, key_page, whole_list
from matcher.key_list.tracking import (
    Contact,
    KeyRefused,
    enter_by_hand,
    leave,
    may_leave,
    record_contact,
    set_owner,
    take_back,
    undo_leave,
)
from matcher.listings import Page
from matcher.policy import PolicyAt
from matcher.reports.workbook import XLSX_TYPE, Value, write_report
from web.auth import scope, signed_in
from web.config import the_office
from web.forms import asked, chosen, page_number, typed, typed_date
from web.phrases import t

bp = Blueprint("key_list", __name__, url_prefix="/key-list")
WAYS = (GuidanceWay.PHONE, GuidanceWay.VISIT, GuidanceWay.WINDOW)
"""Ways of speaking with somebody, the commonest first."""
PAGE_SIZE = 30
LEAST_PURPOSE = 2
COLUMNS = ("NAME", "VILLAGE", "ENTERED", "REASON", "OWNER", "CONTACT", "MEASURES", "DUE", "STATE")


def policy() -> PolicyAt:
    """The policy of today."""
    office = the_office()
    return office.policy.at(office.today())


@bp.get("/")
def index() -> str:
    """A part of the list, the most urgent first."""
    part, number = chosen(asked("part"), PARTS) or PARTS[0], page_number()
    with the_office().reading() as unit:
        first = (number - 1) * PAGE_SIZE
        found = key_page(unit, part, scope(), policy(), first=first, limit=PAGE_SIZE)
        ways = may_leave(unit, [one for one in found.entries if one.left_on is None], policy())
    return render_template(
        "watching/key_list.html",
        page=Page(found.entries, found.total, number, PAGE_SIZE),
        part=part,
        parts=PARTS,
        counts=found.counts,
        ways=ways,
        tags=tags,
    )


def tags(entry: KeyEntry) -> list[tuple[str, str]]:
    """What stands out about a stay: (kind of tag, words)."""
    if entry.left_on is not None:
        return [("", t(f"KEY_LEFT_{(entry.left_reason or LeaveReason.MISTAKE).name}"))]
    found = []
    if is_late(entry, policy()):
        found.append(("bad", t("KEY_TAG_LATE")))
    if is_bare(entry, policy()):
        found.append(("bad", t("KEY_TAG_BARE")))
    return found


@bp.get("/person/<int:key>")
def person(key: int) -> str:
    """The tracking card of one person."""
    mine = scope()
    with the_office().reading() as unit:
        stored = unit.workers.get(key, division=mine.division, villages=mine.villages)
        entries = unit.watching.entries.of_person(key)
        lines = unit.watching.cards.of_entries([one.key for one in entries])
        standing = [one for one in entries if one.left_on is None]
        ways = may_leave(unit, standing, policy())
    return render_template(
        "watching/key_card.html",
        key=key,
        worker=stored.value,
        entries=entries,
        lines=lines,
        entry=standing[0] if standing else None,
        ways=ways[standing[0].key] if standing else None,
        tags=tags,
        choices={"ways": WAYS, "found": list(Found)},
        kinds=LogKind,
        today=the_office().today(),
        days=policy().whole("key_list.contact_days"),
    )


def _done(key: int, act: Callable[[], object], said: str) -> Response:
    """Does something for a person of the list and says so, or says why not."""
    try:
        act()
        flash(t(said), "done")
    except KeyRefused as refused:
        flash(t(refused.code), "warn")
    return redirect(url_for("key_list.person", key=key))


@bp.post("/entry/<int:entry>/contact")
def contact(entry: int) -> Response:
    """One contact written down."""
    office, worker = the_office(), _worker(entry)
    way, found = (
        chosen(typed("way"), [one.value for one in GuidanceWay]),
        chosen(typed("found"), [one.value for one in Found]),
    )
    if not way or not found:
        raise InputRefused(t("KEY_INCOMPLETE"))
    said = Contact(
        way=GuidanceWay(way), found=Found(found), on=typed_date("on") or office.today(),
        content=typed("content", limit=500), next_step=typed("next_step", limit=300), next_due=typed_date("next_due"),
    )  # fmt: skip
    return _done(
        worker, lambda: record_contact(office, entry, said, scope(), actor=signed_in().name), "KEY_CONTACT_SAVED"
    )


@bp.post("/entry/<int:entry>/owner")
def owner(entry: int) -> Response:
    """Who is in charge."""
    name = typed("owner", limit=40)
    return _done(
        _worker(entry), lambda: set_owner(the_office(), entry, name, scope(), actor=signed_in().name), "KEY_OWNER_SAVED"
    )


@bp.post("/entry/<int:entry>/leave")
def off(entry: int) -> Response:
    """Takes somebody off the list by a way that is open."""
    reason = chosen(typed("reason"), [one.value for one in LeaveReason])
    if not reason:
        raise InputRefused(t("KEY_INCOMPLETE"))
    note = typed("note", limit=300)
    return _done(
        _worker(entry),
        lambda: leave(the_office(), entry, LeaveReason(reason), note, scope(), actor=signed_in().name),
        "KEY_LEFT_SAVED",
    )


@bp.post("/entry/<int:entry>/back")
def back(entry: int) -> Response:
    """Leaving was a mistake."""
    why = typed("why", limit=300)
    return _done(
        _worker(entry), lambda: undo_leave(the_office(), entry, why, scope(), actor=signed_in().name), "KEY_BACK_SAVED"
    )


@bp.post("/entry/<int:entry>/line/<int:line>/undo")
def undo(entry: int, line: int) -> Response:
    """A contact written down by mistake is crossed out."""
    why = typed("why", limit=300)
    return _done(
        _worker(entry), lambda: take_back(the_office(), line, why, scope(), actor=signed_in().name), "KEY_UNDONE_SAVED"
    )


@bp.post("/person/<int:key>/enter")
def enter(key: int) -> Response:
    """Puts somebody on the list by hand, with the reason."""
    why = typed("why", limit=300)
    return _done(
        key, lambda: enter_by_hand(the_office(), key, why, scope(), actor=signed_in().name), "KEY_ENTERED_SAVED"
    )


@bp.post("/renew")
def look_again() -> Response:
    """Goes through everybody's ledger again."""
    done = renew(the_office(), actor=signed_in().name)
    flash(t("KEY_RENEWED", people=done.people, entered=done.entered, changed=done.changed), "done")
    return redirect(url_for("key_list.index"))


@bp.post("/list.xlsx")
def download() -> Response:
    """The list as a spreadsheet, for a purpose that is noted."""
    purpose = typed("purpose", limit=120)
    if len(purpose) < LEAST_PURPOSE:
        flash(t("KEY_NO_PURPOSE"), "warn")
        return redirect(url_for("key_list.index"))
    office = the_office()
    with office.unit(actor=signed_in().name) as unit:
        entries = whole_list(unit, scope(), policy())
        unit.audit.note("key_list_export", subject="key_list", purpose=purpose, fields=str(len(entries)))
    heads = [t("KEY_COL_NUMBER"), *(t(f"KEY_COL_{name}") for name in COLUMNS)]
    rows = [[number, *_row(one)] for number, one in enumerate(entries, start=1)]
    notes = [t("KEY_XLSX_NOTE"), t("KEY_XLSX_FOR", purpose=purpose)]
    body = write_report(t("KEY_TITLE"), heads, rows, notes, sheet_name=t("KEY_TITLE"))
    answer = Response(body, mimetype=XLSX_TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="key-list-{office.today().isoformat()}.xlsx"'
    return answer


def _row(one: KeyEntry) -> list[Value]:
    """One person of the spreadsheet."""
    reason = t(f"KEY_REASON_{one.reason.name}")
    said = f"{reason}：{one.words}" if one.reason is EntryReason.BY_HAND and one.words else reason
    state = "、".join(words for _, words in tags(one)) or t("KEY_TAG_FINE")
    contact_on, due = (day.isoformat() if day else "" for day in (one.contact_on, one.next_due))
    return [one.name, one.village, one.entered_on.isoformat(), said, one.owner, contact_on, one.measures, due, state]


def _worker(entry: int) -> int:
    """The person of a stay within the scope."""
    mine = scope()
    with the_office().reading() as unit:
        return unit.watching.entries.get(entry, division=mine.division, villages=mine.villages).worker_key
