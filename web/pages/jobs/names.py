"""Names nobody is sure of: titles and places of adverts that staff place, once for all.

In: a name and what it means. Out: the list of those that wait, and what was decided last.
"""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from matcher.domain.errors import InputRefused
from matcher.domain.incoming.placed_name import NameKind
from matcher.placing import place_name, unsure_names
from web.auth import signed_in
from web.config import the_office
from web.forms import chosen, typed
from web.incoming.surety import surety_word
from web.pages.presentation import named
from web.phrases import t

bp = Blueprint("names", __name__, url_prefix="/postings/names")
KINDS = tuple(kind.value for kind in NameKind)


@bp.get("/")
def index() -> str:
    """What waits for a decision."""
    office = the_office()
    policy = office.policy.at(office.today())
    occupations = sorted((named("occupation", code), code) for code in office.lexicon.occupations)
    divisions = [(office.gazetteer.name(code), code) for code in _divisions()]
    return render_template(
        "names.html",
        names=unsure_names(office),
        occupations=occupations,
        divisions=divisions,
        surety=lambda confidence: surety_word(confidence, policy),
    )


@bp.post("/")
def place() -> Response:
    """Keep what a name means."""
    kind = chosen(typed("kind"), KINDS)
    text, meant = typed("text", limit=200), typed("code", limit=60)
    if not kind or not text:
        raise InputRefused(t("PAGE_NAME_NOT_CHOSEN"))
    count = place_name(the_office(), NameKind(kind), text, _code(kind, meant), actor=signed_in().name)
    flash(t("PAGE_NAME_PLACED", text=text, count=count), "done")
    return redirect(url_for("names.index"))


def _divisions() -> list[str]:
    """Counties and townships of the prefecture."""
    gazetteer = the_office().gazetteer
    counties = gazetteer.counties_of(gazetteer.home)
    return [one for county in counties for one in (county, *gazetteer.children(county))]


def _code(kind: str, meant: str) -> str:
    """The code of a name chosen from the list, or of a code typed; nothing chosen is refused."""
    if not meant:
        raise InputRefused(t("PAGE_NAME_NOT_CHOSEN"))
    office = the_office()
    if kind == NameKind.TITLE.value:
        names = {named("occupation", code): code for code in office.lexicon.occupations}
        return names.get(meant, meant)
    return office.gazetteer.resolve(meant, within=office.gazetteer.home).code or meant
