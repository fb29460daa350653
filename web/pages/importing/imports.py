"""Handing in spreadsheets: upload, look at what was understood, put right, confirm.

In: files. Out: a preview that has stored nothing; after confirmation one transaction. A file waits on the server,
readable by its owner only, and is deleted when it was taken, given up, or is a day old. Large files are worked on by a
process of their own while the page tells how far it is.
"""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Blueprint, abort, flash, redirect, render_template, request, send_file, url_for
from werkzeug.wrappers import Response

from jobs_feed.columns import names_of
from jobs_feed.pipeline import Preview
from jobs_feed.review.refused import RefusedRow
from jobs_feed.undo import ImportRecord
from matcher.domain.account import Role
from matcher.domain.division import lies_within
from matcher.domain.errors import EditConflict, InputRefused
from matcher.office import ImportsSeen, UnitOfWork
from web.auth import allowed, scope, signed_in
from web.config import the_office, web_config
from web.forms import chosen, typed, typed_date
from web.incoming.reception import desk, inline, start_work
from web.incoming.shown import SHOWN_ROWS, row_views, shown_preview
from web.incoming.state import (
    ERROR_SHEET,
    Doing,
    Ended,
    TaskState,
    ask_to_stop,
    forget,
    read_state,
)
from web.incoming.uploads import Staged
from web.incoming.work import look, seen_before, take
from web.phrases import t

bp = Blueprint("imports", __name__, url_prefix="/imports")
KINDS = ("workers", "postings", "training")
COLUMNS_AT_MOST = 300
FILES_AT_MOST = 20
LISTED = 20
CELL_AT_MOST = 2_000
_CELL = re.compile(r"cell-(\d{1,7})-(\d{1,4})-(.*)", re.DOTALL)


def kinds_allowed() -> tuple[str, ...]:
    """What an account may hand in: who looks after villages, a roster."""
    return KINDS[:1] if of_villages() else KINDS


def of_villages() -> bool:
    """Whether the account looks after villages, and so hands in their people and sees its own files only."""
    return signed_in().role is Role.COORDINATOR


def imports_seen() -> ImportsSeen:
    """Whose imports the account may open: its own, those of its division, in the city everybody's."""
    account = signed_in()
    whole = lies_within(the_office().gazetteer.home, account.division)
    return ImportsSeen(actor=account.name, division="" if whole else account.division, only_own=of_villages())


@bp.get("/")
def index() -> str:
    """The three files, their templates, what waits, and what was imported last."""
    actor, kinds = signed_in().name, kinds_allowed()
    with the_office().reading() as unit:
        own = unit.imports.recent(LISTED, seen=imports_seen())
        batches = own if of_villages() else _with_changes(unit, own)
        undone = unit.versions.undone([one.key for one in batches if one.key is not None])
        senders = {kind: unit.imports.last_sender(kind, actor) for kind in kinds}
        mine = scope()
        reviews = unit.reviews.count(division=mine.division) if allowed("reviews.index") else 0
        changes = unit.roster_changes.counts([one.key or 0 for one in batches], division=mine.division)
    return render_template(
        "imports.html",
        kinds=kinds,
        own_villages=mine.villages or ((the_office().gazetteer.name(mine.division),) if of_villages() else ()),
        batches=batches,
        openable={one.key for one in own},
        undone=undone,
        senders=senders,
        waiting=desk().waiting(actor),
        most=web_config().max_body_bytes // 2**20,
        reviews=reviews,
        changes=changes,
    )


