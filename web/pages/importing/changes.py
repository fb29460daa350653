"""The change list of an import: who is new, who is no longer on the roster, whose work changed.

In: an import and the account's scope. Out: a page to print and a spreadsheet to save, the saving audited.
"""

from __future__ import annotations

from io import BytesIO

import xlsxwriter
from flask import Blueprint, abort, render_template, send_file
from werkzeug.wrappers import Response

from matcher.domain.casenumber import case_number
from matcher.domain.rosters.records import ChangeKind, RosterChange
from matcher.domain.worker import WorkStatus
from web.auth import scope, signed_in
from web.config import the_office
from web.phrases import t

bp = Blueprint("changes", __name__, url_prefix="/imports")
ORDER = (ChangeKind.NEWLY_UNEMPLOYED, ChangeKind.STATUS, ChangeKind.FELL_OUT, ChangeKind.NEW, ChangeKind.BACK)


def _changes(key: int) -> dict[ChangeKind, list[RosterChange]]:
    """The changes of the scope by kind; 404 where another division's import brought none here."""
    mine = scope()
    with the_office().reading() as unit:
        unit.imports.get(key)
        found = unit.roster_changes.of_import(key, division=mine.division, villages=mine.villages)
    if not found and (mine.division or mine.villages):
        abort(404)
    by_kind = {kind: [one for one in found if one.kind is kind] for kind in ORDER}
    return {kind: rows for kind, rows in by_kind.items() if rows}


@bp.get("/<int:key>/changes")
def of_import(key: int) -> str:
    """The list, to look at and to print."""
    found = _changes(key)
    with the_office().reading() as unit:
        batch = unit.imports.get(key)
    return render_template("changes.html", batch=batch, key=key, changes=found, status=status_text)


@bp.get("/<int:key>/changes.xlsx")
def download(key: int) -> Response:
    """The list as a spreadsheet."""
    found = _changes(key)
    with the_office().unit(actor=signed_in().name) as unit:
        unit.audit.note("export", subject=f"import:{key}", fields="roster_changes")
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(t("PAGE_ROSTER_CHANGES")[:30])
        sheet.set_column(0, 6, 18)
        heads = ("PAGE_CHANGE", "PAGE_NAME", "PAGE_CASE_NO", "PAGE_HOME_PLACE", "PAGE_VILLAGE", "PAGE_WAS", "PAGE_NOW")
        rows = [[t(head) for head in heads]]
        for kind, changes in found.items():
            title = t(f"PAGE_CHANGE_{kind.name}")
            rows += [
                [title, one.name, case_number(one.worker_key), one.home_name, one.village, status_text(one.was),
                 status_text(one.now)]
                for one in changes
            ]  # fmt: skip
        for number, row in enumerate(rows):
            for column, text in enumerate(row):
                sheet.write_string(number, column, inert(text))
    content.seek(0)
    return send_file(content, as_attachment=True, download_name=f"131-{t('PAGE_ROSTER_CHANGES')}-{key}.xlsx")


def inert(text: str) -> str:
    """A text no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text


def status_text(value: str) -> str:
    """A work status in words; "" where none was known."""
    return t(f"PAGE_WORK_STATUS_{WorkStatus(value).name}") if value else ""
