"""The market in cells: postings of one kind of work at one place of work stand together.

In: posting columns and their kinds. Out: runs of postings, and for some people the cells they may look into with the
most a pair there can be worth, so that only promising cells are opened.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from matcher.aspects import ASPECTS, BY_DAY, PostingKinds, Table, posting_kinds
from matcher.columns import PostingColumns, Vocabulary
from matcher.columns.arrays import Bools, Floats, Index, runs
from matcher.columns.vocabulary import SKILLED
from matcher.domain.match import Part
from matcher.scoring import Scorecard

SAFE = np.float32(1e-6)
"""What single precision may take from a bound."""
STEPS = 512
"""Steps between 0 and 1 by which bounds are compared when the first works and cells are chosen."""


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """`postings` in the order of the cells; a cell is a run of them with one work and one kind of way."""

    kinds: PostingKinds
    postings: Index
    start: Index
    size: Index
    work: Index
    """Position of the cell's work among those of the market, shape (cells,)."""
    way: Index
    taught: Bools
    """Cells with a posting that a class has to do with."""
    gated: Bools
    """Cells with a posting that asks for a paper or for skill."""
    trade: Bools
    """Kinds of work of the market that a class leads to, shape (works,)."""
    work_of: Index
    """The position of every posting's work, shape (postings,)."""
    lists: Mapping[str, tuple[Index, Index]]
    """Of every aspect, the kinds of postings that occur in each work, and where each work's begin."""


def build_cells(postings: PostingColumns, vocabulary: Vocabulary, taught: Bools, trades: Bools) -> Cells:
    """The cells of a market; `taught` postings and `trades` (occupations) are what classes have to do with."""
    known = posting_kinds(postings)
    works, work = np.unique(postings.occupation, return_inverse=True)
    way = known.of["way"]
    order = np.lexsort((way, work))
    edge = np.flatnonzero(np.diff(work[order] * (int(way.max(initial=0)) + 1) + way[order], prepend=-1))
    first = order[edge]
    gated = ((postings.required | postings.either) != 0).any(axis=1) | (
        vocabulary.entry[postings.occupation] >= SKILLED
    )
    return Cells(
        kinds=known,
        postings=order,
        start=edge,
        size=np.diff(edge, append=len(order)),
        work=work[first],
        way=way[first],
        taught=_any(taught[order], edge),
        gated=_any(gated[order], edge),
        trade=trades[works],
        work_of=work.astype(np.intp),
        lists={aspect.name: _by_work(work, known.of[aspect.name]) for aspect in ASPECTS},
    )


def _any(flags: Bools, edge: Index) -> Bools:
    """Whether a flag stands anywhere in each run."""
    return np.logical_or.reduceat(flags, edge) if edge.size else np.zeros(0, dtype=np.bool_)


