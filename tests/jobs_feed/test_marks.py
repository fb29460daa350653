"""Marks that number jobs are counted alike, whoever writes them."""

from __future__ import annotations

import pytest

from jobs_feed.marks import place_of_mark, rising


@pytest.mark.parametrize(("mark", "place"), [("①", 1), ("⑵", 2), ("三", 3), ("4", 4), ("十", 10), ("两", 0)])
def test_a_mark_tells_which_job_it_begins(mark: str, place: int) -> None:
    assert place_of_mark(mark) == place


def test_only_numbers_that_rise_from_one_count_and_counting_twice_is_no_list() -> None:
    assert rising([(1, "a"), (5, "x"), (2, "b")]) == ["a", "b"]
    assert rising([(2, "b"), (3, "c")]) == []
    assert rising([(1, "a"), (2, "b"), (1, "a")]) == []
