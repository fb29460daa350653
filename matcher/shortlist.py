"""Who is worth scoring: for every person the best suitable postings.

In: columns. Out: `Candidates`, the best K postings a person by exact score, and `near`, the postings that only a
missing class keeps away. Whole blocks of one home are cut down by array limits; no Python loop over pairs.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matcher.columns import Pairs, PlaceTable, PostingColumns, Vocabulary, WorkerColumns
from matcher.columns.arrays import Bools, Floats, Index
from matcher.filters import LIMITS, Limit
from matcher.policy import PolicyAt
from matcher.scoring import Scorecard, exact_scores, quick_scores, scorecard

BLOCK_PAIRS = 1_000_000
"""Pairs looked at in one block; bounds the memory of a block whatever the size of the prefecture."""
CERTAIN = ("REACH", "CONSTRAINT", "AGE", "EDUCATION", "HOURS", "SEASON", "REFUSED")
"""Limits that no class can lift."""
OVERSAMPLED = 3
"""So many times the shortlist is scored exactly, chosen by the leading features alone."""
TIE = 1e-12 / 2**32
"""What the tie-break of a pair weighs in scores: never more than a rounding."""
LEARNABLE = ("CERTIFICATE", "ABILITY", "UNRELATED")
"""Limits that a class can lift."""


@dataclass(frozen=True, slots=True, eq=False)
class Market:
    """Everything a block of people is matched against."""

    postings: PostingColumns
    places: PlaceTable
    vocabulary: Vocabulary
    policy: PolicyAt
    taught: npt.NDArray[np.bool_]
    """Postings whose work, or a paper they require, is taught by a class that can be joined, shape (postings,)."""

    def pairs(self, workers: WorkerColumns, wi: Index, pi: Index) -> Pairs:
        """Pairs of these people with this market's postings."""
        return Pairs(workers, self.postings, self.places, self.vocabulary, self.policy, wi, pi)


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Best postings a person, best first: positions (people, K), -1 where there are no more, and their scores."""

    posting: npt.NDArray[np.int32]
    score: npt.NDArray[np.float64]
    daily: npt.NDArray[np.bool_]
    feasible: npt.NDArray[np.int32]
    """How many suitable postings were found, counted up to the number looked at; shape (people,)."""
    near: npt.NDArray[np.int32]
    """Postings that only want of a paper, a skill or a trade keeps away, and a class teaches it; (people, N)."""
    near_score: npt.NDArray[np.float64]


def blocks(workers: WorkerColumns, market: Market) -> Iterator[tuple[slice, Index]]:
    """Runs of people with one home and one willingness, each with the postings that can be in reach at all."""
    size = len(workers)
    if size == 0:
        return
    change = (np.diff(workers.home) != 0) | (np.diff(workers.moves) != 0)
    edges = [0, *(np.flatnonzero(change) + 1).tolist(), size]
    weekly = market.policy.number("commute.weekly_km") / market.policy.number("commute.detour")
    for start, stop in zip(edges, edges[1:], strict=False):
        reach = _reachable(workers, market, start, weekly)
        step = max(1, BLOCK_PAIRS // max(len(reach), 1))
        for begin in range(start, stop, step):
            yield slice(begin, min(begin + step, stop)), reach


def _reachable(workers: WorkerColumns, market: Market, person: int, weekly_km: float) -> Index:
    """Postings of a home's people: all of them for movers, else work at home and what lies within a week's way."""
    if workers.moves[person] == 1:
        return np.arange(len(market.postings), dtype=np.intp)
    home, place = workers.home[person], market.postings.place
    km = market.places.km[home, place]
    return np.flatnonzero((km <= weekly_km) | market.places.same_county[home, place] | market.postings.at_home)


def named(codes: Sequence[str]) -> tuple[Limit, ...]:
    """The limits of some codes."""
    return tuple(limit for limit in LIMITS if limit.code in codes)


def surviving(pairs: Pairs, limits: tuple[Limit, ...]) -> Bools:
    """Where none of the limits is broken."""
    alive: Bools = np.ones(np.broadcast_shapes(pairs.wi.shape, pairs.pi.shape), dtype=np.bool_)
    for limit in limits:
        alive &= ~limit.breaks(pairs)
    return alive


def shortlist(workers: WorkerColumns, market: Market, *, progress: Callable[[int], None] | None = None) -> Candidates:
    """The best suitable postings of everybody, in the order of the columns."""
    size, best, near = len(workers), market.policy.whole("plan.shortlist"), market.policy.whole("plan.near_misses")
    found = Candidates(
        np.full((size, best), -1, dtype=np.int32),
        np.full((size, best), -np.inf),
        np.zeros((size, best), dtype=np.bool_),
        np.zeros(size, dtype=np.int32),
        np.full((size, near), -1, dtype=np.int32),
        np.full((size, near), -np.inf),
    )
    card = scorecard(market.policy)
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        work = [
            (rows, pool.submit(_fill, found, rows, reach, workers, market, card))
            for rows, reach in blocks(workers, market)
        ]
        for rows, done in work:
            done.result()
            if progress is not None:
                progress(rows.stop)
    return found


def _fill(
    found: Candidates, rows: slice, reach: Index, workers: WorkerColumns, market: Market, card: Scorecard
) -> None:
    """One block: limits over all its pairs, a first look at those left, exact scores of the most promising."""
    if reach.size == 0:
        return
    people = np.arange(rows.start, rows.stop, dtype=np.intp)
    dense = market.pairs(workers, people[:, None], reach[None, :])
    alive = surviving(dense, named(CERTAIN)) & ~_answered(dense)
    ready = alive & surviving(dense, named(LEARNABLE))
    promise = quick_scores(dense, card)
    near = alive & ~ready & market.taught[reach][None, :]
    looked = OVERSAMPLED * found.posting.shape[1], OVERSAMPLED * found.near.shape[1]
    pairs = _promising(dense, np.where(ready, promise, -np.inf), looked[0])
    score = exact_scores(pairs, card).score
    good = score >= market.policy.number("plan.minimum_score")
    _keep(found.posting, found.score, pairs, score, good, found.daily)
    found.feasible[rows] = np.bincount(pairs.wi[good] - rows.start, minlength=rows.stop - rows.start)
    pairs = _promising(dense, np.where(near, promise, -np.inf), looked[1])
    score = exact_scores(pairs, card).score
    _keep(found.near, found.near_score, pairs, score, np.ones(score.shape, dtype=np.bool_))


def _promising(dense: Pairs, promise: Floats, many: int) -> Pairs:
    """A list of everybody's `many` most promising pairs of a block; -inf is left out."""
    if promise.shape[1] > many:
        columns = np.argpartition(-promise, many, axis=1)[:, :many]
        kept = np.take_along_axis(promise, columns, axis=1) > -np.inf
        row, place = np.nonzero(kept)
        column = columns[row, place]
    else:
        row, column = np.nonzero(promise > -np.inf)
    order = np.lexsort((column, row))
    row, column = row[order], column[order]
    return Pairs(dense.w, dense.p, dense.places, dense.vocabulary, dense.policy, dense.wi[row, 0], dense.pi[0, column])


