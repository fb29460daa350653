"""Printing: what can be printed by task, and the match sheets of a village, a township or one person.

In: whom, which paper, and whether as PDF, web page or Word. Out: a file to save, or its progress where it takes
longer; what was printed is stored with the plans.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from flask import Blueprint, render_template
from werkzeug.wrappers import Response

from matcher.domain.division import lies_within
from matcher.domain.errors import RecordNotFound
from matcher.domain.papers.records import PaperKind
from matcher.listings import Scope
from web.auth import allowed, scope, signed_in
from web.config import the_office
from web.forms import chosen, typed, typed_division, typed_key
from web.pages.papers.delivery import AT_ONCE, ENDINGS, PREFECTURE, at_once, deliver, my_printing, typed_order
from web.pages.runs import division_choices
from web.papers.collect import TRACKS_OF
from web.papers.forms.ticket import BUSINESSES
from web.papers.printing import order_again
from web.papers.versions import versions
from web.phrases import language

bp = Blueprint("sheets", __name__, url_prefix="/print")
PERSONAL = tuple(kind.value for kind in PaperKind if kind.personal)
SHOWN = 12
MOST_SHOWN = 500


@dataclass(frozen=True, slots=True)
class Area:
    """A county with its townships, to choose from."""

    code: str
    name: str
    townships: tuple[tuple[str, str], ...]


def areas() -> list[Area]:
    """The counties of the account with their townships; none for who has villages of their own."""
    gazetteer, mine = the_office().gazetteer, scope()
    return [
        Area(code, name, tuple((one, gazetteer.name(one, language())) for one in gazetteer.children(code)))
        for code, name in division_choices()
        if not mine.villages
    ]


@bp.get("/")
def index() -> str:
    """What can be printed, by task, and what was printed last."""
    mine, account = scope(), signed_in()
    with the_office().reading() as unit:
        within = "" if mine.division == PREFECTURE else mine.division
        recent = unit.printings.recent(division=within, actor=account.name if mine.villages else "", limit=SHOWN)
    return render_template(
        "sheets.html",
        areas=areas(),
        villages=mine.villages,
        endings=ENDINGS,
        recent=recent,
        businesses=BUSINESSES,
        personal=PERSONAL,
        versions=versions(),
        office_papers=allowed("papers.key_list"),
    )


@bp.post("/person/<int:key>")
def person(key: int) -> Response:
    """A paper of one person; nothing is ordered where that person is none of the account's."""
    mine = scope()
    with the_office().reading() as unit:
        unit.workers.get(key, division=mine.division, villages=mine.villages)
    kind = PaperKind(chosen(typed("paper"), PERSONAL) or PaperKind.SHEET.value)
    rank = typed_key("rank") or 0
    return at_once(typed_order(kind, division=mine.division, villages=mine.villages, worker_key=key, rank=rank))


def typed_area() -> Scope:
    """The village or township of the form; 404 outside the scope of the account."""
    mine = scope()
    division, name = typed_division("division") or mine.division, typed("village", limit=60)
    if not lies_within(division, mine.division) or (mine.villages and name not in mine.villages):
        raise RecordNotFound("no such village for this account")
    return Scope(division, (name,) if name else mine.villages)


@bp.post("/village")
def village() -> Response:
    """Cover list, sheets and reading scripts of a village or township, or another paper for everybody there."""
    within = typed_area()
    kind = PaperKind(chosen(typed("paper"), PERSONAL) or PaperKind.SHEET.value)
    with the_office().reading() as unit:
        places = unit.plans.in_order(division=within.division, villages=within.villages, tracks=TRACKS_OF[kind])
    many, sheets = len(places), kind is PaperKind.SHEET
    order = typed_order(
        kind,
        division=within.division,
        villages=within.villages,
        pack=sheets,
        only_changed=sheets and typed("changed") == "1",
    )
    if many > AT_ONCE and order.ending == "docx":
        order = replace(order, ending="zip")
    return deliver(order, many=many)


@bp.post("/again/<int:key>")
def again(key: int) -> Response:
    """What was printed before, word for word; of one person where the form names one."""
    worker, mine = typed_key("worker"), scope()
    if worker is None:
        sheets = my_printing(key).sheets
        return deliver(order_again(the_office(), key), many=sheets)
    with the_office().reading() as unit:
        unit.workers.get(worker, division=mine.division, villages=mine.villages)
        theirs = {one.printing for one in unit.papers.of_person(worker, limit=MOST_SHOWN)}
    if key not in theirs:
        raise RecordNotFound("no such printing of this person")
    return deliver(order_again(the_office(), key, worker_key=worker, ending=chosen(typed("ending"), ENDINGS)), many=1)
