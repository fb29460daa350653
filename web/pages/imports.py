"""Handing in spreadsheets: upload, look at what was understood, confirm.

In: a file. Out: a preview that has stored nothing; after confirmation one transaction. The file waits on the server,
readable by its owner only, and is deleted when it was taken, given up, or is a day old.
"""

from __future__ import annotations

from datetime import date
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Blueprint, abort, flash, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from jobs_feed.columns import names_of
from jobs_feed.pipeline import preview_import, run_import
from jobs_feed.report import ImportReport
from matcher.domain.errors import InputRefused
from web.auth import signed_in
from web.config import the_office, web_config
from web.forms import chosen, typed, typed_date
from web.pages.understanding import surety_word
from web.pages.uploads import Staged, UploadDesk
from web.phrases import t, wording

bp = Blueprint("imports", __name__, url_prefix="/imports")
KINDS = ("workers", "postings", "training")
SHOWN_PROBLEMS = 200
SHOWN_TITLES = 30
"""The least sure of the titles."""
COLUMNS_AT_MOST = 300


def _desk() -> UploadDesk:
    """Where files wait."""
    return UploadDesk(web_config().upload_folder, now=web_config().now)


@bp.get("/")
def index() -> str:
    """The three files, their templates, and what was imported last."""
    with the_office().reading() as unit:
        batches = unit.imports.recent(20)
    return render_template("imports.html", kinds=KINDS, batches=batches)


@bp.get("/template/<kind>.xlsx")
def template(kind: str) -> Response:
    """An empty spreadsheet with the columns, to fill in."""
    if kind not in KINDS:
        abort(404)
    from jobs_feed.templates import write_template

    with TemporaryDirectory() as folder:
        path = Path(folder) / "template.xlsx"
        write_template(kind, path)
        content = BytesIO(path.read_bytes())
    return send_file(content, as_attachment=True, download_name=f"{t(f'PAGE_FILE_{kind.upper()}')}.xlsx")


@bp.post("/")
def upload() -> Response:
    """A file arrives; nothing is stored in the database."""
    kind = chosen(typed("kind"), KINDS)
    file = request.files.get("file")
    if not kind or file is None or not file.filename:
        raise InputRefused(t("PAGE_NO_FILE"))
    as_of = typed_date("as_of")
    staged = _desk().put(
        file.stream,
        name=file.filename,
        kind=kind,
        sender=typed("sender", limit=40) or "local",
        as_of=as_of.isoformat() if as_of else "",
        actor=signed_in().name,
    )
    return redirect(url_for("imports.preview", token=staged.token))


def _staged(token: str) -> Staged:
    """A waiting file of this account."""
    staged = _desk().get(token)
    if staged is None or staged.actor != signed_in().name:
        abort(404)
    return staged


@bp.get("/preview/<token>")
def preview(token: str) -> str:
    """What the file holds and what would change."""
    staged = _staged(token)
    report = preview_import(
        the_office(),
        staged.kind,
        staged.path,
        sender=staged.sender,
        as_of=_day(staged),
        file_name=staged.name,
        mapping=staged.mapping,
    )
    fields = tuple(names_of(staged.kind).exact.values())
    return render_template("import_preview.html", staged=staged, done=False, fields=fields, **_shown(report))


@bp.post("/preview/<token>/columns")
def correct(token: str) -> Response:
    """Columns a person reads otherwise than the program did; the preview is made anew."""
    staged = _staged(token)
    fields = {"", *names_of(staged.kind).exact.values()}
    changed: dict[str, str] = {}
    for index in range(COLUMNS_AT_MOST):
        header, before, after = (request.form.get(f"{part}-{index}", "")[:200] for part in ("header", "was", "field"))
        if header and after != before and after in fields:
            changed[header] = after
    _desk().correct(staged, changed)
    return redirect(url_for("imports.preview", token=token))


@bp.post("/preview/<token>/confirm")
def confirm(token: str) -> str | Response:
    """Take the good rows, in one transaction."""
    staged = _staged(token)
    report = run_import(
        the_office(),
        staged.kind,
        staged.path,
        sender=staged.sender,
        as_of=_day(staged),
        file_name=staged.name,
        mapping=staged.mapping,
        actor=signed_in().name,
    )
    _desk().drop(token)
    return render_template("import_preview.html", staged=staged, done=True, **_shown(report))


@bp.post("/preview/<token>/discard")
def discard(token: str) -> Response:
    """Give the file up."""
    _staged(token)
    _desk().drop(token)
    flash(t("PAGE_DISCARDED"), "done")
    return redirect(url_for("imports.index"))


def _day(staged: Staged) -> date | None:
    """The day the file is read as of."""
    return date.fromisoformat(staged.as_of) if staged.as_of else None


def _shown(report: ImportReport) -> dict[str, object]:
    """A report for the page: problems grouped by row, the mapping by use."""
    policy = the_office().policy.at(the_office().today())
    problems = [(problem, problem.sentence(wording())) for problem in report.problems]
    notices = [(notice, notice.sentence(wording())) for notice in report.notices]
    return {
        "report": report,
        "message": report.message(wording()),
        "problems": problems[:SHOWN_PROBLEMS],
        "problems_left": max(0, len(problems) - SHOWN_PROBLEMS),
        "notices": notices[:SHOWN_PROBLEMS],
        "notices_left": max(0, len(notices) - SHOWN_PROBLEMS),
        "titles": [(one, surety_word(one.confidence, policy)) for one in report.titles[:SHOWN_TITLES]],
        "used": [column for column in report.mapping if column.field],
        "unused": [column for column in report.mapping if not column.field],
    }
