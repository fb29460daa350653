"""What an import looks like on a page.

In: a preview or the record of an import. Out: plain values for the templates; what is private is masked here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jobs_feed.cells import plain
from jobs_feed.pipeline import Preview
from jobs_feed.report import ImportReport, RowProblem
from jobs_feed.review.refused import RefusedRow
from web.config import the_office
from web.incoming.surety import surety_word
from web.phrases import say, wording

SHOWN_TITLES = 30
"""The least sure of the titles."""
SHOWN_PROBLEMS = 200
SHOWN_ROWS = 50


@dataclass(frozen=True, slots=True)
class CellView:
    """One cell of a refused row; `shown` is "" where it is hidden or empty."""

    column: int
    header: str
    shown: str
    hidden: bool
    wrong: tuple[str, ...] = ()
    """What is wrong with it."""


@dataclass(frozen=True, slots=True)
class RowView:
    """A refused row with its filled and its wrong cells; `whole` is what is wrong with the row as one."""

    sheet: str
    row: int
    cells: tuple[CellView, ...]
    whole: tuple[str, ...]


def row_views(rows: Sequence[RefusedRow]) -> list[RowView]:
    """Refused rows for the page."""
    return [_row_view(row) for row in rows]


def _row_view(row: RefusedRow) -> RowView:
    """One refused row; empty cells that are not wrong are left out."""
    said: dict[int, list[str]] = {}
    for wrong in row.wrong:
        said.setdefault(wrong.column, []).append(say(wrong.phrase))
    cells = []
    for column, (header, value) in enumerate(zip(row.headers, row.cells, strict=True), start=1):
        text = " ".join(plain(value).split("\n"))
        if text or column in said:
            hidden = column in row.hidden and bool(text)
            cells.append(CellView(column, header, "" if hidden else text, hidden, tuple(said.get(column, ()))))
    return RowView(row.sheet, row.row, tuple(cells), tuple(said.get(0, ())))


def shown_preview(seen: Preview) -> dict[str, object]:
    """A preview for its page."""
    rows = seen.refused[:SHOWN_ROWS]
    return {
        **shown_report(seen.report),
        "rows": row_views(rows),
        "rows_left": seen.report.refused_rows - len(rows),
        "changes": seen.changes,
        "changes_left": seen.report.updated - len(seen.changes),
    }


def shown_report(report: ImportReport) -> dict[str, object]:
    """A report for a page: its sentences, the mapping by use."""
    policy = the_office().policy.at(the_office().today())
    return {
        "report": report,
        "message": report.message(wording()),
        "titles": [(one, surety_word(one.confidence, policy)) for one in report.titles[:SHOWN_TITLES]],
        "notices": said(report.notices),
        "notices_left": max(0, len(report.notices) - SHOWN_PROBLEMS),
        "used": [column for column in report.mapping if column.field],
        "unused": [column for column in report.mapping if not column.field],
    }


def said(problems: Sequence[RowProblem]) -> list[tuple[RowProblem, str]]:
    """The first problems or notices with their sentences."""
    return [(problem, problem.sentence(wording())) for problem in problems[:SHOWN_PROBLEMS]]
