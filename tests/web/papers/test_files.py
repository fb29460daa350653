"""What is written: the same words in every kind of file, whole or not at all, the same bytes again."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from docx import Document
from pypdf import PdfReader

from matcher.domain.errors import InputRefused
from matcher.domain.plan import Track
from tests.web.papers.plans import (
    CASE,
    CONTEXT,
    a_pack,
    a_plan,
    a_short_plan,
    a_wordy_plan,
    paper_wording,
    write_sheets,
)
from tests.web.papers.texts import TEXT_OF, letters, pdf_text, said_by
from web.papers import pdf
from web.papers.collect import Prepared
from web.papers.speaker import Speaker
from web.papers.views import SheetView, words

WORDING = paper_wording()
PLANS = (
    a_plan(),
    a_short_plan(),
    a_plan(track=Track.INFO_FIRST, matches=(), training=None, guidance=None, policy=()),
    a_plan(track=Track.SCHOOL_RETURN, matches=(), training=None),
)


def prepared() -> list[Prepared]:
    """One plan of each kind of sheet."""
    return [Prepared(key, Speaker(plan, WORDING, CONTEXT, CASE)) for key, plan in enumerate(PLANS)]


def sheets() -> list[SheetView]:
    """Their sheets."""
    return [item.sheet() for item in prepared()]


@pytest.mark.parametrize("suffix", TEXT_OF)
def test_every_kind_of_file_says_the_words_of_the_view_and_no_others(tmp_path: Path, suffix: str) -> None:
    path, views, pack = tmp_path / f"sheets{suffix}", sheets(), a_pack(prepared())
    write_sheets(views, path, pack=pack)
    text = TEXT_OF[suffix](path)
    missing = [said for said in words((tuple(views), pack)) if said_by(said) not in text]
    assert missing == []
    assert letters(text) == letters(said_by(*views, pack))


@pytest.mark.parametrize("large", [False, True])
def test_a_word_file_is_a4_breaks_its_pages_and_has_the_office_above_and_a_number_below(
    tmp_path: Path, large: bool
) -> None:
    path, views = tmp_path / "sheets.docx", sheets()
    write_sheets(views, path, pack=a_pack(prepared()), large=large)
    document = Document(str(path))
    [section] = document.sections
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    breaks = [one for one in document.paragraphs if one.paragraph_format.page_break_before]
    backs = sum(1 for view in views if view.back_title)
    assert len(breaks) == len(views) + backs + 1, "sheets, their backs, and the scripts; the list begins the file"
    assert section.header.paragraphs[0].text == CONTEXT.office_name
    assert "PAGE" in section.footer._element.xml
    assert document.styles["Normal"].font.size.pt == (15 if large else 12)


def test_a_sheet_is_one_leaf_and_every_leaf_begins_on_its_front(tmp_path: Path) -> None:
    path, views = tmp_path / "sheets.pdf", sheets()
    write_sheets(views, path)
    pages = PdfReader(path).pages
    fronts = [views[number // 2].head[0].text in pages[number].extract_text() for number in range(0, len(pages), 2)]
    assert len(pages) == 2 * len(views) - 1, "the last sheet has no back"
    assert all(fronts)


def test_the_fullest_sheet_still_fits_one_leaf(tmp_path: Path) -> None:
    path = tmp_path / "full.pdf"
    write_sheets([Prepared(1, Speaker(a_wordy_plan(), WORDING, CONTEXT, CASE)).sheet()], path)
    assert len(PdfReader(path).pages) == 2


def test_the_large_edition_takes_two_leaves_and_says_the_same(tmp_path: Path) -> None:
    path, view = tmp_path / "large.pdf", sheets()[0]
    write_sheets([view], path, large=True)
    assert 3 <= len(PdfReader(path).pages) <= 4
    assert letters(pdf_text(path)) == letters(said_by(view))


def test_batches_are_joined_in_the_order_of_the_sheets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "BATCH", 2)
    views = [replace(sheets()[0], lead=f"第{number}张") for number in range(5)]
    told: list[float] = []
    path = tmp_path / "sheets.pdf"
    write_sheets(views, path, progress=told.append)
    text = pdf_text(path)
    places = [text.index(f"第{number}张") for number in range(5)]
    assert places == sorted(places)
    assert len(PdfReader(path).pages) == 10
    assert told == sorted(told)
    assert told[-1] == 1.0


@pytest.mark.parametrize("suffix", [".pdf", ".html", ".docx"])
def test_the_same_sheets_give_the_same_bytes(tmp_path: Path, suffix: str) -> None:
    first, second = tmp_path / f"a{suffix}", tmp_path / f"b{suffix}"
    write_sheets(sheets(), first, pack=a_pack(prepared()))
    write_sheets(sheets(), second, pack=a_pack(prepared()))
    assert first.read_bytes() == second.read_bytes()


def test_an_unknown_ending_is_refused_and_names_the_three(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match=r"\.pdf.*\.html.*\.docx"):
        write_sheets(sheets(), tmp_path / "sheets.odt")
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(InputRefused, match=r"sheets\.html"):
        write_sheets(sheets(), tmp_path / "nowhere" / "sheets.html")


def test_a_failed_printing_leaves_the_old_file_and_no_draft(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "sheets.pdf"
    path.write_bytes(b"old")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(InputRefused, match="No space left"):
        write_sheets(sheets()[:1], path)
    assert path.read_bytes() == b"old"
    assert [item.name for item in tmp_path.iterdir()] == ["sheets.pdf"]


def test_a_paper_can_be_read_by_its_owner_only(tmp_path: Path) -> None:
    path = tmp_path / "sheets.html"
    write_sheets(sheets()[:1], path)
    assert path.stat().st_mode & 0o077 == 0


def test_markup_in_an_advert_stays_text(tmp_path: Path) -> None:
    view = replace(sheets()[0], lead='#panic("x") <script>alert(1)</script> $x$ *a*')
    for suffix, text_of in TEXT_OF.items():
        path = tmp_path / f"sheet{suffix}"
        write_sheets([view], path)
        assert said_by(view.lead) in text_of(path)
    assert "<script>" not in (tmp_path / "sheet.html").read_text(encoding="utf-8")
