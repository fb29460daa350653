"""Lists that keep the rules: no twins, two employers, one within a day's return, each where such a posting exists.

In: candidates and what each is worth today. Out: positions of everybody's best list.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from matcher.pricing import Demand, Floats, Whole, some_people

LOOKED_AT = 16
"""Candidates at today's prices among which a list that keeps the rules is sought."""


def best(worth: Floats, many: int) -> Whole:
    """Positions of the highest `many` of every row, best first, ties to the left; -1 where worth is -inf."""
    many = min(many, worth.shape[1])
    order = np.argsort(-worth, axis=1, kind="stable")[:, :many]
    return np.where(np.isneginf(np.take_along_axis(worth, order, axis=1)), -1, order)


def choose_lists(demand: Demand, worth: Floats, many: int) -> Whole:
    """The best list of everybody that keeps the rules: no twins, two employers, one within a day if there is one."""
    chosen = _pick(demand, worth, many, LOOKED_AT)
    more = np.flatnonzero((~np.isneginf(worth)).sum(axis=1) > LOOKED_AT)
    lacking = more[(chosen[more] < 0).any(axis=1) | _single(demand, more, chosen[more])]
    if lacking.size:
        chosen[lacking] = _pick(some_people(demand, lacking), worth[lacking], many, worth.shape[1])
    return _with_daily(demand, worth, chosen)


def lists_at(demand: Demand, price: Floats, many: int) -> Whole:
    """Everybody's best list at a price a posting, in scores."""
    worth = np.where(demand.posting >= 0, demand.score - price[demand.posting], -np.inf)
    return choose_lists(demand, worth, many)


def _single(demand: Demand, rows: Whole, chosen: Whole) -> npt.NDArray[np.bool_]:
    """Lists of several postings that are all of one employer."""
    employer = demand.employer[np.take_along_axis(demand.posting[rows], np.maximum(chosen, 0), axis=1)]
    same = np.where(chosen >= 0, employer == employer[:, :1], True).all(axis=1)
    return np.asarray(same & ((chosen >= 0).sum(axis=1) > 1))


def _pick(demand: Demand, worth: Floats, many: int, width: int) -> Whole:
    """One list a person among the best `width`: no twins, and the last place for a second employer."""
    order = best(worth, width)
    posting = np.where(order >= 0, np.take_along_axis(demand.posting, np.maximum(order, 0), axis=1), -1)
    twin = np.where(posting >= 0, demand.twin[posting], -1)
    employer = np.where(posting >= 0, demand.employer[posting], -1)
    people = np.arange(len(order))
    chosen = np.full((len(order), many), -1, dtype=np.int64)
    free = posting >= 0
    for place in range(many):
        allowed = free.copy()
        if place == many - 1 and many > 1:
            one = _one_employer(employer, chosen, order, place)
            other = allowed & (employer != one[:, None])
            allowed = np.where((one >= 0)[:, None] & other.any(axis=1)[:, None], other, allowed)
        first = allowed.argmax(axis=1)
        taken = allowed[people, first]
        chosen[taken, place] = order[people, first][taken]
        free &= np.where(taken[:, None], twin != twin[people, first][:, None], free)
        free[people, first] = False
    return chosen


def _one_employer(employer: npt.NDArray[np.int32], chosen: Whole, order: Whole, places: int) -> npt.NDArray[np.int32]:
    """The employer all chosen so far share, -1 where they differ or there are none."""
    shared: npt.NDArray[np.int32] = np.full(len(order), -2, dtype=np.int32)
    for place in range(places):
        mine = chosen[:, place]
        found = np.where(order == mine[:, None], employer, -1).max(axis=1)
        found = np.where(mine >= 0, found, -1)
        shared = np.where(shared == -2, found, np.where(shared == found, shared, -1)).astype(np.int32)
    return shared


def _with_daily(demand: Demand, worth: Floats, chosen: Whole) -> Whole:
    """Where nothing chosen is within a day's return but something could be, and costs no more than that is worth, the
    last place goes to the best such."""
    held = np.take_along_axis(demand.daily, np.maximum(chosen, 0), axis=1)
    far = ~(held & (chosen >= 0)).any(axis=1) & (chosen[:, -1] >= 0)
    rows = np.flatnonzero(far & (demand.daily & ~np.isneginf(worth)).any(axis=1))
    if rows.size:
        part, table = some_people(demand, rows), worth[rows]
        lists = chosen[rows]
        near = np.where(part.daily & ~_twins_of(part, lists[:, :-1]), table, -np.inf)
        nearest = near.argmax(axis=1)
        best_near = near[np.arange(rows.size), nearest]
        given_up = table[np.arange(rows.size), lists[:, -1]] - best_near
        exists = ~np.isneginf(best_near) & (given_up <= demand.near_worth)
        lists[exists, -1] = nearest[exists]
        lists[exists] = _second_employer(some_people(part, np.flatnonzero(exists)), table[exists], lists[exists])
        chosen[rows] = lists
    return chosen


def _twins_of(demand: Demand, chosen: Whole) -> npt.NDArray[np.bool_]:
    """Candidates that are the same as, or twins of, something chosen."""
    twin = np.where(demand.posting >= 0, demand.twin[demand.posting], -2)
    held = np.where(chosen >= 0, np.take_along_axis(twin, np.maximum(chosen, 0), axis=1), -1)
    return np.asarray((twin[:, :, None] == held[:, None, :]).any(axis=2))


def _second_employer(demand: Demand, worth: Floats, chosen: Whole) -> Whole:
    """Where the nearest posting has made a list one employer's, the middle place goes to the best of another."""
    rows = np.flatnonzero(_single(demand, np.arange(len(chosen)), chosen))
    if rows.size == 0 or chosen.shape[1] < 3:
        return chosen
    known = np.maximum(demand.posting[rows], 0)
    own = demand.employer[known[np.arange(rows.size), chosen[rows, 0]]]
    twins = _twins_of(some_people(demand, rows), chosen[rows][:, [0, -1]])
    other = np.where((demand.employer[known] != own[:, None]) & ~twins, worth[rows], -np.inf)
    best_other = other.argmax(axis=1)
    exists = ~np.isneginf(other[np.arange(rows.size), best_other])
    chosen[rows[exists], -2] = best_other[exists]
    return chosen
