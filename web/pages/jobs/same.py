"""Postings that are one job: pairs to decide, groups that were merged, decisions that can be taken back.

In: answers of staff. Out: pages; a posting itself is never changed here.
"""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from jobs_feed.sameness.marking import Stretch, differences
from jobs_feed.sameness.merging import decide_same, take_out
from jobs_feed.sameness.reading import ShownPair, decisions, groups, questions
from jobs_feed.sameness.union import compared_fields
from matcher.domain.errors import InputRefused
from matcher.domain.incoming.sameness import Verdict
from matcher.listings import Page
from web.auth import signed_in
from web.config import the_office
from web.forms import chosen, page_number, typed, typed_key
from web.phrases import t

bp = Blueprint("same", __name__, url_prefix="/postings/same")
PAIRS, GROUPS, DECISIONS = 10, 20, 20
ANSWERS = {"same": Verdict.SAME, "different": Verdict.DIFFERENT}


@dataclass(frozen=True, slots=True)
class Line:
    """One field of two adverts beside each other, what differs marked."""

    field: str
    one: list[Stretch]
    other: list[Stretch]
    differs: bool


@dataclass(frozen=True, slots=True)
class Question:
    """A pair as the page shows it."""

    pair: ShownPair
    lines: list[Line]


@bp.get("/")
def index() -> str:
    """What is to be decided, what was merged, what was decided last."""
    office, number = the_office(), page_number()
    with office.reading() as unit:
        stale = office.policy.at(office.today()).whole("plan.stale_days")
        asked = questions(unit, number=number, size=PAIRS)
        merged = groups(unit, office.today(), stale, size=GROUPS)
        decided = decisions(unit, size=DECISIONS)
    shown = Page(tuple(map(_question, asked.rows)), asked.total, asked.number, asked.size)
    return render_template("same.html", page=shown, merged=merged, decided=decided)


def _question(pair: ShownPair) -> Question:
    """A pair with its fields side by side."""
    lines = []
    for field, first, second, differs in compared_fields(pair.one.value, pair.other.value):
        marked = differences(first, second) if differs else ([(first, False)], [(second, False)])
        lines.append(Line(field, *marked, differs))
    return Question(pair, lines)


def _pair() -> tuple[int, int]:
    """The two postings of a form."""
    one, other = typed_key("one"), typed_key("other")
    if one is None or other is None:
        raise InputRefused(t("PAGE_SAME_WRONG"))
    return one, other


@bp.post("/decide")
def decide() -> Response:
    """A person says whether two adverts are one job."""
    answer = ANSWERS.get(chosen(typed("answer"), ANSWERS))
    if answer is None:
        raise InputRefused(t("PAGE_SAME_WRONG"))
    one, other = _pair()
    decide_same(the_office(), one, other, answer, actor=signed_in().name)
    flash(t("PAGE_SAME_DONE_SAME" if answer is Verdict.SAME else "PAGE_SAME_DONE_DIFFERENT"), "done")
    return redirect(url_for("same.index"))


@bp.post("/withdraw")
def withdraw() -> Response:
    """A decision taken back: the pair is what it was before."""
    one, other = _pair()
    decide_same(the_office(), one, other, None, actor=signed_in().name)
    flash(t("PAGE_SAME_DONE_BACK"), "done")
    return redirect(url_for("same.index"))


@bp.post("/take-out/<int:key>")
def split(key: int) -> Response:
    """A posting taken out of its group."""
    take_out(the_office(), key, actor=signed_in().name)
    flash(t("PAGE_SAME_DONE_OUT"), "done")
    return redirect(url_for("same.index"))
