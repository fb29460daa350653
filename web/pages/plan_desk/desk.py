"""A plan changed with the person in front of it: any posting held against her, what if, add, swap, take out, put back.

In: ticks, a name typed, a reason. Out: parts of the person's page, or pages of their own where there are no scripts; a
change is stored whole and can be taken back.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from matcher.choosing.changing import Wish, change_plan, restore_plan
from matcher.choosing.grounds import Verdict, verdicts_of
from matcher.choosing.history import difference, one_of, versions
from matcher.choosing.seat import Seat, seat_of
from matcher.choosing.survey import alternatives, kept_away, survey
from matcher.choosing.what_if import Tried, classes_to_try, concede, papers_to_try, try_out
from matcher.domain.casenumber import case_number
from matcher.domain.choosing.choices import Switch
from matcher.domain.errors import InputRefused
from matcher.domain.posting import PostingState
from matcher.listings import PostingFilter, PostingSummary
from matcher.listings import postings as list_postings
from matcher.office import UnitOfWork
from web.auth import scope, signed_in
from web.config import the_office
from web.forms import is_part, typed, typed_key
from web.pages.plan_desk.shown import (
    SWITCHES,
    against,
    choice_text,
    gap_text,
    left_because,
    story_of,
    strongest,
    switch_words,
    version_name,
)
from web.pages.presentation import day_text
from web.phrases import t

bp = Blueprint("plan_desk", __name__, url_prefix="/people")
WHY_ROWS = 6
CLASSES = 30


@bp.app_context_processor
def _for_templates() -> dict[str, object]:
    """What the parts of the person's page ask for themselves."""
    return {
        "desk_story": story_of,
        "strongest": strongest,
        "choice_text": choice_text,
        "switch_words": switch_words,
        "against": against,
        "gap_text": gap_text,
        "SWITCHES": SWITCHES,
    }


@dataclass(frozen=True, slots=True)
class WhyLine:
    """One posting held against the person."""

    posting: PostingSummary
    verdict: Verdict


def _seat(unit: UnitOfWork, key: int) -> Seat:
    """A person of the scope at the desk."""
    mine = scope()
    return seat_of(the_office(), unit, key, division=mine.division, villages=mine.villages)


def _page(part: str, seat: Seat, title: str, **more: object) -> str:
    """A part of the person's page, or a page of its own for those who have no scripts."""
    worker = seat.row.worker
    whole = not is_part()
    return render_template(
        "desk/page.html" if whole else part,
        part=part,
        title=title,
        key=seat.row.key,
        name=worker.name,
        case_no=case_number(seat.row.key),
        stored_plan=seat.stored,
        plan=seat.stored.plan if seat.stored else None,
        most=seat.market.policy.whole("package.postings"),
        **more,
    )


@bp.post("/<int:key>/why")
def why(key: int) -> str:
    """Any posting for this person: it fits, or it is excluded because of this; each can be put on the plan."""
    office, text = the_office(), typed("posting", limit=40)
    with office.reading() as unit:
        seat = _seat(unit, key)
        found = list_postings(unit, PostingFilter(text=text), scope(), number=1, size=WHY_ROWS) if text else None
        rows = found.rows if found else ()
        verdicts = verdicts_of(office, unit, seat, [row.key for row in rows])
    lines = [WhyLine(row, verdicts[row.key]) for row in rows]
    total = found.total if found else 0
    return _page(
        "desk/why_lines.html",
        seat,
        t("PAGE_WHY_NOT"),
        why_text=text,
        why_lines=lines,
        why_total=total,
    )


@bp.post("/<int:key>/more")
def more(key: int) -> str:
    """The next best postings below the three, and what one single thing keeps away."""
    with the_office().reading() as unit:
        seat = _seat(unit, key)
    looked = survey(seat)
    return _page(
        "desk/more_lines.html",
        seat,
        t("DESK_MORE_TITLE"),
        others=alternatives(seat, looked),
        away=kept_away(seat, looked),
        fitting=len(looked.fitting),
    )


