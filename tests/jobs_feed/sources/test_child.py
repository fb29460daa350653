"""Whatever bytes come: the child ends with an end or one clear reason, never with an error of its own."""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jobs_feed.cells import ChildLine, EndLine, RefusalLine
from jobs_feed.sources.child import read_to
from tests.jobs_feed.files import hostile, old_books, texts

MAKERS = (hostile.good, old_books.old_book, old_books.xml_book, old_books.page_of_excel, old_books.archive_of_pages)
STARTS = (
    b"",
    b"PK\x03\x04",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    b"<html><table><tr><td>",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b'"',
)


@lru_cache(maxsize=8)
def good(number: int) -> bytes:
    """A file that is read."""
    with TemporaryDirectory() as folder:
        return MAKERS[number](Path(folder)).read_bytes()


def lines_of(data: bytes) -> list[ChildLine]:
    """What the child says of a file."""
    out = io.BytesIO()
    with TemporaryDirectory() as folder:
        (Path(folder) / "any.xls").write_bytes(data)
        read_to(Path(folder) / "any.xls", out)
    decode = msgspec.json.Decoder(ChildLine).decode
    return [decode(line) for line in out.getvalue().splitlines()]


@given(start=st.sampled_from(STARTS), rest=st.binary(max_size=600))
def test_any_bytes_end_with_an_end_or_a_reason(start: bytes, rest: bytes) -> None:
    assert isinstance(lines_of(start + rest)[-1], EndLine | RefusalLine)


@settings(max_examples=40)
@given(
    number=st.integers(0, len(MAKERS) - 1),
    at=st.floats(0, 1),
    what=st.binary(min_size=1, max_size=8),
    cut=st.booleans(),
)
def test_a_file_damaged_anywhere_ends_with_an_end_or_a_reason(number: int, at: float, what: bytes, cut: bool) -> None:
    data = good(number)
    place = int(at * len(data))
    damaged = data[:place] + what + (b"" if cut else data[place + len(what) :])
    assert isinstance(lines_of(damaged)[-1], EndLine | RefusalLine)


@given(
    cells=st.lists(st.text(alphabet='ab,"\n\r\t;|，1', max_size=8), min_size=1, max_size=12),
)
def test_no_row_of_a_text_file_is_lost_without_a_word(cells: list[str]) -> None:
    head = texts.HEAD
    data = "\n".join([head, texts.line(1), *(cell.replace("\r", " ") for cell in cells), texts.line(2)])
    lines = lines_of(data.encode())
    said = " ".join(str(line) for line in lines)
    assert "P-1" in said and ("P-2" in said or isinstance(lines[-1], RefusalLine) or "ROW_QUOTE" in said)


@pytest.mark.parametrize("number", range(len(MAKERS)))
def test_the_undamaged_files_are_read(number: int) -> None:
    assert isinstance(lines_of(good(number))[-1], EndLine)
