"""Papers of a fair into a file: PDF to print, Word to change.

In: papers as plain strings and a file name. Out: the file, whole or not at all, each paper on a leaf of its own.
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import segno
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Mm, Pt

from matcher.domain.errors import InputRefused
from web.papers.fairs.views import FairPaper, TablePaper, Way, WaysPaper
from web.papers.pdf import qr_picture, typeset_apart
from web.papers.views import About
from web.papers.whole import written_whole
from web.papers.word import WIDTH_MM, WordPage, put_lines
from web.papers.word_file import saved

ENDINGS = ("pdf", "docx")
CODE_COLUMN_MM = 34
WIDE_MM = 273


def write_fair_papers(papers: Sequence[FairPaper], path: Path) -> None:
    """Write the papers."""
    ending = path.suffix.lower().removeprefix(".")
    if ending not in ENDINGS or not papers:
        raise InputRefused("招聘会的纸张只能写成 .pdf 或 .docx，而且至少要有一张")
    content = _pdf(papers) if ending == "pdf" else _word(papers)
    with written_whole(path) as target:
        target.write(content)


def _pdf(papers: Sequence[FairPaper]) -> bytes:
    """The papers typeset in a process of its own."""
    parts = [_part(paper) for paper in papers]
    return typeset_apart(parts, _about(papers), "fairs.typ")


def _about(papers: Sequence[FairPaper]) -> About:
    """What the file says of itself."""
    first = papers[0]
    return About(first.title, first.lang, first.made_on, first.office)


def _part(paper: FairPaper) -> dict[str, Any]:
    """A paper as the typesetter takes it."""
    part = {"kind": "table" if isinstance(paper, TablePaper) else "ways", "odd": False, **asdict(paper)}
    for card in part.get("cards", ()):
        card["picture"] = qr_picture(card["qr"])
    return part


def _word(papers: Sequence[FairPaper]) -> bytes:
    """The papers as a Word file."""
    page = WordPage(large=False)
    across = all(isinstance(paper, TablePaper) and paper.wide for paper in papers)
    if across:
        page.lie_down()
    for paper in papers:
        page.run(page.paragraph(), paper.title, 18, bold=True)
        page.run(page.paragraph(), paper.office, 10.5)
        put_lines(page, paper.head, rule=True)
        if isinstance(paper, TablePaper):
            _table(page, paper, WIDE_MM if across else WIDTH_MM)
        else:
            _cards(page, paper)
        if paper.note:
            for line in paper.note.split("\n"):
                page.run(page.paragraph(), line, 10.5)
        page.turn()
    return saved(page, _about(papers))


def _table(page: WordPage, paper: TablePaper, width_mm: float) -> None:
    """A list whose head stands on every page."""
    table = page.table(len(paper.rows) + 1, len(paper.columns))
    table.autofit = False
    widths = [Mm(width_mm * share / sum(paper.layout)) for share in paper.layout]
    head = table.rows[0]._tr.get_or_add_trPr()
    head.append(OxmlElement("w:tblHeader"))
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    for number, (row, texts) in enumerate(zip(table.rows, (paper.columns, *paper.rows), strict=True)):
        for cell, width, text in zip(row.cells, widths, texts, strict=True):
            cell.width = width
            page.run(cell.paragraphs[0], text, 12 if number else 10.5, bold=number == 0)


def _cards(page: WordPage, paper: WaysPaper) -> None:
    """A card a person, each ruled off."""
    for card in paper.cards:
        table = page.table(1, 2)
        table.autofit = False
        for cell, width in zip(table.rows[0].cells, (WIDTH_MM - CODE_COLUMN_MM, CODE_COLUMN_MM), strict=True):
            cell.width = Mm(width)
        _card(page, card, *table.rows[0].cells)
        page.paragraph().paragraph_format.space_after = Pt(2)


def _card(page: WordPage, card: Way, said: Any, code: Any) -> None:
    """What one person reads, and the square beside it."""
    first = said.paragraphs[0]
    page.run(first, card.name, 16, bold=True)
    page.run(first, f"   {card.village}")
    page.run(said.add_paragraph(), card.lead, 14, bold=True)
    for stop in card.stops:
        line = said.add_paragraph()
        page.run(line, f"{stop.mark}  ", 14, bold=True)
        page.run(line, stop.what)
        if stop.why:
            page.run(said.add_paragraph(), stop.why, 12)
    if card.helper:
        page.run(said.add_paragraph(), card.helper, 12, bold=True)
    place = code.paragraphs[0]
    place.alignment = WD_ALIGN_PARAGRAPH.CENTER
    place.paragraph_format.line_spacing = 1.0
    picture = io.BytesIO()
    segno.make(card.qr, error="m", micro=False).save(picture, kind="png", scale=6, border=1)
    page.picture(place, picture)
    below = code.add_paragraph()
    below.alignment = WD_ALIGN_PARAGRAPH.CENTER
    page.run(below, card.code, 12, bold=True)
