"""A file → drafts, nothing stored yet.

In: a path, a kind and what the sender meant before. Out: `Staged`: drafts with the rows they come from, rows
refused with their reasons, notices, and how the columns were understood.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import partial

from jobs_feed.cells import CellValue, SheetRows, plain
from jobs_feed.columns import Column, field_named, map_columns, missing_columns, names_of
from jobs_feed.corrections import Corrections, corrected
from jobs_feed.pace import DONE, FILE, ROWS, Pace, share_of
from jobs_feed.postings import read_posting_row
from jobs_feed.report import FileRefused, MappedColumn, RowProblem, masked
from jobs_feed.roster import read_roster_row
from jobs_feed.rows import RowReader
from jobs_feed.sources import Handed, Source, open_source
from jobs_feed.table_rows import table_row
from jobs_feed.tables import KnownNames, Table, column_letters, find_tables, find_turned
from jobs_feed.training import read_training_row
from matcher.domain.errors import Cancelled
from matcher.domain.facts import Phrase
from matcher.domain.posting import Posting
from matcher.domain.training import TrainingClass
from matcher.domain.worker import Worker
from matcher.reference.divisions import Gazetteer

Draft = Worker | Posting | TrainingClass
Progress = Callable[[float, str], None]
_WAGE_FIELD = {"workers": "期望月薪", "postings": "薪资待遇"}
_CHECK_EVERY = 500


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft and the row it comes from."""

    draft: Draft
    sheet: str
    row: int
    emptied: frozenset[str] = frozenset()
    """Columns that are to be empty from now on."""


@dataclass(frozen=True, slots=True)
class StagedTable:
    """One table as delivered, kept so that refused rows can be shown."""

    sheet: str
    headers: tuple[str, ...]
    columns: tuple[Column, ...]
    rows: Sequence[tuple[int, Sequence[CellValue]]]


@dataclass(slots=True)
class Staged:
    """A file as understood."""

    drafts: list[DraftRow] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    notices: list[RowProblem] = field(default_factory=list)
    mapping: list[MappedColumn] = field(default_factory=list)
    rows: int = 0
    refused: list[str] = field(default_factory=list)
    """References of refused rows as delivered, "" where a row had none."""
    tables: list[StagedTable] = field(default_factory=list)
    """Only where the task asks for them."""
    unread_names: list[str] = field(default_factory=list)
    """Of people whose row was refused: they stand in the file all the same."""
    apart: bool = False
    """Whether the jobs of every advert already stand apart."""
    whole: bool = True
    """Whether who is not named in it is missing from it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What is read, for whom, and who wants to know how far it is."""

    kind: str
    path: Source
    sender: str
    as_of: date
    gazetteer: Gazetteer
    remembered: Mapping[str, str]
    progress: Progress | None = None
    cancelled: Callable[[], bool] | None = None
    corrections: Corrections = field(default_factory=dict)
    keep_tables: bool = False
    tried: bool = False
    """Whether only a preview is wanted."""

    def step(self, code: str, done: int = 0, total: int = 0) -> None:
        """Tells how far it is; stops where a person asked to, but not once everything is done."""
        if code != DONE and self.cancelled is not None and self.cancelled():
            raise Cancelled("已取消，什么都没有保存")
        share = share_of(code, done, total, tried=self.tried)
        if isinstance(self.progress, Pace):
            self.progress(share, code, done, total)
        elif self.progress is not None:
            self.progress(share, code)


def stage(task: Task) -> Staged:
    """Everything a file holds, as drafts."""
    task.step(FILE)
    found = open_source(task.path, task.cancelled)
    single = isinstance(task.path, Handed) and not task.path.whole
    staged = Staged(notices=list(found.notices), whole=not single)
    try:
        fitting = _find_fitting(task, staged, corrected(found.sheets, task.corrections))
    except FileRefused as refusal:
        refusal.notices = tuple(found.notices)
        raise
    total = sum(len(table.rows) for table, _ in fitting)
    for table, columns in fitting:
        _take_table(task, staged, table, columns, total)
    return staged