def _with_changes(unit: UnitOfWork, own: list[ImportRecord]) -> list[ImportRecord]:
    """The imports an account may open and those of others that changed people of its division, the newest first."""
    known = {one.key for one in own}
    others = [one for one in unit.imports.recent(LISTED) if one.key not in known]
    brought = unit.roster_changes.counts([one.key or 0 for one in others], division=scope().division)
    found = [*own, *(one for one in others if one.key in brought)]
    return sorted(found, key=lambda one: -(one.key or 0))[:LISTED]


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
    """Files arrive; nothing is stored in the database."""
    kind, mine = chosen(typed("kind"), kinds_allowed()), scope()
    files = [file for file in request.files.getlist("file") if file.filename]
    if not kind or not files:
        raise InputRefused(t("PAGE_NO_FILE"))
    if len(files) > FILES_AT_MOST:
        raise InputRefused(t("PAGE_TOO_MANY_FILES", most=FILES_AT_MOST))
    as_of = typed_date("as_of")
    arrived = [
        desk().put(
            file.stream,
            name=file.filename or "",
            kind=kind,
            sender=signed_in().name if of_villages() else typed("sender", limit=40) or "local",
            as_of=as_of.isoformat() if as_of else "",
            actor=signed_in().name,
            division=mine.division if of_villages() else "",
            villages=mine.villages,
        )
        for file in files
    ]
    if len(arrived) == 1:
        return redirect(url_for("imports.preview", token=arrived[0].token))
    flash(t("PAGE_FILES_ARRIVED", count=len(arrived)), "done")
    return redirect(url_for("imports.index"))


def _staged(token: str) -> Staged:
    """A waiting file of this account."""
    staged = desk().get(token)
    if staged is None or staged.actor != signed_in().name or not staged.waits:
        abort(404)
    return staged


def _resting(token: str) -> Staged:
    """A waiting file of this account that nobody works on at this moment; EditConflict otherwise."""
    staged = _staged(token)
    state = read_state(staged.folder)
    if state is not None and state.alive(web_config().now()):
        raise EditConflict("somebody works on this file", ref=token[:6])
    return staged


def _already(token: str) -> Response | None:
    """The way to the import an upload of this account has become."""
    with the_office().reading() as unit:
        key = unit.versions.of_ticket(token)
        if key is None or unit.imports.get(key).actor != signed_in().name:
            return None
    return redirect(url_for("imported.record", key=key))


@bp.get("/preview/<token>")
def preview(token: str) -> str | Response:
    """What the file holds and what would change; while a process works on it, how far that is."""
    if (taken := _already(token)) is not None:
        return taken
    staged = _staged(token)
    state = read_state(staged.folder)
    if state is not None and state.doing is Doing.IMPORT and state.ended is Ended.DONE:
        forget(staged.folder)  # it was refused as a whole: look again
        state = None
    if state is None and not inline(staged):
        start_work(staged, Doing.PREVIEW)
        state = read_state(staged.folder)
    if state is not None and (state.doing is Doing.IMPORT or state.ended is not Ended.DONE):
        return _working(staged, state)
    seen = seen_before(staged) or look(the_office(), staged)
    fields = tuple(names_of(staged.kind).exact.values())
    return render_template("import_preview.html", staged=staged, fields=fields, **shown_preview(seen))


def _working(staged: Staged, state: TaskState) -> str:
    """The page of a file that is being worked on, or on which the work ended early."""
    now = web_config().now()
    live = state.alive(now)
    return render_template("import_progress.html", staged=staged, state=state, live=live, words=_words(state))


@bp.get("/preview/<token>/progress")
def progress(token: str) -> dict[str, object]:
    """How far the work is, for the page that watches."""
    staged = desk().get(token)
    if staged is None or staged.actor != signed_in().name or not staged.waits:
        return {"over": True, "share": 1.0, "words": ""}
    state = read_state(staged.folder)
    live = state is not None and state.alive(web_config().now())
    return {"over": not live, "share": state.share if state else 0.0, "words": _words(state) if state else ""}


def _words(state: TaskState) -> str:
    """What is being done, how fast, and how long it will take."""
    parts = [t(state.code)]
    if state.rate is not None:
        parts.append(t("PACE_RATE", rate=f"{state.rate:,.0f}"))
    if state.left is not None:
        parts.append(t("PACE_LEFT", time=f"{int(state.left) // 60}:{int(state.left) % 60:02}"))
    return " · ".join(parts)


