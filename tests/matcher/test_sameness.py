"""Who speaks for adverts of one job on a day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from matcher.domain.incoming.sameness import Standing, instead, speaks_for, spoken_for
from matcher.domain.posting import PostingState

DAY = date(2026, 6, 15)
STALE = 60


def standing(key: int, rank: int, state: PostingState = PostingState.OPEN, **days: int | None) -> Standing:
    """A member of the one group; days count from today."""
    published, deadline = days.get("published", -10), days.get("deadline", 30)
    return Standing(
        key,
        1,
        rank,
        state,
        None if published is None else DAY + timedelta(days=published),
        None if deadline is None else DAY + timedelta(days=deadline),
    )


@pytest.mark.parametrize(
    ("first", "second", "speaker"),
    [
        ({}, {}, 1),
        ({"state": PostingState.WITHDRAWN}, {}, 2),
        ({"state": PostingState.FILLED}, {}, 2),
        ({"deadline": -1}, {}, 2),
        ({"deadline": 0}, {}, 1),
        ({"deadline": None, "published": -90}, {}, 2),
        ({"deadline": None, "published": None}, {}, 1),
        ({}, {"state": PostingState.HELD}, 2),
        ({}, {"state": PostingState.HELD, "deadline": -1}, 1),
        ({"deadline": -1}, {"deadline": -2}, 1),
    ],
)
def test_the_richest_live_advert_speaks(first: dict[str, int], second: dict[str, int], speaker: int) -> None:
    members = [standing(1, 0, **first), standing(2, 1, **second)]  # type: ignore[arg-type]
    assert speaks_for(members, DAY, STALE) == speaker
    assert spoken_for(members, DAY, STALE) == {3 - speaker: speaker}


def test_what_was_said_of_a_silent_advert_is_said_of_the_speaker() -> None:
    assert instead([2, 5], {2: 1}) == {1, 5}
