"""A file somebody hands in, read by a child process inside limits.

In: a path. Out: its sheets, or `FileRefused` with one clear reason; whatever the file does to the child,
this process goes on.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

import msgspec

from jobs_feed.cells import (
    BadRowLine,
    ChildLine,
    EndLine,
    FormLine,
    NextLine,
    NoteLine,
    RefusalLine,
    RowLine,
    SheetLine,
    SheetRows,
)
from jobs_feed.report import FileRefused, RowProblem
from matcher.domain.errors import Cancelled
from matcher.domain.facts import Phrase

WALL_SECONDS = 120.0
READER = ("jobs_feed.sources.child",)
"""The module that reads a file in a process of its own, with arguments that stand before the file."""
_POLL_SECONDS = 0.02
_SHORT, _MOST_SAID = 40, 100_000
"""Length and number of the texts of which one copy is kept: villages, trades, 是 and 否."""


@dataclass(slots=True)
class ReadFile:
    """The sheets of a file and what was left out on the way."""

    form: str = ""
    sheets: list[SheetRows] = field(default_factory=list)
    notices: list[RowProblem] = field(default_factory=list)
    more: list[NextLine] = field(default_factory=list)
    """Where further pages of a feed are."""


def read_file(
    path: Path,
    *,
    cancelled: Callable[[], bool] | None = None,
    wall_seconds: float = WALL_SECONDS,
    reader: Sequence[str] = READER,
) -> ReadFile:
    """All sheets of a file, with the numbers its rows have there."""
    if not path.is_file():
        raise FileRefused("IMPORT_FILE_MISSING", file=path.name)
    with tempfile.TemporaryFile() as lines:
        ended = _run_child((*reader, str(path.resolve())), lines, cancelled, time.monotonic() + wall_seconds)
        lines.seek(0)
        return _collect(lines, ended)


def _run_child(words: Sequence[str], lines: BinaryIO, cancelled: Callable[[], bool] | None, until: float) -> int:
    """The exit code of the child; stopped when somebody cancels or time is up."""
    command = [sys.executable, "-X", "utf8", "-m", *words]
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=lines, stderr=subprocess.DEVNULL) as child:
        try:
            while child.poll() is None:
                if cancelled is not None and cancelled():
                    raise Cancelled("已取消，什么都没有保存")
                if time.monotonic() > until:
                    raise FileRefused("IMPORT_FILE_SLOW")
                time.sleep(_POLL_SECONDS)
        finally:
            if child.poll() is None:
                child.kill()
        return child.returncode


def _collect(lines: BinaryIO, ended: int) -> ReadFile:
    """The lines of the child as sheets; lines that end early mean the child died."""
    decoder: msgspec.json.Decoder[ChildLine] = msgspec.json.Decoder(ChildLine)
    found, complete = ReadFile(), False
    said: dict[str, str] = {}
    for text in lines:
        try:
            line = decoder.decode(text)
        except msgspec.DecodeError:
            break
        match line:
            case RowLine():
                _take_row(found.sheets[-1], line, said)
            case SheetLine():
                found.sheets.append(_sheet(line))
            case BadRowLine():
                found.sheets[-1].bad[line.number] = line.code
            case NoteLine():
                found.notices.append(RowProblem(Phrase(line.code, dict(line.args))))
            case NextLine():
                found.more.append(line)
            case FormLine():
                found.form = line.form
            case RefusalLine():
                raise FileRefused(line.code, **line.args)
            case EndLine():
                complete = True
    if ended != 0 or not complete:
        raise FileRefused("IMPORT_FILE_HEAVY")
    return found


def _sheet(line: SheetLine) -> SheetRows:
    """The start of a sheet."""
    return SheetRows(line.name, frozenset(line.broken), line.hidden_rows, line.hidden_columns, line.since_1904)


def _take_row(sheet: SheetRows, line: RowLine, said: dict[str, str]) -> None:
    """One row into its sheet, with what is merged; short texts said before are kept once."""
    cells = line.cells
    for index, cell in enumerate(cells):
        if isinstance(cell, str) and len(cell) <= _SHORT:
            if cell in said:
                cells[index] = said[cell]
            elif len(said) < _MOST_SAID:
                said[cell] = cell
    sheet.rows.append((line.number, tuple(cells)))
    if line.down:
        sheet.down[line.number] = line.down
    if line.wide > 1:
        sheet.wide[line.number] = line.wide