@bp.post("/<int:key>/what-if")
def what_if(key: int) -> str:
    """What would be, worked out now and not stored."""
    office, tried = the_office(), _tried()
    with office.reading() as unit:
        seat = _seat(unit, key)
        outcome = try_out(office, unit, seat, tried)
    looked = survey(seat)
    said = frozenset(seat.said.switches) if seat.said else frozenset()
    return _page(
        "desk/what_if_form.html",
        seat,
        t("DESK_WHAT_IF"),
        tried=tried,
        outcome=outcome,
        said=said,
        papers=papers_to_try(looked),
        classes=classes_to_try(seat)[:CLASSES],
    )


def _tried() -> Tried:
    """What is ticked."""
    ticked = frozenset(switch for switch in Switch if switch.value in request.form.getlist("switch"))
    return Tried(switches=ticked, paper=typed("paper", limit=60), class_key=typed_key("class"))


@bp.post("/<int:key>/said")
def said(key: int) -> Response:
    """Keep what the person says for good, and make the plan anew."""
    office, mine = the_office(), scope()
    with office.reading() as unit:
        unit.workers.get(key, division=mine.division, villages=mine.villages)
    switches = _tried().switches
    concede(office, key, switches, actor=signed_in().name)
    flash(t("DESK_SAID_STORED" if switches else "DESK_SAID_TAKEN_BACK"), "done")
    return redirect(url_for("people.person", key=key))


@bp.post("/<int:key>/change")
def change(key: int) -> Response:
    """Add, swap or take out a posting, for a reason."""
    office, mine = the_office(), scope()
    with office.reading() as unit:
        unit.workers.get(key, division=mine.division, villages=mine.villages)
    shown = typed_key("plan")
    if shown is None:
        raise InputRefused(t("DESK_NO_PLAN_SHOWN"))
    wish = Wish(
        plan_key=shown,
        came=typed_key("came"),
        left=typed_key("left"),
        reason=typed("reason", limit=200),
        known=typed("known") == "1",
    )
    made = change_plan(office, key, wish, actor=signed_in().name)
    flash(t(f"DESK_DONE_{wish.verb.name}", code=made.code), "done")
    return redirect(url_for("people.person", key=key))


@bp.post("/<int:key>/restore")
def restore(key: int) -> Response:
    """Put an older plan back."""
    office, mine = the_office(), scope()
    with office.reading() as unit:
        unit.workers.get(key, division=mine.division, villages=mine.villages)
    wanted, shown = typed_key("older"), typed_key("plan")
    if wanted is None or shown is None:
        raise InputRefused(t("DESK_NO_PLAN_SHOWN"))
    made = restore_plan(office, key, wanted, shown=shown, actor=signed_in().name)
    flash(t("DESK_DONE_RESTORE", code=made.code), "done")
    with office.reading() as unit:
        states = unit.postings.states({match.posting_key for match in made.plan.matches})
    shut = [match for match in made.plan.matches if states.get(match.posting_key) is not PostingState.OPEN]
    if shut:
        flash(t("DESK_RESTORED_CLOSED", titles=t("DESK_PAUSE").join(match.posting.title for match in shut)), "warn")
    if made.plan.valid_until < office.today():
        flash(t("DESK_RESTORED_OVER", day=day_text(made.plan.valid_until)), "warn")
    return redirect(url_for("people.person", key=key))


@bp.get("/<int:key>/plans")
def history(key: int) -> str:
    """All plans of a person; two of them side by side."""
    mine = scope()
    with the_office().reading() as unit:
        worker = unit.workers.get(key, division=mine.division, villages=mine.villages).value
        found = versions(unit, key)
        closed = unit.plans.answers.closed([key]).get(key, frozenset())
        states = unit.postings.states({match.posting_key for one in found for match in one.stored.plan.matches})
    newer = _asked_version("newer", found[0].stored.key if found else 0)
    older = _asked_version("older", next((one.stored.key for one in found if one.stored.key < newer), newer))
    pair = (one_of(found, older), one_of(found, newer)) if found else None
    return render_template(
        "desk/history.html",
        key=key,
        name=worker.name,
        case_no=case_number(key),
        versions=found,
        pair=pair,
        change=difference(*pair) if pair and older != newer else None,
        version_name=version_name,
        why_left=lambda match, version: left_because(match, version, states, closed),
        current=next((one.stored.key for one in found if one.stored.current), None),
    )


def _asked_version(name: str, otherwise: int) -> int:
    """A plan chosen in the address."""
    text = request.args.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 12 else otherwise
