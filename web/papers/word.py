"""How leaves look in a Word file: a page being written, and the match sheet with what goes with it.

In: view models. Out: paragraphs and tables with the words of the PDF, front and back on a page each.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence

import segno
from docx import Document
from docx.document import Document as DocumentType
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.shape import CT_Inline
from docx.oxml.table import CT_Tbl
from docx.shared import Mm, Pt
from docx.table import Table
from docx.text.paragraph import Paragraph
from docx.text.run import Run

from web.papers.views import Block, CoverView, Line, ScriptsView, Section, SheetView, Slip, Stub

FONT, FONT_ZH = "Microsoft YaHei", "微软雅黑"
WIDTH_MM, LABEL_MM = 186, 21
SLIP_LABEL_MM, QR_COLUMN_MM, QR_MM = 40, 26, 20
COVER_MM = (12, 30, 36, 44, 12, 12, 20, 20)
BODY, SMALL = 12.0, 10.5
LARGER = 1.28
LINE_PITCH = 1.2
TIGHT = Pt(1)


class WordPage:
    """A document being written; every size in one place."""

    def __init__(self, *, large: bool) -> None:
        self.document: DocumentType = Document()
        self._end = self.document.element.body.sectPr
        """Everything goes before it: python-docx would look through all that is written, every time anew."""
        self._ruled = self.document.styles["Table Grid"]
        self._pictures = 0
        self.scale = LARGER if large else 1.0
        self.break_next = False
        style = self.document.styles["Normal"]
        style.font.name, style.font.size = FONT, Pt(BODY * self.scale)
        style.element.rPr.rFonts.set(qn("w:eastAsia"), FONT_ZH)
        style.paragraph_format.space_after = TIGHT
        style.paragraph_format.line_spacing = Pt(BODY * self.scale * LINE_PITCH)
        page = self.document.sections[0]
        page.page_width, page.page_height = Mm(210), Mm(297)
        page.left_margin = page.right_margin = Mm(12)
        page.top_margin, page.bottom_margin = Mm(10), Mm(9)
        page.header_distance, page.footer_distance = Mm(4), Mm(3)
        self._section, self.width_mm = page, WIDTH_MM

    def lie_down(self) -> None:
        """The pages lie on their side."""
        page = self._section
        page.orientation = WD_ORIENT.LANDSCAPE
        page.page_width, page.page_height = Mm(297), Mm(210)
        self.width_mm = WIDTH_MM + 297 - 210

    def edge(self, office: str) -> None:
        """The office above every page, the number of the page below."""
        above, below = self._section.header.paragraphs[0], self._section.footer.paragraphs[0]
        for paragraph in (above, below):
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
            paragraph.paragraph_format.line_spacing = Pt(SMALL)
        above.add_run(office).font.size = Pt(SMALL)
        number = OxmlElement("w:fldSimple")
        number.set(qn("w:instr"), "PAGE")
        number.append(below.add_run("").element)
        below._p.append(number)

    def paragraph(self, *, rule: bool = False, dashed: bool = False) -> Paragraph:
        """A paragraph; after `turn` it begins a page."""
        made = Paragraph(OxmlElement("w:p"), self.document._body)
        self._end.addprevious(made._p)
        if self.break_next:
            made.paragraph_format.page_break_before, self.break_next = True, False
        if rule or dashed:
            _rule_above(made, dashed=dashed)
        return made

    def turn(self) -> None:
        """The next paragraph begins a page."""
        self.break_next = True

    def run(self, paragraph: Paragraph, text: str, size: float = BODY, *, bold: bool = False) -> Run:
        """Text of a size."""
        run = paragraph.add_run(text)
        run.font.size, run.bold = Pt(size * self.scale), bold or None
        return run

    def picture(self, paragraph: Paragraph, content: io.BytesIO) -> None:
        """A square picture, numbered here for the same reason."""
        self._pictures += 1
        name, _ = self.document.part.get_or_add_image(content)
        inline = CT_Inline.new_pic_inline(self._pictures, name, f"{self._pictures}.png", Mm(QR_MM), Mm(QR_MM))
        paragraph.add_run()._r.add_drawing(inline)

    def table(self, rows: int, columns: int) -> Table:
        """A ruled table."""
        grid = CT_Tbl.new_tbl(rows, columns, Mm(self.width_mm))
        self._end.addprevious(grid)
        made = Table(grid, self.document._body)
        made.style = self._ruled
        made.alignment = WD_TABLE_ALIGNMENT.CENTER
        return made


def _rule_above(paragraph: Paragraph, *, dashed: bool) -> None:
    """A line over a paragraph."""
    borders = OxmlElement("w:pBdr")
    top = OxmlElement("w:top")
    for name, value in (("val", "dashed" if dashed else "single"), ("sz", "6"), ("space", "2"), ("color", "000000")):
        top.set(qn(f"w:{name}"), value)
    borders.append(top)
    paragraph._p.get_or_add_pPr().insert_element_before(borders, "w:spacing", "w:ind", "w:jc", "w:rPr")


def put_sheet(page: WordPage, sheet: SheetView) -> None:
    """Front and back of a sheet."""
    _head(page, sheet)
    for block in sheet.blocks:
        _block(page, block)
    for section in (*sheet.shortfall, *sheet.front):
        put_section(page, section, rule=True)
    put_lines(page, sheet.call, rule=True)
    _slip(page, sheet.slip)
    if sheet.back_title:
        page.turn()
        page.run(page.paragraph(), sheet.back_title, 15, bold=True)
        for section in sheet.back:
            put_section(page, section)
    for number, text in enumerate(sheet.basis):
        page.run(page.paragraph(rule=number == 0), text, SMALL, bold=number == 0)


def _head(page: WordPage, sheet: SheetView) -> None:
    """Title, office, and who it is for."""
    if sheet.banner:
        page.run(page.paragraph(), sheet.banner, SMALL, bold=True)
    top = page.paragraph()
    top.paragraph_format.tab_stops.add_tab_stop(Mm(WIDTH_MM), WD_TAB_ALIGNMENT.RIGHT)
    top.paragraph_format.line_spacing = Pt(24 * page.scale)
    page.run(top, sheet.title, 18, bold=True)
    page.run(top, f"\t{sheet.office}", SMALL)
    who = page.paragraph(rule=True)
    for number, item in enumerate(sheet.head):
        if number == 3:
            who = page.paragraph()
        page.run(who, f"{item.label} ", SMALL)
        page.run(who, f"{item.text}      ", 13 if number == 0 else SMALL if number > 2 else BODY, bold=True)
    page.run(page.paragraph(), sheet.lead)


def _block(page: WordPage, block: Block) -> None:
    """A posting or the class."""
    top = page.paragraph(rule=True)
    top.paragraph_format.keep_with_next = True
    top.paragraph_format.tab_stops.add_tab_stop(Mm(WIDTH_MM), WD_TAB_ALIGNMENT.RIGHT)
    page.run(top, f"{block.mark}  {block.title}", 13, bold=True)
    page.run(top, f"   {block.giver}")
    if block.flag:
        page.run(top, f"\t{block.flag}", SMALL, bold=True)
    put_lines(page, block.lines)


def put_lines(page: WordPage, lines: Iterable[Line], *, rule: bool = False) -> None:
    """Labels and texts, the texts one under the other."""
    for number, line in enumerate(lines):
        size = SMALL if line.small else BODY
        made = page.paragraph(rule=rule and number == 0)
        if line.small:
            made.paragraph_format.line_spacing = Pt(SMALL * page.scale * LINE_PITCH)
        if line.label:
            indent = Mm(max(LABEL_MM * page.scale, len(line.label) * 4.4 * page.scale))
            made.paragraph_format.left_indent, made.paragraph_format.first_line_indent = indent, -indent
            made.paragraph_format.tab_stops.add_tab_stop(indent)
            page.run(made, line.label, size, bold=True)
            page.run(made, f"\t{line.text}", size)
        else:
            made.paragraph_format.left_indent = Mm(4)
            page.run(made, line.text, size)


def put_section(page: WordPage, section: Section, *, rule: bool = False) -> None:
    """A heading with lines."""
    top = page.paragraph(rule=rule)
    top.paragraph_format.keep_with_next = True
    top.paragraph_format.space_before = Pt(3)
    page.run(top, section.title, BODY, bold=True)
    put_lines(page, section.lines)


def _slip(page: WordPage, slip: Slip) -> None:
    """The tear-off slip, with the square beside its boxes."""
    top = page.paragraph(dashed=True)
    top.paragraph_format.space_before = Pt(4)
    top.paragraph_format.keep_with_next = True
    top.paragraph_format.tab_stops.add_tab_stop(Mm(WIDTH_MM), WD_TAB_ALIGNMENT.RIGHT)
    page.run(top, slip.title, SMALL, bold=True)
    page.run(top, f"\t{slip.owner}", SMALL)
    if slip.rows:
        rows: list[Sequence[str]] = [slip.head, *((row.label, *row.cells) for row in slip.rows)]
        table = page.table(len(rows), len(slip.head) + 1)
        each = (WIDTH_MM - SLIP_LABEL_MM - QR_COLUMN_MM) / (len(slip.head) - 1)
        fill(page, table, rows, (SLIP_LABEL_MM, *[each] * (len(slip.head) - 1), QR_COLUMN_MM))
        corner = table.cell(0, len(slip.head)).merge(table.cell(len(rows) - 1, len(slip.head)))
        put_square(page, corner.paragraphs[0], slip)
    else:
        put_square(page, page.paragraph(), slip)
    page.run(page.paragraph(), slip.signing, SMALL)


def put_square(page: WordPage, place: Paragraph, slip: Slip | Stub) -> None:
    """The code as a square and as text."""
    place.alignment = WD_ALIGN_PARAGRAPH.CENTER
    place.paragraph_format.line_spacing = 1.0
    picture = io.BytesIO()
    segno.make(slip.qr, error="m", micro=False).save(picture, kind="png", scale=6, border=1)
    page.picture(place, picture)
    page.run(place, f" {slip.code_label} ", SMALL)
    page.run(place, slip.code, SMALL, bold=True)


def fill(page: WordPage, table: Table, rows: Sequence[Sequence[str]], widths_mm: Sequence[float]) -> None:
    """Texts into a table of fixed widths; columns beyond the texts stay empty."""
    table.autofit = False
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width)
    for row, texts in zip(table.rows, rows, strict=True):
        cells = row.cells
        for cell, width in zip(cells, widths_mm, strict=True):
            cell.width = Mm(width)
        for cell, text in zip(cells, texts, strict=False):
            place = cell.paragraphs[0]
            place.paragraph_format.line_spacing = Pt(SMALL * page.scale * LINE_PITCH)
            page.run(place, text, SMALL)


def put_cover(page: WordPage, cover: CoverView) -> None:
    """The list before the sheets."""
    page.run(page.paragraph(), cover.title, 16, bold=True)
    who = page.paragraph()
    for item in cover.head:
        page.run(who, f"{item.label} ", SMALL)
        page.run(who, f"{item.text}      ", SMALL, bold=True)
    table = page.table(len(cover.rows) + 1, len(cover.columns))
    fill(page, table, [cover.columns, *cover.rows], COVER_MM)
    page.run(page.paragraph(), cover.note, SMALL)


def put_scripts(page: WordPage, pack: ScriptsView) -> None:
    """What is read aloud."""
    page.run(page.paragraph(), pack.script_title, 15, bold=True)
    for script in pack.scripts:
        put_section(page, Section(script.title, tuple(Line("", text) for text in script.sentences)), rule=True)
