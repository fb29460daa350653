"""Who is worth scoring: for every person the best suitable postings.

In: columns. Out: `Candidates`, the best K postings a person by exact score, and `near`, the postings that only a
missing class keeps away. Cells of the market are opened as long as they can still hold something better.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matcher.aspects import BY_DAY, Table, open_tables
from matcher.cells import (
    STEPS,
    Bounds,
    Cells,
    Open,
    at_and_above,
    in_steps,
    open_bounds,
    open_cells,
    open_works,
    postings_of,
)
from matcher.columns import Pairs, PlaceTable, PostingColumns, Vocabulary, WorkerColumns
from matcher.columns.arrays import Bools, Floats, Index, joined, place_in_run, some_of
from matcher.domain.match import Part
from matcher.policy import PolicyAt
from matcher.scoring import Scorecard, capped, scorecard

BLOCK_PEOPLE = 1024
"""People looked at in one block at most; bounds the memory of a block whatever the size of the prefecture."""
LOOKS = (3, 12)
"""So many times the shortlist is looked at in the cells with the highest bounds before all that is left is."""
FIRST_WORKS = 10
"""So many times the shortlist is what the first kinds of work to be opened hold."""
NEAR_LOOK, NEAR_WORKS = 4, 16
"""So many times the list of near misses is looked at; it may miss one in a cell of lower bound."""


@dataclass(frozen=True, slots=True, eq=False)
class Market:
    """Everything a block of people is matched against."""

    postings: PostingColumns
    places: PlaceTable
    vocabulary: Vocabulary
    policy: PolicyAt
    taught: Bools
    """Postings whose work, or a paper they require, is taught by a class that can be joined, shape (postings,)."""
    cells: Cells

    def pairs(self, workers: WorkerColumns, wi: Index, pi: Index) -> Pairs:
        """Pairs of these people with this market's postings."""
        return Pairs(workers, self.postings, self.places, self.vocabulary, self.policy, wi, pi)


@dataclass(frozen=True, slots=True, eq=False)
class Candidates:
    """Best postings a person, best first: positions (people, K), -1 where there are no more, and their scores."""

    posting: npt.NDArray[np.int32]
    score: npt.NDArray[np.float64]
    fit: npt.NDArray[np.float64]
    """What of the score is fit; the wish is the rest."""
    daily: npt.NDArray[np.bool_]
    near: npt.NDArray[np.int32]
    """Postings that only want of a paper, a skill or a trade keeps away, and a class teaches it; (people, N)."""
    near_score: npt.NDArray[np.float64]
    near_fit: npt.NDArray[np.float64]


def blocks(workers: WorkerColumns) -> Iterator[slice]:
    """Runs of neighbours, those who would move apart from the others, for whom the market is smaller."""
    size = len(workers)
    edges = [0, *(np.flatnonzero(np.diff(workers.moves == 1)) + 1).tolist(), size]
    for start, stop in zip(edges, edges[1:], strict=False):
        for begin in range(start, stop, BLOCK_PEOPLE):
            yield slice(begin, min(begin + BLOCK_PEOPLE, stop))


def shortlist(
    workers: WorkerColumns,
    market: Market,
    *,
    progress: Callable[[int], None] | None = None,
    threads: int | None = None,
) -> Candidates:
    """The best suitable postings of everybody, in the order of the columns; by all cores or so many `threads`."""
    size, best, near = len(workers), market.policy.whole("plan.shortlist"), market.policy.whole("plan.near_misses")
    found = Candidates(
        np.full((size, best), -1, dtype=np.int32),
        np.full((size, best), -np.inf),
        np.zeros((size, best)),
        np.zeros((size, best), dtype=np.bool_),
        np.full((size, near), -1, dtype=np.int32),
        np.full((size, near), -np.inf),
        np.zeros((size, near)),
    )
    if size == 0 or len(market.postings) == 0:
        return found
    card = scorecard(market.policy)
    with ThreadPoolExecutor(max_workers=threads or os.cpu_count()) as pool:
        work = [(rows, pool.submit(_fill, found, rows, workers, market, card)) for rows in blocks(workers)]
        for rows, done in work:
            done.result()
            if progress is not None:
                progress(rows.stop)
    return found


