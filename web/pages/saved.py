"""Filters somebody keeps under a name and uses again with one press, on every list that has filters.

In: what is chosen on a list, a name. Out: the list as chosen then. What was searched by name goes back into the
encrypted session and never into an address. A list joins with a line in FILTERED and `{% include "_saved.html" %}`.
"""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response

from matcher.domain.errors import InputRefused
from web.auth import allowed, signed_in
from web.config import the_office
from web.forms import chosen, typed
from web.pages.search import remember_text, remembered_text
from web.phrases import t

bp = Blueprint("saved", __name__, url_prefix="/saved")
FILTERED: Mapping[str, tuple[str, ...]] = {
    "people.index": ("track", "short"),
    "postings.index": ("text", "kind", "state", "unfilled"),
}
"""Lists with filters → the fields that make one up."""
SEARCHED = frozenset({"people.index"})
"""Lists whose search by name is kept in the session."""
_TEXT = "_searched"


@bp.app_context_processor
def _shown() -> dict[str, object]:
    """What `_saved.html` asks."""
    return {"saved_filters": _of_page}


def _of_page(page: str) -> list[object]:
    """The kept filters of the signed-in account for a list."""
    with the_office().reading() as unit:
        return list(unit.filters.of(signed_in().key, page))


@bp.post("/")
def keep() -> Response:
    """Keeps what is chosen now under a name."""
    page, name = chosen(typed("page"), FILTERED), typed("name", limit=20)
    if not page or not allowed(page):
        raise InputRefused(t("SAVED_NO_PAGE"))
    fields = {field: value for field in FILTERED[page] if (value := typed(field, limit=40))}
    if page in SEARCHED and (text := remembered_text()):
        fields[_TEXT] = text
    if not name or not fields:
        raise InputRefused(t("SAVED_NO_NAME" if not name else "SAVED_NOTHING"))
    with the_office().unit(actor=signed_in().name) as unit:
        unit.filters.put(signed_in().key, page, name, fields)
    flash(t("SAVED_KEPT", name=name), "done")
    return _list(page, fields)


@bp.get("/<int:key>")
def use(key: int) -> Response:
    """The list as it was chosen."""
    with the_office().reading() as unit:
        kept = unit.filters.get(signed_in().key, key)
    if kept.page in SEARCHED:
        remember_text(kept.chosen.get(_TEXT, ""))
    return _list(kept.page, kept.chosen)


@bp.post("/<int:key>/drop")
def drop(key: int) -> Response:
    """Forgets a filter; what it showed stays."""
    with the_office().unit(actor=signed_in().name) as unit:
        kept = unit.filters.get(signed_in().key, key)
        unit.filters.drop(signed_in().key, key)
    flash(t("SAVED_DROPPED", name=kept.name), "done")
    return redirect(url_for(kept.page))


def _list(page: str, fields: Mapping[str, str]) -> Response:
    """To a list with its fields; those of another version of the page are left out."""
    return redirect(url_for(page, **{field: value for field, value in fields.items() if field in FILTERED[page]}))
