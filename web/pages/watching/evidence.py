"""The evidence for assessments: every indicator with its definition, its people for a purpose, months, departments.

In: a book of figures, kept months. Out: pages, the people behind an indicator, one workbook with a contents sheet.
"""

from __future__ import annotations

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from matcher.domain.errors import RecordNotFound
from matcher.domain.service.months import month_of
from matcher.listings import Scope
from matcher.reports.evidence.indicators import BY_NAME, GROUPS, Counted, departments, evidence, people_behind
from matcher.reports.evidence.months import Kept, changes, keep_month, kept_month
from matcher.reports.evidence.ratios import Ratio, ratios
from matcher.reports.workbook import XLSX_TYPE, Leaf, Value, write_leaves
from web.auth import scope, signed_in
from web.config import the_office
from web.forms import asked, chosen, page_number, typed
from web.pages.figures.desk import Desk, open_desk, place_name
from web.pages.figures.kinds import fairness_report, targets_report
from web.pages.figures.shown import percent, plain_rows
from web.pages.presentation import moment_text
from web.phrases import t

bp = Blueprint("evidence", __name__, url_prefix="/evidence")
PAGE_SIZE = 50
LEAST_PURPOSE = 2


@bp.get("/")
def index() -> str:
    """Every indicator."""
    desk = open_desk()
    if desk is None:
        return render_template("watching/counting.html")
    found = evidence(desk.book, desk.scope, desk.division)
    groups = [(group, [one for one in found if one.group == group]) for group in GROUPS]
    return render_template("watching/evidence.html", desk=desk, groups=groups, percent=percent, ratios=_ratios(desk))


def _ratios(desk: Desk) -> tuple[Ratio, ...]:
    """The ratios of the division that is looked at; people of a village see none of them."""
    office, mine = the_office(), Scope(desk.division or desk.scope.division, desk.scope.villages)
    if mine.villages:
        return ()

    def count() -> tuple[Ratio, ...]:
        with office.reading() as unit:
            return ratios(unit, mine, office.policy.at(office.today()), office.today())

    return desk.book.once(("ratios", mine), count)


