"""Lists moved one posting at a time, as long as that makes the whole worth more.

In: lists and loads. Out: better ones. In a round everybody proposes their best exchange at what one recommendation
more or less costs today; of the proposals about one posting, those that gain most go first, each at its own step.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from matcher.columns.arrays import joined, place_in_run, some_of
from matcher.lists import lists_at
from matcher.parts import Held
from matcher.pricing import ROWS_AT_ONCE, UNITS, Demand, Floats, Shop, Tally, Whole, some_people

Index = npt.NDArray[np.intp]
LOOKED_AT = 8
"""Candidates at today's prices among which an exchange that keeps the rules is sought."""
LEAST = 1e-9
"""What an exchange must gain; less is rounding."""


@dataclass(frozen=True, slots=True, eq=False)
class Exchanges:
    """Proposals: who gives up which place of their list for which candidate, and what it gains at today's steps."""

    person: Index
    place: Index
    candidate: Index
    gain: Floats
    leaves: Index
    enters: Index
    mark: npt.NDArray[np.uint32]


_NO = np.zeros(0, dtype=np.intp)
NONE = Exchanges(_NO, _NO, _NO, np.zeros(0), _NO, _NO, np.zeros(0, dtype=np.uint32))


@dataclass(frozen=True, slots=True, eq=False)
class Lists:
    """Some people with the lists they hold, and who of them is asked next."""

    demand: Demand
    chosen: Whole
    asked: Index


def first_lists(demand: Demand, price: Floats, many: int) -> Lists:
    """Everybody's best list at a price."""
    chosen = lists_at(demand, price, many)
    return Lists(demand, chosen, np.arange(len(chosen)))


def tally_lists(lists: Lists) -> Tally:
    """What the lists come to."""
    demand, listed, own = lists.demand, lists.chosen >= 0, np.maximum(lists.chosen, 0)
    taken = np.take_along_axis(demand.posting, own, axis=1)[listed]
    scores = np.take_along_axis(demand.score, own, axis=1)[listed]
    worth = int(np.round(scores * UNITS).astype(np.int64).sum())
    return Tally(np.bincount(taken, minlength=len(demand.openings)), worth)


def held_lists(lists: Lists) -> Whole:
    """The lists themselves."""
    return lists.chosen


def propose_lists(lists: Lists, more: Floats, less: Floats) -> Exchanges:
    """The proposals of those who are asked, some people at a time."""
    parts = [NONE]
    for start in range(0, len(lists.asked), ROWS_AT_ONCE):
        rows = lists.asked[start : start + ROWS_AT_ONCE]
        found = propose(some_people(lists.demand, rows), lists.chosen[rows], more, less)
        parts.append(replace(found, person=rows[found.person] + lists.demand.first))
    return joined(parts)


def exchange_lists(lists: Lists, granted: Exchanges, refused: Index, changed: npt.NDArray[np.bool_]) -> Lists:
    """The lists after what was granted; whoever looks at a posting that changed, or was refused, is asked again."""
    demand, chosen = lists.demand, lists.chosen.copy()
    person = granted.person - demand.first
    mine = (person >= 0) & (person < len(chosen))
    chosen[person[mine], granted.place[mine]] = granted.candidate[mine]
    concerned = np.flatnonzero(np.take(changed, np.maximum(demand.posting, 0)).any(axis=1))
    again = refused - demand.first
    again = again[(again >= 0) & (again < len(chosen))]
    return Lists(demand, chosen, np.union1d(concerned, again))


def mend(crowd: Held, shop: Shop, rounds: int, progress: Callable[[float], None]) -> tuple[Held, Tally]:
    """Lists and what they come to after at most so many rounds; the whole is never worth less than before."""
    load = crowd.total(tally_lists).load
    for turn in range(rounds):
        more, less = shop.steps(load)
        wished = joined(crowd.ask(propose_lists, more, less))
        agreed = agree(wished, shop, load, more, less)
        if not agreed.any():
            break
        granted = some_of(wished, agreed)
        change = np.bincount(granted.enters, minlength=len(load)) - np.bincount(granted.leaves, minlength=len(load))
        crowd = crowd.turned(exchange_lists, granted, wished.person[~agreed], change != 0)
        load = load + change
        progress((turn + 1) / rounds)
    return crowd, crowd.total(tally_lists)


def propose(demand: Demand, chosen: Whole, more: Floats, less: Floats) -> Exchanges:
    """The best exchange of some people: a pure function of their lists and today's steps."""
    listed, own = chosen >= 0, np.maximum(chosen, 0)
    known = np.maximum(demand.posting, 0)
    worth = np.where(demand.posting >= 0, demand.score - np.take(more, known), -np.inf)
    kept = np.take_along_axis(demand.score, own, axis=1) - np.take(less, np.take_along_axis(known, own, axis=1))
    kept = np.where(listed, kept, np.inf)
    rows, place = np.nonzero(listed)
    worth[rows, own[rows, place]] = -np.inf
    hopeful = np.flatnonzero(
        worth.max(axis=1, initial=-np.inf) - kept.min(axis=1, initial=np.inf) + demand.brings > LEAST
    )
    return _exchanges(some_people(demand, hopeful), chosen[hopeful], worth[hopeful], kept[hopeful], hopeful)


