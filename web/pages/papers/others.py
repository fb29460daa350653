"""Papers beside the match sheets: the papers of a person with pictures of them, lists, advice for employers, tickets,
and the progress of a large printing.

In: a person, a scope, an employer, a business. Out: pages, pictures, files to save.
"""

from __future__ import annotations

from importlib.resources import files

from flask import Blueprint, flash, redirect, render_template, send_file, url_for
from werkzeug.wrappers import Response

from matcher.domain.casenumber import case_number
from matcher.domain.errors import InputRefused, RecordNotFound
from matcher.domain.papers.records import DIED, PaperKind, Printing, PrintOrder, PrintState
from matcher.listings import PeopleFilter, people
from web.auth import scope, signed_in
from web.config import the_office
from web.forms import asked, chosen, typed, typed_key
from web.pages.papers.delivery import ENDINGS, at_once, deliver, my_printing, saved_as, typed_order
from web.pages.sheets import PERSONAL, typed_area
from web.papers.collect import TRACKS_OF
from web.papers.forms.ticket import BUSINESSES
from web.papers.picture import pictures
from web.phrases import t
from web.printing.desk import file_of

bp = Blueprint("papers", __name__, url_prefix="/print")
SHOWN = 30
A_LIST_AT_ONCE = 3_000
"""People of a scope through whom a list is made within the request."""


@bp.get("/person/<int:key>")
def of_person(key: int) -> str:
    """The papers of one person: each with a picture, and what was printed before."""
    mine = scope()
    with the_office().reading() as unit:
        worker = unit.workers.get(key, division=mine.division, villages=mine.villages).value
        stored = unit.plans.current(key)
        printed = unit.papers.of_person(key, limit=SHOWN)
    plan = stored.plan if stored else None
    papers = tuple(kind for kind in PERSONAL if plan and plan.track in TRACKS_OF[PaperKind(kind)])
    paper = chosen(asked("paper"), papers) or next(iter(papers), "")
    return render_template(
        "papers/person.html",
        key=key,
        case_no=case_number(key),
        worker=worker,
        plan=plan,
        papers=papers,
        paper=paper,
        printed=printed,
        endings=ENDINGS,
    )


@bp.get("/person/<int:key>/<paper>-<int:page>.png")
def picture(key: int, paper: str, page: int) -> Response:
    """A picture of a paper as it would be printed now; nothing is stored."""
    if paper not in PERSONAL or page > 4:
        raise RecordNotFound("no such paper")
    mine, large = scope(), asked("large") == "1"
    order = PrintOrder(
        kind=PaperKind(paper), division=mine.division, villages=mine.villages, worker_key=key, large=large
    )
    found = pictures(the_office(), order)
    if not 1 <= page <= len(found):
        raise RecordNotFound("no such page")
    return Response(found[page - 1], mimetype="image/png")


@bp.get("/sample/<paper>.png")
def sample(paper: str) -> Response:
    """A picture of a made-up paper."""
    if paper not in {kind.value for kind in PaperKind}:
        raise RecordNotFound("no such paper")
    content = files("web.papers").joinpath("samples", f"{paper}.png").read_bytes()
    return Response(content, mimetype="image/png")


@bp.post("/list/key")
def key_list() -> Response:
    """The people to look after first; inside the office only, with a purpose."""
    return _listed(PaperKind.KEY_LIST, purpose=typed("purpose", limit=120))


@bp.post("/list/public")
def public_list() -> Response:
    """A list for the notice board."""
    return _listed(PaperKind.PUBLIC_LIST, topic=typed("topic", limit=20))


def _listed(kind: PaperKind, **more: str) -> Response:
    """A list of a scope, in the background where many people have to be looked at."""
    within = typed_area()
    order = typed_order(kind, division=within.division, villages=within.villages, **more)
    with the_office().reading() as unit:
        many = people(unit, PeopleFilter(), within, number=1, size=1).total
    return at_once(order) if many <= A_LIST_AT_ONCE else deliver(order, many=many)


@bp.post("/employer")
def employer() -> Response:
    """Advice for one employer."""
    return at_once(typed_order(PaperKind.EMPLOYER, employer=typed("employer", limit=100), division=scope().division))


@bp.post("/tickets")
def tickets() -> Response:
    """Numbers for the queue."""
    topic = chosen(typed("topic"), BUSINESSES) or BUSINESSES[0]
    first, count = typed_key("first") or 0, typed_key("count") or 0
    order = typed_order(PaperKind.TICKET, topic=topic, first=first, count=count, division=scope().division)
    return at_once(order)


@bp.get("/job/<int:key>")
def printing(key: int) -> str:
    """How far a printing is; its file when it is done."""
    found = my_printing(key)
    waits = file_of(the_office().config, found).is_file()
    return render_template("papers/printing.html", printing=found, words=words(found), waits=waits)


@bp.get("/job/<int:key>/progress")
def progress(key: int) -> dict[str, object]:
    """The progress, for the page that watches."""
    found = my_printing(key)
    return {"share": found.progress, "over": found.state.over, "words": words(found)}


def words(found: Printing) -> str:
    """What happens to a printing."""
    return t(f"PAGE_PRINTING_{found.state.name}")


@bp.post("/job/<int:key>/stop")
def stop(key: int) -> Response:
    """Ask a printing to stop; nothing of it is kept."""
    my_printing(key)
    with the_office().unit(actor=signed_in().name) as unit:
        unit.printings.close_silent(DIED)
        if not unit.printings.get(key).state.over:
            unit.printings.ask_to_stop(key)
    flash(t("PAGE_PRINTING_STOP_ASKED"), "done")
    return redirect(url_for("papers.printing", key=key))


@bp.get("/job/<int:key>/file")
def fetch(key: int) -> Response:
    """The file of a printing; after a day it is made again from what is stored."""
    found = my_printing(key)
    path = file_of(the_office().config, found)
    if found.state is not PrintState.DONE or not path.is_file():
        raise InputRefused(t("PAGE_PRINTING_GONE"))
    with the_office().reading() as unit:
        order = unit.printings.wanted(key)
    return send_file(path, as_attachment=True, download_name=saved_as(order))
