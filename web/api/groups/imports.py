"""Whole files: handed in, looked at, taken, taken back; a client sees the imports it made itself.

In: a spreadsheet as a form. Out: a preview that has stored nothing; after `confirm` one transaction and the report of
the file formats, section 5. Large files are worked on by a process of their own: 202 until it is done.
"""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Annotated, Any, Literal

import msgspec
from flask import request
from msgspec import Meta, Struct

from jobs_feed.pipeline import kept_problems
from jobs_feed.report import ImportReport, RowProblem, entry
from jobs_feed.undo import ImportRecord, UndoRefused, reason_of, undo_import
from matcher.office import ImportsSeen, UnitOfWork
from web.api.columns import sender_of
from web.api.cursors import after, limit_of, page_of
from web.api.declared import ROOT, Answer, Ask, Count, Group, Key, Named, Page, Paged, Ticket
from web.api.reading import read_struct
from web.config import the_office, web_config
from web.errors.problems import FieldProblem, Refused
from web.incoming.reception import desk, inline, start_work
from web.incoming.state import Doing, Ended, forget, read_state
from web.incoming.uploads import Staged
from web.incoming.work import look, seen_before, take
from web.phrases import say, t, wording

group = Group("imports")
_SHOWN = 2_000
_CONTROL = re.compile(r"[\x00-\x1f\x7f]")


