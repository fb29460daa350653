"""What may leave the office: no small cell, none that a sum gives away, none that comes out by asking twice."""

from __future__ import annotations

from datetime import UTC, date, datetime
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from matcher.domain.errors import RecordNotFound
from matcher.listings import Scope
from matcher.reports.book import Book
from matcher.reports.coverage import MEASURES
from matcher.reports.outside.counted import COVERAGE, coverage_counting, indicator_counting, waiting_counting
from matcher.reports.outside.masking import outside
from matcher.reports.traits import Trait
from tests.matcher.reports.people import a_trait

TODAY = date(2026, 3, 16)
LEAST = 5
HOMES = ("150525100", "150525101", "150525102", "150523100", "150523101", "150502001", "150525")


def a_book(seed: int, people: int) -> Book:
    """People of a few townships, many in some and few in others."""
    dice = Random(seed)
    weights = [dice.choice((1, 3, 30)) for _ in HOMES]
    traits = [
        a_trait(
            key=number,
            home=dice.choices(HOMES, weights)[0],
            village=f"{dice.choice('东西南北')}村",
            track=dice.choice(("", "131", "131", "131", "school_return")),
            missing=dice.choice((0, 0, 0, 1, 2)),
            trained=dice.random() < 0.8,
            guided=dice.random() < 0.9,
            printed=dice.random() < 0.5,
            opened_on=dice.choice((None, date(2026, 3, 1), date(2025, 12, 1))),
        )
        for number in range(people)
    ]
    return Book("seed", TODAY, datetime(2026, 3, 16, tzinfo=UTC), tuple(traits), (), "1505")


COUNTINGS = {
    "coverage": coverage_counting(),
    "indicators": indicator_counting(),
    "waiting": waiting_counting("CASE", (15, 60), TODAY),
}
worlds = st.builds(a_book, st.integers(0, 10**6), st.integers(0, 150))


@settings(max_examples=60, deadline=None)
@given(book=worlds, name=st.sampled_from(sorted(COUNTINGS)), division=st.sampled_from(("", "150525", "150525101")))
def test_no_small_cell_is_shown_and_no_sum_gives_one_away(book: Book, name: str, division: str) -> None:
    counting = COUNTINGS[name]
    found = outside(book, Scope(), division, counting, LEAST)
    rows = [found.own, *(place.cells for place in found.places)]
    assert all(cell is None or cell == 0 or cell >= LEAST for row in rows for cell in row)
    for row in rows:
        for part, whole in counting.wholes.items():
            if row[part] is not None and row[whole] is not None:
                left = row[whole] - row[part]
                assert left == 0 or left >= LEAST, "what is left of a whole is a group of people too"
        for columns in counting.sums:
            assert sum(row[at] is None for at in columns) != 1
    for at, whole in enumerate(found.own):
        column = [place.cells[at] for place in found.places]
        if whole is not None:
            assert column.count(None) != 1
        else:
            assert all(cell in (None, 0) for cell in column)


@settings(max_examples=40, deadline=None)
@given(book=worlds, name=st.sampled_from(sorted(COUNTINGS)))
def test_asking_one_place_after_the_other_tells_what_the_table_tells(book: Book, name: str) -> None:
    counting = COUNTINGS[name]
    for division in ("", "150525"):
        found = outside(book, Scope(), division, counting, LEAST)
        for place in found.places:
            if place.inner:
                assert outside(book, Scope(), place.inner, counting, LEAST).own == place.cells


@settings(max_examples=40, deadline=None)
@given(book=worlds)
def test_what_is_shown_is_true(book: Book) -> None:
    counting = COUNTINGS["coverage"]
    found = outside(book, Scope(), "", counting, LEAST)
    assert [cell for cell in found.own if cell is not None] == [
        many for many, cell in zip(counting.count(book.people), found.own, strict=True) if cell is not None
    ]
    for place in found.places:
        true = counting.count([one for one in book.people if one.home[:6] == place.code])
        assert all(cell in (None, many) for cell, many in zip(place.cells, true, strict=True))


def test_a_large_even_office_hides_nothing() -> None:
    homes = ("150525100", "150523100")
    people = tuple(
        a_trait(key=number, home=homes[number % 2], track="131", missing=number % 4 // 2, guided=True, trained=True)
        for number in range(80)
    )
    book = Book("even", TODAY, datetime(2026, 3, 16, tzinfo=UTC), people, (), "1505")
    found = outside(book, Scope(), "", coverage_counting(), LEAST)
    assert dict(zip(COVERAGE, found.own, strict=True)) == {
        name: sum(map(test, people)) for name, test in MEASURES.items()
    }
    assert all(None not in place.cells for place in found.places)


@pytest.mark.parametrize("division", ["150523", "999999", "1505251", "150525101001"])
def test_a_division_outside_the_scope_or_too_narrow_is_not_found(division: str) -> None:
    with pytest.raises(RecordNotFound):
        outside(a_book(1, 20), Scope(division="150525"), division, coverage_counting(), LEAST)


def test_nobody_anywhere_is_nought() -> None:
    none: tuple[Trait, ...] = ()
    book = Book("none", TODAY, datetime(2026, 3, 16, tzinfo=UTC), none, (), "1505")
    assert set(outside(book, Scope(), "150525", coverage_counting(), LEAST).own) == {0}
