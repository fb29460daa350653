"""A list as a file: a spreadsheet to go on with, a PDF to sign, a Word file to change; the same words in all.

In: title, heads, rows, notes. Out: the file to save; its name says what it is, never whom it is about.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Response, send_file
from werkzeug.wrappers import Response as AnyResponse

from matcher.reports.workbook import XLSX_TYPE, Value, write_report
from web.config import the_office
from web.papers.collect import office_context
from web.papers.fairs.views import TablePaper
from web.papers.fairs.write import write_fair_papers
from web.papers.glyphs import printable_model
from web.papers.views import Line
from web.phrases import language, t, wording

ENDINGS = ("xlsx", "pdf", "docx")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One list; `layout` holds the share of the width each column takes on paper."""

    name: str
    title: str
    heads: tuple[str, ...]
    layout: tuple[int, ...]
    rows: Sequence[Sequence[Value]]
    notes: tuple[str, ...] = ()
    place: str = ""


def deliver_listing(listing: Listing, ending: str) -> AnyResponse:
    """The list as a file of an ending."""
    name = f"{listing.name}-{the_office().today().isoformat()}.{ending}"
    if ending == "xlsx":
        title = f"{listing.title} · {listing.place}" if listing.place else listing.title
        body = write_report(title, listing.heads, listing.rows, listing.notes, sheet_name=listing.title)
        answer = Response(body, mimetype=XLSX_TYPE)
        answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer
    with TemporaryDirectory() as folder:
        path = Path(folder) / f"list.{ending}"
        write_fair_papers([_paper(listing)], path)
        content = BytesIO(path.read_bytes())
    return send_file(content, as_attachment=True, download_name=name)


def _paper(listing: Listing) -> TablePaper:
    """The list as it is printed, on a leaf laid across."""
    office = the_office()
    with office.reading() as unit:
        context = office_context(unit, wording())
    head = [Line(t("LIST_PLACE"), listing.place)] if listing.place else []
    head.append(Line(t("LIST_MADE_ON"), office.today().isoformat()))
    paper = TablePaper(
        lang=language(),
        made_on=office.today(),
        office=context.office_name,
        title=listing.title,
        head=tuple(head),
        columns=listing.heads,
        layout=listing.layout,
        rows=tuple(tuple(_cell(value) for value in row) for row in listing.rows),
        note="\n".join(listing.notes),
        wide=True,
    )
    return printable_model(paper)


def _cell(value: Value) -> str:
    """A cell as text; what nobody has entered stays empty, to be written by hand."""
    if value is None:
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value)
