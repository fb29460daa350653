"""What an .xlsx says of itself before any library may open it.

In: a zip archive. Out: refusals for bombs and wrong contents; for each sheet the cells whose formula holds no
value or an error, the number of hidden rows, and how far its cells reach.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from jobs_feed.cells import MAX_COLUMNS, MAX_ROWS
from jobs_feed.report import FileRefused

MAX_ENTRIES = 4_000
MAX_UNPACKED = 400 * 2**20
MAX_RATIO = 150
RATIO_FROM = 16 * 2**20
MAX_GRID = 30_000_000
"""Cells of the box around all cells: what calamine asks memory for."""
_CHUNK = 4 * 2**20
_REACH = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')
_LETTERS = re.compile(rb'<c\b[^>]*?\br="([A-Z]{1,3})\d')
_ROW = re.compile(rb'<row\b[^>]*?\br="(\d{1,7})"')
_FORMULA = re.compile(
    rb'<c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*>\s*<f\b(?:[^>]*/>|[^>]*>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>'
)
_ERROR = re.compile(rb'<c\b(?=[^>]*\bt="e")[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')
_HIDDEN = re.compile(rb'<row\b[^>]*\bhidden="(?:1|true)"')
_SHEET = re.compile(r"<(?:\w+:)?sheet\b[^>]*>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\b[^>]*>")
_ATTRIBUTE = re.compile(r'([\w:]+)\s*=\s*"([^"]*)"')


@dataclass(slots=True)
class SheetScan:
    """What the text of one sheet shows."""

    broken: set[tuple[int, int]] = field(default_factory=set)
    hidden_rows: int = 0
    last_row: int = 0
    last_column: int = 0
    stray: str = ""
    """The name of a cell beyond the readable area."""

    @property
    def too_wide(self) -> bool:
        """Whether the box around all cells is more than a table can be."""
        return self.last_row * self.last_column > MAX_GRID


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
    names = {entry.filename for entry in entries}
    if any(entry.flag_bits & 1 for entry in entries):
        raise FileRefused("IMPORT_FILE_LOCKED")
    for form, part in (("xlsx", "xl/workbook.xml"), ("xlsb", "xl/workbook.bin"), ("ods", "content.xml")):
        if part in names:
            return form
    raise FileRefused("IMPORT_FILE_WORD" if "word/document.xml" in names else "IMPORT_FILE_ZIP")


def scan_sheets(path: Path) -> dict[str, SheetScan]:
    """Sheet name → what its text shows; a document type in any part refuses the file."""
    scans = {}
    with zipfile.ZipFile(path) as archive:
        parts = set(archive.namelist())
        for part in parts:
            if part.endswith((".xml", ".rels")):
                with archive.open(part) as stream:
                    if b"<!DOCTYPE" in stream.read(2048):
                        raise FileRefused("IMPORT_FILE_DOCTYPE")
        for name, part in _sheet_parts(archive):
            if part in parts:
                scans[name] = _scan(archive, part)
    return scans


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
        target = targets.get(attributes.get("r:id", ""), "")
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
        for mark, pattern in ((b"<f", _FORMULA), (b't="e"', _ERROR)):
            for letters, row in pattern.findall(piece) if mark in piece else ():
                scan.broken.add((int(row), column_number(letters.decode())))
        scan.hidden_rows += len(_HIDDEN.findall(piece))
    return scan


def _note_reach(scan: SheetScan, piece: bytes) -> None:
    """Widen the box around all cells; remember one cell that lies far outside."""
    columns = {column_number(letters.decode()) for letters in set(_LETTERS.findall(piece))}
    rows = [int(row) for row in _ROW.findall(piece)]
    scan.last_column = max(scan.last_column, *columns, 0)
    scan.last_row = max(scan.last_row, *rows, 0)
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
            cut = rest.rfind(b"</row>")
            if cut >= 0:
                yield rest[: cut + 6]
                rest = rest[cut + 6 :]
    yield rest
