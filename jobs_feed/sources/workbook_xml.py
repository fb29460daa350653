"""Spreadsheets as XML of 2003, which many systems name .xls; runs inside the limited child only.

In: a file. Out: sheet, row and note lines. No entity is expanded, nothing is fetched; a row is forgotten once read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from lxml import etree

from jobs_feed.cells import MAX_COLUMNS, CellValue, Emit, NoteLine, SheetLine
from jobs_feed.report import FileRefused
from jobs_feed.sources.merged import Area
from jobs_feed.sources.pages import emit_rows

_SPREADSHEET = "{urn:schemas-microsoft-com:office:spreadsheet}"
_VISIBLE = "{urn:schemas-microsoft-com:office:excel}Visible"
_SHEET, _ROW = f"{_SPREADSHEET}Worksheet", f"{_SPREADSHEET}Row"
_PROLOG = 2**16
Element = Any
"""lxml has no types."""


@dataclass(slots=True)
class XmlSheet:
    """A sheet as it is read; whether it is hidden stands behind its rows."""

    name: str
    visible: bool = True
    hidden_rows: int = 0
    number: int = 0
    rows: list[tuple[int, list[CellValue], list[Area]]] = field(default_factory=list)
    broken: list[tuple[int, int]] = field(default_factory=list)


def read_workbook_xml(path: Path, emit: Emit) -> None:
    """The visible sheets of a spreadsheet as XML."""
    with path.open("rb") as stream:
        if b"<!DOCTYPE" in stream.read(_PROLOG).replace(b"\x00", b"").upper():
            raise FileRefused("IMPORT_FILE_DOCTYPE")
    try:
        _walk(path, emit)
    except (etree.LxmlError, SyntaxError, OSError) as error:
        raise FileRefused("IMPORT_FILE_BROKEN") from error


def _walk(path: Path, emit: Emit) -> None:
    """Every sheet in turn."""
    walk = etree.iterparse(
        str(path),
        events=("start", "end"),
        tag=(_SHEET, _ROW, _VISIBLE),
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
    )
    sheet = XmlSheet("")
    for event, element in walk:
        if event == "start":
            if element.tag == _SHEET:
                sheet = XmlSheet(element.get(f"{_SPREADSHEET}Name", ""))
        elif element.tag == _ROW:
            _take_row(sheet, element)
            _forget(element)
        elif element.tag == _VISIBLE:
            sheet.visible = (element.text or "") not in {"SheetHidden", "SheetVeryHidden"}
        else:
            _hand_over(sheet, emit)
            _forget(element)


def _forget(element: Element) -> None:
    """Frees what was read."""
    element.clear(keep_tail=True)
    while element.getprevious() is not None:
        del element.getparent()[0]


def _hand_over(sheet: XmlSheet, emit: Emit) -> None:
    """A whole sheet."""
    if not sheet.visible:
        emit(NoteLine("IMPORT_SHEET_HIDDEN", {"sheet": sheet.name}))
        return
    emit(SheetLine(sheet.name, tuple(sheet.broken), sheet.hidden_rows))
    emit_rows(sheet.rows, emit)


def _take_row(sheet: XmlSheet, row: Element) -> None:
    """One row; rows and cells may say their own place."""
    sheet.number = number = _index(row, sheet.number + 1)
    sheet.hidden_rows += row.get(f"{_SPREADSHEET}Hidden") == "1"
    cells: list[CellValue] = []
    areas: list[Area] = []
    for cell in row.iterchildren(f"{_SPREADSHEET}Cell"):
        column = _index(cell, len(cells) + 1)
        if column > MAX_COLUMNS:
            break
        cells += [None] * (column - 1 - len(cells))
        wide, high = (_whole(cell.get(f"{_SPREADSHEET}Merge{way}", "")) for way in ("Across", "Down"))
        data = cell.find(f"{_SPREADSHEET}Data")
        if _is_broken(cell, data):
            sheet.broken.append((number, column))
        cells.append(None if data is None else _value(data))
        if wide or high:
            areas.append(((number - 1, column - 1), (number - 1 + high, column - 1 + wide)))
        cells += [None] * min(wide, MAX_COLUMNS)
    if cells:
        sheet.rows.append((number, cells[:MAX_COLUMNS], areas))


def _whole(text: str) -> int:
    """A whole number of an attribute, 0 where it is none."""
    return int(text) if text.isdecimal() and len(text) < 8 else 0


def _index(element: Element, follows: int) -> int:
    """The place an element says it has, else the one that follows."""
    return max(_whole(element.get(f"{_SPREADSHEET}Index", "")), follows)


def _is_broken(cell: Element, data: Element) -> bool:
    """Whether a formula holds no usable value."""
    if data is not None and data.get(f"{_SPREADSHEET}Type") == "Error":
        return True
    return cell.get(f"{_SPREADSHEET}Formula") is not None and (data is None or not "".join(data.itertext()))


def _value(data: Element) -> CellValue:
    """A value by the type it says it has."""
    text = "".join(data.itertext())
    kind = data.get(f"{_SPREADSHEET}Type", "String")
    if kind == "Number":
        return _number(text)
    if kind == "DateTime":
        day, _, clock = text.partition("T")
        return day if clock.startswith("00:00:00") or not clock else f"{day} {clock[:5]}"
    return text == "1" if kind == "Boolean" else text


def _number(text: str) -> CellValue:
    """A number as a workbook holds it, whole ones whole."""
    try:
        found = float(text)
    except ValueError:
        return text
    return int(found) if found.is_integer() and abs(found) < 1e15 else found
