"""Where two texts differ, marked for a page."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from jobs_feed.sameness.marking import differences


def test_only_what_differs_is_marked() -> None:
    one, other = differences("每月2200元，管午饭", "每月2500元，管午饭")
    assert [text for text, marked in one if marked] == ["2"]
    assert [text for text, marked in other if marked] == ["5"]


@given(st.text(max_size=80), st.text(max_size=80))
def test_nothing_of_a_text_is_lost(one: str, other: str) -> None:
    first, second = differences(one, other)
    assert "".join(text for text, _ in first) == one
    assert "".join(text for text, _ in second) == other


def test_a_very_long_text_is_shown_whole() -> None:
    one, other = differences("长" * 5000, "短" * 10)
    assert len("".join(text for text, _ in one)) == 5000
    assert "".join(text for text, _ in other) == "短" * 10
