"""Workbooks (.xlsx, .xls, .xlsb, .ods) as lines for the parent; runs inside the limited child only.

In: a file whose kind is known. Out: sheet, row and note lines. Values of formulas are taken as stored, never computed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import closing
from datetime import date, datetime, time, timedelta
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from jobs_feed.cells import MAX_COLUMNS, MAX_ROWS, CellValue, Emit, NoteLine, SheetLine
from jobs_feed.report import FileRefused
from jobs_feed.sources.archive import SheetScan, check_archive, scan_sheets
from jobs_feed.sources.merged import Merged

_GAP = 1_000
"""Empty rows behind which what stands beyond the last row of a table is a stray cell, told from the scan."""
Raw = object
"""Whatever a reader of workbooks puts into a cell."""


def read_workbook(path: Path, form: str, emit: Emit) -> None:
    """All visible sheets of a workbook."""
    scans: dict[str, SheetScan] = {}
    if form == "zip":
        form = check_archive(path)
        scans = scan_sheets(path) if form == "xlsx" else {}
    if any(scan.too_wide for scan in scans.values()):
        _read_slowly(path, scans, emit)
        return
    try:
        with path.open("rb") as stream, closing(CalamineWorkbook.from_filelike(stream)) as book:
            for meta in book.sheets_metadata:
                if meta.typ != SheetTypeEnum.WorkSheet:
                    continue
                if meta.visible != SheetVisibleEnum.Visible:
                    emit(NoteLine("IMPORT_SHEET_HIDDEN", {"sheet": meta.name}))
                    continue
                _read_sheet(book.get_sheet_by_name(meta.name), scans.get(meta.name, SheetScan()), emit)
    except PasswordError as error:
        raise FileRefused("IMPORT_FILE_LOCKED") from error
    except (CalamineError, OSError) as error:
        raise FileRefused("IMPORT_FILE_BROKEN") from error


def _read_sheet(sheet: CalamineSheet, scan: SheetScan, emit: Emit) -> None:
    """One sheet through calamine, merged cells filled downwards."""
    emit(_start(sheet.name, scan))
    if sheet.start is None:
        return
    if scan.stray:
        emit(NoteLine("IMPORT_STRAY_CELL", {"sheet": sheet.name, "cell": scan.stray}))
    first = sheet.start[0] + 1
    merged = Merged(sheet.merged_cell_ranges or ())
    _emit_rows(enumerate(sheet.iter_rows(), start=first), sheet.start[1], merged, emit)


def _start(name: str, scan: SheetScan) -> SheetLine:
    """The start of a sheet."""
    return SheetLine(name, tuple(sorted(scan.broken)), scan.hidden_rows, scan.hidden_columns, scan.since_1904)


def _read_slowly(path: Path, scans: dict[str, SheetScan], emit: Emit) -> None:
    """The same with a reader that walks cell by cell: one stray cell would make calamine ask for 550 GB."""
    import openpyxl  # a quarter of a second that the usual workbook does not need

    with closing(openpyxl.load_workbook(path, read_only=True, data_only=True, keep_links=False)) as book:
        for sheet in book.worksheets:
            scan = scans.get(sheet.title, SheetScan())
            if sheet.sheet_state != "visible":
                emit(NoteLine("IMPORT_SHEET_HIDDEN", {"sheet": sheet.title}))
                continue
            sheet.reset_dimensions()
            emit(_start(sheet.title, scan))
            if scan.stray:
                emit(NoteLine("IMPORT_STRAY_CELL", {"sheet": sheet.title, "cell": scan.stray}))
            rows = sheet.iter_rows(max_row=scan.last_near_row, max_col=MAX_COLUMNS, values_only=True)
            _emit_rows(enumerate(rows, start=1), 0, Merged(scan.areas), emit)


def _emit_rows(rows: Iterable[tuple[int, Sequence[Raw]]], offset: int, merged: Merged, emit: Emit) -> None:
    """The rows that hold anything, each cell as text, number or truth value."""
    last = 0
    for number, raw in rows:
        if raw.count("") == len(raw) or raw.count(None) == len(raw):
            continue
        cells: list[CellValue] = [None] * offset
        cells += [_value(cell) for cell in raw[: MAX_COLUMNS - offset]]
        line = merged.line(number, cells)
        if line is None:
            continue
        if number > MAX_ROWS:
            if number - last > _GAP:
                return
            raise FileRefused("IMPORT_TOO_MANY_ROWS", rows=MAX_ROWS)
        emit(line)
        last = number


def _value(cell: Raw) -> CellValue:
    """Dates and times as ISO text, whole floats as whole numbers."""
    if isinstance(cell, datetime):
        return cell.date().isoformat() if cell.time() == time() else cell.isoformat(sep=" ", timespec="minutes")
    if isinstance(cell, time):
        return cell.isoformat(timespec="minutes")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return int(cell)
    if cell is None or isinstance(cell, str | int | float | bool):
        return cell
    return str(cell)
