"""What an .xlsx says of itself before any library may open it.

In: a zip archive. Out: refusals for bombs and wrong contents; for each sheet the cells whose formula holds no
value or an error, the number of hidden rows, and how far its cells reach.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

from jobs_feed.cells import MAX_COLUMNS, MAX_ROWS
from jobs_feed.report import FileRefused

MAX_ENTRIES = 4_000
MAX_UNPACKED = 400 * 2**20
MAX_RATIO = 150
RATIO_FROM = 16 * 2**20
MAX_GRID = 10_000_000
"""Cells of the box around all cells: what calamine asks memory for."""
_CHUNK = 4 * 2**20
_PROLOG = 2**16
"""Bytes within which the first element of a part has to begin."""
_REACH = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')
_LETTERS = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})\d')
_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="(\d{1,7})"')
_FORMULA = re.compile(
    rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*>\s*<(?:\w+:)?f\b(?:[^>]*/>|[^>]*>[^<]*</(?:\w+:)?f>)\s*'
    rb"(?:<(?:\w+:)?v\s*/>|<(?:\w+:)?v>\s*</(?:\w+:)?v>)?\s*</(?:\w+:)?c>"
)
_ERROR = re.compile(rb'<(?:\w+:)?c\b(?=[^>]*\bt="e")[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')
_HIDDEN = re.compile(rb'<(?:\w+:)?row\b[^>]*\bhidden="(?:1|true)"')
_HIDDEN_COLUMNS = re.compile(rb'<(?:\w+:)?col\b(?=[^>]*\bhidden="(?:1|true)")([^>]*)>')
_SPAN = re.compile(rb'\b(min|max)="(\d{1,5})"')
_AREA = re.compile(rb'<(?:\w+:)?mergeCell\b[^>]*?\bref="([A-Z]{1,3})(\d{1,7}):([A-Z]{1,3})(\d{1,7})"')
_SINCE_1904 = re.compile(r'<(?:\w+:)?workbookPr\b[^>]*\bdate1904="(?:1|true)"')
_ELEMENT = re.compile(rb"<[A-Za-z_]")
_SHEET = re.compile(r"<(?:\w+:)?sheet\b[^>]*>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\b[^>]*>")
_ATTRIBUTE = re.compile(r'([\w:]+)\s*=\s*"([^"]*)"')


@dataclass(slots=True)
class SheetScan:
    """What the text of one sheet shows."""

    broken: set[tuple[int, int]] = field(default_factory=set)
    hidden_rows: int = 0
    hidden: list[range] = field(default_factory=list)
    """Hidden columns, from 1."""
    since_1904: bool = False
    areas: list[tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=list)
    """Merged areas: corners (row, column) from 0."""
    last_row: int = 0
    last_near_row: int = 0
    """The last row a table may have."""
    last_column: int = 0
    stray: str = ""
    """The name of a cell beyond the readable area."""

    @property
    def too_wide(self) -> bool:
        """Whether the box around all cells is more than a table can be."""
        return self.last_row * self.last_column > MAX_GRID

    @property
    def hidden_columns(self) -> int:
        """How many columns with cells are hidden."""
        return sum(len(range(found.start, min(found.stop, self.last_column + 1))) for found in self.hidden)


def column_number(letters: str) -> int:
    """A → 1, XFD → 16384."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def check_archive(path: Path) -> str:
    """The form of an archive (xlsx, xlsb, ods) after its sizes were found harmless."""
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError) as error:
        raise FileRefused("IMPORT_FILE_BROKEN") from error
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(1, sum(entry.compress_size for entry in entries))
    if (
        len(entries) > MAX_ENTRIES
        or unpacked > MAX_UNPACKED
        or (unpacked > RATIO_FROM and unpacked > packed * MAX_RATIO)
    ):
        raise FileRefused("IMPORT_FILE_BOMB", size=unpacked // 2**20)
    if _overlapping(entries):
        raise FileRefused("IMPORT_FILE_BOMB", size=unpacked // 2**20)
    names = {entry.filename for entry in entries}
    if any(entry.flag_bits & 1 for entry in entries):
        raise FileRefused("IMPORT_FILE_LOCKED")
    for form, part in (("xlsx", "xl/workbook.xml"), ("xlsb", "xl/workbook.bin"), ("ods", "content.xml")):
        if part in names:
            return form
    raise FileRefused("IMPORT_FILE_WORD" if "word/document.xml" in names else "IMPORT_FILE_ZIP")


def _overlapping(entries: Sequence[zipfile.ZipInfo]) -> bool:
    """Whether two entries share packed bytes, as no honest archive has it."""
    placed = sorted((entry.header_offset, entry.header_offset + entry.compress_size) for entry in entries)
    return any(end > start for (_, end), (start, _) in pairwise(placed))


def scan_sheets(path: Path) -> dict[str, SheetScan]:
    """Sheet name → what its text shows; a document type in any part refuses the file."""
    scans = {}
    with zipfile.ZipFile(path) as archive:
        parts = set(archive.namelist())
        for part in parts:
            if part.endswith((".xml", ".rels")):
                _refuse_document_type(archive, part)
        since_1904 = bool(_SINCE_1904.search(archive.read("xl/workbook.xml").decode("utf-8", "replace")))
        for name, part in _sheet_parts(archive):
            if part in parts:
                scans[name] = _scan(archive, part)
                scans[name].since_1904 = since_1904
    return scans


def _refuse_document_type(archive: zipfile.ZipFile, part: str) -> None:
    """A document type before the first element may define what unpacks without end."""
    with archive.open(part) as stream:
        head = stream.read(_PROLOG).replace(b"\x00", b"")
    first = _ELEMENT.search(head)
    if first is None and len(head) >= _PROLOG // 2 or b"<!DOCTYPE" in head[: first.start() if first else None].upper():
        raise FileRefused("IMPORT_FILE_DOCTYPE")


def _sheet_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Sheet names with the part of the archive that holds each."""
    try:
        relations = archive.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
        workbook = archive.read("xl/workbook.xml").decode("utf-8", "replace")
    except KeyError as error:
        raise FileRefused("IMPORT_FILE_BROKEN") from error
    targets = {}
    for tag in _RELATION.findall(relations):
        attributes = dict(_ATTRIBUTE.findall(tag))
        targets[attributes.get("Id", "")] = attributes.get("Target", "")
    for tag in _SHEET.findall(workbook):
        attributes = dict(_ATTRIBUTE.findall(tag))
        relation = next((value for key, value in attributes.items() if key.endswith(":id")), "")
        target = targets.get(relation, "")
        name = _unescaped(attributes.get("name", ""))
        yield name, target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _unescaped(text: str) -> str:
    """The five XML entities as characters."""
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(entity, character)
    return text


def _scan(archive: zipfile.ZipFile, part: str) -> SheetScan:
    """One sheet, read in pieces that end where a cell ends."""
    scan = SheetScan()
    for piece in _pieces(archive, part):
        _note_reach(scan, piece)
        for mark, pattern in ((b"<f", _FORMULA), (b":f", _FORMULA), (b't="e"', _ERROR)):
            for letters, row in pattern.findall(piece) if mark in piece else ():
                scan.broken.add((int(row), column_number(letters.decode())))
        scan.hidden_rows += len(_HIDDEN.findall(piece))
        _note_shape(scan, piece)
    return scan


def _note_shape(scan: SheetScan, piece: bytes) -> None:
    """Hidden columns and merged areas, which stand before and behind the rows."""
    for text in _HIDDEN_COLUMNS.findall(piece) if b"hidden" in piece else ():
        span = {name: int(value) for name, value in _SPAN.findall(text)}
        scan.hidden.append(range(span.get(b"min", 1), span.get(b"max", 1) + 1))
    for left, top, right, bottom in _AREA.findall(piece) if b"mergeCell" in piece else ():
        corner = (int(top) - 1, column_number(left.decode()) - 1)
        scan.areas.append((corner, (int(bottom) - 1, column_number(right.decode()) - 1)))


def _note_reach(scan: SheetScan, piece: bytes) -> None:
    """Widen the box around all cells; remember one cell that lies far outside."""
    columns = {column_number(letters.decode()) for letters in set(_LETTERS.findall(piece))}
    rows = [int(row) for row in _ROW.findall(piece)]
    scan.last_column = max(scan.last_column, *columns, 0)
    scan.last_row = max(scan.last_row, *rows, 0)
    scan.last_near_row = max(scan.last_near_row, *(row for row in rows if row <= MAX_ROWS), 0)
    if scan.stray or (scan.last_column <= MAX_COLUMNS and scan.last_row <= MAX_ROWS):
        return
    for letters, row in _REACH.findall(piece):
        if int(row) > MAX_ROWS or column_number(letters.decode()) > MAX_COLUMNS:
            scan.stray = f"{letters.decode()}{int(row)}"
            return


def _pieces(archive: zipfile.ZipFile, part: str) -> Iterator[bytes]:
    """The text of a part in pieces cut behind a row, so that no pattern is torn."""
    rest = b""
    with archive.open(part) as stream:
        while chunk := stream.read(_CHUNK):
            rest += chunk
            cut = rest.rfind(b"row>")
            if cut >= 0:
                yield rest[: cut + 4]
                rest = rest[cut + 4 :]
    yield rest