def _fill(found: Candidates, rows: slice, workers: WorkerColumns, market: Market, card: Scorecard) -> None:
    """One block: the best suitable postings, then the best that only a class keeps away."""
    view = _View(workers, market, card, np.arange(rows.start, rows.stop, dtype=np.intp))
    least = market.policy.number("plan.minimum_score")
    hits = view.ready(found.posting.shape[1], least)
    row, place = rows.start + hits.row, hits.place
    found.posting[row, place], found.daily[row, place] = hits.posting, hits.daily
    found.score[row, place], found.fit[row, place] = hits.score, hits.fit
    hits = view.near(found.near.shape[1])
    row, place = rows.start + hits.row, hits.place
    found.near[row, place] = hits.posting
    found.near_score[row, place], found.near_fit[row, place] = hits.score, hits.fit


@dataclass(frozen=True, slots=True, eq=False)
class Hits:
    """Scored pairs of a block: whose row, which posting, whether within a day's return."""

    row: Index
    posting: Index
    score: npt.NDArray[np.float64]
    fit: npt.NDArray[np.float64]
    daily: Bools

    @property
    def place(self) -> Index:
        """The how-manieth of its row each is; rows stand together."""
        return place_in_run(self.row)


NOTHING = Hits(
    np.zeros(0, dtype=np.intp),
    np.zeros(0, dtype=np.intp),
    np.zeros(0),
    np.zeros(0),
    np.zeros(0, dtype=np.bool_),
)


