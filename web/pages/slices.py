"""A village offline: the file that goes out, the file that comes back, and what both sides changed.

In: a place and a passphrase, or a file and its passphrase, or what somebody decided. Out: the encrypted file; what it
brought, in sentences; conflicts side by side, masked as everywhere.
"""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as Answer

from matcher.domain.division import lies_within
from matcher.domain.errors import InputRefused, RecordNotFound
from matcher.domain.intake.errands import ErrandKind, ErrandOrder
from matcher.domain.intake.told import LISTED, FactKind
from matcher.listings import Page
from matcher.slices import (
    Choice,
    check_passphrase,
    decide,
    export_slice,
    merge_slice,
    open_sides,
    past_decisions,
    undo_decision,
)
from matcher.slices.cli import told
from web.auth import may_see_identity, scope, signed_in
from web.config import the_office
from web.forms import chosen, page_number, typed, typed_division
from web.pages.accounts.accounts import divisions
from web.pages.errands.ordering import order, takes_long
from web.pages.intake.facts import label_of, value_of
from web.pages.presentation import masked_id, masked_phone, moment_text
from web.phrases import t, wording

bp = Blueprint("slices", __name__, url_prefix="/slices")
PRIVATE = frozenset(
    {"id_number", "health", "health_text", "monitor_category", "risk_reason", "household_type", "ledger", "remarks"}
    | {"cannot_leave", "market", "objections", "end_reason"}
)
"""Fields a coordinator sees no value of, only that the two sides differ."""
_PRIVATE_FACTS = frozenset({FactKind.SITUATION, FactKind.HOUSEHOLD})
_WORDS = {
    "why": "WHY_",
    "said_by": "SAID_BY_",
    "ended_said_by": "SAID_BY_",
    "life": "LIFE_",
    "switches": "DESK_SWITCH_",
    "overridden": "",
    "result": "SLICE_RESULT_",
    "stage": "LOCAL_STAGE_",
    "ground": "LOCAL_GROUND_",
    "exit_to": "LOCAL_EXIT_",
    "origin": "LOCAL_ORIGIN_",
}
"""Where values of a field have their words."""
_MOST_TEXT = 400


@bp.get("/")
def index() -> str:
    """Both forms, what waits for a decision, what was decided, what went and came."""
    office, mine = the_office(), scope()
    at = page_number()
    sides, total = open_sides(office, mine, first=at - 1, limit=1)
    if total and not sides:
        at, (sides, total) = 1, open_sides(office, mine, limit=1)
    with office.reading() as unit:
        me = unit.slices.book.office()
        events = unit.slices.book.events(division=mine.division)
    return render_template(
        "slices/index.html",
        page=Page(rows=tuple(sides), total=total, number=at, size=1),
        past=past_decisions(office, mine),
        events=events,
        away=me is not None and not me.head,
        villages=mine.villages,
        divisions=divisions(),
        division=mine.division,
        value_text=value_text,
        field_text=field_text,
    )


@bp.post("/export")
def export() -> Answer:
    """The encrypted file of a place."""
    mine, purpose = scope(), typed("purpose", limit=120)
    first, second = request.form.get("passphrase", "")[:200], request.form.get("passphrase_again", "")[:200]
    if first != second:
        raise InputRefused(t("PAGE_SLICE_TWICE"))
    if len(purpose) < 2:
        raise InputRefused(t("PAGE_SLICE_NO_PURPOSE"))
    division = typed_division("division") or mine.division
    if not lies_within(division or "150500", mine.division):
        raise RecordNotFound("no such division for this account")
    words = re.split(r"[,，、;；\s]+", typed("villages", limit=1_000))
    villages = mine.villages or tuple(dict.fromkeys(word for word in words if word))
    office = the_office()
    if takes_long(division or "1505"):
        check_passphrase(first)
        return order(
            ErrandOrder(kind=ErrandKind.SLICE_OUT, division=division or "1505", villages=villages, passphrase=first,
                        purpose=purpose, may_division=mine.division, may_villages=mine.villages)
        )  # fmt: skip
    made = export_slice(
        office, division=division or "1505", villages=villages, passphrase=first, actor=signed_in().name,
        purpose=purpose,
    )  # fmt: skip
    name = f"job131-{division or '1505'}-{office.today().isoformat()}.j131"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(made.whole, mimetype="application/octet-stream", headers=headers)


