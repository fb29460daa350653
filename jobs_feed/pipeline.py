"""The steps of an import: read and stage outside the database, then one transaction.

In: an office, a kind (postings, workers, training) and a file. Out: `ImportReport`. A file that cannot be taken is
a report with `refused`; whatever else goes wrong leaves the database as it was.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path
from typing import Protocol

import msgspec

from jobs_feed.columns import KINDS
from jobs_feed.corrections import Corrections
from jobs_feed.filing import AnyDesk, PostingDesk, desk_for
from jobs_feed.pace import DONE, PLAN, SAME, STORE
from jobs_feed.pasted_filing import stage_message
from jobs_feed.report import FileRefused, ImportReport, RowProblem, file_name_of
from jobs_feed.review.changes import SHOWN_CHANGES, RecordChange, changes_of
from jobs_feed.review.refused import RefusedRow, refused_rows
from jobs_feed.sameness.after import with_same
from jobs_feed.sources import Source, digest_of
from jobs_feed.staging import Progress, Staged, Task, stage
from jobs_feed.titles import titles_read
from jobs_feed.within import EVERYWHERE, Within, all_named_today, keep_within
from matcher.domain.errors import InputRefused
from matcher.domain.facts import Phrase, PhraseValue
from matcher.office import Office
from matcher.store import ImportRecord, UnitOfWork

_KEPT_PROBLEMS = 2_000
"""Problems kept with the record of an import; the report handed back has all."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do, for a person to look at before it is done."""

    report: ImportReport
    changes: tuple[RecordChange, ...] = ()
    refused: tuple[RefusedRow, ...] = ()


class Alongside(Protocol):
    """What a source has to say and to store beside its rows, in the same transaction."""

    def check(self, staged: Staged, desk: AnyDesk) -> None:
        """Looks at what is about to be done; raises to stop it."""

    def store(self, unit: UnitOfWork, report: ImportReport) -> None:
        """Stores what belongs with the rows; taken back with them."""


class Alone:
    """A file that has nothing to say beside its rows."""

    def check(self, staged: Staged, desk: AnyDesk) -> None:
        """Fine."""

    def store(self, unit: UnitOfWork, report: ImportReport) -> None:
        """Nothing."""


ALONE = Alone()


def run_import(
    office: Office,
    kind: str,
    path: Source,
    *,
    sender: str = "local",
    as_of: date | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    actor: str = "",
    mapping: Mapping[str, str] | None = None,
    file_name: str = "",
    corrections: Corrections | None = None,
    ticket: str = "",
    refused: Callable[[list[RefusedRow]], None] | None = None,
    alongside: Alongside = ALONE,
    within: Within = EVERYWHERE,
) -> ImportReport:
    """Imports one file whole, or refuses it.

    `mapping` (header → field, "" = not used) corrects how columns were read, `corrections` cells; an upload's
    `ticket` is taken once, however often it is handed in; `refused` is given the rows that were not taken; `within`
    are the villages a roster may speak of.
    """
    blank = ImportReport(file=file_name_of(file_name or path.name), kind=kind, sender=sender, dry_run=dry_run)
    task = _task(office, kind, path, sender, as_of, mapping, corrections, dry_run)
    task = replace(task, progress=progress, cancelled=cancelled, keep_tables=refused is not None)
    try:
        staged, desk = _planned(office, task, within)
    except FileRefused as refusal:
        return replace(blank, refused=refusal.phrase, mapping=refusal.mapping, notices=refusal.notices)
    alongside.check(staged, desk)
    tables = staged.tables
    if dry_run:
        report = _tried(_filled(blank, staged, desk), desk, office)
    else:
        desk.understand(office.reading, task.step)
        report = _store(office, task, staged, desk, blank, alongside, actor=actor, ticket=ticket, learnt=mapping)
        del staged, desk  # a hundred thousand drafts need not lie about while postings are compared
        if kind == "postings":
            report = with_same(office, report, actor=actor, progress=partial(_compared, task))
    if refused is not None:
        refused(refused_rows(kind, tables, report.problems))
    task.step(DONE)
    return report


def _compared(task: Task, share: float, _: str) -> None:
    """How far the comparison with other postings is; what is stored stays, whoever asks to stop."""
    replace(task, cancelled=None).step(SAME, round(share * 100), 100)


def _task(
    office: Office,
    kind: str,
    path: Source,
    sender: str,
    as_of: date | None,
    mapping: Mapping[str, str] | None,
    corrections: Corrections | None,
    tried: bool,
) -> Task:
    """What is read, with what this sender meant before."""
    if kind not in KINDS:
        raise InputRefused(f"不认识的导入类别：{kind}", ref=kind)
    with office.reading() as unit:
        remembered = unit.mappings.get(sender, kind) | dict(mapping or {})
    return Task(
        kind=kind,
        path=path,
        sender=sender,
        as_of=as_of or office.today(),
        gazetteer=office.tools.gazetteer,
        remembered=remembered,
        corrections=corrections or {},
        tried=tried,
    )


def _planned(office: Office, task: Task, within: Within) -> tuple[Staged, AnyDesk]:
    """The file as understood, held against what is stored."""
    staged = _staged(task, office)
    if task.kind == "workers":
        with office.reading() as unit:
            staged = all_named_today(staged, unit.renamed, office.gazetteer)
    staged = keep_within(staged, within, office.gazetteer)
    task.step(PLAN)
    desk = desk_for(task.kind, staged, office.tools, office.policy.at(task.as_of), step=task.step, within=within)
    with office.reading() as unit:
        desk.plan(unit)
    return staged, desk


