"""Rows of rosters that wait: the row beside the people it may be, and the buttons to decide.

In: the queue of the account's division. Out: a page with differences marked and values masked; a decision is one
transaction, audited, and remembered for the next time the row comes.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from jobs_feed.rosters import Choice, birth_date_of, decide_review, undo_merge
from matcher.domain.casenumber import case_number
from matcher.domain.errors import InputRefused
from matcher.domain.facts import Phrase
from matcher.domain.localtime import full_years
from matcher.domain.rosters.records import Review
from matcher.domain.worker import Worker
from matcher.office import Office
from matcher.reference.name_forms import same_name
from web.auth import scope, signed_in
from web.config import the_office
from web.forms import chosen, typed, typed_key
from web.pages.presentation import masked_id, masked_phone
from web.phrases import say, t

bp = Blueprint("reviews", __name__, url_prefix="/imports/review")
SHOWN = 30


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of one person; `differs` from the row of the file."""

    text: str
    differs: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """One field of the row and of everybody it may be."""

    label: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody the row may be."""

    key: int
    case_no: str
    revision: int


@dataclass(frozen=True, slots=True)
class Side:
    """A waiting row as the page shows it."""

    review: Review
    reason: str
    candidates: tuple[Candidate, ...]
    lines: tuple[Line, ...]


@bp.get("/")
def index() -> str:
    """Everything that waits in the division."""
    office, division = the_office(), scope().division
    with office.reading() as unit:
        waiting = unit.reviews.open(division=division, limit=SHOWN)
        total = unit.reviews.count(division=division)
        keys = sorted({key for one in waiting for key in one.waiting.candidates})
        stored = unit.workers.many(keys)
        merges = unit.merges.standing(division=division)
    sides = []
    for one in waiting:
        people = [stored[key] for key in one.waiting.candidates if key in stored]
        candidates = tuple(Candidate(person.key, case_number(person.key), person.revision) for person in people)
        lines = _lines(office, one.waiting.draft, [person.value for person in people])
        sides.append(Side(one, say(Phrase(one.waiting.reason, {"other": one.waiting.other})), candidates, lines))
    return render_template("reviews.html", sides=sides, total=total, merges=merges)


@bp.post("/<int:key>")
def decide(key: int) -> Response:
    """The same person, somebody new, or not taken."""
    choice = chosen(typed("choice"), tuple(Choice))
    if not choice:
        raise InputRefused(t("PAGE_REVIEW_NO_CHOICE"))
    worker_key = typed_key("worker")
    decide_review(
        the_office(),
        key,
        Choice(choice),
        worker_key=worker_key,
        revision=typed_key("revision"),
        division=scope().division,
        actor=signed_in().name,
    )
    flash(t(f"PAGE_REVIEW_DONE_{choice.upper()}"), "done")
    return redirect(url_for("reviews.index"))


@bp.post("/merge/<int:key>/undo")
def unmerge(key: int) -> Response:
    """Two people again who were merged by mistake."""
    undo_merge(the_office(), key, division=scope().division, actor=signed_in().name)
    flash(t("PAGE_REVIEW_APART"), "done")
    return redirect(url_for("reviews.index"))


def _lines(office: Office, draft: Worker, people: list[Worker]) -> tuple[Line, ...]:
    """The fields side by side; what nobody states is left out."""

    def home(person: Worker) -> str:
        return f"{person.home.name or person.home.text} {person.village}".strip()

    lines = [
        Line("PAGE_NAME", _cells(draft.name, [one.name for one in people], alike=same_name)),
        Line("PAGE_ID_NUMBER", _numbers(draft, people)),
        Line("PAGE_AGE", _births(draft, people, office.today())),
        Line("PAGE_PHONE", _phones(draft, people)),
        Line("PAGE_HOME_PLACE", _cells(home(draft), [home(one) for one in people])),
        Line("PAGE_REVIEW_REF", _cells(_ref(draft), [_ref(one) for one in people])),
        Line("PAGE_REVIEW_HOUSEHOLD", _cells(draft.household_no, [one.household_no for one in people])),
        Line("PAGE_EDUCATION", _cells(draft.education_text, [one.education_text for one in people])),
        Line("PAGE_WORK_STATUS", _cells(_status(draft), [_status(one) for one in people])),
        Line("PAGE_REVIEW_SKILLS", _cells(draft.skills_text, [one.skills_text for one in people])),
    ]
    return tuple(line for line in lines if any(cell.text for cell in line.cells))


def _cells(own: str, others: list[str], *, alike: object = None) -> tuple[Cell, ...]:
    """A field of the row and of the others; empty differs from nothing."""
    same = alike if callable(alike) else str.__eq__
    return (Cell(own), *(Cell(one, bool(own and one and not same(own, one))) for one in others))


def _numbers(draft: Worker, people: list[Worker]) -> tuple[Cell, ...]:
    """ID numbers masked; in how many places they differ is said instead of shown."""
    cells = [Cell(masked_id(draft.id_number))]
    for one in people:
        first, second = draft.id_number[:18], one.id_number[:18]
        places = sum(left != right for left, right in zip(first, second, strict=False))
        shown = masked_id(one.id_number)
        if first and second and places:
            shown = t("PAGE_REVIEW_DIGITS", number=shown, count=places)
        cells.append(Cell(shown, bool(first and second and first != second)))
    return tuple(cells)


def _births(draft: Worker, people: list[Worker], today: date) -> tuple[Cell, ...]:
    """Ages; birth dates are compared and not shown."""
    own = birth_date_of(draft)
    cells = []
    for born in (own, *map(birth_date_of, people)):
        text = t("PAGE_YEARS", years=full_years(born, today)) if born else ""
        other = bool(own and born and own != born)
        cells.append(Cell(t("PAGE_REVIEW_BIRTH", age=text) if other else text, other))
    return tuple(cells)


def _phones(draft: Worker, people: list[Worker]) -> tuple[Cell, ...]:
    """Phones masked."""
    others = (
        Cell(masked_phone(one.phone), bool(draft.phone and one.phone and draft.phone != one.phone)) for one in people
    )
    return (Cell(masked_phone(draft.phone)), *others)


def _ref(worker: Worker) -> str:
    """Sender and reference."""
    return f"{worker.sender}:{worker.ref}"


def _status(worker: Worker) -> str:
    """The work status in words."""
    return t(f"PAGE_WORK_STATUS_{worker.work_status.name}") if worker.work_status else ""
