"""Programs that use the JSON API: who has a token, what each may do, a new one, one that ends now.

In: what an administrator grants. Out: the list; a new token is shown on the answer of the form and never again.
"""

from __future__ import annotations

import re
from datetime import timedelta

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matcher.domain.clients import ApiClient, Right
from matcher.domain.errors import InputRefused
from web.auth import signed_in
from web.config import the_office
from web.forms import typed, typed_division
from web.phrases import language, t

bp = Blueprint("clients", __name__, url_prefix="/clients")
MOST_VILLAGES = 50
RIGHTS = tuple(right.value for right in Right)
_PREFECTURE = "150500"


@bp.get("/")
def index() -> str:
    """Every program, and the form for a new one."""
    return _page()


@bp.post("/")
def add() -> str:
    """A new program; its token stands on this page only."""
    rights = [Right(value) for value in request.form.getlist("right") if value in RIGHTS]
    office, days = the_office(), _days()
    division = typed_division("division")
    if division and not office.gazetteer.name(division):
        raise InputRefused(t("PAGE_BAD_DIVISION", value=division))
    villages = _villages()
    if villages and not division:
        raise InputRefused(t("PAGE_CLIENT_VILLAGES_ALONE"))
    with office.unit(actor=signed_in().name) as unit:
        client, token = unit.clients.add(
            typed("name", limit=40),
            rights,
            division=division,
            villages=villages,
            expires_at=office.clock() + timedelta(days=days),
        )
        unit.audit.note("client_added", subject=f"client:{client.key}", fields=",".join(sorted(client.rights)))
    return _page(made=client, token=token)


@bp.post("/<int:key>/revoke")
def revoke(key: int) -> Response:
    """A program whose token opens nothing from now on."""
    with the_office().unit(actor=signed_in().name) as unit:
        client = unit.clients.revoke(key)
        unit.audit.note("client_revoked", subject=f"client:{key}")
    flash(t("PAGE_CLIENT_REVOKED", name=client.name), "done")
    return redirect(url_for("clients.index"))


def _page(*, made: ApiClient | None = None, token: str = "") -> str:
    """The list and the form."""
    office = the_office()
    with office.reading() as unit:
        clients = unit.clients.all()
    gazetteer, now = office.gazetteer, office.clock()
    counties = [(code, gazetteer.name(code, language())) for code in gazetteer.counties_of(_PREFECTURE)]
    return render_template(
        "clients/index.html",
        clients=[(one, _state(one), gazetteer.name(one.division, language())) for one in clients],
        usable=[one for one in clients if one.usable(now)],
        rights=RIGHTS,
        counties=counties,
        days=office.policy.at(office.today()).whole("api.token_days"),
        made=made,
        token=token,
    )


def _state(client: ApiClient) -> str:
    """Whether its token opens anything: on, expired, off."""
    if client.revoked_at is not None:
        return "off"
    return "on" if client.usable(the_office().clock()) else "expired"


def _days() -> int:
    """How long the token is good for, within the limit of the policy."""
    most = the_office().policy.at(the_office().today()).whole("api.token_days")
    text = typed("days", limit=5) or str(most)
    if not text.isascii() or not text.isdecimal() or not 1 <= int(text) <= most:
        raise InputRefused(t("PAGE_CLIENT_BAD_DAYS", most=most))
    return int(text)


def _villages() -> tuple[str, ...]:
    """Village names, one a line or with commas between them."""
    parts = re.split(r"[,，、;；\n]", request.form.get("villages", "")[:2_000])
    names = dict.fromkeys(name for part in parts if (name := "".join(part.split())))
    return tuple(list(names)[:MOST_VILLAGES])
