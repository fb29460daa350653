"""Text files with separated cells (.csv, .txt, .tsv) as lines for the parent; runs inside the limited child only.

In: bytes. Out: sheet and row lines, or a refusal. Encoding: mark at the start, strict UTF-8, UTF-16 by its zero
bytes, strict GB18030; nothing is guessed beyond that.
"""

from __future__ import annotations

import codecs
import csv
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from jobs_feed.cells import MAX_COLUMNS, MAX_ROWS, CellValue, Emit, RowLine, SheetLine
from jobs_feed.report import FileRefused

MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
DELIMITERS = (",", "\t", ";", "，", "|")
LONGEST_CELL = 32_767
"""What a spreadsheet cell can hold; longer means a quotation mark was never closed."""
_SAMPLE_RECORDS = 60


def read_delimited(path: Path, emit: Emit) -> None:
    """The one sheet of a text file; records count as rows, as a spreadsheet program shows them."""
    text = decode(path.read_bytes())
    if not text.strip():
        raise FileRefused("IMPORT_FILE_EMPTY")
    csv.field_size_limit(LONGEST_CELL * 4)
    delimiter = find_delimiter(text)
    emit(SheetLine(path.stem))
    number = 0
    try:
        for number, record in enumerate(csv.reader(_lines(text), delimiter=delimiter), start=1):
            if number > MAX_ROWS:
                raise FileRefused("IMPORT_TOO_MANY_ROWS", rows=MAX_ROWS)
            cells: list[CellValue] = list(record[:MAX_COLUMNS])
            if any(len(cell) > LONGEST_CELL for cell in record):
                raise FileRefused("IMPORT_QUOTE_OPEN", row=number)
            if any(record):
                emit(RowLine(number, cells))
    except csv.Error as error:
        raise FileRefused("IMPORT_QUOTE_OPEN", row=number + 1) from error


def decode(data: bytes) -> str:
    """The text of a file in one of the encodings Chinese offices use."""
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _strict(data, encoding)
    wide = _wide_encoding(data)
    if wide:
        return _strict(data, wide)
    if b"\x00" in data:
        raise FileRefused("IMPORT_FILE_UNKNOWN")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return _strict(data, "gb18030")


def _strict(data: bytes, encoding: str) -> str:
    """Decoded without replacing anything, or refused; private-use characters mean the wrong encoding."""
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, UnicodeError) as error:
        raise FileRefused("IMPORT_ENCODING") from error


def _wide_encoding(data: bytes) -> str:
    """UTF-16 without a mark: ASCII separators leave every second byte zero."""
    sample = data[:4096]
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if len(data) % 2 or len(sample) < 4 or max(even, odd) < len(sample) // 40 + 1:
        return ""
    if odd > even * 4:
        return "utf-16-le"
    return "utf-16-be" if even > odd * 4 else ""


def find_delimiter(text: str) -> str:
    """The separator that gives the most columns in the most records."""
    best, best_score = ",", 0.0
    for delimiter in DELIMITERS:
        try:
            records = list(islice(csv.reader(_lines(text[:200_000]), delimiter=delimiter), _SAMPLE_RECORDS))
        except csv.Error:
            continue
        widths = Counter(len(record) for record in records if len(record) > 1)
        if not widths:
            continue
        width, times = max(widths.items(), key=lambda item: (item[1] * item[0], item[0]))
        score = width * times / len(records)
        if score > best_score * 1.05:
            best, best_score = delimiter, score
    return best


def _lines(text: str) -> Iterator[str]:
    """Lines that keep their ends; only real line ends count, so that odd characters stay inside their cell."""
    start = 0
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    while start < len(text):
        end = text.find("\n", start) + 1 or len(text)
        yield text[start:end]
        start = end
