"""Pairs looked at one by one: the numbers of a whole list worked out at once, then read off pair by pair.

In: a list of pairs, those of a person together. Out: a `Sight` for each. What one posting asks is worked out once
a market (`AskedOnce`), what one person brings once a person.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from matcher.columns import PostingColumns, Vocabulary
from matcher.columns.pairs import Pairs
from matcher.columns.traits import away_bits
from matcher.features import Asked, Sight, asked_of, own_of


class AskedOnce:
    """What the postings of a market ask, each worked out when it is first met."""

    def __init__(self, postings: PostingColumns, vocabulary: Vocabulary) -> None:
        self._postings, self._vocabulary = postings, vocabulary
        self._found: dict[int, Asked] = {}

    def at(self, place: int) -> Asked:
        """What the posting at a place asks."""
        found = self._found.get(place)
        if found is None:
            found = self._found[place] = asked_of(self._postings.rows[place], self._vocabulary)
        return found


def sights(pairs: Pairs, asked: AskedOnce | None = None) -> Iterator[Sight]:
    """Every pair of a list, seen whole."""
    people, postings, vocabulary = pairs.w, pairs.p, pairs.vocabulary
    asks = asked or AskedOnce(postings, vocabulary)
    now, own = -1, None
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
        if own is None or person != now:
            now, own = person, own_of(people.rows[person], vocabulary)
        yield Sight(
            people.rows[person],
            postings.rows[posting],
            own,
            asks.at(posting),
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
    return np.where(pairs.within_day, common & ~away_bits(pairs.vocabulary), common)