def _find_fitting(task: Task, staged: Staged, sheets: Sequence[SheetRows]) -> list[tuple[Table, tuple[Column, ...]]]:
    """The tables that have all required columns, those of other sheets told; on their side only where none stands."""
    names = _known_names(task)
    tables = [table for sheet in sheets if sheet.rows for table in find_tables(sheet, names)]
    if not tables:
        raise FileRefused("IMPORT_FILE_EMPTY")
    fitting = _fitting_among(task, tables)
    if not fitting:
        tables += [table for sheet in sheets if (table := find_turned(sheet, names)) is not None]
        fitting = _fitting_among(task, tables)
    if not fitting:
        best = max(tables, key=lambda table: table.recognised)
        columns = map_columns(task.kind, best.headers, task.remembered)
        refusal = FileRefused("IMPORT_NO_COLUMN", **missing_columns(task.kind, columns, best.headers))
        refusal.mapping = tuple(_shown(task.kind, best, column) for column in columns)
        raise refusal
    if not any(table.rows or table.bad for table, _ in fitting):
        raise FileRefused("IMPORT_NO_ROWS")
    used = {table.sheet.name for table, _ in fitting}
    others = dict.fromkeys(table.sheet.name for table in tables if table.sheet.name not in used)
    staged.notices += [RowProblem(Phrase("IMPORT_SHEET_SKIPPED"), name) for name in others]
    return fitting


def _known_names(task: Task) -> KnownNames:
    """How headers are known, what this sender meant before included."""
    names = names_of(task.kind)

    def field_of(header: str) -> str:
        """The field of a header."""
        return task.remembered[header] if header in task.remembered else field_named(task.kind, header)

    return KnownNames(field_of, frozenset(names.required), names.texts)


def _fitting_among(task: Task, tables: Sequence[Table]) -> list[tuple[Table, tuple[Column, ...]]]:
    """The tables that have all required columns, with them."""
    return [(table, columns) for table in tables if (columns := _fitting(task, table)) is not None]


def _fitting(task: Task, table: Table) -> tuple[Column, ...] | None:
    """The columns of a table that has all required ones; one known word beside unknown ones is no header."""
    columns = map_columns(task.kind, table.headers, task.remembered)
    held = {column.field for column in columns if column.field}
    complete = all(name in held for name in names_of(task.kind).required)
    return columns if complete and len(held) >= min(2, len(columns)) else None


def _take_table(task: Task, staged: Staged, table: Table, columns: Sequence[Column], total: int) -> None:
    """The rows of one table."""
    staged.notices += table.notices
    staged.mapping += [_shown(task.kind, table, column) for column in columns]
    staged.problems += table.bad
    staged.rows += len(table.bad)
    required = names_of(task.kind).required
    idle = (column for column in columns if not column.field or (column.spare and column.field in required))
    unused = [column.header.replace("\n", " ") for column in idle]
    unused += [f"({column_letters(index)})" for index in table.unnamed()]
    if unused:
        notice = Phrase("IMPORT_COLUMNS_UNUSED", {"columns": "、".join(unused)})
        staged.notices.append(RowProblem(notice, table.sheet.name, table.header_row))
    told_in = names_of(task.kind).told_in
    name = _WAGE_FIELD.get(task.kind, "")
    unit = next((column.unit for column in columns if column.field == name), "")
    read = _reader_of(task, unit)
    emptied = task.path.emptied if isinstance(task.path, Handed) else frozenset()
    if task.keep_tables:
        staged.tables.append(StagedTable(table.sheet.name, table.headers, tuple(columns), table.rows))
    for number, cells in table.rows:
        if staged.rows % _CHECK_EVERY == 0:
            task.step(ROWS, staged.rows, total)
        staged.rows += 1
        row = RowReader(table_row(table, columns, number, cells, told_in), task.kind, task.as_of)
        draft = read(row)
        staged.problems += row.problems
        if draft is None:
            staged.refused.append(plain(row.row.cells.get("编号")))
            staged.unread_names.append(plain(row.row.cells.get("姓名")))
        else:
            staged.notices += row.notices
            staged.drafts.append(DraftRow(draft, table.sheet.name, number, emptied))


def _reader_of(task: Task, unit: str) -> Callable[[RowReader], Draft | None]:
    """The reader of one kind of row."""
    if task.kind == "workers":
        return partial(read_roster_row, gazetteer=task.gazetteer, sender=task.sender, wage_unit=unit)
    if task.kind == "postings":
        return partial(read_posting_row, gazetteer=task.gazetteer, sender=task.sender, wage_unit=unit)
    return partial(read_training_row, gazetteer=task.gazetteer, sender=task.sender)


def _shown(kind: str, table: Table, column: Column) -> MappedColumn:
    """A column as a person may check it, with values that give nothing away."""
    hidden = column.field in names_of(kind).private or (kind == "workers" and column.field in {"联系电话", "姓名"})
    samples = () if hidden else tuple(masked(value) for value in table.samples(column.index))
    return MappedColumn(column.header, column.field, column.how, table.sheet.name, samples)
