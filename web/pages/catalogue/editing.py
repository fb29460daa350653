"""A change of an offer: typed in a form, checked in plain words, tried on people, then kept as one more version.

In: the form. Out: pages; nothing is overwritten, every version says who entered it and when.
"""

from __future__ import annotations

import json
from dataclasses import replace

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matcher.catalogue.changing import effect_of, faults_of, newest_first, save_item
from matcher.catalogue.lines import GROUPS, MUST
from matcher.catalogue.offers import Standing
from matcher.catalogue.saying import fact_name, said_fault, said_material
from matcher.domain.errors import InputRefused, RecordNotFound
from matcher.domain.service.policies.catalogue import Item, KeptItem, Once, Tier
from matcher.domain.service.policies.plain_items import as_item, item_plain
from matcher.domain.service.policies.rules import Form
from matcher.reference.offers import fact_kinds, shared_materials
from web.auth import scope, signed_in
from web.config import the_office
from web.forms import asked, typed
from web.pages.catalogue import bp
from web.pages.catalogue.listed import AUDIENCES, home_division, may_edit, shown_item
from web.pages.catalogue.typed_offer import AMOUNTS, COMPARES, LINES, UNITS, Fields, Typed, fields_of, item_of
from web.phrases import t, wording

NEW = "NEW"


def _latest(code: str) -> KeptItem | None:
    """The newest version of an offer."""
    history = newest_first(the_office().policy.catalogue.history(code))
    return history[0] if history else None


@bp.get("/edit")
def edit() -> str:
    """The form, filled with the version that stands, or empty for a new offer."""
    code, today = asked("code"), the_office().today()
    if not code:
        fields = {"code": "", "region": home_division(), "valid_from": today.isoformat(), "visibility": "public"}
        return _form(fields, fresh=True)
    kept = _latest(code)
    if kept is None:
        raise RecordNotFound("没有这一条政策", ref=code)
    return _form(fields_of(kept.item, wording()) | {"valid_from": today.isoformat()}, fresh=False)


def _form(fields: Fields, *, fresh: bool, faults: list[str] | None = None) -> str:
    """The form with what is in it, and what is wrong with that."""
    words, audience = wording(), fields.get("audience", "P")
    kinds = [kind for kind in fact_kinds().values() if kind.subject == audience]
    return render_template(
        "catalogue/edit.html",
        v=fields,
        fresh=fresh,
        faults=faults or [],
        facts=[(kind.name, fact_name(words, kind.name)) for kind in kinds],
        hints=[(fact_name(words, kind.name), _hint(kind.name)) for kind in kinds if kind.form is Form.CHOICE],
        materials=[(code, said_material(words, code)) for code in shared_materials()],
        audiences=AUDIENCES,
        groups=(MUST, *GROUPS),
        letters=GROUPS,
        compares=COMPARES,
        onces=tuple(once.value for once in Once),
        tiers=tuple(tier.value for tier in Tier),
        units=UNITS,
        line_count=LINES,
        amount_count=AMOUNTS,
        places=[(home_division(), t("CAT_REGION_OWN")), *_regions()],
    )


def _hint(name: str) -> str:
    """The choices of a fact in words."""
    return "、".join(t(f"CHOICE_{name}_{choice}".upper()) for choice in fact_kinds()[name].choices)


def _regions() -> list[tuple[str, str]]:
    """The counties an account may enter offers for."""
    gazetteer, home = the_office().gazetteer, home_division()
    counties = sorted({code[:6] for code in gazetteer.divisions if code.startswith(home) and code[4:6] != "00"})
    return [(code, gazetteer.name(code, "zh")) for code in counties if code != home]


@bp.post("/look")
def look() -> str | tuple[str, int]:
    """What was typed, checked: what is wrong, what would change for whom, and whether to save it."""
    fields = {name: value[:2000] for name, value in request.form.items() if name != "csrf_token"}
    given, before = Typed(fields, wording()), _latest(typed("code"))
    item = item_of(given, before.item.rule if before else None)
    if not may_edit(item.region):
        given.faults.append(("CAT_NOT_YOURS", item.region))
    if before is not None and "fresh" in fields:
        given.faults.append(("CAT_CODE_TAKEN", item.code))
    found = [] if given.faults else faults_of(the_office(), item)
    wrong = [t(code, where=where) for code, where in given.faults]
    wrong += [said_fault(wording(), fault) for fault in found if fault.hinders]
    if wrong:
        return _form(fields, fresh="fresh" in fields, faults=wrong), 422
    office = the_office()
    with office.reading() as unit:
        effect = effect_of(office, unit, item, scope()) if item.audience.value == "P" else None
    return render_template(
        "catalogue/look.html",
        **shown_item(item),
        before=before,
        warnings=[said_fault(wording(), fault) for fault in found],
        effect=effect,
        standings=tuple(Standing),
        body=json.dumps(item_plain(item), ensure_ascii=False),
    )


@bp.post("/save")
def save() -> Response:
    """Enters the version that was looked at; from its day on it stands."""
    item = _looked_at()
    if not may_edit(item.region):
        raise RecordNotFound("这个地区的政策不归本账号管", ref=item.code)
    save_item(the_office(), item, actor=signed_in().name)
    flash(t("CAT_SAVED"), "done")
    return redirect(url_for("catalogue.item", code=item.code))


def _looked_at() -> Item:
    """The version as it was shown before saving."""
    try:
        body = json.loads(request.form.get("body", "")[:40_000])
    except ValueError as broken:
        raise InputRefused(t("CAT_BROKEN")) from broken
    if not isinstance(body, dict):
        raise InputRefused(t("CAT_BROKEN"))
    return as_item(body)


@bp.post("/withdraw")
def withdraw() -> Response:
    """Ends an offer from today on, by one more version; the earlier ones stay to be read."""
    kept = _latest(typed("code"))
    if kept is None or not may_edit(kept.item.region):
        raise RecordNotFound("没有这一条政策")
    gone = replace(kept.item, valid_from=the_office().today(), valid_to=None, withdrawn=not kept.item.withdrawn)
    save_item(the_office(), gone, actor=signed_in().name)
    flash(t("CAT_WITHDRAWN" if gone.withdrawn else "CAT_BACK_AGAIN"), "done")
    return redirect(url_for("catalogue.item", code=gone.code))
