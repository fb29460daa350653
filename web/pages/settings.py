"""What the office says of itself on every paper: name, phones, address.

In: what staff type. Out: settings with history; without the office's phone no paper is made.
"""

from __future__ import annotations

import re

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from matcher.domain.errors import InputRefused
from matcher.domain.settings import OFFICE_FIELDS
from web.auth import signed_in
from web.config import the_office
from web.forms import typed
from web.phrases import t

bp = Blueprint("settings", __name__, url_prefix="/settings")
PHONES = {"office_phone", "complaint_phone"}
_PHONE = re.compile(r"\+?[0-9][0-9 \-]{4,18}(转[0-9]{1,5})?")
_ADDRESS = re.compile(r"https?://[^\s/]+[^\s]*")


@bp.get("/")
def index() -> str:
    """The values in force."""
    with the_office().reading() as unit:
        stored = unit.settings.all()
    values = {name.value: stored[name] for name in OFFICE_FIELDS}
    return render_template("settings.html", values=values)


@bp.post("/")
def save() -> Response:
    """Enter new values; older ones stay in the history."""
    with the_office().unit(actor=signed_in().name) as unit:
        for name in OFFICE_FIELDS:
            unit.settings.put(name, _checked(name.value, typed(name.value, limit=120)))
        unit.audit.note("settings", subject="office", fields="all")
    flash(t("PAGE_SAVED"), "done")
    return redirect(url_for("settings.index"))


def _checked(name: str, value: str) -> str:
    """A value that can stand on paper."""
    if value and name in PHONES and not _PHONE.fullmatch(value):
        raise InputRefused(t("PAGE_BAD_PHONE", value=value))
    if value and name == "public_url" and not _ADDRESS.fullmatch(value):
        raise InputRefused(t("PAGE_BAD_ADDRESS", value=value))
    return value
