"""Home: what is due, and the two lists, work without people and people without work.

In: the scope of the account. Out: counts and two short lists; with an empty database, how to begin.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response

from jobs_feed.pipeline import run_import
from matcher.casework import queue_run
from matcher.choosing.gaps import Gap, gaps
from matcher.choosing.seat import warm_up
from matcher.domain.account import Role
from matcher.domain.errors import EditConflict
from matcher.domain.plan import Relaxation
from matcher.domain.rosters.records import EntryType, ServiceCase
from matcher.domain.settings import SettingName
from matcher.listings import (
    HomeCounts,
    Page,
    PersonSummary,
    PostingSummary,
    Scope,
    home_counts,
    short_people,
    unfilled_postings,
)
from matcher.office import Office, UnitOfWork
from web.auth import allowed, scope, signed_in
from web.config import the_office, web_config
from web.pages.presentation import moment_text
from web.pages.watching.alerts import pressing
from web.phrases import t
from web.tasks import start_run

if TYPE_CHECKING:
    from matcher.office import StoredPlan

bp = Blueprint("home", __name__)
LIST_ROWS = 8


@dataclass(frozen=True, slots=True)
class ShortPerson:
    """A person without three postings, and the one thing that would open most."""

    person: PersonSummary
    best: Relaxation | None


@dataclass(frozen=True, slots=True)
class Figures:
    """What the home page tells of a scope; in a large office it may be some seconds old."""

    counts: HomeCounts
    unfilled: Page[PostingSummary]
    gaps: dict[int, Gap]
    short: tuple[ShortPerson, ...]
    short_total: int


@bp.get("/")
def index() -> str | Response:
    """The home page of the window, for coordinators their village; the start page while there is nothing."""
    if signed_in().role is Role.COORDINATOR:
        return redirect(url_for("village.index"))
    office, mine = the_office(), scope()
    today, may_see = office.today(), allowed("people.person")
    with office.reading() as unit:
        size = ("people", mine.division)
        people = office.shelf.get(size, (today,), lambda: unit.workers.count(division=mine.division))
        lost, lost_total = _newly_unemployed(unit) if may_see else ([], 0)
        phone = not allowed("settings.index") or _has_phone(office, unit)
    figures, age = _kept_figures(office, mine, people, may_see=may_see)
    if not figures.counts.people and _is_empty(office):
        return render_template("welcome.html")
    coverage = _coverage(figures.counts)
    return render_template(
        "home.html",
        counts=figures.counts,
        parts=coverage,
        unfilled=figures.unfilled,
        gaps=figures.gaps,
        short=figures.short,
        short_total=figures.short_total,
        as_of=moment_text(office.clock() - timedelta(seconds=age))[-5:] if age else "",
        phone=phone,
        lost=lost,
        lost_total=lost_total,
        pressing=pressing(office, mine) if allowed("alerts.index") else None,
        today=today,
        bar=[(kind, number) for kind, _, number in coverage],
    )


def _has_phone(office: Office, unit: UnitOfWork) -> bool:
    """Whether the window's phone stands in the settings; once it does, nobody has to look again."""
    found: list[bool] = office.shelf.get(("phone",), (), list)
    if not found and unit.settings.get(SettingName.OFFICE_PHONE):
        found.append(True)
    return bool(found)


def _is_empty(office: Office) -> bool:
    """Whether there is nothing yet."""
    with office.reading() as unit:
        return not unit.workers.count() and not unit.postings.count()


def _kept_figures(office: Office, mine: Scope, people: int, *, may_see: bool) -> tuple[Figures, float]:
    """The figures and how many seconds old they are: those of a large office are kept for a while."""
    if people < office.policy.at(office.today()).whole("desk.large_office"):
        return _figures(office, mine, may_see=may_see), 0.0
    warm_up(office)
    name = ("home", mine.division, mine.villages, may_see, office.today())
    return office.shelf.soon(name, lambda: _figures(office, mine, may_see=may_see))


def _figures(office: Office, mine: Scope, *, may_see: bool) -> Figures:
    """Everything that takes long in a large office."""
    today = office.today()
    with office.reading() as unit:
        unfilled = unfilled_postings(unit, mine, today, size=LIST_ROWS)
        counts = home_counts(unit, mine, today, unfilled=unfilled.total, classes=False)
        why = gaps(office, unit, [row.key for row in unfilled.rows], mine.division, people=counts.people)
        short = short_people(unit, mine, size=LIST_ROWS, ages=False) if may_see else None
        rows = short.rows if short else ()
        plans = unit.plans.current_of([row.key for row in rows])
    people = tuple(ShortPerson(row, _best(plans.get(row.key))) for row in rows)
    return Figures(counts, unfilled, why, people, short.total if short else 0)


def _newly_unemployed(unit: UnitOfWork) -> tuple[list[ServiceCase], int]:
    """People who lost work, the most urgent first."""
    mine = scope()
    division, villages = mine.division, mine.villages
    return unit.cases.waiting(EntryType.NEWLY_UNEMPLOYED, division=division, villages=villages, limit=LIST_ROWS)


def _best(stored: StoredPlan | None) -> Relaxation | None:
    """The single relaxation that opens most postings."""
    relaxations = stored.plan.shortfall.relaxations if stored is not None else ()
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
