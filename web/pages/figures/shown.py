"""A report's table as a page shows it and a spreadsheet holds it.

In: tables of the reports. Out: `Sheet`s: a header with its definition each, rows with words, plain values and links.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from flask import url_for

from matcher.reports.tables import VILLAGE, Line, Table
from matcher.reports.workbook import Value
from web.pages.figures.desk import Desk, place_name
from web.phrases import t


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: what is said, what a spreadsheet holds, where it leads."""

    said: str
    value: Value
    href: str = ""


@dataclass(frozen=True, slots=True)
class ShownRow:
    """One line; `href` leads into the division."""

    label: str
    cells: tuple[Cell, ...]
    href: str = ""
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole table."""

    title: str
    first: str
    heads: tuple[str, ...]
    notes: tuple[str, ...]
    """What each head means, in their order."""
    rows: tuple[ShownRow, ...]
    more: tuple[str, ...] = field(default=())
    """Footnotes of the whole table."""


def count(value: int | None, href: str = "") -> Cell:
    """A number of people or postings; None is hidden because too few stand behind it."""
    if value is None:
        return Cell(t("PAGE_FIG_FEW"), t("PAGE_FIG_FEW"))
    return Cell(f"{value:,}", value, href if value else "")


def unknown(value: float | None, said: str | None = None) -> Cell:
    """A number, or that there are no data."""
    if value is None:
        return Cell(t("PAGE_FIG_NO_DATA"), t("PAGE_FIG_NO_DATA"))
    return Cell(said or f"{value:,.0f}", value)


def share(value: float | None) -> Cell:
    """A share in [0, 1] as per cent."""
    return Cell("–", None) if value is None else Cell(percent(value), round(value, 4))


def percent(value: float) -> str:
    """A share in [0, 1] as per cent; nearly all is never said to be all."""
    shown = f"{100 * value:.1f}"
    return f"{'99.9' if shown == '100.0' and value < 1 else shown.removesuffix('.0')}%"


def yuan(value: float | None) -> Cell:
    """Pay a month."""
    return Cell("–", None) if value is None else Cell(f"{value:,.0f}", round(value))


def label_of(line: Line) -> str:
    """What a line is called."""
    if line.kind == VILLAGE:
        return line.code or t("PAGE_FIG_NO_VILLAGE")
    return place_name(line.code)


def coverage_sheet(desk: Desk, table: Table, *, linked: bool) -> Sheet:
    """The table of coverage, every number leading to its people where the account may see them."""
    rows = [_coverage_row(desk, table, line, linked) for line in table.lines]
    if table.total is not None and len(rows) > 1:
        rows.append(_coverage_row(desk, table, table.total, linked, strong=True))
    return Sheet(
        title=t("PAGE_FIG_COVERAGE"),
        first=t("PAGE_FIG_PLACE"),
        heads=tuple(t(f"PAGE_FIG_COL_{name}") for name in table.columns),
        notes=tuple(t(f"PAGE_FIG_DEF_{name}") for name in table.columns),
        rows=tuple(rows),
    )


def _coverage_row(desk: Desk, table: Table, line: Line, linked: bool, *, strong: bool = False) -> ShownRow:
    """One line of coverage."""
    place: dict[str, str] = {"division": desk.division} if desk.division else {}
    if line.kind == VILLAGE:
        place["village"] = line.code
    elif line.inner:
        place = {"division": line.inner}
    elif line.kind == "division":
        linked = False
    cells = tuple(
        count(int(value or 0), url_for("reports.persons", figure=name, **place) if linked else "")
        for name, value in zip(table.columns, line.cells, strict=True)
    )
    into = url_for("reports.index", division=line.inner) if line.inner else ""
    return ShownRow(t("PAGE_FIG_SUM") if strong else label_of(line), cells, into, strong)


def plain_rows(sheet: Sheet) -> Sequence[Sequence[Value]]:
    """The rows as a spreadsheet holds them."""
    return [[row.label, *(cell.value for cell in row.cells)] for row in sheet.rows]
