"""Printing: the sheet of one person, or the pack of a village or a township.

In: whom, and whether as PDF, HTML or Word. Out: a file to save; the day of printing is recorded with the plans.
"""

from __future__ import annotations

from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Blueprint, render_template, send_file
from werkzeug.wrappers import Response

from matcher.domain.casenumber import case_number
from matcher.domain.division import lies_within
from matcher.domain.errors import InputRefused, RecordNotFound
from matcher.listings import Scope, home_counts
from web.auth import scope, signed_in
from web.config import the_office
from web.forms import chosen, typed, typed_division
from web.pages.runs import division_choices
from matcher.domain.papers.records import PrintOrder
from web.papers.printing import print_papers
from web.phrases import language, t

bp = Blueprint("sheets", __name__, url_prefix="/print")
ENDINGS = ("pdf", "html", "docx")
SHEETS_AT_ONCE = 1_000


@dataclass(frozen=True, slots=True)
class Area:
    """A county with its townships, to choose from."""

    code: str
    name: str
    townships: tuple[tuple[str, str], ...]


@bp.get("/")
def index() -> str:
    """What can be printed: the own villages, or a township, or a village of it."""
    mine = scope()
    gazetteer = the_office().gazetteer
    areas = [
        Area(code, name, tuple((one, gazetteer.name(one, language())) for one in gazetteer.children(code)))
        for code, name in division_choices()
        if not mine.villages
    ]
    return render_template("sheets.html", areas=areas, villages=mine.villages, endings=ENDINGS)


@bp.post("/person/<int:key>")
def person(key: int) -> Response:
    """The match sheet of one person."""
    mine = scope()
    wanted = Wanted(division=mine.division, villages=mine.villages, worker_key=key)
    return _file(wanted, case_number(key).removeprefix("131-"))


@bp.post("/village")
def village() -> Response:
    """Cover list, sheets and reading scripts of a village or township."""
    mine = scope()
    division, name = typed_division("division") or mine.division, typed("village", limit=60)
    if not lies_within(division, mine.division) or (mine.villages and name not in mine.villages):
        raise RecordNotFound("no such village for this account")
    within = Scope(division, (name,) if name else mine.villages)
    with the_office().reading() as unit:
        many = home_counts(unit, within, the_office().today()).planned
    if many > SHEETS_AT_ONCE:
        raise InputRefused(t("PAGE_TOO_MANY_SHEETS", count=many, most=SHEETS_AT_ONCE))
    return _file(Wanted(division=within.division, villages=within.villages), name or division or "131", with_pack=True)


def _file(wanted: Wanted, name: str, *, with_pack: bool = False) -> Response:
    """The papers as a file to save; always in Chinese, as people here read them."""
    ending = chosen(typed("ending"), ENDINGS) or "pdf"
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"papers.{ending}"
        large = typed("large") == "1"
        print_sheets(the_office(), path, wanted, large=large, with_pack=with_pack, actor=signed_in().name)
        content = BytesIO(path.read_bytes())
    return send_file(content, as_attachment=True, download_name=f"131-{name}.{ending}")