def _answered(dense: Pairs) -> Bools:
    """Pairs of a block the person has already said no to, or tried without a hire."""
    answered: Bools = np.zeros((len(dense.wi), dense.pi.shape[1]), dtype=np.bool_)
    for row, position in enumerate(dense.wi[:, 0]):
        refused = dense.w.rows[position].refused_postings
        if refused:
            answered[row] = np.isin(dense.p.key[dense.pi[0]], list(refused))
    return answered


def tie_break(pairs: Pairs) -> npt.NDArray[np.uint32]:
    """A number a pair that depends on who and what it is alone."""
    mixed = pairs.p.mark[pairs.pi] * pairs.w.mark[pairs.wi]
    return np.asarray(mixed ^ (mixed >> np.uint32(15)), dtype=np.uint32)


def _keep(
    posting: npt.NDArray[np.int32],
    kept: npt.NDArray[np.float64],
    pairs: Pairs,
    score: npt.NDArray[np.float64],
    choose: Bools,
    daily: npt.NDArray[np.bool_] | None = None,
) -> None:
    """Write the best of the chosen pairs into the rows of their people, best first."""
    chosen = np.flatnonzero(choose)
    people = pairs.wi[chosen]
    worth = TIE * tie_break(pairs)[chosen] - score[chosen]
    edges = [0, *(np.flatnonzero(np.diff(people)) + 1).tolist(), len(people)]
    many = posting.shape[1]
    for start, stop in zip(edges, edges[1:], strict=False):
        mine = worth[start:stop]
        best = np.argpartition(mine, many)[:many] if mine.size > many else np.arange(mine.size)
        order = chosen[start + best[np.argsort(mine[best], kind="stable")]]
        if order.size:
            person = pairs.wi[order[0]]
            posting[person, : order.size] = pairs.pi[order]
            kept[person, : order.size] = score[order]
            if daily is not None:
                daily[person, : order.size] = pairs.within_day[order]
