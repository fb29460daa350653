"""Pairs looked at one by one: the numbers of a whole list worked out at once, then read off pair by pair.

In: a list of pairs. Out: a `Sight` for each. What one posting or one person brings by itself is kept in `Sides`,
so that it is worked out once a market and once a person, not once a pair.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from matcher.columns import PostingColumns, Vocabulary, WorkerColumns
from matcher.columns.pairs import Pairs
from matcher.columns.traits import limit_codes
from matcher.features import Asked, Own, Sight, asked_of, own_of


class Sides:
    """Both sides of pairs of one market, each worked out when it is first met; people are not kept for long."""

    MOST_PEOPLE = 1024

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._asked: dict[int, Asked] = {}
        self._own: dict[int, Own] = {}

    def asked(self, postings: PostingColumns, at: int) -> Asked:
        """What the posting at a position asks."""
        found = self._asked.get(at)
        if found is None:
            found = self._asked[at] = asked_of(postings.rows[at], self.vocabulary)
        return found

    def own(self, workers: WorkerColumns, at: int) -> Own:
        """What the person at a position brings."""
        found = self._own.get(at)
        if found is None:
            if len(self._own) >= self.MOST_PEOPLE:
                self._own.clear()
            found = self._own[at] = own_of(workers.rows[at], self.vocabulary)
        return found


def sights(pairs: Pairs, sides: Sides) -> Iterator[Sight]:
    """Every pair of a list, seen whole."""
    people, postings, vocabulary = pairs.w, pairs.p, pairs.vocabulary
    township = pairs.places.same_township[people.home[pairs.wi], postings.place[pairs.pi]]
    sure = pairs.exact | ~pairs.same_county
    columns = (
        pairs.wi,
        pairs.pi,
        np.where(sure, pairs.road_km, np.float32(np.nan)),
        np.where(sure, pairs.minutes, np.float32(np.nan)),
        pairs.within_day,
        township,
        pairs.same_county,
        pairs.distance_unsure,
        people.age[pairs.wi],
        pairs.skill_cover,
        _silent_limits(pairs),
    )
    for person, posting, km, minutes, within_day, near, county, unsure, age, cover, limits in zip(
        *(column.tolist() for column in columns), strict=True
    ):
        yield Sight(
            people.rows[person],
            postings.rows[posting],
            sides.own(people, person),
            sides.asked(postings, posting),
            vocabulary,
            round(km, 1) if km == km else None,
            round(minutes) if minutes == minutes else None,
            within_day,
            near,
            county,
            unsure,
            age if age == age else None,
            cover,
            limits,
        )


def _silent_limits(pairs: Pairs) -> np.ndarray[tuple[int, ...], np.dtype[np.uint64]]:
    """Bits of each person's limits on which the advert is silent; a bed matters only away from home."""
    common = pairs.w.bits[pairs.wi] & pairs.p.ask[pairs.pi]
    lodging = np.uint64(1 << limit_codes(pairs.vocabulary).index("NEED_LODGING"))
    return np.where(pairs.within_day, common & ~lodging, common)
