"""Postings given to people by hand, among what is shared out: as long as they are open they stay on the list.

In: candidates and people as columns. Out: candidates that hold what was given, whatever limit kept it away; lists
that hold it before anything else.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from matcher.columns import WorkerColumns
from matcher.scoring import exact_scores, scorecard
from matcher.shortlist import Candidates, Market


def insert_given(found: Candidates, workers: WorkerColumns, market: Market) -> None:
    """Puts what was given by hand among everybody's candidates, in place of the last where it was not there."""
    wanting = [
        (person, place)
        for person, place in _given(workers, market)
        if place not in found.posting[person] and found.posting.shape[1]
    ]
    if not wanting:
        return
    person, posting = np.array(wanting, dtype=np.intp).T
    pairs = market.pairs(workers, person, posting)
    scores = exact_scores(pairs, scorecard(market.policy))
    mine = _places(workers, market)
    for at, (who, place) in enumerate(wanting):
        slot = _last_slot(found.posting[who], mine[who])
        found.posting[who, slot], found.daily[who, slot] = place, pairs.within_day[at]
        found.score[who, slot], found.fit[who, slot] = scores.score[at], scores.fit[at]


def hold_given(
    chosen: npt.NDArray[np.int64], found: Candidates, workers: WorkerColumns, market: Market
) -> npt.NDArray[np.int64]:
    """Lists, as places among the candidates, with what was given first and no twin of it behind."""
    many, held = chosen.shape[1], chosen.copy()
    for person, given in _places(workers, market).items():
        own = [slot for slot, place in enumerate(found.posting[person].tolist()) if place in given]
        twins = set(market.postings.twin[found.posting[person, own]].tolist())
        rest = [
            slot
            for slot in chosen[person].tolist()
            if slot >= 0 and slot not in own and int(market.postings.twin[found.posting[person, slot]]) not in twins
        ]
        listed = (own + rest)[:many]
        held[person] = listed + [-1] * (many - len(listed))
    return held


def _given(workers: WorkerColumns, market: Market) -> list[tuple[int, int]]:
    """Who was given which live posting, as places in the columns."""
    keys = {key for row in workers.rows for key in row.given_postings}
    if not keys:
        return []
    live = np.flatnonzero(np.isin(market.postings.key, list(keys)))
    at = dict(zip(market.postings.key[live].tolist(), live.tolist(), strict=True))
    return [
        (person, at[key]) for person, row in enumerate(workers.rows) for key in sorted(row.given_postings) if key in at
    ]


def _places(workers: WorkerColumns, market: Market) -> dict[int, set[int]]:
    """For everybody who was given something that is live: where it stands in the market."""
    found: dict[int, set[int]] = {}
    for person, place in _given(workers, market):
        found.setdefault(person, set()).add(place)
    return found


def _last_slot(postings: npt.NDArray[np.int32], given: set[int]) -> int:
    """The first free place of a person's candidates, else the last that holds nothing given."""
    free = np.flatnonzero(postings < 0)
    if free.size:
        return int(free[0])
    return max(slot for slot, place in enumerate(postings.tolist()) if place not in given)
