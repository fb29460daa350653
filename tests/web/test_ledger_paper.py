"""A ledger of any length on paper: every row once, masked as the file is, stopped without a trace."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader

from matcher.domain.errors import Cancelled, InputRefused
from matcher.domain.service.ledgers import ExportOrder, ExportState, LedgerKind
from matcher.ledgers import exporting
from matcher.ledgers.exporting import order_export, work_off
from tests.web.made_up import NAIMAN, PHONE, World, a_worker, opened
from web.exporting import paper
from web.exporting.paper import opened_paper

ORDER = ExportOrder(ledger=LedgerKind.BASE, purpose="村里核对", ending="pdf")


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    """The small office with a few dozen people more."""
    with opened(tmp_path) as found:
        with found.office.unit() as unit:
            unit.workers.add_many([(a_worker(f"L-{n}", f"示例{n:02d}", "东村", NAIMAN), None) for n in range(30)])
        yield found


def text_of(path: Path) -> str:
    """Every word of a PDF, blanks out."""
    return "".join("".join((page.extract_text() or "").split()) for page in PdfReader(path).pages)


def test_everybody_stands_on_paper_once_and_masked(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(paper, "BATCH", 12)
    path = tmp_path / "out.pdf"
    done = work_off(world.office, order_export(world.office, ORDER, actor="window"), path, on_paper=opened_paper)
    text = text_of(path)
    assert done.people >= 32
    assert all(text.count(f"示例{n:02d}") == 1 for n in range(30))
    assert PHONE not in text
    assert "199****1234" in text
    assert "电话已遮挡" in text
    assert len(PdfReader(path).pages) >= 3


def test_a_narrow_ledger_is_a_table_with_its_header_on_every_page(tmp_path: Path) -> None:
    path = tmp_path / "narrow.pdf"
    with opened_paper(path, "示例台账", ["序号", "姓名", "村"], [4, 10, 10], date(2026, 6, 15)) as writer:
        for number in range(120):
            writer.add([number + 1, f"示例{number}", None])
        writer.close(["共120人"])
    pages = [page.extract_text() for page in PdfReader(path).pages]
    assert len(pages) > 1
    assert all("姓名" in page for page in pages)
    assert "共120人" in text_of(path)


def test_a_printing_that_is_stopped_leaves_no_file(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "BEAT_SECONDS", 0.0)
    key = order_export(world.office, ORDER, actor="window")

    def stop(share: float) -> None:
        with world.office.unit() as unit:
            unit.ledgers.exports.ask_to_stop(key)

    with pytest.raises(Cancelled):
        work_off(world.office, key, tmp_path / "s.pdf", progress=stop, on_paper=opened_paper)
    assert list(tmp_path.glob("*.pdf")) == []
    assert list(tmp_path.glob(".*.pdf")) == []
    with world.office.reading() as unit:
        assert unit.ledgers.exports.get(key).state is ExportState.STOPPED


def test_where_nobody_can_typeset_paper_is_refused_with_a_reason(world: World, tmp_path: Path) -> None:
    key = order_export(world.office, replace(ORDER, division=NAIMAN), actor="window")
    with pytest.raises(InputRefused, match="xlsx"):
        work_off(world.office, key, tmp_path / "x.pdf")