class _View:
    """A block of people before the market: their tables and bounds, and what they have said no to."""

    def __init__(self, workers: WorkerColumns, market: Market, card: Scorecard, people: Index) -> None:
        self.market, self.card, self.people, self.marks = market, card, people, workers.mark[people]
        refused = enumerate(workers.rows[person].refused_postings for person in people.tolist())
        self.refused = [(row, list(keys)) for row, keys in refused if keys]
        self.tables: Mapping[str, Table] = open_tables(
            market.pairs(workers, people, people[:0]), market.cells.kinds, card
        )
        self.bounds: Bounds = open_bounds(self.tables, market.cells, card)

    def ready(self, many: int, least: float) -> Hits:
        """Everybody's best `many`, best first: promising cells first, then all that may hold something better."""
        works = open_works(self.bounds, self.tables, self.market.cells, taught=False)
        best = works.among_best(FIRST_WORKS * many)
        hits, last = NOTHING, np.full(len(self.people), least)
        for first, looks in ((True, (*LOOKS, None)), (False, (None,))):
            hopeful = (best == first) & (works.bound >= last[:, None])
            seen = open_cells(self.bounds, self.tables, self.market.cells, hopeful)
            hits = self._looked(seen, looks, hits, last, many)
        return hits

    def _looked(
        self, seen: Open, looks: Sequence[int | None], hits: Hits, last: npt.NDArray[np.float64], many: int
    ) -> Hits:
        """The best `many` after some cells were looked into; `last` is what the last of a full list is worth."""
        steps = _Steps(seen, self.market.cells, len(self.people))
        for look in looks:
            hopeful = seen.bound >= np.take(last, seen.row)
            now = hopeful if look is None else hopeful & steps.among_best(look * many)
            if now.any():
                hits = self._ranked(joined([hits, self._scored(some_of(seen, np.flatnonzero(now)), last)]), many)
                full = hits.place == many - 1
                last[hits.row[full]] = hits.score[full]
                later = np.flatnonzero(hopeful & ~now)
                seen, steps = some_of(seen, later), steps.take(later)
        return hits

    def near(self, many: int) -> Hits:
        """Everybody's best `many` of the most promising that a class could make suitable."""
        cells, people = self.market.cells, len(self.people)
        works = open_works(self.bounds, self.tables, cells, taught=True)
        hopeful = works.among_best(NEAR_WORKS * many) & np.isfinite(works.bound)
        seen = open_cells(self.bounds, self.tables, cells, hopeful, taught=True)
        chosen = np.flatnonzero(_Steps(seen, cells, people).among_best(NEAR_LOOK * many))
        return self._ranked(self._scored(some_of(seen, chosen), np.zeros(people), taught=True), many)

    def _scored(self, cells: Open, least: npt.NDArray[np.float64], *, taught: bool = False) -> Hits:
        """Every pair of some cells that keeps the limits and is worth at least so much to its person."""
        row, posting = postings_of(self.market.cells, cells.row, cells.cell)
        wish = self._wish(row, posting)
        keep = np.flatnonzero(self._most(row, posting, wish, taught) >= np.take(least, row))
        row, posting, wish = row[keep], posting[keep], wish[keep]
        daily = self.tables["way"].look_up("within_day", row, posting)
        wish += self.tables["comfort"].look_up("wish", row, posting, daily)
        fit, suits = self._fit(row, posting, daily, taught)
        score = fit * wish
        suits &= score >= np.take(least, row)
        return some_of(Hits(row, posting, score, fit, daily), np.flatnonzero(suits))

    def _wish(self, row: Index, posting: Index) -> npt.NDArray[np.float64]:
        """Wish but for what depends on being home the same day."""
        wish = np.full(len(row), self.card.base[Part.WISH])
        for name, table in self.tables.items():
            if table.wish is not None and name not in BY_DAY:
                wish += table.look_up("wish", row, posting)
        return wish

    def _fit(self, row: Index, posting: Index, daily: Bools, taught: bool) -> tuple[npt.NDArray[np.float64], Bools]:
        """Fit, and where no certain limit is broken, and none or at least one that a class can lift."""
        fit = np.full(len(row), self.card.base[Part.FIT])
        broken: Bools = self._answered(row, posting)
        learn: Bools = np.zeros(len(row), dtype=np.bool_)
        for name, table in self.tables.items():
            if name in {"way", "offer", "comfort"}:
                continue
            at = table.at(row, posting, daily if name in BY_DAY else None)
            if table.fit is not None:
                fit += np.take(table.fit, at)
            if table.shut is not None:
                broken |= np.take(table.shut, at)
            if table.learnable is not None:
                learn |= np.take(table.learnable, at)
        if taught:
            learn &= np.take(self.market.taught, posting)
        else:
            np.logical_not(learn, out=learn)
        fit = capped(fit, np.take(self.market.postings.retention, posting))
        return fit, np.asarray(learn & ~broken)

    def _most(self, row: Index, posting: Index, wish: npt.NDArray[np.float64], taught: bool) -> Floats:
        """The most each pair can be worth, its wish being known but for the board."""
        fit = self.bounds.fit_taught if taught else self.bounds.fit
        at = row * np.intp(fit.shape[1])
        at += np.take(self.market.cells.work_of, posting)
        most: Floats = (wish + self.bounds.rest).astype(np.float32)
        most *= np.take(fit, at)
        return most

    def _answered(self, row: Index, posting: Index) -> Bools:
        """Pairs a person has already said no to, or tried without a hire."""
        answered: Bools = np.zeros(len(row), dtype=np.bool_)
        for at, keys in self.refused:
            mine = np.flatnonzero(row == at)
            answered[mine] = np.isin(self.market.postings.key[posting[mine]], keys)
        return answered

    def _ranked(self, hits: Hits, many: int) -> Hits:
        """The best `many` of every row, best first; ties fall by a mark of person and posting."""
        worth = np.minimum((1.0 - np.minimum(hits.score, 1.0)) * 2**30, 2**30 - 1).astype(np.uint64)
        mark = self.market.postings.mark[hits.posting] * self.marks[hits.row]
        mark ^= mark >> np.uint32(15)
        key = (hits.row.astype(np.uint64) << np.uint64(54)) | (worth << np.uint64(24)) | (mark >> np.uint32(8))
        order = np.argsort(key)
        if (key[order[1:]] == key[order[:-1]]).any():
            order = np.lexsort((hits.posting, key))
        ranked = some_of(hits, order)
        return some_of(ranked, ranked.place < many)


class _Steps:
    """Bounds in steps, and how many postings each person has at and above every step."""

    def __init__(self, seen: Open, cells: Cells, people: int) -> None:
        self._row, self._step = seen.row, in_steps(seen.bound)
        self._above = at_and_above(self._step + seen.row * STEPS, np.take(cells.size, seen.cell), people)

    def take(self, chosen: Index) -> _Steps:
        """The steps of some of the cells; what stands above is as it was."""
        some = object.__new__(_Steps)
        some._row, some._step, some._above = self._row[chosen], self._step[chosen], self._above
        return some

    def among_best(self, many: int) -> Bools:
        """The cells with the highest bounds of everybody that together hold at least `many` postings."""
        cut = (self._above >= many).sum(axis=1) - 1
        return np.asarray(self._step >= np.take(cut, self._row))
