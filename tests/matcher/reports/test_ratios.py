"""Ratios of the notice equal a count by hand of their records, and without records nothing is reached."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from matcher.domain.service.around.local_work import PayOut, Relief, Site, SiteKind
from matcher.domain.service.around.settled import ProjectKind, ProjectPosts, Settlement, Window
from matcher.listings import Scope
from matcher.reports.evidence.ratios import Ratio, ratios
from tests.matcher.aftercare.books import Book
from tests.matcher.aftercare.conftest import book as book
from tests.matcher.aftercare.conftest import made_book as made_book

HOME = "150525"
DAY = date(2026, 6, 1)


def found(of: Book, division: str = "") -> dict[str, Ratio]:
    """The ratios of a division."""
    with of.office.reading() as unit:
        lines = ratios(unit, Scope(division), of.office.policy.at(of.today), of.today)
    return {one.name: one for one in lines}


def test_without_records_nothing_is_reached_and_nothing_is_short(book: Book) -> None:
    for name in ("RELIEF_PAY", "RESETTLED_POSTS", "WINDOWS"):
        one = found(book)[name]
        assert (one.share, one.short, one.records) == (None, False, 0)


def test_ratios_equal_a_count_by_hand(book: Book) -> None:
    with book.office.unit("window") as unit:
        relief = Site(
            kind=SiteKind.RELIEF, name="示例村道", division=HOME, details=Relief(funds_yuan=100_000, posts=20)
        )
        key = unit.local_work.sites.add(relief)
        unit.local_work.pay.add(PayOut(site_key=key, paid_on=DAY, yuan=8_000))
        for name, total, resettled in (("甲", 20, 4), ("乙", 30, 1)):
            unit.project_posts.add(
                ProjectPosts(
                    name=name, kind=ProjectKind.GOVERNMENT, division=HOME, posts_total=total,
                    posts_resettled=resettled, reported_on=DAY,
                )
            )  # fmt: skip
        for name, window in (("一区", Window.OWN), ("二区", Window.NONE)):
            unit.settlements.add(
                Settlement(name=name, division=HOME, window=window, has_facility=True, surveyed_on=DAY)
            )
    lines = found(book)
    told = {name: (one.part, one.whole, one.short, one.records) for name, one in lines.items()}
    assert told["RELIEF_PAY"] == (8_000, 100_000, True, 1)
    assert told["RESETTLED_POSTS"] == (5, 50, False, 2)
    assert told["WINDOWS"] == (1, 2, True, 2)
    assert told["COORDINATORS"][0] == 0
    assert lines["COORDINATORS"].short
    assert found(book, "150523")["RELIEF_PAY"].records == 0


def test_every_ratio_names_a_page_there_is() -> None:
    access = Path(__file__).resolve().parents[3].joinpath("web", "access.toml").read_text(encoding="utf-8")
    for page in ("projects.index", "settled.posts", "settled.index", "coordinators.index"):
        assert f'"{page}"' in access
