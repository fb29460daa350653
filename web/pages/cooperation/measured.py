"""Wanted and available by occupation and place with the class that would close the gap; what became of what was shown.

In: a division, a family of occupations. Out: pages; every number leads to the people or postings behind it.
"""

from __future__ import annotations

from flask import render_template, url_for

from matcher.cooperation.results import first_month, funnels, offers
from matcher.domain.errors import RecordNotFound
from matcher.domain.posting import PostingKind
from matcher.intake.classes import ClassFilter, ClassSummary, classes
from matcher.listings import Scope
from matcher.office import UnitOfWork
from matcher.reports.supply import family_of, gaps_by_place, supply
from web.auth import allowed, scope
from web.config import the_office
from web.forms import asked
from web.pages.cooperation.common import TABS, short_name
from web.pages.cooperation.home import bp
from web.pages.figures.desk import asked_division, open_desk, place_name
from web.pages.figures.kinds import persons_link
from web.phrases import t

LINES, MOST_CLASSES = 60, 500


@bp.get("/gap")
def gap() -> str:
    """Openings against people, by family of occupations; one family by place."""
    desk, family, office = open_desk(), asked("family", limit=60), the_office()
    if desk is None:
        return render_template("reports/counting.html", kind="supply", tabs=())
    if family and family not in office.lexicon.families:
        raise RecordNotFound("no such family")
    with office.reading() as unit:
        closing = _closing(unit, desk.scope)
    lines = [line for line in supply(desk.book, desk.scope, desk.division, office.lexicon) if line.here or line.wishing]
    places = gaps_by_place(desk.book, desk.scope, family, office.lexicon) if family else ()
    return render_template(
        "cooperation/gap.html",
        tabs=TABS,
        desk=desk,
        lines=lines[:LINES],
        left_out=max(0, len(lines) - LINES),
        closing=closing,
        family=family,
        places=places,
        place_name=place_name,
        people_link=lambda figure, division="": persons_link(figure, division) if allowed("reports.persons") else "",
        jobs_link=lambda name: url_for("reports.jobs", family=name),
    )


def _closing(unit: UnitOfWork, mine: Scope) -> dict[str, list[ClassSummary]]:
    """Family of occupations → classes that can still be joined and train for it, those that start first."""
    office = the_office()
    found: dict[str, list[ClassSummary]] = {}
    for one in classes(office, unit, ClassFilter(only_open=True), mine, size=MOST_CLASSES).rows:
        for family in dict.fromkeys(family_of(code, office.lexicon) for code in one.occupations):
            if family:
                found.setdefault(family, []).append(one)
    return found


def kind_name(name: str) -> str:
    """A channel in words; a month stays as it is."""
    known = {kind.value: kind.name for kind in PostingKind}
    return t(f"COOP_CHANNEL_{known[name]}") if name in known else name


@bp.get("/results")
def results() -> str:
    """Shown, answered, suited, wanted, begun – a month and a channel."""
    office, division = the_office(), asked_division()
    policy = office.policy.at(office.today())
    since = first_month(office.today(), policy.whole("cooperation.months_shown"))
    inside = Scope(division=division or scope().division)
    with office.reading() as unit:
        pairs = unit.cooperation.outcomes.shown(since, office.today(), division=inside.division)
        by_month, by_kind = funnels(pairs)
        waited = offers(unit, since, office.today(), division=inside.division)
    return render_template(
        "cooperation/results.html",
        tabs=TABS,
        by_month=by_month,
        by_kind=by_kind,
        waited=waited,
        least=policy.whole("visiting.small_cell"),
        since=since,
        kind_name=kind_name,
        place=short_name(inside.division or office.gazetteer.home),
    )