def _exchanges(demand: Demand, chosen: Whole, worth: Floats, kept: Floats, people: Index) -> Exchanges:
    """The best exchange that keeps the rules of everybody who has one."""
    width = min(LOOKED_AT, worth.shape[1])
    if not len(people) or not width:
        return NONE
    first = np.argpartition(-worth, width - 1, axis=1)[:, :width]
    gain = np.take_along_axis(worth, first, axis=1)[:, None, :] - kept[:, :, None]
    gain = np.where(_allowed(demand, chosen, first), gain + _nearness(demand, chosen, first), -np.inf)
    flat = gain.reshape(len(people), -1)
    best = flat.argmax(axis=1)
    at = np.flatnonzero(flat[np.arange(len(people)), best] > LEAST)
    slot = best[at] // width
    candidate = first[at, best[at] % width]
    known = np.maximum(demand.posting, 0).astype(np.intp)
    gives, gets = known[at, chosen[at, slot]], known[at, candidate]
    return Exchanges(people[at], slot, candidate, flat[at, best[at]], gives, gets, demand.mark[at])


def _allowed(demand: Demand, chosen: Whole, first: Index) -> npt.NDArray[np.bool_]:
    """Which candidates may take which place without a twin and without losing a second employer:
    (people, places, candidates)."""
    listed, own = chosen >= 0, np.maximum(chosen, 0)
    posting = np.take_along_axis(demand.posting, own, axis=1)
    coming = np.take_along_axis(demand.posting, first, axis=1)
    twin, employer = demand.twin[posting], demand.employer[posting]
    new_twin, new_employer = demand.twin[coming], demand.employer[coming]
    same = [listed[:, at, None] & (new_twin == twin[:, at, None]) for at in range(chosen.shape[1])]
    other = [listed[:, at, None] & (new_employer != employer[:, at, None]) for at in range(chosen.shape[1])]
    mixed = _several(employer, listed)
    allowed = np.broadcast_to(listed[:, :, None], (*chosen.shape, first.shape[1])).copy()
    for place in range(chosen.shape[1]):
        rest = [at for at in range(chosen.shape[1]) if at != place]
        still = _several(employer[:, rest], listed[:, rest])[:, None] | ~mixed[:, None]
        for at in rest:
            allowed[:, place] &= ~same[at]
            still = still | other[at]
        allowed[:, place] &= still
    return allowed


def _nearness(demand: Demand, chosen: Whole, first: Index) -> Floats:
    """What each exchange brings or takes by having something within a day's return, (people, places, candidates)."""
    daily = np.take_along_axis(demand.daily, np.maximum(chosen, 0), axis=1) & (chosen >= 0)
    coming = np.take_along_axis(demand.daily, first, axis=1)
    many = daily.sum(axis=1)
    left = (many[:, None] - daily > 0)[:, :, None] | coming[:, None, :]
    before = (many > 0)[:, None, None]
    return np.where(left & ~before, demand.brings, np.where(~left & before, -demand.near_worth, 0.0))


def _several(employer: npt.NDArray[np.int32], listed: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    """Lists with more than one employer."""
    low = np.where(listed, employer, np.iinfo(np.int32).max).min(axis=1)
    high = np.where(listed, employer, -1).max(axis=1)
    return np.asarray((high > low) & listed.any(axis=1))


def agree(wished: Exchanges, shop: Shop, load: Whole, more: Floats, less: Floats) -> npt.NDArray[np.bool_]:
    """Which exchanges still gain when all that gain more, about the same posting, go first; `more` and `less` are the
    steps at the load."""
    entered = _rank(wished.enters, wished.gain, wished.mark)
    left = _rank(wished.leaves, wished.gain, wished.mark)
    now, openings = shop.base + load, shop.openings
    coming = shop.crowding.steps(now[wished.enters] + entered, openings[wished.enters])[0]
    going = shop.crowding.steps(np.maximum(now[wished.leaves] - left, 0), openings[wished.leaves])[1]
    dearer, saved = coming - more[wished.enters], less[wished.leaves] - going
    return np.asarray(wished.gain - dearer - saved > LEAST)


def _rank(posting: Index, gain: Floats, mark: npt.NDArray[np.uint32]) -> Index:
    """How many of the same posting gain more."""
    order = np.lexsort((mark, -gain, posting))
    rank = np.empty(len(order), dtype=np.intp)
    rank[order] = place_in_run(posting[order])
    return rank
