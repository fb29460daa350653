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

from jobs_feed.cells import MAX_COLUMNS, MAX_ROWS, CellValue, Emit, NoteLine, RowLine, SheetLine
from jobs_feed.report import FileRefused
from jobs_feed.sources.archive import SheetScan, check_archive, scan_sheets

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
        with closing(CalamineWorkbook.from_path(path)) as book:
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
    emit(SheetLine(sheet.name, tuple(sorted(scan.broken)), scan.hidden_rows))
    if sheet.start is None:
        return
    if scan.stray:
        emit(NoteLine("IMPORT_STRAY_CELL", {"sheet": sheet.name, "cell": scan.stray}))
    down = _merged_downwards(sheet.merged_cell_ranges or ())
    first = sheet.start[0] + 1
    _emit_rows(sheet.name, enumerate(sheet.iter_rows(), start=first), sheet.start[1], down, emit)


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
            emit(SheetLine(sheet.title, tuple(sorted(scan.broken)), scan.hidden_rows))
            if scan.stray:
                emit(NoteLine("IMPORT_STRAY_CELL", {"sheet": sheet.title, "cell": scan.stray}))
            rows = sheet.iter_rows(max_row=min(scan.last_row, MAX_ROWS), max_col=MAX_COLUMNS, values_only=True)
            _emit_rows(sheet.title, enumerate(rows, start=1), 0, {}, emit)


def _emit_rows(
    sheet: str,
    rows: Iterable[tuple[int, Sequence[Raw]]],
    offset: int,
    down: dict[tuple[int, int], tuple[int, int]],
    emit: Emit,
) -> None:
    """The rows that hold anything, each cell as text, number or truth value."""
    heads: dict[tuple[int, int], CellValue] = {}
    sources = set(down.values())
    for number, raw in rows:
        if number > MAX_ROWS:
            raise FileRefused("IMPORT_TOO_MANY_ROWS", rows=MAX_ROWS)
        cells: list[CellValue] = [None] * offset
        cells += [_value(cell) for cell in raw[: MAX_COLUMNS - offset]]
        for column in range(len(cells)) if sources else ():
            place = (number, column + 1)
            if place in sources:
                heads[place] = cells[column]
            elif place in down and cells[column] in (None, ""):
                cells[column] = heads.get(down[place])
        while cells and cells[-1] in (None, ""):
            cells.pop()
        if cells:
            emit(RowLine(number, cells))


def _merged_downwards(
    ranges: Iterable[tuple[tuple[int, int], tuple[int, int]]],
) -> dict[tuple[int, int], tuple[int, int]]:
    """Cell → the cell that shows its value, for merged areas of more than one row (first column of the area)."""
    down = {}
    for (top, left), (bottom, _) in ranges:
        for row in range(top + 1, min(bottom, MAX_ROWS) + 1):
            down[row + 1, left + 1] = (top + 1, left + 1)
    return down


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
