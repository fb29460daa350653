"""Somebody new at the window: five fields and a free text, understood while typing, stored once, planned at once.

In: what a clerk types. Out: the same page with what was understood, who it may be already and what to ask; at the end
the page of the person with the plan. Nothing typed stands in an address.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from jobs_feed.walk_in.drafting import Draft, Typed, draft_of, said_of
from jobs_feed.walk_in.filing import Alike, file_person, people_alike
from matcher.domain.errors import InputRefused
from matcher.domain.facts import Phrase
from matcher.domain.intake.told import Correction
from matcher.domain.worker import WorkStatus
from matcher.intake.answering import FORMS, corrections_for
from matcher.intake.correcting import replan
from matcher.intake.preview import Preview, preview
from matcher.reading import read_worker
from web.auth import scope, signed_in
from web.config import the_office
from web.forms import is_part, typed, typed_key
from web.pages.intake.block import Asked, asked_of, vocabularies
from web.pages.intake.facts import FactLine, Passage, cut, fact_lines
from web.phrases import t

bp = Blueprint("intake", __name__, url_prefix="/people/new")
LONGEST_TEXT = 2_000
PLACES_OFFERED = 400
TEXT = "情况说明"
STATUSES = tuple((one.value, f"PAGE_WORK_STATUS_{one.name}") for one in WorkStatus)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What is known of somebody while the form is filled in."""

    draft: Draft
    wrong: Mapping[str, Phrase] = field(default_factory=dict)
    alike: tuple[Alike, ...] = ()
    lines: tuple[FactLine, ...] = ()
    passages: tuple[Passage, ...] = ()
    asked: tuple[Asked, ...] = ()
    postings: int | None = None


@bp.get("/")
def index() -> str:
    """An empty form."""
    return _page(Typed(), None)


@bp.post("/")
def take() -> Response | str | tuple[str, int]:
    """While typing: what is understood. With the button: stored, planned, and on to the person."""
    words = _typed()
    if is_part():
        return render_template("intake/understood.html", words=words, **_shown(words, _look(words)))
    seen = Seen(draft=_draft(words))
    worker = seen.draft.worker
    if worker is None:
        return _page(words, _look(words)), 400
    same, new = typed_key("same"), typed("new") == "1"
    try:
        told = _answers(seen)
        filed = file_person(
            the_office(), worker, scope(), actor=signed_in().name, told=told, same=same or None, new=new
        )
    except InputRefused as refused:
        return _page(words, _look(words), note=refused.message), 400
    if filed.key is None:
        return _page(words, replace(_look(words), alike=filed.alike), note=t("WALK_IN_SAY_WHO")), 409
    replan(the_office(), filed.key, actor=signed_in().name, always=True)
    flash(t("WALK_IN_DONE" if same is None else "WALK_IN_ADDED"), "done")
    return redirect(url_for("people.person", key=filed.key), 303)


def _typed() -> Typed:
    """The words of the form; a free text keeps its lines."""
    text = request.form.get("text", "").replace("\r\n", "\n").replace("\r", "\n").strip()[:LONGEST_TEXT]
    return Typed(
        name=typed("name", limit=40),
        phone=typed("phone", limit=40),
        place=typed("place", limit=60),
        identity=typed("identity", limit=30),
        status=typed("status", limit=10),
        text=text,
    )


def _draft(words: Typed) -> Draft:
    """The person of the words, as far as the account may take one in."""
    mine = scope()
    return draft_of(the_office(), words, division=mine.division, villages=mine.villages)


def _look(words: Typed) -> Seen:
    """What the words say: what is wrong, who it may be, what was understood, what to ask."""
    office, mine = the_office(), scope()
    draft = _draft(words)
    wrong = said_of(draft.problems)
    reduced = replace(words, name=words.name or "？", identity="", phone="")
    worker = draft.worker or draft_of(office, reduced, division=mine.division, villages=mine.villages).worker
    if worker is None or words.blank:
        return Seen(draft=draft, wrong={} if words.blank else wrong)
    facts = read_worker(worker, office.tools, read_on=office.today())
    alike: tuple[Alike, ...] = ()
    if words.name:
        with office.reading() as unit:
            alike = people_alike(unit, worker, mine)
    lines = tuple(fact_lines(facts, (), whole=True))
    found = preview(office, worker, facts) if words.text else None
    return Seen(
        draft=draft,
        wrong=wrong,
        alike=alike,
        lines=lines,
        passages=tuple(cut(worker.remarks, TEXT, lines)),
        asked=_asked(found),
        postings=found.postings if found is not None else None,
    )


def _asked(found: Preview | None) -> tuple[Asked, ...]:
    """The questions of the plan that the form has no field for."""
    asked = asked_of(found.questions if found is not None else ())
    return tuple(one for one in asked if one.form is not None and one.code != "ASK_PHONE")


def _answers(seen: Seen) -> list[Correction]:
    """What was answered on the form."""
    said = {
        code: ([one for one in request.form.getlist(f"answer-{code}") if one][:20], typed(f"words-{code}", limit=60))
        for code in FORMS
    }
    answered = {code: both for code, both in said.items() if any(both)}
    worker, office = seen.draft.worker, the_office()
    unlinked: Sequence[str] = ()
    if worker is not None and answered:
        unlinked = read_worker(worker, office.tools, read_on=office.today()).unlinked[:2]
    told: list[Correction] = []
    for code, (clicked, words) in answered.items():
        told += corrections_for(office, code, clicked, words, about=unlinked)
    return told


def _page(words: Typed, seen: Seen | None, *, note: str = "") -> str:
    """The whole page."""
    mine = scope()
    with the_office().reading() as unit:
        villages = unit.finding.villages(division=mine.division, villages=mine.villages, limit=PLACES_OFFERED)
    places = list(dict.fromkeys(" ".join(part for part in (one.place, one.village) if part) for one in villages))
    seen = seen or Seen(draft=Draft(None))
    return render_template(
        "intake/new.html",
        words=words,
        places=places,
        statuses=STATUSES,
        longest=LONGEST_TEXT,
        note=note,
        fields=("姓名", "联系电话", "嘎查村", "身份证号"),
        **_shown(words, seen),
    )


def _shown(words: Typed, seen: Seen) -> dict[str, object]:
    """What both the page and its part show."""
    ticked = {
        code: [one for one in (*request.form.getlist(f"answer-{code}"), typed(f"words-{code}", limit=60)) if one]
        for code in FORMS
    }
    notices = [one.phrase for one in seen.draft.notices]
    return {"seen": seen, "ticked": ticked, "notices": notices, "vocabularies": vocabularies(), "blank": words.blank}
