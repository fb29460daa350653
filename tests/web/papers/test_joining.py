"""Parts become one file without ever being in memory together."""

from __future__ import annotations

import io
import struct
import zlib
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import segno
from numpy.typing import NDArray
from pypdf import PageObject, PdfReader, PdfWriter

from tests.web.papers.plans import CASE, CONTEXT, a_plan, paper_wording, write_sheets
from web.papers.children import Child
from web.papers.collect import Prepared
from web.papers.glyphs import font_files
from web.papers.joining import JoinedPdf
from web.papers.pdf import document_of
from web.papers.speaker import Speaker
from web.papers.typesetting import apart
from web.papers.views import SheetView

Pixels = NDArray[Any]
DAY = date(2026, 6, 23)
PIXELS, MM_AN_INCH = 110, 25.4
SQUARE_MM = 22
LEFT_MM = 210 - 12 - 23 + 0.5
"""Where the square begins: the page less its margin, in the middle of its column."""


def sheet() -> SheetView:
    """A whole sheet."""
    return Prepared(1, Speaker(a_plan(), paper_wording(), CONTEXT, CASE)).sheet()


@pytest.fixture(scope="module")
def printed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """It, printed."""
    path = tmp_path_factory.mktemp("printed") / "sheet.pdf"
    write_sheets([sheet()], path)
    return path


def a_part(pages: int) -> bytes:
    """A PDF of so many empty pages."""
    writer, out = PdfWriter(), io.BytesIO()
    for _ in range(pages):
        writer.add_blank_page(width=595, height=842)
    writer.write(out)
    return out.getvalue()


def test_every_part_begins_on_the_front_of_a_leaf() -> None:
    out = io.BytesIO()
    joined = JoinedPdf(out, title="名单", made_on=DAY)
    assert [joined.add(a_part(pages)) for pages in (1, 3, 2)] == [1, 3, 2]
    joined.close()
    reader = PdfReader(io.BytesIO(out.getvalue()), strict=True)
    assert len(reader.pages) == 1 + 1 + 3 + 1 + 2
    assert reader.metadata is not None
    assert (reader.metadata.title, reader.metadata.creation_date_raw) == ("名单", "D:20260623000000Z")


def test_a_part_is_written_as_soon_as_it_comes_and_nothing_of_it_is_kept() -> None:
    out = io.BytesIO()
    joined = JoinedPdf(out, title="a", made_on=DAY)
    grown = []
    for _ in range(3):
        joined.add(a_part(2))
        grown.append(out.tell())
    assert grown == sorted(set(grown))
    kept = [value for value in vars(joined).values() if isinstance(value, bytes | bytearray | PdfReader)]
    assert kept == []


def test_the_same_parts_give_the_same_file_and_others_another_name() -> None:
    def made(pages: int) -> bytes:
        out = io.BytesIO()
        joined = JoinedPdf(out, title="a", made_on=DAY)
        joined.add(a_part(pages))
        joined.close()
        return out.getvalue()

    assert made(2) == made(2)
    assert PdfReader(io.BytesIO(made(2))).trailer["/ID"] != PdfReader(io.BytesIO(made(1))).trailer["/ID"]


def sizes(page: PageObject) -> set[float]:
    """The sizes of type on a page, in points."""
    found: set[float] = set()

    def note(text: str, matrix: list[float], ctm: list[float], font: object, size: float) -> None:
        if text.strip():
            found.add(round(size * abs(ctm[3]), 2))

    page.extract_text(visitor_text=note)
    return found


def test_nothing_is_set_smaller_than_promised_and_body_text_is_twelve_points(printed: Path) -> None:
    for page in PdfReader(printed).pages:
        found = sizes(page)
        assert min(found) >= 10.5
        assert 12.0 in found


def test_fonts_come_from_the_package_and_are_embedded(printed: Path) -> None:
    names = {
        str(font.get_object()["/BaseFont"])
        for page in PdfReader(printed).pages
        for font in page["/Resources"]["/Font"].values()  # type: ignore[index]
    }
    assert all("NotoSans" in name for name in names)
    assert font_files()[0].name.startswith("NotoSansSC")


def test_the_square_on_the_page_opens_the_slip() -> None:
    """Every field of the code of the address is where it should be on a picture of the page, dark or light."""
    child = Child()
    front = as_pixels(apart(child.typeset(document_of([sheet()], large=False, pixels=PIXELS)))[0])
    child.close()
    matrix = np.array(segno.make(f"{CONTEXT.public_url}/s/{CASE.code}", error="m", micro=False).matrix, dtype=bool)
    field = SQUARE_MM * PIXELS / MM_AN_INCH / (len(matrix) + 2)
    centres = (np.arange(len(matrix)) + 1.5) * field
    columns = (LEFT_MM * PIXELS / MM_AN_INCH + centres).astype(int)
    last = len(front) - int(centres[-1]) - 1
    found = [top for top in range(last) if (dark(front, top + centres, columns) == matrix).all()]
    assert found, "the square is nowhere on the page"


def dark(pixels: Pixels, rows: Pixels, columns: Pixels) -> Pixels:
    """Which fields are dark."""
    return pixels[np.ix_(rows.astype(int), columns)] < 128  # type: ignore[no-any-return]


def as_pixels(png: bytes) -> Pixels:
    """How green every pixel of a picture is."""
    width, height, channels = *struct.unpack(">II", png[16:24]), {2: 3, 6: 4}[png[25]]
    at, packed = 8, b""
    while at < len(png):
        size, kind = struct.unpack(">I4s", png[at : at + 8])
        packed += png[at + 8 : at + 8 + size] if kind == b"IDAT" else b""
        at += 12 + size
    raw, line, lines = zlib.decompress(packed), [0] * width, []
    for start in range(0, height * (1 + width * channels), 1 + width * channels):
        line = unfiltered(raw[start], raw[start + 2 : start + 1 + width * channels : channels], line)
        lines.append(line)
    return np.array(lines)


def unfiltered(kind: int, values: bytes, above: list[int]) -> list[int]:
    """One colour of a line of a PNG without its filter."""
    if kind == 0:
        return list(values)
    if kind == 2:
        return [(value + up) & 255 for value, up in zip(values, above, strict=True)]
    made, left, corner = [], 0, 0
    for value, up in zip(values, above, strict=True):
        guess = left if kind == 1 else (left + up) // 2 if kind == 3 else paeth(left, up, corner)
        left, corner = (value + guess) & 255, up
        made.append(left)
    return made


def paeth(left: int, up: int, corner: int) -> int:
    """The neighbour nearest to what the three let expect."""
    expected = left + up - corner
    return min((left, up, corner), key=lambda one: abs(expected - one))
