"""Papers of a fair: what stands on them, what never does, and that PDF and Word say the same words."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx import Document
from docx.shared import Pt
from pypdf import PdfReader

from matcher.domain.errors import InputRefused
from matcher.domain.fairs import BusStop
from tests.matcher.fairs.hall import ID_NUMBER, PHONE, visitor
from tests.web.fairs.conftest import FairWorld
from web.papers.fairs.build import KINDS, build
from web.papers.fairs.views import FairPaper, TablePaper, WaysPaper
from web.papers.fairs.write import write_fair_papers
from web.papers.views import words


def _papers(world: FairWorld, kind: str, village: tuple[str, str] | None = None) -> list[FairPaper]:
    with world.office.reading() as unit:
        return build(world.office, unit, world.fair, kind, village=village)


@pytest.mark.parametrize("kind", KINDS)
def test_no_paper_tells_a_number_a_phone_of_the_list_or_a_state_of_health(world: FairWorld, kind: str) -> None:
    said = "\n".join(text for paper in _papers(world, kind) for text in words(paper))
    assert said
    for never in (ID_NUMBER, PHONE, PHONE[-4:] if kind != "booths" else ID_NUMBER, "脱贫", "残疾", "病"):
        assert never not in said


def test_an_employer_reads_no_name(world: FairWorld) -> None:
    said = "\n".join(text for paper in _papers(world, "expected") for text in words(paper))
    assert "包*" in said
    assert "35–44" in said
    assert "示例" not in said.replace("奈曼旗示例", "").replace("春风示例", "").replace("示例体育馆", "")


def test_a_card_leads_through_the_hall_and_says_why(world: FairWorld) -> None:
    [paper] = _papers(world, "ways", ("150525100", "东村"))
    assert isinstance(paper, WaysPaper)
    card = next(one for one in paper.cards if one.name == "包示例")
    assert card.lead.startswith(("去 A01", "先去 A01"))
    assert card.stops[0].mark == "A01"
    assert "缝纫" in card.stops[0].why
    assert card.qr == card.code == visitor(world.office, world.fair, "包示例").code


def test_a_bus_list_counts_its_seats_and_says_where_it_leaves(world: FairWorld) -> None:
    with world.office.unit() as unit:
        unit.fairs.put_stop(
            world.fair.key, BusStop(home_code="150525100", village="东村", place="村委会门口", leaves_at="07:30")
        )
    [paper] = _papers(world, "bus", ("150525100", "东村"))
    assert isinstance(paper, TablePaper)
    assert {"村委会门口", "07:30", str(len(paper.rows))} <= {line.text for line in paper.head}


@pytest.mark.parametrize("kind", KINDS)
def test_pdf_and_word_say_the_same_words_on_a4(world: FairWorld, kind: str, tmp_path: Path) -> None:
    papers = _papers(world, kind)
    write_fair_papers(papers, tmp_path / "paper.pdf")
    write_fair_papers(papers, tmp_path / "paper.docx")
    reader = PdfReader(tmp_path / "paper.pdf")
    assert {tuple(sorted(round(float(side)) for side in page.mediabox[2:])) for page in reader.pages} == {(595, 842)}
    pdf = "".join("".join(page.extract_text() for page in reader.pages).split())
    document = Document(str(tmp_path / "paper.docx"))
    runs = [run for paragraph in document.paragraphs for run in paragraph.runs]
    runs += [
        run
        for table in document.tables
        for row in table.rows
        for cell in row.cells
        for at in cell.paragraphs
        for run in at.runs
    ]
    docx = "".join("".join(run.text for run in runs).split())
    assert min(run.font.size or Pt(12) for run in runs) >= Pt(10.5)
    for paper in papers:
        rows = paper.rows if isinstance(paper, TablePaper) else tuple((one.name, one.code) for one in paper.cards)
        for text in (paper.title, *(cell for row in rows for cell in row)):
            told = "".join(text.split())
            assert told in docx
            assert told in pdf


def test_a_paper_of_another_kind_of_file_is_refused(world: FairWorld, tmp_path: Path) -> None:
    with pytest.raises(InputRefused):
        write_fair_papers(_papers(world, "booths"), tmp_path / "paper.xls")
    assert list(tmp_path.glob("*.xls")) == []