@bp.post("/people")
def people() -> str | Response:
    """The people an indicator counts, for a purpose that is noted."""
    name, purpose, desk = typed("figure", limit=30), typed("purpose", limit=120), open_desk()
    if name not in BY_NAME or desk is None:
        raise RecordNotFound("no such indicator")
    if len(purpose) < LEAST_PURPOSE:
        flash(t("EVI_NO_PURPOSE"), "warn")
        return redirect(url_for("evidence.index"))
    keys = people_behind(desk.book, desk.scope, desk.division, name)
    text = typed("page", limit=6)
    number = max(1, int(text)) if text.isdecimal() else 1
    shown = keys[(number - 1) * PAGE_SIZE : number * PAGE_SIZE]
    with the_office().unit(actor=signed_in().name) as unit:
        names = unit.run_plans.names(shown, desk.scope.division)
        unit.audit.note("evidence_people", subject="evidence", purpose=purpose, fields=f"{name} {len(keys)}")
    rows = [(key, *names[key]) for key in shown if key in names]
    last = max(1, -(-len(keys) // PAGE_SIZE))
    return render_template(
        "watching/evidence_people.html", name=name, rows=rows, total=len(keys), number=number, last=last,
        purpose=purpose, desk=desk,
    )  # fmt: skip


@bp.get("/months")
def months() -> str:
    """Two kept months side by side."""
    with the_office().reading() as unit:
        taken = unit.watching.months.taken()
        names = list(taken)
        after = chosen(asked("after"), names) or (names[0] if names else "")
        before = chosen(asked("before"), names) or (names[1] if len(names) > 1 else "")
        kept = [kept_month(unit, month, scope()) if month else None for month in (before, after)]
    first, second = kept
    lines = changes(first, second) if first and second else ()
    return render_template(
        "watching/months.html", taken=taken, before=first, after=second, lines=lines, groups=GROUPS, by_name=BY_NAME,
        places=_places(first, second), this_month=month_of(the_office().today()), page=page_number(),
    )  # fmt: skip


def _places(before: Kept | None, after: Kept | None) -> list[tuple[str, int, int]]:
    """People in work by place in two months, the largest fall first."""
    if before is None or after is None:
        return []
    codes = before.places.keys() | after.places.keys()
    found = [(_place(code), before.places.get(code, {}).get("IN_WORK", 0), after.places.get(code, {}).get("IN_WORK", 0))
             for code in codes]  # fmt: skip
    return sorted(found, key=lambda one: (one[2] - one[1], one[0]))


def _place(code: str) -> str:
    """A division by its name, a village as it is written."""
    return place_name(code) if code.isdecimal() else code or t("PAGE_FIG_NO_VILLAGE")


@bp.post("/months/keep")
def keep() -> Response:
    """Counts this month now; a month that stands is written anew."""
    desk = open_desk()
    if desk is None or desk.stale:
        flash(t("EVI_STILL_COUNTING"), "warn")
    else:
        keep_month(the_office(), desk.book, actor=signed_in().name)
        flash(t("EVI_MONTH_KEPT", month=month_of(desk.book.as_of)), "done")
    return redirect(url_for("evidence.months"))


@bp.get("/departments")
def by_department() -> str:
    """What each department sees: numbers only, nothing can be changed."""
    desk = open_desk()
    if desk is None:
        return render_template("watching/counting.html")
    found = {one.name: one for one in evidence(desk.book, desk.scope, desk.division)}
    sheets = [(name, [found[one] for one in names]) for name, names in departments().items()]
    return render_template("watching/departments.html", desk=desk, sheets=sheets, percent=percent)


@bp.get("/pack.xlsx")
def download() -> Response:
    """Everything in one workbook: contents, indicators, targets, fairness, months, departments; numbers only."""
    desk = open_desk()
    if desk is None:
        raise RecordNotFound("still being counted")
    leaves = [
        _indicator_leaf(desk),
        _ratio_leaf(desk),
        *_report_leaves(desk),
        *_department_leaves(desk),
        *_month_leaf(),
    ]
    contents = [[number, leaf.title, len(leaf.rows)] for number, leaf in enumerate(leaves, start=2)]
    notes = [t("EVI_PACK_NOTE"), t("PAGE_FIG_AS_OF", at=moment_text(desk.made_at))]
    first = Leaf(
        name=t("EVI_CONTENTS"), title=f"{t('EVI_TITLE')} · {desk.title}", rows=contents, notes=notes, first_wide=10,
        headers=[t("EVI_SHEET"), t("EVI_WHAT"), t("EVI_ROWS")],
    )  # fmt: skip
    answer = Response(write_leaves([first, *leaves]), mimetype=XLSX_TYPE)
    answer.headers["Content-Disposition"] = f'attachment; filename="evidence-{desk.book.as_of.isoformat()}.xlsx"'
    return answer


def _line(one: Counted, day: str) -> list[Value]:
    """One indicator of a spreadsheet."""
    whole: Value = one.whole if one.whole is not None else ""
    share: Value = round(one.share, 4) if one.share is not None else ""
    return [t(f"EVI_{one.name}"), one.value, whole, share, day, t(f"EVI_DEF_{one.name}")]


def _indicator_leaf(desk: Desk) -> Leaf:
    """Every indicator with its definition."""
    day = desk.book.as_of.isoformat()
    rows = [_line(one, day) for one in evidence(desk.book, desk.scope, desk.division)]
    return Leaf(name=t("EVI_ALL"), title=t("EVI_ALL"), headers=_heads(), rows=rows)


def _ratio_leaf(desk: Desk) -> Leaf:
    """The ratios with the least that is asked."""
    rows: list[list[Value]] = [
        [
            t(f"EVI_RATIO_{one.name}"), one.part, one.whole, "" if one.share is None else round(one.share, 4),
            1 if one.least is None else one.least, one.records, t(f"EVI_RATIO_DEF_{one.name}"),
        ]
        for one in _ratios(desk)
    ]  # fmt: skip
    heads = [t(f"EVI_COL_{name}") for name in ("NAME", "PART", "WHOLE", "SHARE", "LEAST", "RECORDS", "DEFINITION")]
    return Leaf(name=t("EVI_RATIOS"), title=t("EVI_RATIOS"), headers=heads, rows=rows)


def _heads() -> list[str]:
    """The columns of indicators."""
    return [t(f"EVI_COL_{name}") for name in ("NAME", "VALUE", "WHOLE", "SHARE", "DAY", "DEFINITION")]


def _report_leaves(desk: Desk) -> list[Leaf]:
    """Targets as the annex has them, and fairness with small groups hidden."""
    return [
        Leaf(name=sheet.title, title=sheet.title, headers=[sheet.first, *sheet.heads], rows=plain_rows(sheet),
             notes=[*sheet.notes, *sheet.more])
        for report in (targets_report(desk), fairness_report(desk))
        for sheet in report.sheets
    ]  # fmt: skip


def _department_leaves(desk: Desk) -> list[Leaf]:
    """One sheet a department."""
    found, day = {one.name: one for one in evidence(desk.book, desk.scope, desk.division)}, desk.book.as_of.isoformat()
    return [
        Leaf(name=t(f"EVI_DEP_{name}"), title=t(f"EVI_DEP_{name}"), headers=_heads(),
             rows=[_line(found[one], day) for one in names])
        for name, names in departments().items()
    ]  # fmt: skip


def _month_leaf() -> list[Leaf]:
    """The last two kept months, where there are two."""
    with the_office().reading() as unit:
        names = list(unit.watching.months.taken())[:2]
        kept = [kept_month(unit, month, scope()) for month in names]
    if len(kept) < 2 or kept[0] is None or kept[1] is None:
        return []
    rows: list[list[Value]] = [
        [t(f"EVI_{one.name}"), one.before, one.after, one.moved] for one in changes(kept[1], kept[0])
    ]
    heads = [t("EVI_COL_NAME"), names[1], names[0], t("EVI_MOVED")]
    return [Leaf(name=t("EVI_MONTHS"), title=t("EVI_MONTHS"), headers=heads, rows=rows)]
