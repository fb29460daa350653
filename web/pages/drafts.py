"""What somebody typed and has not sent: kept on the server, back after signing in again.

In: the fields of a form marked `data-draft="name"` in its template, sent by static/drafts.js while typing. Out: the
same again to the same account; gone once the form was sent and the answer led on. A form switches it on with that
mark and drafts.js among its page's scripts; names hold nothing personal. A hidden field `_draft` ends a further draft.
"""

from __future__ import annotations

import re
from datetime import timedelta

from flask import Blueprint, request
from flask_login import current_user
from werkzeug.wrappers import Response

from matcher.domain.errors import InputRefused
from web.auth import signed_in
from web.config import the_office
from web.forms import asked
from web.pages.presentation import moment_text
from web.phrases import t

bp = Blueprint("drafts", __name__, url_prefix="/drafts")
ENDS = "_draft"
_NAME = re.compile(r"[A-Za-z0-9_-]{1,80}")
_NEVER = frozenset({"csrf_token", ENDS})
_LED_ON = (302, 303)


def _keep() -> timedelta:
    """How long drafts are kept."""
    office = the_office()
    return timedelta(hours=office.policy.at(office.today()).whole("draft.keep_hours"))


def _named(text: str) -> str:
    """The name of a form."""
    if not _NAME.fullmatch(text):
        raise InputRefused(t("PAGE_DRAFT_BAD"))
    return text


@bp.get("/")
def read() -> dict[str, object]:
    """What was typed in a form, and the words the page says it with."""
    form = _named(asked("form", limit=90))
    with the_office().reading() as unit:
        draft = unit.drafts.get(signed_in().key, form, keep=_keep())
    words = {"out": t("PAGE_DRAFT_OUT"), "kept": t("PAGE_DRAFT_KEPT"), "drop": t("BTN_DRAFT_DROP")}
    if draft is None:
        return {"fields": None, "words": words}
    words["back"] = t("PAGE_DRAFT_BACK", when=moment_text(draft.saved_at))
    return {"fields": draft.fields, "words": words}


@bp.post("/")
def save() -> tuple[str, int]:
    """Keeps what is in a form now; an empty one forgets it."""
    form = _named(request.form.get(ENDS, ""))
    fields = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name not in _NEVER and "password" not in name and "passphrase" not in name
    ]
    with the_office().unit(actor=signed_in().name) as unit:
        if request.form.get("_drop") == "1" or not any(value.strip() for _, value in fields):
            unit.drafts.drop(signed_in().key, form)
        else:
            unit.drafts.put(signed_in().key, form, fields, keep=_keep())
    return "", 204


@bp.after_app_request
def _end(response: Response) -> Response:
    """A form that was sent and led on needs no draft any more."""
    sent = request.method == "POST" and request.endpoint not in (None, "drafts.save")
    if not sent or response.status_code not in _LED_ON or not current_user.is_authenticated:
        return response
    names = [name for name in request.form.getlist(ENDS) if _NAME.fullmatch(name)]
    if names:
        with the_office().unit(actor=signed_in().name) as unit:
            for name in names[:5]:
                unit.drafts.drop(signed_in().key, name)
    return response
