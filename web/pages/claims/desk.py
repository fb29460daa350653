"""The desk of claims, and one person's clocks.

In: filters, a person. Out: pages; claims prepared; the papers of a claim.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from matcher.claims.claiming import prepare_claim
from matcher.claims.kinds import kinds
from matcher.claims.overview import STATES, overview
from matcher.claims.person_clock import clocks_of, file_of
from matcher.claims.training import prepare_training_claim, training_clocks
from matcher.domain.casenumber import case_number
from matcher.domain.division import lies_within
from matcher.domain.errors import EditConflict
from matcher.domain.papers.records import PaperKind
from matcher.domain.service.claim import ClaimRefused
from matcher.domain.service.timer import TimerState
from matcher.listings import Page, Scope
from web.auth import scope, signed_in
from web.config import the_office
from web.forms import asked, chosen, page_number, typed, typed_key
from web.pages.claims.shown import kind_name, progress, yuan_text
from web.pages.papers.delivery import ENDINGS, at_once, typed_order
from web.pages.village.place import village_groups
from web.phrases import t

bp = Blueprint("claims", __name__, url_prefix="/claims")
PAGE_SIZE = 30


@bp.get("/")
def index() -> str:
    """Who is due, what lacks a proof, what waits, what was paid."""
    office = the_office()
    state = TimerState(chosen(asked("state"), [one.value for one in STATES]) or STATES[0].value)
    kind, village, number = chosen(asked("kind"), kinds()), asked("village", limit=80), page_number()
    look = looked_at(village)
    with office.reading() as unit:
        policy = office.policy.at(office.today())
        found = overview(unit, look, policy, state=state, kind=kind, number=number, size=PAGE_SIZE)
        groups = village_groups(unit)
    return render_template(
        "claims/index.html",
        found=found,
        page=Page(found.rows, found.total, number, PAGE_SIZE),
        states=STATES,
        state=state,
        kinds=kinds(),
        kind=kind,
        village=village if look != scope() else "",
        groups=groups,
        today=office.today(),
        kind_name=kind_name,
        yuan_text=yuan_text,
    )


def looked_at(village: str) -> Scope:
    """The village asked for, where it lies within the scope of the account; else the whole scope."""
    code, _, name = village.partition("|")
    mine = scope()
    inside = bool(name) and lies_within(code, mine.division) and (not mine.villages or name in mine.villages)
    return Scope(division=code, villages=(name,)) if inside else mine


@bp.get("/people/<int:key>")
def person(key: int) -> str:
    """The clocks of one person: how far the months are, what was checked, what to do."""
    office, mine = the_office(), scope()
    with office.reading() as unit:
        policy, file = office.policy.at(office.today()), file_of(unit, key, mine)
        clocks = clocks_of(unit, key, mine, policy, file=file)
        courses = training_clocks(unit, key, mine, policy, file=file)
    return render_template(
        "claims/person.html",
        key=key,
        case_no=case_number(key),
        worker=file.stored.value,
        clocks=clocks,
        courses=courses,
        claims=file.claims[::-1],
        today=office.today(),
        months=office.policy.at(office.today()).whole("ladder.months"),
        progress=progress,
        kind_name=kind_name,
        yuan_text=yuan_text,
        endings=ENDINGS,
    )


@bp.post("/people/<int:key>/claim")
def make(key: int) -> Response:
    """Prepares a claim for the newest work of a person."""
    kind = chosen(typed("kind"), kinds())
    return _prepared(key, lambda said: prepare_claim(the_office(), key, kind, scope(), **said))


@bp.post("/people/<int:key>/classes/<int:course>/claim")
def make_training(key: int, course: int) -> Response:
    """Prepares a claim for a class of a person."""
    return _prepared(key, lambda said: prepare_training_claim(the_office(), key, course, scope(), **said))


def _prepared(key: int, prepare: Callable[[dict[str, str]], int]) -> Response:
    """The page of the claim made, or the person's with why there is none."""
    try:
        made = prepare({"actor": signed_in().name, "note": typed("note", limit=200)})
    except ClaimRefused as refused:
        why = t(refused.code, **refused.filling)
    except EditConflict as taken:
        why = taken.message
    else:
        flash(t("PAGE_CLAIM_MADE"), "done")
        return redirect(url_for("claims.claim", key=made))
    flash(why, "warn")
    return redirect(url_for("claims.person", key=key))


@bp.post("/people/<int:key>/form")
def form(key: int) -> Response:
    """The papers of a claim, filled in: the application, and the proofs to be signed."""
    mine = scope()
    with the_office().reading() as unit:
        unit.workers.get(key, division=mine.division, villages=mine.villages)
    kind = chosen(typed("kind"), kinds()) or next(iter(kinds()))
    order = typed_order(
        PaperKind.CLAIM,
        worker_key=key,
        topic=kind,
        rank=typed_key("course") or 0,
        division=mine.division,
        villages=mine.villages,
    )
    return at_once(order)


@bp.post("/due")
def due() -> Response:
    """The list of who is due, to take along."""
    mine = looked_at(typed("village", limit=80))
    return at_once(typed_order(PaperKind.DUE, division=mine.division, villages=mine.villages))