@bp.post("/preview/<token>/stop")
def stop(token: str) -> Response:
    """Ask the work to stop; nothing of it is stored."""
    ask_to_stop(_staged(token).folder)
    flash(t("PAGE_STOP_ASKED"), "done")
    return redirect(url_for("imports.preview", token=token))


@bp.post("/preview/<token>/again")
def again(token: str) -> Response:
    """Look at a file once more, from the beginning."""
    staged = _staged(token)
    state = read_state(staged.folder)
    if state is None or not state.alive(web_config().now()):
        forget(staged.folder)
    return redirect(url_for("imports.preview", token=token))


@bp.post("/preview/<token>/columns")
def correct(token: str) -> Response:
    """Columns a person reads otherwise than the program did; the preview is made anew."""
    staged = _resting(token)
    fields = {"", *names_of(staged.kind).exact.values()}
    changed: dict[str, str] = {}
    for index in range(COLUMNS_AT_MOST):
        header, before, after = (request.form.get(f"{part}-{index}", "")[:200] for part in ("header", "was", "field"))
        if header and after != before and after in fields:
            changed[header] = after
    desk().correct(staged, changed)
    return redirect(url_for("imports.preview", token=token))


@bp.post("/preview/<token>/cells")
def fix(token: str) -> Response:
    """Cells a person put right, or all of them as they were delivered again; the preview is made anew."""
    staged = _resting(token)
    if typed("all_back"):
        desk().correct_cells(staged, None)
        flash(t("PAGE_FIXES_BACK"), "done")
    else:
        fixed = _fixed(seen_before(staged) or look(the_office(), staged))
        if fixed:
            desk().correct_cells(staged, fixed)
            flash(t("PAGE_FIXES_KEPT", count=len(fixed)), "done")
        else:
            flash(t("PAGE_FIXES_NONE"), "done")
    return redirect(url_for("imports.preview", token=token))


def _fixed(seen: Preview) -> dict[tuple[str, int, int], str]:
    """The wrong cells of a preview in which something else was typed."""
    wrong = {
        (row.sheet, row.row, cell.column): cell.shown
        for row in _views(seen.refused)
        for cell in row.cells
        if cell.wrong
    }
    fixed = {}
    for name, text in request.form.items():
        found = _CELL.fullmatch(name)
        place = (found.group(3), int(found.group(1)), int(found.group(2))) if found else ("", 0, 0)
        if place in wrong and text.strip() != wrong[place]:
            fixed[place] = text.strip()[:CELL_AT_MOST]
    return fixed


def _views(rows: tuple[RefusedRow, ...]) -> list[object]:
    """The refused rows as the page shows them."""
    return row_views(rows[:SHOWN_ROWS])


@bp.get("/preview/<token>/errors.xlsx")
def errors(token: str) -> Response:
    """The refused rows of one's own file, to put right and hand in again; noted in the audit record."""
    staged = desk().get(token)
    if staged is None or staged.actor != signed_in().name:
        abort(404)
    path = staged.folder / ERROR_SHEET
    if not path.is_file():
        abort(404)
    with the_office().unit(signed_in().name) as unit:
        unit.audit.note("import_errors", subject="upload", fields=staged.kind)
    name = f"{Path(staged.name).stem}-{t('PAGE_ERROR_SHEET_FILE')}.xlsx"
    return send_file(BytesIO(path.read_bytes()), as_attachment=True, download_name=name)


@bp.post("/preview/<token>/confirm")
def confirm(token: str) -> str | Response:
    """Take the good rows, in one transaction, once."""
    if (taken := _already(token)) is not None:
        return taken
    staged = _staged(token)
    if not inline(staged):
        start_work(staged, Doing.IMPORT)
        return redirect(url_for("imports.preview", token=token))
    report = take(the_office(), desk(), staged)
    if report.import_key is None:
        return redirect(url_for("imports.preview", token=token))
    return redirect(url_for("imported.record", key=report.import_key))


@bp.post("/preview/<token>/discard")
def discard(token: str) -> Response:
    """Give the file up."""
    _staged(token)
    desk().drop(token)
    flash(t("PAGE_DISCARDED"), "done")
    return redirect(url_for("imports.index"))
