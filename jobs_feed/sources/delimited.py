"""Text files with separated cells (.csv, .txt, .tsv) as lines for the parent; runs inside the limited child only.

In: bytes. Out: sheet and row lines, or a refusal. A row whose quotation marks or characters are damaged is named;
the rows around it are read.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from jobs_feed.cells import MAX_COLUMNS, MAX_ROWS, BadRowLine, Emit, NoteLine, RowLine, SheetLine
from jobs_feed.report import FileRefused
from jobs_feed.sources.encoding import DAMAGED, Decoded, decode

DELIMITERS = (",", "\t", ";", "，", "|")
LONGEST_CELL = 32_767
"""What a spreadsheet cell can hold; longer means a quotation mark was never closed."""
_MOST_LINES = 400
"""Lines one record may have; more means the same."""
_MOST_OPEN = 100
"""Rows given up before the file is."""
_SAMPLE_RECORDS = 60
_TEXT_FORMULA = re.compile(r'="[^"]*"')
"""How programs write digits that a spreadsheet must not take for a number."""
_SAID_DELIMITER = re.compile(r"\s*sep=(.)\s*", re.IGNORECASE)
"""The first line some spreadsheets write to say what separates the cells."""


@dataclass(frozen=True, slots=True)
class Record:
    """Cells of one record, or why it is none; how many lines it takes."""

    cells: Sequence[str]
    lines: int
    code: str = ""
    hopeless: bool = False
    """A single line longer than a cell can be: nothing behind it can be trusted."""


def read_delimited(path: Path, emit: Emit) -> None:
    """The one sheet of a text file; records count as rows, as a spreadsheet program shows them."""
    found = decode(path.read_bytes())
    if not found.text.strip():
        raise FileRefused("IMPORT_FILE_EMPTY")
    emit(SheetLine(path.stem))
    wide, open_rows = False, []
    for number, record in enumerate(_records(found), start=1):
        if number > MAX_ROWS and any(record.cells):
            raise FileRefused("IMPORT_TOO_MANY_ROWS", rows=MAX_ROWS)
        if record.code == "IMPORT_ROW_QUOTE":
            open_rows.append(number)
            if record.hopeless or len(open_rows) > _MOST_OPEN:
                raise FileRefused("IMPORT_QUOTE_OPEN", row=open_rows[0])
        if record.code:
            emit(BadRowLine(number, record.code))
        elif any(record.cells):
            wide = wide or any(record.cells[MAX_COLUMNS:])
            emit(RowLine(number, list(record.cells[:MAX_COLUMNS])))
    if wide:
        emit(NoteLine("IMPORT_COLUMNS_BEYOND", {"columns": MAX_COLUMNS}))
    if found.zeros:
        emit(NoteLine("IMPORT_NUL", {"count": found.zeros}))


def _records(found: Decoded) -> Iterator[Record]:
    """The records of a text; one whose quotation mark is not closed is given up, and reading goes on behind it."""
    csv.field_size_limit(LONGEST_CELL * 4)
    lines = list(_lines(found.text))
    delimiter, width = _shape(found.text)
    said = _SAID_DELIMITER.fullmatch(lines[0])
    if said is not None:
        delimiter = said.group(1)
        yield Record((), 1)
    place = 1 if said is not None else 0
    while place < len(lines):
        for record in _read_on(lines, place, delimiter, width):
            place += record.lines
            yield record


def _read_on(lines: Sequence[str], place: int, delimiter: str, width: int) -> Iterator[Record]:
    """Records from a line on, until one is given up."""
    reader = csv.reader(islice(lines, place, None), delimiter=delimiter)
    taken = 0
    while True:
        try:
            cells = next(reader, None)
        except csv.Error:
            cells = []
        if cells is None:
            return
        used = lines[place + taken : place + reader.line_num]
        if _is_open(cells, used, delimiter, width):
            yield Record((), 1, "IMPORT_ROW_QUOTE", hopeless=len(used[0]) > LONGEST_CELL)
            return
        taken = reader.line_num
        damaged = any(DAMAGED.search(cell) for cell in cells)
        cells = [cell[2:-1] if _TEXT_FORMULA.fullmatch(cell) else cell for cell in cells]
        yield Record(cells, len(used), "IMPORT_GARBLED" if damaged else "")


def _is_open(cells: Sequence[str], used: Sequence[str], delimiter: str, width: int) -> bool:
    """Whether a record swallowed others because a quotation mark was not closed."""
    if not cells and any(line.strip() for line in used):
        return True
    if len(used) > _MOST_LINES or any(len(cell) > LONGEST_CELL for cell in cells):
        return True
    if len(used) > 1 and not _is_well_quoted(used, delimiter):
        return True
    if len(used) < 2 or len(cells) == width:
        return False
    whole = sum(line.count(delimiter) == width - 1 for line in used[1:])
    return width > 1 and whole * 2 > len(used) - 1


def _is_well_quoted(lines: Sequence[str], delimiter: str) -> bool:
    """Whether every quotation mark of a record of several lines is closed, right before a separator or the end."""
    try:
        return len(list(csv.reader(lines, delimiter=delimiter, strict=True))) == 1
    except csv.Error:
        return False


def _shape(text: str) -> tuple[str, int]:
    """The separator that gives the most columns in the most records, and how many it gives."""
    best, best_width, best_score = ",", 1, 0.0
    for delimiter in DELIMITERS:
        try:
            records = list(islice(csv.reader(_lines(text[:200_000]), delimiter=delimiter), _SAMPLE_RECORDS))
        except csv.Error:
            records = [line.split(delimiter) for line in islice(_lines(text[:200_000]), _SAMPLE_RECORDS)]
        widths = Counter(len(record) for record in records if len(record) > 1)
        if not widths:
            continue
        width, times = max(widths.items(), key=lambda item: (item[1] * item[0], item[0]))
        score = width * times / len(records)
        if score > best_score * 1.05:
            best, best_width, best_score = delimiter, width, score
    return best, best_width


def _lines(text: str) -> Iterator[str]:
    """Lines that keep their ends; only real line ends count, so that odd characters stay inside their cell."""
    start = 0
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end
