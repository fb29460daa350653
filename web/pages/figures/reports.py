"""Reports: coverage, targets, waiting, pay, supply and demand, the map, fairness – with charts, tables, spreadsheets.

In: a kind of report and a division. Out: pages; the people or postings behind a number, within the scope.
"""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from matcher.domain.errors import RecordNotFound
from matcher.reports.ageing import waiting
from matcher.reports.coverage import MEASURES, people_of
from matcher.reports.supply import jobs_of, people_wishing
from matcher.reports.workbook import XLSX_TYPE, write_report
from web.config import the_office, web_config
from web.forms import asked, page_number
from web.pages.figures.desk import Desk, asked_division, open_desk, recount
from web.pages.figures.kinds import (
    Builder,
    Report,
    coverage_report,
    fairness_report,
    policy,
    step_labels,
    supply_report,
    targets_report,
    waiting_report,
)
from web.pages.figures.money_map import map_report, pay_report
from web.pages.figures.shown import plain_rows
from web.pages.presentation import moment_text, named
from web.phrases import t

bp = Blueprint("reports", __name__, url_prefix="/reports")
KINDS: dict[str, Builder] = {
    "coverage": coverage_report,
    "targets": targets_report,
    "waiting": waiting_report,
    "pay": pay_report,
    "supply": supply_report,
    "map": map_report,
    "fairness": fairness_report,
}
UNDIVIDED = frozenset({"targets"})
"""Reports that show all divisions at once and are not narrowed."""
PAGE_SIZE = 50


@bp.get("/")
def index() -> str:
    """Coverage of 1-3-1, the figure everybody asks for first."""
    return _page("coverage")


@bp.get("/<kind>")
def report(kind: str) -> str:
    """One of the other reports."""
    return _page(kind)


def _page(kind: str) -> str:
    """A report, or that it is being counted."""
    build = KINDS.get(kind)
    if build is None:
        raise RecordNotFound("no such report")
    desk = open_desk()
    if desk is None:
        return render_template("reports/counting.html", kind=kind, tabs=tuple(KINDS))
    divided = kind not in UNDIVIDED
    return render_template("reports/report.html", report=build(desk), desk=desk, tabs=tuple(KINDS), divided=divided)


@bp.get("/<kind>.xlsx")
def download(kind: str) -> Response:
    """A report's tables as a spreadsheet."""
    build = KINDS.get(kind)
    desk = open_desk()
    if build is None or desk is None:
        raise RecordNotFound("no such report")
    made = build(desk)
    sheet = made.sheets[0]
    rows = [list(row) for row in plain_rows(sheet)]
    for other in made.sheets[1:]:
        rows += [[], [other.title], *(list(row) for row in plain_rows(other))]
    notes = [*_notes(made), t("PAGE_FIG_AS_OF", at=moment_text(desk.made_at))]
    title = f"{made.title} · {desk.title}"
    body = write_report(title, [sheet.first, *sheet.heads], rows, notes, sheet_name=made.title)
    answer = Response(body, mimetype=XLSX_TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="{kind}-{desk.book.as_of.isoformat()}.xlsx"'
    return answer


def _notes(made: Report) -> list[str]:
    """What every figure of a report means."""
    notes: dict[str, None] = {}
    for sheet in made.sheets:
        for head, note in zip(sheet.heads, sheet.notes, strict=False):
            notes[t("PAGE_FIG_DEFINED", head=head, note=note)] = None
        notes |= dict.fromkeys(sheet.more)
    return list(notes)


@bp.post("/count")
def count_again() -> Response:
    """Count everything anew now."""
    recount()
    flash(t("PAGE_FIG_COUNT_STARTED" if web_config().start_runs else "PAGE_FIG_COUNTED"), "done")
    return redirect(url_for("reports.index"))


@bp.get("/people")
def persons() -> str:
    """The people behind a number."""
    desk, figure, village = open_desk(), asked("figure", limit=60), asked("village")
    if desk is None:
        return render_template("reports/counting.html", kind="coverage", tabs=tuple(KINDS))
    keys, title = _behind(desk, figure)
    if village:
        inside = {one.key for one in desk.book.of(desk.scope, desk.division) if desk.book.village(one) == village}
        keys = [key for key in keys if key in inside]
    number = page_number()
    shown = keys[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    with the_office().reading() as unit:
        names = unit.run_plans.names(shown, desk.scope.division)
    rows = [(key, *names[key]) for key in shown if key in names]
    kept = {
        name: value for name, value in (("figure", figure), ("division", desk.division), ("village", village)) if value
    }
    page = {"total": len(keys), "number": number, "size": PAGE_SIZE}
    return render_template(
        "reports/persons.html", rows=rows, title=title, desk=desk, village=village, page=page, kept=kept
    )


def _behind(desk: Desk, figure: str) -> tuple[list[int], str]:
    """The keys of the people behind a number, and what the number is called."""
    name, _, rest = figure.partition("-")
    book, scope, division = desk.book, desk.scope, desk.division
    if name in MEASURES and not rest:
        return people_of(book, scope, division, name), t(f"PAGE_FIG_COL_{name}")
    if name == "OVERDUE" and not rest:
        late = [one.key for one in book.of(scope, division) if one.due_on is not None and one.due_on < book.as_of]
        return late, t("PAGE_FIG_OVERDUE")
    if name in ("CASE", "ANSWER") and rest.isdecimal():
        steps = policy().numbers("reports.age_steps")
        labels = step_labels([round(step) for step in steps])
        if int(rest) < len(labels):
            return waiting(
                book, scope, division, name, int(rest), steps
            ), f"{t(f'PAGE_FIG_WAIT_{name}')} · {labels[int(rest)]}"
    lexicon = the_office().lexicon
    if name in ("WISHING", "ABLE") and rest in lexicon.families:
        keys = people_wishing(book, scope, division, rest, lexicon, able=name == "ABLE")
        return keys, f"{t(f'PAGE_FIG_COL_{name}')} · {named('occupation', rest)}"
    raise RecordNotFound("no such figure")


@bp.get("/postings")
def jobs() -> str:
    """The live postings of a family of occupations."""
    family, lexicon = asked("family", limit=60), the_office().lexicon
    if family not in lexicon.families:
        raise RecordNotFound("no such family")
    asked_division()
    desk = open_desk()
    if desk is None:
        return render_template("reports/counting.html", kind="supply", tabs=tuple(KINDS))
    found, number = jobs_of(desk.book, family, lexicon), page_number()
    shown = found[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    with the_office().reading() as unit:
        titles = unit.run_plans.titles([job.key for job in shown])
    page = {"total": len(found), "number": number, "size": PAGE_SIZE}
    title = named("occupation", family)
    return render_template("reports/jobs.html", rows=shown, titles=titles, title=title, page=page, family=family)