def _by_work(work: Index, kind: Index) -> tuple[Index, Index]:
    """The kinds that occur in each work, work by work, and where each work's begin."""
    many = int(kind.max(initial=0)) + 1
    both = np.unique(work * np.intp(many) + kind)
    return both % many, np.flatnonzero(np.diff(both // many, prepend=-1))


@dataclass(frozen=True, slots=True, eq=False)
class Bounds:
    """The most that some people can be worth with each work and cell, in single precision; -inf is shut."""

    fit: Floats
    """(people, works), limits that a class can lift counted as shut."""
    fit_taught: Floats
    """The same with those limits lifted."""
    related: Bools
    wish: Floats
    """(people, works)."""
    rest: np.float32
    """The most that what is looked at pair by pair can add to the wish."""
    way: Floats
    """(kinds of people, kinds of ways)."""
    offer: Floats
    """(kinds of people, cells): pay, hours and steadiness of the best posting there, with the best of the rest."""


def open_bounds(tables: Mapping[str, Table], cells: Cells, card: Scorecard) -> Bounds:
    """Bounds of the people of some tables."""
    people, works = len(tables["work"].person), len(cells.trade)
    fit = np.full((people, works), card.base[Part.FIT], dtype=np.float32) + SAFE
    shut = np.zeros((people, works), dtype=np.float32)
    for name, table in tables.items():
        if name not in {"way", "offer", *BY_DAY}:
            fit += _top(table, table.fit, table.shut, cells.lists[name])[table.person]
            if table.learnable is not None:
                shut += _top(table, None, table.learnable, cells.lists[name])[table.person]
    work, way, offer = tables["work"], tables["way"], tables["offer"]
    rest = np.float32(card.weights["board"] * (1 - card.neutral["board"])) + SAFE
    wish = _top(work, work.wish, None, cells.lists["work"])[work.person] + np.float32(card.base[Part.WISH] + rest)
    by_cell = _filled(offer, offer.wish, None)[:, offer.posting[cells.postings]]
    return Bounds(
        fit=fit + shut,
        fit_taught=fit,
        related=np.isfinite(_top(work, None, work.learnable, cells.lists["work"]))[work.person],
        wish=wish + SAFE,
        rest=rest,
        way=_filled(way, way.wish, way.shut),
        offer=np.maximum.reduceat(by_cell, cells.start, axis=1) if cells.start.size else by_cell,
    )


def _filled(table: Table, value: npt.NDArray[np.float64] | None, shut: Bools | None) -> Floats:
    """Values of a table in single precision, nought where it says nothing, -inf where shut."""
    rows = int(table.person.max(initial=-1)) + 1
    found = np.zeros((rows, table.width), dtype=np.float32) if value is None else value.astype(np.float32)
    if shut is not None:
        found[shut] = -np.inf
    return found


def _top(
    table: Table, value: npt.NDArray[np.float64] | None, shut: Bools | None, listed: tuple[Index, Index]
) -> Floats:
    """The most of a table within each work, (kinds of people, works)."""
    kinds, starts = listed
    return np.maximum.reduceat(_filled(table, value, shut)[:, kinds], starts, axis=1)


@dataclass(frozen=True, slots=True, eq=False)
class Open:
    """A list of cells some people may look into: whose row, which cell, and the most a pair there is worth."""

    row: Index
    cell: Index
    bound: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Works:
    """Kinds of work before some people: the most a pair of each can be worth, -inf where there is none in reach, and
    how many postings of it may be in reach; (people, works)."""

    bound: Floats
    held: Floats

    def among_best(self, many: int) -> Bools:
        """The works with the highest bounds of everybody that together hold at least `many` postings."""
        step = in_steps(self.bound)
        at = step + np.arange(len(step))[:, None] * STEPS
        above = at_and_above(at.ravel(), self.held.ravel(), len(step))
        return np.asarray(step >= ((above >= many).sum(axis=1) - 1)[:, None])


def in_steps(bound: Floats) -> Index:
    """Bounds in whole steps, nought for none."""
    return np.asarray(np.clip(bound * np.float32(STEPS), 0, STEPS - 1).astype(np.intp))


def at_and_above(at: Index, weight: npt.NDArray[Any], people: int) -> npt.NDArray[np.float64]:
    """What stands at and above each step of each person, (people, STEPS)."""
    held = np.bincount(at, weights=weight, minlength=people * STEPS).reshape(people, STEPS)
    return np.asarray(held[:, ::-1].cumsum(axis=1)[:, ::-1])


def open_works(bounds: Bounds, tables: Mapping[str, Table], cells: Cells, *, taught: bool) -> Works:
    """The works that hold something for some people: suitable now, or once `taught`."""
    columns = np.flatnonzero(cells.taught & (cells.gated | cells.trade[cells.work]) if taught else cells.size > 0)
    works, start = np.unique(cells.work[columns], return_index=True)
    way, offer = tables["way"].person, tables["offer"].person
    reach = bounds.way[:, cells.way[columns]]
    held = np.zeros((len(way), len(cells.trade)), dtype=np.float32)
    best = np.full(held.shape, -np.inf, dtype=np.float32)
    if works.size:
        inside = np.isfinite(reach) * cells.size[columns].astype(np.float32)
        held[:, works] = np.add.reduceat(inside, start, axis=1)[way]
        best[:, works] = np.maximum.reduceat(reach, start, axis=1)[way]
        best[:, works] += np.maximum.reduceat(bounds.offer[:, columns], start, axis=1)[offer]
    best += bounds.wish
    fit = bounds.fit_taught if taught else bounds.fit
    shut = ~(np.isfinite(fit) & (held > 0))
    best[shut] = 0
    best *= np.where(shut, 0, fit)
    best[shut] = -np.inf
    return Works(best, held)


def open_cells(
    bounds: Bounds, tables: Mapping[str, Table], cells: Cells, works: Bools, *, taught: bool = False
) -> Open:
    """The cells in reach of some works, (people, works), that hold something for a person: suitable now, or once
    `taught`."""
    reached: Bools = np.isfinite(bounds.way)
    here = _ever(reached)[cells.way]
    if taught:
        here &= cells.taught & (cells.gated | cells.trade[cells.work])
    columns = np.flatnonzero(here)
    begin = np.searchsorted(cells.work[columns], np.arange(len(cells.trade) + 1))
    person, work = np.nonzero(works)
    size = np.diff(begin)[work]
    row, cell = np.repeat(person, size), columns[runs(begin[work], size)]
    keep = np.take(reached, np.take(tables["way"].person * reached.shape[1], row) + np.take(cells.way, cell))
    if taught:
        related = np.repeat(bounds.related[person, work], size)
        keep &= np.where(related, cells.gated[cell], cells.trade[cells.work[cell]])
    kept = np.flatnonzero(keep)
    row, cell = row[kept], cell[kept]
    fit = bounds.fit_taught if taught else bounds.fit
    return Open(row, cell, _bound(bounds, tables, fit, row, cell, cells))


def _ever(flags: Bools) -> Bools:
    """Whether a column is true for anybody."""
    return np.asarray(flags.any(axis=0))


def _bound(bounds: Bounds, tables: Mapping[str, Table], fit: Floats, row: Index, cell: Index, cells: Cells) -> Floats:
    """The most each cell of a list can be worth to its person."""
    at = row * np.intp(fit.shape[1])
    at += np.take(cells.work, cell)
    bound = np.take(bounds.wish, at)
    of_way, of_offer = tables["way"].person * bounds.way.shape[1], tables["offer"].person * bounds.offer.shape[1]
    bound += np.take(bounds.way, np.take(of_way, row) + np.take(cells.way, cell))
    bound += np.take(bounds.offer, np.take(of_offer, row) + cell)
    bound *= np.take(fit, at)
    return bound


def postings_of(cells: Cells, row: Index, cell: Index) -> tuple[Index, Index]:
    """Every posting of some rows' cells: whose row, and which posting."""
    size = cells.size[cell]
    return np.repeat(row, size), np.take(cells.postings, runs(cells.start[cell], size))
