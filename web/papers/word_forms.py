"""How letters and forms look in a Word file.

In: view models. Out: paragraphs and tables with the words of the PDF.
"""

from __future__ import annotations

from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.shared import Mm, Pt

from web.papers.views import Card, FormPart, FormView, LetterView, Line, Section, Stub
from web.papers.word import SMALL, WordPage, fill, put_lines, put_section, put_square


def put_letter(page: WordPage, letter: LetterView) -> None:
    """A letter to an employer."""
    _title(page, letter.title)
    put_lines(page, letter.head, rule=True)
    page.run(page.paragraph(), letter.lead)
    for point in letter.points:
        put_section(page, point, rule=True)
    put_lines(page, letter.call, rule=True)
    page.run(page.paragraph(), letter.closing)
    _signed(page, letter.signed)


def put_form(page: WordPage, form: FormView) -> None:
    """A form: head, parts, signatures, what is cut off, notes."""
    if form.banner:
        page.run(page.paragraph(), form.banner, SMALL, bold=True)
    _title(page, form.title)
    if form.office:
        office = page.paragraph()
        office.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        page.run(office, form.office, SMALL)
    put_lines(page, form.head, rule=True)
    if form.lead:
        page.run(page.paragraph(), form.lead)
    for part in form.parts:
        _part(page, part)
    _signed(page, form.signed)
    if form.stub is not None:
        _stub(page, form.stub)
    for number, text in enumerate(form.note):
        page.run(page.paragraph(rule=number == 0), text, SMALL)


def _title(page: WordPage, text: str) -> None:
    """The title in the middle."""
    title = page.paragraph()
    title.alignment = WD_ALIGN_PARAGRAPH.CENTER
    title.paragraph_format.line_spacing = Pt(26 * page.scale)
    page.run(title, text, 18, bold=True)


def _signed(page: WordPage, texts: tuple[str, ...]) -> None:
    """Who signs, on the right."""
    for text in texts:
        line = page.paragraph()
        line.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        line.paragraph_format.space_before = Pt(6)
        page.run(line, text)


def _part(page: WordPage, part: FormPart) -> None:
    """Lines under a heading, a table, cards."""
    if part.title:
        put_section(page, Section(part.title, part.lines), rule=True)
    else:
        put_lines(page, part.lines)
    if part.columns:
        table = page.table(len(part.rows) + 1, len(part.columns))
        shares = part.layout or (1,) * len(part.columns)
        fill(page, table, [part.columns, *part.rows], [page.width_mm * share / sum(shares) for share in shares])
    for card in part.cards:
        _card(page, card)


def _card(page: WordPage, card: Card) -> None:
    """A small paper to cut out."""
    top = page.paragraph(dashed=True)
    top.paragraph_format.space_before = Pt(6)
    top.paragraph_format.keep_with_next = True
    page.run(top, card.title, bold=True)
    number = page.paragraph()
    number.paragraph_format.line_spacing = Pt(36 * page.scale)
    page.run(number, card.big, 28, bold=True)
    put_lines(page, card.lines)


def _stub(page: WordPage, stub: Stub) -> None:
    """What is cut off and handed back."""
    top = page.paragraph(dashed=True)
    top.paragraph_format.space_before = Pt(8)
    top.paragraph_format.tab_stops.add_tab_stop(Mm(page.width_mm), WD_TAB_ALIGNMENT.RIGHT)
    page.run(top, stub.title, bold=True)
    page.run(top, f"\t{stub.owner}", SMALL)
    put_lines(page, tuple(Line(line.label, line.text, line.small) for line in stub.lines))
    if stub.qr:
        put_square(page, page.paragraph(), stub)
    if stub.signing:
        page.run(page.paragraph(), stub.signing, SMALL)
