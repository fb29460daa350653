"""The report of a fair as a spreadsheet.

In: a report, numbers to call, and how groups are named. Out: the bytes of an .xlsx; figures are numbers, texts never
formulas, and what is too small to be shown says so.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from io import BytesIO

import xlsxwriter

from jobs_feed.publishing.workbook import inert
from matcher.fairs.figures import BOOTH_COLUMNS, COLUMNS, FairReport, Row
from web.phrases import t

Label = Callable[[str, str], str]
Cell = str | int | None
_MADE = datetime(2000, 1, 1)
WIDTHS = (26, 12, 12, 12, 12, 12, 12, 12, 12)


def write_workbook(report: FairReport, phones: Mapping[int, str], label: Label, least: int) -> bytes:
    """Figures, booths, and whom to call."""
    stream = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties({"created": _MADE})
        _sheet(book, t("FAIR_SHEET_FIGURES"), _figures(report, label), least)
        _sheet(book, t("FAIR_SHEET_BOOTHS"), _booths(report), least)
        if report.calls:
            _sheet(book, t("FAIR_SHEET_CALLS"), _calls(report, phones), least)
    return stream.getvalue()


def _figures(report: FairReport, label: Label) -> list[list[Cell]]:
    """Everything counted, group by group."""
    fair = report.fair
    head: list[Cell] = [t("FAIR_GROUP"), *(t(f"FAIR_COL_{name}") for name in COLUMNS)]
    rows: list[list[Cell]] = [
        [fair.name],
        [t("PAGE_DAY", day_on=fair.starts_on.isoformat()), fair.place],
        [t("FAIR_EMPLOYERS"), report.employers],
        [t("FAIR_OPENINGS"), report.openings],
        [t("FAIR_TALKS"), report.interviews],
        [],
        head,
        [t("FAIR_TOTAL"), *report.total.cells],
    ]
    groups: Sequence[tuple[str, str, Sequence[Row]]] = (
        ("FAIR_BY_SEX", "sex", report.by_sex),
        ("FAIR_BY_AGE", "age", report.by_age),
        ("FAIR_BY_BANNER", "banner", report.by_banner),
    )
    for title, kind, table in groups:
        rows += [[], [t(title)], *([label(kind, row.label), *row.cells] for row in table)]
    if report.reasons:
        rows += [[], [t("FAIR_WHY_NOT")], *([t(f"FAIR_WHY_{code.upper()}"), many] for code, many in report.reasons)]
    return rows


def _booths(report: FairReport) -> list[list[Cell]]:
    """Employer by employer."""
    head: list[Cell] = [
        t("PAGE_EMPLOYER"), t("FAIR_BOOTH_NO"), t("FAIR_OPENINGS"), *(t(f"FAIR_COL_{name}") for name in BOOTH_COLUMNS),
    ]  # fmt: skip
    return [head, *([row.booth.employer, row.booth.number, row.openings or "?", *row.cells] for row in report.booths)]


def _calls(report: FairReport, phones: Mapping[int, str]) -> list[list[Cell]]:
    """Whom to call."""
    head: list[Cell] = [
        t("PAGE_NAME"), t("PAGE_VILLAGE"), t("FAIR_PHONE"), t("FAIR_BOOTH_NO"), t("PAGE_EMPLOYER"), t("PAGE_POSTING"),
        t("FAIR_RESULT"),
    ]  # fmt: skip
    return [
        head,
        *(
            [
                one.visitor.name, one.visitor.village, phones.get(one.visitor.key, ""), one.booth.number,
                one.booth.employer, one.posting.value.title, t(f"FAIR_RESULT_{one.result.result.name}"),
            ]
            for one in report.calls
        ),
    ]  # fmt: skip


def _sheet(book: xlsxwriter.Workbook, name: str, rows: Sequence[Sequence[Cell]], least: int) -> None:
    """One sheet of rows."""
    sheet = book.add_worksheet(name)
    text, small = book.add_format({"num_format": "@"}), book.add_format({"align": "right"})
    for column, width in enumerate(WIDTHS):
        sheet.set_column(column, column, width)
    for line, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, int):
                sheet.write_number(line, column, value)
            elif value is None:
                sheet.write_string(line, column, f"<{least}", small)
            else:
                sheet.write_string(line, column, inert(value), text)