class NewFile(Struct, forbid_unknown_fields=True):
    """A file as a form: `file` is the spreadsheet."""

    kind: Literal["workers", "postings", "training"]
    file: bytes
    as_of: Annotated[str, Meta(pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$")] = ""


class Told(Struct):
    """One problem or notice with its place; `row` as the sheet shows it."""

    sheet: str
    row: Count
    field: str
    message: str


class Mapped(Struct):
    """How one column was understood."""

    sheet: str
    header: str
    field: str
    how: str


class Report(Struct):
    """What a file holds and did: the report of `job131 import --json`."""

    file: str
    stored: Count
    updated: Count
    unchanged: Count
    rows: Count
    errors: list[Told]
    notices: list[Told]
    message: str
    mapping: list[Mapped]


class WaitingFile(Struct):
    """A file that waits: working, ready to be confirmed, stopped or failed; `report` is there when it is ready."""

    ticket: Ticket
    kind: str
    file: str
    state: Literal["working", "ready", "stopped", "failed"]
    progress: float
    report: Report | None


class Import(Struct):
    """One import that was made; `undone_at` is set where it was taken back."""

    key: Key
    kind: str
    sender: str
    file: str
    rows: Count
    stored: Count
    updated: Count
    unchanged: Count
    refused: Count
    errors: list[Told]
    imported_at: datetime
    undone_at: datetime | None


class Undoing(Struct):
    """What taking an import back did; what something rests on stays, with the reason."""

    removed: Count
    restored: Count
    withdrawn: Count
    kept: list[Named]


def _told(problems: tuple[RowProblem, ...]) -> list[Told]:
    """Problems as the contract names their parts."""
    return [msgspec.convert(entry(one, wording()), Told) for one in problems[:_SHOWN]]


def _report(report: ImportReport) -> Report:
    """A report in the shape of the contract."""
    return Report(
        file=report.file,
        stored=report.stored,
        updated=report.updated,
        unchanged=report.unchanged,
        rows=report.rows,
        errors=_told(report.problems),
        notices=_told(report.notices),
        message=report.message(wording()),
        mapping=[Mapped(one.sheet, one.header, one.field, one.how) for one in report.mapping],
    )


def _shown(unit: UnitOfWork, found: list[ImportRecord]) -> list[Import]:
    """Imports as clients see them."""
    undone = unit.versions.undone([one.key for one in found if one.key is not None])
    return [
        Import(
            key=one.key or 0,
            kind=one.kind,
            sender=one.sender,
            file=one.file_name,
            rows=one.rows,
            stored=one.stored,
            updated=one.updated,
            unchanged=one.unchanged,
            refused=one.refused,
            errors=_told(kept_problems(one)),
            imported_at=one.imported_at or the_office().clock(),
            undone_at=undone[one.key].undone_at if one.key in undone else None,
        )
        for one in found
    ]


@group.get("/imports", answer=Page[Import], query=Paged)
def list_(ask: Ask) -> Answer:
    """The client's own imports, the newest first."""
    limit = limit_of(ask)
    with the_office().reading() as unit:
        found = unit.imports.recent(limit + 1, before=after(ask), seen=_seen(ask))
        shown = _shown(unit, found[:limit])
    return Answer(page_of(ask, found, shown, limit))


@group.get("/imports/{key}", answer=Import)
def one(ask: Ask, key: int) -> Answer:
    """One import with its problems."""
    with the_office().reading() as unit:
        return Answer(_shown(unit, [_own(unit, ask, key)])[0], subject=f"import:{key}")


def _seen(ask: Ask) -> ImportsSeen:
    """The client's own imports."""
    return ImportsSeen(actor=ask.actor, only_own=True)


def _own(unit: UnitOfWork, ask: Ask, key: int) -> ImportRecord:
    """An import of this client."""
    return unit.imports.get(key, seen=_seen(ask))


@group.post("/imports", answer=WaitingFile, body=NewFile, upload=True, status=201, other={202: WaitingFile}, once=True)
def hand_in(ask: Ask) -> Answer:
    """A file arrives; nothing is stored before it is confirmed."""
    if request.mimetype != "multipart/form-data":
        raise Refused(415)
    file = request.files.get("file")
    raw: dict[str, Any] = {name: request.form[name] for name in request.form}
    told = read_struct(NewFile, raw | {"file": b""}, "body")
    if file is None or not file.filename:
        raise Refused(422, errors=[FieldProblem("body", "file", t("API_FIELD_MISSING"))])
    assert isinstance(told, NewFile)
    try:
        as_of = date.fromisoformat(told.as_of).isoformat() if told.as_of else ""
    except ValueError as wrong:
        raise Refused(422, errors=[FieldProblem("body", "as_of", t("API_FIELD_WRONG"))]) from wrong
    name, sender = _CONTROL.sub(" ", file.filename), sender_of(ask)
    staged = desk().put(file.stream, name=name, kind=told.kind, sender=sender, as_of=as_of, actor=ask.actor)
    return _waiting(staged)


def _staged(ask: Ask, ticket: str) -> Staged:
    """A waiting file of this client."""
    staged = desk().get(ticket)
    if staged is None or staged.actor != ask.actor or not staged.waits:
        raise Refused(404)
    return staged


def _waiting(staged: Staged) -> Answer:
    """How far the work on a file is, and what it holds."""
    where = f"{ROOT}/imports/waiting/{staged.token}"
    state = read_state(staged.folder)
    if state is not None and state.doing is Doing.IMPORT and state.ended is Ended.DONE:
        forget(staged.folder)  # it was refused as a whole: look again
        state = None
    if state is None and not inline(staged):
        start_work(staged, Doing.PREVIEW)
        state = read_state(staged.folder)
    if state is not None and state.ended is Ended.RUNNING:
        live = state.alive(web_config().now())
        told = _file(staged, "working" if live else "failed", state.share, None)
        return Answer(told, 202 if live else 200, where, "upload")
    if state is not None and state.ended in {Ended.STOPPED, Ended.FAILED}:
        return Answer(_file(staged, state.ended.value, state.share, None), None, where, "upload")
    seen = seen_before(staged) or look(the_office(), staged)
    return Answer(_file(staged, "ready", 1.0, _report(seen.report)), None, where, "upload")


def _file(staged: Staged, state: Any, progress: float, report: Report | None) -> WaitingFile:
    """A waiting file as clients see it."""
    return WaitingFile(staged.token, staged.kind, staged.name, state, progress, report)


@group.get("/imports/waiting/{ticket}", answer=WaitingFile, other={202: WaitingFile})
def waiting(ask: Ask, ticket: str) -> Answer:
    """What the file holds and would change; 202 while a process works on it."""
    return _waiting(_staged(ask, ticket))


@group.post("/imports/waiting/{ticket}/confirm", answer=Import, status=201, other={200: Import, 202: WaitingFile})
def confirm(ask: Ask, ticket: str) -> Answer:
    """Takes the good rows in one transaction, once however often it is asked."""
    with the_office().reading() as unit:
        taken = unit.versions.of_ticket(ticket)
        if taken is not None:
            _own(unit, ask, taken)
    if taken is not None:
        return Answer(one(ask, taken).value, 200, f"{ROOT}/imports/{taken}", f"import:{taken}")
    staged = _staged(ask, ticket)
    if not inline(staged):
        start_work(staged, Doing.IMPORT)
        state = read_state(staged.folder)
        told = _file(staged, "working", state.share if state else 0.0, None)
        return Answer(told, 202, f"{ROOT}/imports/waiting/{ticket}", "upload")
    report = take(the_office(), desk(), staged)
    if report.import_key is None:
        raise Refused(422, report.message(wording()))
    key = report.import_key
    return Answer(one(ask, key).value, location=f"{ROOT}/imports/{key}", subject=f"import:{key}")


@group.delete("/imports/waiting/{ticket}", answer=None, status=204)
def discard(ask: Ask, ticket: str) -> Answer:
    """Gives a waiting file up."""
    _staged(ask, ticket)
    desk().drop(ticket)
    return Answer(None, subject="upload")


@group.post("/imports/{key}/undo", answer=Undoing)
def undo(ask: Ask, key: int) -> Answer:
    """Takes a whole import back; what plans or answers rest on stays."""
    with the_office().reading() as unit:
        _own(unit, ask, key)
    try:
        done = undo_import(the_office(), key, actor=ask.actor)
    except UndoRefused as refused:
        raise Refused(409, say(refused.phrase)) from refused
    kept = [Named(one.code, say(reason_of(one))) for one in done.kept]
    return Answer(Undoing(done.removed, done.restored, done.withdrawn, kept), subject=f"import:{key}")
