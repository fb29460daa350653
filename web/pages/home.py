"""Home: what is due, and the two lists, work without people and people without work.

In: the scope of the account. Out: counts and two short lists; with an empty database, how to begin.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from jobs_feed.pipeline import run_import
from matcher.casework import queue_run
from matcher.domain.account import Role
from matcher.domain.errors import EditConflict
from matcher.domain.plan import Relaxation
from matcher.domain.rosters.records import EntryType, ServiceCase
from matcher.listings import HomeCounts, PersonSummary, home_counts, short_people, unfilled_postings
from matcher.office import Office, UnitOfWork
from web.auth import allowed, scope, signed_in
from web.config import the_office, web_config
from web.phrases import t
from web.tasks import start_run

bp = Blueprint("home", __name__)
LIST_ROWS = 8


@dataclass(frozen=True, slots=True)
class ShortPerson:
    """A person without three postings, and the one thing that would open most."""

    person: PersonSummary
    best: Relaxation | None


@bp.get("/")
def index() -> str | Response:
    """The home page of the window, for coordinators their village; the start page while there is nothing."""
    if signed_in().role is Role.COORDINATOR:
        return redirect(url_for("village.index"))
    office, mine = the_office(), scope()
    today = office.today()
    with office.reading() as unit:
        counts = home_counts(unit, mine, today)
        if counts.people == 0 and unit.postings.count() == 0:
            return render_template("welcome.html")
        unfilled = unfilled_postings(unit, mine, today, size=LIST_ROWS)
        short = short_people(unit, mine, size=LIST_ROWS) if allowed("people.person") else None
        plans = unit.plans.current_of([row.key for row in short.rows]) if short else {}
        lost, lost_total = _newly_unemployed(unit) if allowed("people.person") else ([], 0)
        phone = next((value for name, value in unit.settings.all().items() if name.value == "office_phone"), "")
    people = (
        [
            ShortPerson(row, _best(plan.plan.shortfall.relaxations if (plan := plans.get(row.key)) else ()))
            for row in short.rows
        ]
        if short
        else []
    )
    return render_template(
        "home.html",
        counts=counts,
        parts=_coverage(counts),
        unfilled=unfilled,
        short=people,
        short_total=short.total if short else 0,
        phone=phone,
        lost=lost,
        lost_total=lost_total,
        today=today,
        bar=[(kind, number) for kind, _, number in _coverage(counts)],
    )


def _newly_unemployed(unit: UnitOfWork) -> tuple[list[ServiceCase], int]:
    """People who lost work, the most urgent first."""
    mine = scope()
    division, villages = mine.division, mine.villages
    return unit.cases.waiting(EntryType.NEWLY_UNEMPLOYED, division=division, villages=villages, limit=LIST_ROWS)


def _best(relaxations: tuple[Relaxation, ...]) -> Relaxation | None:
    """The single relaxation that opens most postings."""
    return max(relaxations, key=lambda one: one.postings, default=None)


def _coverage(counts: HomeCounts) -> list[tuple[str, str, int]]:
    """The people of the scope by how far they are: class, words, number."""
    others = max(0, counts.planned - counts.complete - counts.short)
    return [
        ("good", t("PAGE_COMPLETE"), counts.complete),
        ("warn", t("PAGE_SHORT"), counts.short),
        ("rest", t("PAGE_OTHER_TRACKS"), others),
        ("bad", t("PAGE_NO_PLAN"), counts.without_plan),
    ]


@bp.post("/sample")
def load_sample() -> Response:
    """Load the made-up prefecture into an empty database and plan for everybody."""
    office, actor = the_office(), signed_in().name
    with office.reading() as unit:
        if unit.workers.count() or unit.postings.count():
            raise EditConflict("not empty")
    _import_sample(office, actor)
    key = queue_run(office, actor=actor)
    if web_config().start_runs:
        start_run(office.config, key)
    return redirect(url_for("runs.run", key=key))


def _import_sample(office: Office, actor: str) -> None:
    """The three spreadsheets, written and imported as anybody's would be."""
    from jobs_feed.sample import write_sample

    today = office.today()
    with TemporaryDirectory() as folder:
        files = write_sample(Path(folder), as_of=today)
        for kind, path in (("postings", files.postings), ("workers", files.workers), ("training", files.training)):
            run_import(office, kind, path, as_of=today, actor=actor)
