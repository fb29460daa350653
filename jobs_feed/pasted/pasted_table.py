"""Cells pasted out of a spreadsheet, or typed in columns: a header line and rows that have as many cells.

In: a text. Out: every row as labelled values with their places, and the lines that were taken.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jobs_feed.pasted.model import Surety, Told
from jobs_feed.pasted.vocabulary import field_of

_CELL = re.compile(r"[^\t|｜\s]+(?:[ \u3000][^\t|｜\s]+)*")
LEAST_COLUMNS = 3


@dataclass(frozen=True, slots=True)
class PastedRow:
    """One row: its line, and the values of its cells that stand under a known header."""

    line: int
    start: int
    end: int
    told: tuple[Told, ...]


def table_rows(text: str) -> tuple[list[PastedRow], list[tuple[int, int]]]:
    """The rows of the first table of a text, and the stretches of its lines; ([], []) where there is none."""
    lines = list(_lines(text))
    for at, (_, start, end) in enumerate(lines):
        header = _cells(text, start, end)
        fields = [field_of(text[first:last]) for first, last in header]
        if len(header) < LEAST_COLUMNS or "岗位名称" not in fields or sum(map(bool, fields)) < LEAST_COLUMNS:
            continue
        rows = list(_rows(text, lines[at + 1 :], fields))
        if rows:
            return rows, [(start, end), *((row.start, row.end) for row in rows)]
    return [], []


def _rows(text: str, lines: Sequence[tuple[int, int, int]], fields: Sequence[str]) -> Iterator[PastedRow]:
    """The rows below a header, up to the first line that is none."""
    for number, start, end in lines:
        cells = _cells(text, start, end)
        if not text[start:end].strip():
            continue
        if len(cells) != len(fields):
            return
        told = tuple(
            Told(field, text[first:last].strip(), first, last, Surety.STATED)
            for field, (first, last) in zip(fields, cells, strict=True)
            if field and text[first:last].strip()
        )
        if any(one.field == "岗位名称" for one in told):
            yield PastedRow(number, start, end, told)


def _lines(text: str) -> Iterator[tuple[int, int, int]]:
    """(number, start, end) of every line."""
    start = 0
    for number, words in enumerate(text.split("\n"), start=1):
        yield number, start, start + len(words)
        start += len(words) + 1


def _cells(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The cells of a line: between tabs, which may hold nothing, else what two blanks or a bar set apart."""
    if "\t" in text[start:end]:
        spans, at = [], start
        for words in text[start:end].split("\t"):
            spans.append((at, at + len(words)))
            at += len(words) + 1
        return spans
    return [(start + found.start(), start + found.end()) for found in _CELL.finditer(text[start:end])]