def _store(
    office: Office,
    task: Task,
    staged: Staged,
    desk: AnyDesk,
    blank: ImportReport,
    alongside: Alongside,
    *,
    actor: str,
    ticket: str,
    learnt: Mapping[str, str] | None,
) -> ImportReport:
    """One transaction: the records, what stood before them, the mapping, the import itself."""
    task.step(STORE)
    with office.unit(actor) as unit:
        earlier = unit.versions.of_ticket(ticket) if ticket else None
        if earlier is not None:
            return _told_again(blank, unit.imports.get(earlier))
        desk.settle(unit)
        key = _record(unit, _filled(blank, staged, desk), task)
        with unit.versions.keeping(key, ticket=ticket):
            desk.store(unit)
            desk.leave(unit, key)
            report = replace(_filled(blank, staged, desk), import_key=key)
            alongside.store(unit, report)
        if learnt or _to_remember(staged):
            unit.mappings.put(task.sender, task.kind, dict(task.remembered) | _to_remember(staged))
        task.step(STORE, 1, 1)
        return report


def _told_again(blank: ImportReport, done: ImportRecord) -> ImportReport:
    """The outcome of an upload that was taken already."""
    figures = {name: getattr(done, name) for name in ("rows", "stored", "updated", "unchanged")}
    return replace(blank, **figures, import_key=done.key, problems=kept_problems(done))


def kept_problems(done: ImportRecord) -> tuple[RowProblem, ...]:
    """The problems kept with the record of an import."""
    problems = done.report.get("problems", [])
    kept = msgspec.convert(problems, list[KeptProblem])
    return tuple(RowProblem(Phrase(one.code, one.args), one.sheet, one.row, one.field, one.value) for one in kept)


class KeptProblem(msgspec.Struct, frozen=True):
    """One problem as it is kept."""

    sheet: str
    row: int
    field: str
    value: str
    code: str
    args: dict[str, PhraseValue]


def _staged(task: Task, office: Office) -> Staged:
    """A table, or where a file of postings holds none, the adverts of a message."""
    try:
        return stage(task)
    except FileRefused as refusal:
        message = stage_message(task, refusal, office.tools) if task.kind == "postings" else None
        if message is None:
            raise
        return message


def _tried(report: ImportReport, desk: AnyDesk, office: Office) -> ImportReport:
    """The report of a preview, with what the titles of postings are taken for."""
    return replace(report, titles=titles_read(desk.postings, office.tools)) if isinstance(desk, PostingDesk) else report


def _to_remember(staged: Staged) -> dict[str, str]:
    """Headers that were not understood at once, with the fields they stand for."""
    return {column.header: column.field for column in staged.mapping if column.how in {"fuzzy", "remembered"}}


def preview_import(
    office: Office,
    kind: str,
    path: Path,
    *,
    sender: str = "local",
    as_of: date | None = None,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    mapping: Mapping[str, str] | None = None,
    file_name: str = "",
    corrections: Corrections | None = None,
    within: Within = EVERYWHERE,
) -> Preview:
    """What an import would do, the rows it would refuse, and what would change in the first changed records."""
    blank = ImportReport(file=file_name_of(file_name or path.name), kind=kind, sender=sender, dry_run=True)
    task = _task(office, kind, path, sender, as_of, mapping, corrections, True)
    task = replace(task, progress=progress, cancelled=cancelled, keep_tables=True)
    try:
        staged, desk = _planned(office, task, within)
    except FileRefused as refusal:
        return Preview(replace(blank, refused=refusal.phrase, mapping=refusal.mapping, notices=refusal.notices))
    report = _tried(_filled(blank, staged, desk), desk, office)
    updates = desk.planned.updates[:SHOWN_CHANGES]
    with office.reading() as unit:
        changes = changes_of(kind, updates, desk.stored(unit, [key for key, _ in updates]))
    rows = refused_rows(kind, staged.tables, report.problems)
    task.step(DONE)
    return Preview(report, tuple(changes), tuple(rows))


def _filled(blank: ImportReport, staged: Staged, desk: AnyDesk) -> ImportReport:
    """The report of a staged and planned file, problems in the order of the rows."""
    problems = sorted([*staged.problems, *desk.planned.problems], key=lambda problem: (problem.sheet, problem.row))
    return replace(
        blank,
        rows=staged.rows,
        stored=len(desk.planned.inserts),
        updated=len(desk.planned.updates),
        unchanged=desk.planned.unchanged,
        problems=tuple(problems),
        notices=(*staged.notices, *desk.planned.notices),
        mapping=tuple(staged.mapping),
        changes=desk.changes(),
    )


def _record(unit: UnitOfWork, report: ImportReport, task: Task) -> int:
    """The import among the imports, and in the audit record; masked values only."""
    kept = [
        {
            "sheet": problem.sheet,
            "row": problem.row,
            "field": problem.field,
            "value": problem.value,
            "code": problem.phrase.code,
            "args": msgspec.to_builtins(problem.phrase.args or {}),
        }
        for problem in report.problems[:_KEPT_PROBLEMS]
    ]
    mapping = [{"header": c.header, "field": c.field, "how": c.how, "sheet": c.sheet} for c in report.mapping]
    done = ImportRecord(
        kind=report.kind,
        sender=report.sender,
        file_name=report.file,
        file_digest=digest_of(task.path),
        rows=report.rows,
        stored=report.stored,
        updated=report.updated,
        unchanged=report.unchanged,
        refused=report.refused_rows,
        report=msgspec.to_builtins({"problems": kept, "mapping": mapping, "as_of": task.as_of}),
    )
    key = unit.imports.record(done)
    unit.audit.note("import", subject=f"import:{key}", fields=report.kind)
    return key
