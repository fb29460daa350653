"""People: the list, and one person with the plan.

In: filters, a name typed. Out: pages. Names never stand in an address: what was searched waits encrypted in the
session, so that going back and forth works.
"""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from matcher.aftercare.heard import said_lines
from matcher.casework import plan_people
from matcher.domain.casenumber import case_number
from matcher.domain.errors import InputRefused
from matcher.domain.plan import Track
from matcher.intake.classes import enrolments_of
from matcher.listings import PeopleFilter
from matcher.listings import people as list_people
from matcher.stored_rows import as_corrected
from web.auth import allowed, may_see_identity, scope, signed_in
from web.config import the_office
from web.forms import asked, chosen, is_part, page_number, typed
from web.pages.intake.block import understood_block
from web.pages.intake.finding import is_number, suggestions
from web.pages.person_view import profile_rows
from web.pages.plan_desk.shown import tell_story
from web.pages.search import NUMBER, remember_text, remembered_text
from web.phrases import t

bp = Blueprint("people", __name__, url_prefix="/people")
PAGE_SIZE = 30
PAPERS_SHOWN = 4
TRACKS = tuple(track.value for track in Track)
REVEALED = ("phone", "id_number", "health")


@bp.get("/")
def index() -> str:
    """The list, as filtered and searched last."""
    track, short = chosen(asked("track"), TRACKS), asked("short") == "1"
    text, mine = remembered_text(), scope()
    wanted = PeopleFilter(text=text, track=track, only_short=short)
    with the_office().reading() as unit:
        page = list_people(unit, wanted, mine, number=page_number(), size=PAGE_SIZE)
        questions = unit.questions.count(division=mine.division, villages=mine.villages)
    return render_template(
        "people.html", page=page, text=text, track=track, short=short, tracks=TRACKS, questions=questions
    )


@bp.post("/search")
def search() -> Response | str:
    """While typing: who it may be. With the button: the one person found, else the list; empty shows everyone."""
    text, mine = typed("text", limit=40), scope()
    if is_part():
        return suggestions(text)
    if is_number(text) and allowed("finding.ask"):
        remember_text(text, slot=NUMBER)
        return redirect(url_for("finding.ask"))
    remember_text(text)
    kept = {key: value for key in ("track", "short") if (value := typed(key, limit=40))}
    with the_office().reading() as unit:
        found = list_people(unit, PeopleFilter(text=text), mine, size=1) if text and not kept else None
    if found is not None and found.total == 1:
        return redirect(url_for("people.person", key=found.rows[0].key))
    return redirect(url_for("people.index", **kept))


@bp.get("/<int:key>")
def person(key: int) -> str:
    """Profile, what was understood, and the plan."""
    return _person_page(key)


def _person_page(key: int, *, revealed: dict[str, str] | None = None, **more: object) -> str:
    """The page of one person within the scope of the account."""
    office, mine = the_office(), scope()
    with office.reading() as unit:
        stored = unit.workers.get(key, division=mine.division, villages=mine.villages)
        stored_plan = unit.plans.current(key)
        questions = unit.questions.of_person(key)
        slips = unit.aftercare.returns.of_people([key]).get(key, [])
        changes = unit.life.of_person(key)
        tell_story(unit, key, stored_plan)
        printed, enrolled = unit.papers.of_person(key, limit=PAPERS_SHOWN), enrolments_of(unit, key)
    worker, facts = as_corrected(stored, office, office.today(), slips=slips)
    identity, plan = may_see_identity(), stored_plan.plan if stored_plan else None
    return render_template(
        "person.html",
        key=key,
        case_no=case_number(key),
        worker=worker,
        stored_plan=stored_plan,
        plan=plan,
        profile=profile_rows(worker, facts, office.today(), identity=identity),
        **understood_block(
            worker, facts, list(stored.corrections), changes, plan.questions if plan else (), whole=identity
        ),
        revealed=revealed or {},
        questions=questions,
        said=said_lines(slips, office.policy.at(office.today())),
        printed=printed,
        enrolled=enrolled,
        **more,
    )


@bp.post("/<int:key>/reveal")
def reveal(key: int) -> str:
    """Show one masked value once, for a reason; who, when and why is kept for good."""
    what, reason = chosen(typed("what"), REVEALED), typed("reason", limit=120)
    if not what or len(reason) < 2:
        raise InputRefused(t("PAGE_REVEAL_NEEDS_REASON"))
    mine = scope()
    with the_office().unit(actor=signed_in().name) as unit:
        worker = unit.workers.get(key, division=mine.division, villages=mine.villages).value
        unit.audit.note("reveal", subject=f"worker:{key}", purpose=reason, fields=what)
    value = "、".join(one.value for one in worker.health) if what == "health" else getattr(worker, what)
    return _person_page(key, revealed={what: value or t("VALUE_NONE")})


@bp.post("/<int:key>/plan")
def plan(key: int) -> Response:
    """Make this person's plan anew."""
    office, mine = the_office(), scope()
    with office.reading() as unit:
        worker = unit.workers.get(key, division=mine.division, villages=mine.villages).value
    plan_people(office, worker_ref=f"{worker.sender}:{worker.ref}", actor=signed_in().name)
    flash(t("PAGE_PLAN_MADE"), "done")
    return redirect(url_for("people.person", key=key))