@bp.post("/merge")
def merge() -> Answer:
    """A file taken in, as far as the account may see its people."""
    upload, mine = request.files.get("file"), scope()
    if upload is None or not upload.filename:
        raise InputRefused(t("PAGE_SLICE_NO_FILE"))

    if takes_long(""):
        wanted = ErrandOrder(
            kind=ErrandKind.SLICE_IN, passphrase=request.form.get("passphrase", "")[:200],
            may_division=mine.division, may_villages=mine.villages,
        )  # fmt: skip
        return order(wanted, upload.read())

    def may(division: str, village: str) -> bool:
        return lies_within(division, mine.division) and (not mine.villages or village in mine.villages)

    merged = merge_slice(
        the_office(), upload.read(), passphrase=request.form.get("passphrase", "")[:200], actor=signed_in().name,
        may=may,
    )  # fmt: skip
    first, *rest = told(merged, wording())
    flash(first, "done")
    for line in rest:
        flash(line, "warn")
    return redirect(url_for("slices.index", _anchor="torn" if merged.figures.conflicts else None))


@bp.post("/<int:key>")
def decide_one(key: int) -> Answer:
    """Somebody decided what a record is to be."""
    choice = chosen(typed("choice"), tuple(Choice))
    if not choice:
        raise InputRefused(t("PAGE_ACCOUNT_NO_ACT"))
    fields = (name.removeprefix("field-") for name, side in request.form.items() if side == Choice.THERE)
    there = frozenset(name for name in fields if name)
    decide(
        the_office(), key, Choice(choice), seen=typed("seen", limit=80), mine=scope(), actor=signed_in().name,
        there=there,
    )  # fmt: skip
    flash(t("PAGE_SLICE_DONE"), "done")
    return redirect(url_for("slices.index", _anchor="torn"))


@bp.post("/<int:key>/undo")
def undo(key: int) -> Answer:
    """A decision taken back."""
    undo_decision(the_office(), key, mine=scope(), actor=signed_in().name)
    flash(t("PAGE_SLICE_UNDONE"), "done")
    return redirect(url_for("slices.index", _anchor="torn"))


def field_text(field: str) -> str:
    """What a field is called."""
    code = f"SLICE_FIELD_{field.upper()}"
    return t(code) if wording().catalogue.template(code, "zh") else field


def value_text(field: str, value: Any) -> str:
    """A value as it may be shown: numbers masked, what a coordinator may not see only as filled in."""
    if value in (None, "", [], {}):
        return t("PAGE_SLICE_NOTHING")
    if field in PRIVATE and not may_see_identity():
        return t("PAGE_SLICE_HIDDEN")
    if field == "fact":
        return _fact(value)
    if field == "id_number":
        return masked_id(str(value))
    if field == "phone":
        return masked_phone(str(value))
    if field.endswith("_at") and isinstance(value, str):
        return moment_text(datetime.fromisoformat(value))
    return _plain(value, field)[:_MOST_TEXT]


def _fact(told: dict[str, Any]) -> str:
    """A corrected fact: what it is about, what was wrong, what it is."""
    kind = FactKind(told["kind"])
    label = t(label_of(kind))
    if kind in _PRIVATE_FACTS and not may_see_identity():
        return f"{label}：{t('PAGE_SLICE_HIDDEN')}"
    was, now = (value_of(kind, told[side]) if kind in LISTED and told[side] else told[side] for side in ("was", "now"))
    return f"{label}：{' → '.join(part for part in (was, now) if part) or t('PAGE_SLICE_NOTHING')}"


def _plain(value: Any, field: str = "") -> str:
    """A value in words."""
    if isinstance(value, dict):
        if "text" in value and "code" in value:
            return str(value.get("name") or value["text"] or value["code"])
        return "；".join(
            f"{field_text(name)}：{_plain(one, name)}" for name, one in value.items() if one not in (None, "")
        )
    if isinstance(value, list):
        return "、".join(_plain(one, field) for one in value)
    code = f"{_WORDS.get(field, 'SLICE_VALUE_')}{value}".upper()
    return t(code) if wording().catalogue.template(code, "zh") else str(value)
