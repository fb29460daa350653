"""A ledger on paper: rows as a PDF, some hundred typeset at a time, so that memory does not grow with the ledger.

In: headings and rows, one after the other. Out: the file; narrow ledgers are tables with their header on every page,
of wide ones each person is a paragraph that leaves out what is empty.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import IO

from matcher.ledgers.forms import Cell
from web.papers.children import Child
from web.papers.glyphs import printed
from web.papers.joining import JoinedPdf
from web.papers.pdf import typeset_by
from web.papers.views import About

WIDEST = 16
"""Columns that fit on a sheet of paper; of wider ledgers each person is a paragraph."""
BATCH = 200
"""Rows typeset together."""
SOURCE = "ledger.typ"


@contextmanager
def opened_paper(
    path: Path, title: str, headers: Sequence[str], widths: Sequence[int], made_on: date
) -> Iterator[LedgerPaper]:
    """A writer of a PDF; the file is whole once it is closed."""
    with path.open("wb") as stream:
        paper = LedgerPaper(stream, title, headers, widths, made_on)
        try:
            yield paper
        finally:
            paper.end()


class LedgerPaper:
    """Takes rows; what has been typeset is on the disk and forgotten."""

    def __init__(
        self, stream: IO[bytes], title: str, headers: Sequence[str], widths: Sequence[int], made_on: date
    ) -> None:
        self._joined = JoinedPdf(stream, title=title, made_on=made_on, fronts=False)
        self._about = About(title, "zh", made_on)
        self._headers, self._widths = list(headers), list(widths)
        self._rows: list[list[str]] = []
        self._child = Child()
        self._closed = False

    @property
    def pages(self) -> int:
        """Pages on the disk."""
        return self._joined.pages

    def add(self, row: Sequence[Cell]) -> None:
        """One more row."""
        self._rows.append(["" if cell is None else printed(str(cell)) for cell in row])
        if len(self._rows) >= BATCH:
            self._flush()

    def close(self, notes: Sequence[str]) -> None:
        """No more rows come; the notes stand under the last."""
        self._flush(notes)
        self._joined.close()
        self._closed = True

    def end(self) -> None:
        """The typesetter goes; a file that was not closed is no file."""
        self._child.close()

    def _flush(self, notes: Sequence[str] = ()) -> None:
        """Typesets the rows that wait."""
        rows, self._rows = self._rows, []
        part = {
            "title": self._about.title if not self.pages else "",
            "first": self.pages + 1,
            "heads": self._headers,
            "widths": self._widths,
            "blocks": len(self._headers) > WIDEST,
            "rows": rows,
            "notes": list(notes),
        }
        self._joined.add(typeset_by(self._child, [part], self._about, SOURCE))
