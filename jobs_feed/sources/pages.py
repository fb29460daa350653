"""Tables inside web pages, which many systems name .xls; runs inside the limited child only.

In: the bytes of a page, also one packed as a web archive. Out: sheet and row lines. Nothing is fetched, no entity is
expanded, no script runs; a row is forgotten once it is read.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path
from typing import Any

from lxml import etree

from jobs_feed.cells import MAX_COLUMNS, MAX_ROWS, CellValue, Emit, SheetLine
from jobs_feed.report import FileRefused
from jobs_feed.sources.encoding import decode
from jobs_feed.sources.merged import Area, Merged

_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([\w-]+)""", re.IGNORECASE)
_DOCTYPE = re.compile(rb"<!DOCTYPE(?!\s+html)|<!ENTITY", re.IGNORECASE)
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*>")
_SHEET_NAME = re.compile(r"<x:Name>([^<]{1,60})</x:Name>", re.IGNORECASE)
_UNSHOWN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)
_NOT_TEXT = frozenset({"script", "style", "head", "noscript", "template"})
_BREAKS = frozenset({"br", "p", "div", "li"})
_MOST_SPAN = 2_000
_LEAST_ROWS = 2
"""Rows of a table: a header and one more."""
_BREAK = "\v"
Element = Any
"""lxml has no types."""


@dataclass(slots=True)
class PageTable:
    """A table as it is read; one that holds other tables only arranges the page."""

    rows: list[tuple[int, list[CellValue], list[Area]]] = field(default_factory=list)
    count: int = 0
    hidden: int = 0
    arranges: bool = False
    taken: dict[int, int] = field(default_factory=dict)
    """Column → last row that a cell from above covers."""

    @property
    def holds_data(self) -> bool:
        """Whether it may be a table of data."""
        return not self.arranges and self.count >= _LEAST_ROWS


def read_web_archive(path: Path, emit: Emit) -> None:
    """The parts of a web archive that hold tables."""
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    pages = [part.get_payload(decode=True) for part in message.walk() if part.get_content_type() == "text/html"]
    found = [_read_tables(content, path.stem, emit) for content in pages if isinstance(content, bytes)]
    if not any(found):
        raise FileRefused("IMPORT_FILE_WEBPAGE")


def read_page(path: Path, emit: Emit) -> None:
    """Every table of a page that is not only there for its looks."""
    if not _read_tables(path.read_bytes(), path.stem, emit):
        raise FileRefused("IMPORT_FILE_WEBPAGE")


def _read_tables(data: bytes, name: str, emit: Emit) -> bool:
    """The tables of one page; False where it has none."""
    if _DOCTYPE.search(data[: 2**16]):
        raise FileRefused("IMPORT_FILE_DOCTYPE")
    text = _DECLARATION.sub("", _page_text(data))
    try:
        tables = [table for table in _page_tables(text.encode("utf-8", "replace")) if table.holds_data]
    except etree.LxmlError as error:
        raise FileRefused("IMPORT_FILE_BROKEN") from error
    names = _SHEET_NAME.findall(text[:200_000])
    for number, table in enumerate(tables, start=1):
        own = name if len(tables) == 1 else f"{name}-{number}"
        emit(SheetLine(names[number - 1] if len(names) == len(tables) else own, hidden_rows=table.hidden))
        emit_rows(table.rows, emit)
    return bool(tables)


def _page_text(data: bytes) -> str:
    """The text of a page: what it says of its encoding first, then as any text file."""
    said = _CHARSET.search(data[:4096])
    if said is not None and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = said.group(1).decode().lower()
        try:
            return data.decode("gb18030" if encoding in {"gb2312", "gbk"} else encoding)
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(data).text


def _page_tables(data: bytes) -> list[PageTable]:
    """All tables of a page in order of their ends."""
    walk = etree.iterparse(
        BytesIO(data),
        events=("start", "end"),
        tag=("table", "tr"),
        html=True,
        encoding="utf-8",
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    opened: list[PageTable] = []
    found: list[PageTable] = []
    for event, element in walk:
        if element.tag == "table" and event == "start":
            opened.append(PageTable())
        elif element.tag == "table" and opened:
            found.append(opened.pop())
            if opened and found[-1].count >= _LEAST_ROWS:
                opened[-1].arranges = True
        elif event == "end" and opened:
            _take_row(opened[-1], element)
            element.clear(keep_tail=True)
    return found


def _take_row(table: PageTable, row: Element) -> None:
    """One row: its cells at their columns, and the areas that begin in it."""
    table.count += 1
    number = table.count
    table.hidden += bool(_UNSHOWN.search(row.get("style", "")))
    cells: list[CellValue] = []
    areas: list[Area] = []
    for cell in row.iterchildren("td", "th"):
        _skip_taken(table, cells, number)
        if len(cells) >= MAX_COLUMNS:
            break
        wide, high = _span(cell, "colspan"), _span(cell, "rowspan")
        left = len(cells)
        cells += [_cell_text(cell), *[None] * (wide - 1)]
        if wide > 1 or high > 1:
            areas.append(((number - 1, left), (number + high - 2, left + wide - 1)))
        for column in range(left, left + wide) if high > 1 else ():
            table.taken[column] = number + high - 1
    _skip_taken(table, cells, number)
    if areas or any(cell not in (None, "") for cell in cells):
        table.rows.append((number, cells[:MAX_COLUMNS], areas))


def _skip_taken(table: PageTable, cells: list[CellValue], number: int) -> None:
    """Leaves columns free that a cell from above covers."""
    while table.taken.get(len(cells), 0) >= number:
        cells.append(None)


def _span(cell: Element, name: str) -> int:
    """How many rows or columns a cell covers."""
    text = (cell.get(name) or "1").strip()
    return min(max(int(text), 1), _MOST_SPAN) if text.isdecimal() and len(text) < 6 else 1


def _cell_text(cell: Element) -> str:
    """The text of a cell, line breaks kept, blanks of the page's source not."""
    parts: list[str] = []
    for event, found in etree.iterwalk(cell, events=("start", "end")):
        if event == "start":
            parts.append(_BREAK if found.tag in _BREAKS else "")
            parts.append("" if found.tag in _NOT_TEXT else found.text or "")
        elif found is not cell:
            parts.append(found.tail or "")
    lines = (" ".join(line.split()) for line in "".join(parts).split(_BREAK))
    return "\n".join(line for line in lines if line)


def emit_rows(rows: Iterable[tuple[int, Sequence[CellValue], Sequence[Area]]], emit: Emit) -> None:
    """Rows with their merged areas filled downwards."""
    merged = Merged()
    for number, cells, areas in rows:
        merged.add(areas)
        line = merged.line(number, list(cells))
        if line is None:
            continue
        if number > MAX_ROWS:
            raise FileRefused("IMPORT_TOO_MANY_ROWS", rows=MAX_ROWS)
        emit(line)
