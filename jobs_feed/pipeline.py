"""The steps of an import: read and stage outside the database, then one transaction.

In: an office, a kind (postings, workers, training) and a file. Out: `ImportReport`. A file that cannot be taken is
a report with `refused`; whatever else goes wrong leaves the database as it was.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import msgspec

from jobs_feed.columns import KINDS
from jobs_feed.filing import AnyDesk, desk_for
from jobs_feed.report import FileRefused, ImportReport
from jobs_feed.staging import Progress, Staged, Task, stage
from matcher.domain.errors import InputRefused
from matcher.office import Office
from matcher.store import ImportRecord, UnitOfWork

_KEPT_PROBLEMS = 2_000
"""Problems kept with the record of an import; the report handed back has all."""


def run_import(
    office: Office,
    kind: str,
    path: Path,
    *,
    sender: str = "local",
    as_of: date | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
    cancelled: Callable[[], bool] | None = None,
    actor: str = "",
    mapping: Mapping[str, str] | None = None,
    file_name: str = "",
) -> ImportReport:
    """Imports one file whole, or refuses it; `mapping` (header → field, "" = not used) corrects what was found."""
    if kind not in KINDS:
        raise InputRefused(f"不认识的导入类别：{kind}", ref=kind)
    blank = ImportReport(file=file_name or path.name, kind=kind, sender=sender, dry_run=dry_run)
    with office.reading() as unit:
        remembered = unit.mappings.get(sender, kind) | dict(mapping or {})
    task = Task(
        kind=kind,
        path=path,
        sender=sender,
        as_of=as_of or office.today(),
        gazetteer=office.tools.gazetteer,
        remembered=remembered,
        progress=progress,
        cancelled=cancelled,
    )
    try:
        staged = stage(task)
    except FileRefused as refusal:
        return replace(blank, refused=refusal.phrase, mapping=refusal.mapping, notices=refusal.notices)
    desk = desk_for(kind, staged.drafts, office.tools, as_of=task.as_of)
    with office.reading() as unit:
        desk.plan(unit)
    if dry_run:
        return _filled(blank, staged, desk)
    desk.understand(task.step)
    task.step(0.9, "IMPORT_STEP_STORE")
    with office.unit(actor) as unit:
        desk.plan(unit)
        desk.store(unit)
        report = _filled(blank, staged, desk)
        if mapping or _to_remember(staged):
            unit.mappings.put(sender, kind, remembered | _to_remember(staged))
        report = replace(report, import_key=_record(unit, report, task, staged))
    task.step(1.0, "IMPORT_STEP_DONE")
    return report


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
) -> ImportReport:
    """What an import would do, with the mapping of the columns and samples; nothing is stored."""
    return run_import(
        office,
        kind,
        path,
        sender=sender,
        as_of=as_of,
        dry_run=True,
        progress=progress,
        cancelled=cancelled,
        mapping=mapping,
        file_name=file_name,
    )


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
    )


def _record(unit: UnitOfWork, report: ImportReport, task: Task, staged: Staged) -> int:
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
    with task.path.open("rb") as stream:
        digest = hashlib.file_digest(stream, "sha256").hexdigest()
    done = ImportRecord(
        kind=report.kind,
        sender=report.sender,
        file_name=report.file,
        file_digest=digest,
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
