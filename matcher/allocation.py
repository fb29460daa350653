"""Sharing out: three postings a person under a price that rises with crowding.

In: candidates, openings, and who employs whom. Out: three positions into each person's candidates, the loads and
prices they lead to, and how far from the best possible the whole is. The result depends only on the people and
postings, not on their order.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from matcher.checkpoint import Checkpoint
from matcher.parts import Held, Here
from matcher.policy import PolicyAt
from matcher.pricing import Crowding, Demand, Floats, Shop, Tally, Whole, best, find_prices, in_units, loads, worth_at

PARTS = 8
"""In a mending round the people move in so many parts, so that they see each other's moves."""
LOOKED_AT = 16
"""Candidates at today's prices among which a list that keeps the rules is sought."""


@dataclass(frozen=True, slots=True, eq=False)
class Allocation:
    """`chosen` holds positions into the candidates, (people, n), -1 where there are fewer."""

    chosen: Whole
    load: Floats
    price: Floats
    value: float
    """Sum of scores less the price of crowding."""
    bound: float
    """No way of sharing out without list rules is worth more."""
    rounds: int

    @property
    def gap(self) -> float:
        """How much better sharing out could be at most, as a share of its value."""
        return max(0.0, (self.bound - self.value) / self.value) if self.value > 0 else 0.0


def choose_lists(demand: Demand, worth: Floats, many: int) -> Whole:
    """The best list of everybody that keeps the rules: no twins, two employers, one within a day if there is one."""
    chosen = _pick(demand, worth, many, LOOKED_AT)
    more = np.flatnonzero((~np.isneginf(worth)).sum(axis=1) > LOOKED_AT)
    lacking = more[(chosen[more] < 0).any(axis=1) | _single(demand, more, chosen[more])]
    if lacking.size:
        chosen[lacking] = _pick(some_people(demand, lacking), worth[lacking], many, worth.shape[1])
    return _with_daily(demand, worth, chosen)


def some_people(demand: Demand, rows: Whole) -> Demand:
    """The demand of some people."""
    return replace(
        demand,
        posting=demand.posting[rows],
        score=demand.score[rows],
        daily=demand.daily[rows],
        mark=demand.mark[rows],
    )


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
    """Where nothing chosen is within a day's return but something could be, the last place goes to the best such."""
    held = np.take_along_axis(demand.daily, np.maximum(chosen, 0), axis=1)
    far = ~(held & (chosen >= 0)).any(axis=1) & (chosen[:, -1] >= 0)
    rows = np.flatnonzero(far & (demand.daily & ~np.isneginf(worth)).any(axis=1))
    if rows.size:
        part, table = some_people(demand, rows), worth[rows]
        lists = chosen[rows]
        near = np.where(part.daily & ~_twins_of(part, lists[:, :-1]), table, -np.inf)
        nearest = near.argmax(axis=1)
        exists = ~np.isneginf(near[np.arange(rows.size), nearest])
        lists[exists, -1] = nearest[exists]
        chosen[rows] = _second_employer(part, table, lists)
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


def share_out(
    demand: Demand,
    policy: PolicyAt,
    *,
    many: int = 3,
    crowd: Held | None = None,
    progress: Callable[[float], None] | None = None,
    book: Checkpoint | None = None,
) -> Allocation:
    """Share the postings out: prices first, then lists that keep the rules, moved until they see each other.

    `crowd` holds the demand in parts, in the order of its people, where others are to do the work.
    """
    size = len(demand.openings)
    if demand.posting.shape[0] == 0 or size == 0:
        nobody = np.full((demand.posting.shape[0], many), -1, dtype=np.int64)
        return Allocation(nobody, np.zeros(size), np.zeros(size), 0.0, 0.0, 0)
    shop, crowd = Shop(Crowding.of(policy), demand.openings, demand.base), crowd or Here([demand])
    rounds, mending = policy.whole("crowding.rounds"), policy.whole("crowding.mending_rounds")
    tell = progress or _quiet
    price, bound, rounds = find_prices(crowd, shop, many, rounds, progress=lambda share: tell(share / 2), book=book)
    lists = crowd.turned(first_lists, price, many)
    chosen, load, value = _mend(lists, shop, many, mending, lambda share: tell((1 + share) / 2))
    if book is not None:
        book.done()
    return Allocation(chosen, load, shop.price(load), value, bound, rounds)


def _quiet(share: float) -> None:
    """Nobody is watching."""


@dataclass(frozen=True, slots=True, eq=False)
class Lists:
    """Some people with the lists they hold, and the best they held so far."""

    demand: Demand
    chosen: Whole
    kept: Whole
    moved: int = 0


def first_lists(demand: Demand, price: Floats, many: int) -> Lists:
    """Everybody's best list at a price."""
    chosen = choose_lists(demand, worth_at(demand, price), many)
    return Lists(demand, chosen, chosen)


def tally_lists(lists: Lists) -> Tally:
    """What the lists come to."""
    demand = lists.demand
    load = loads(demand.posting, lists.chosen, len(demand.openings))
    return Tally(load, in_units(demand.score, lists.chosen), lists.moved)


def keep_lists(lists: Lists) -> Lists:
    """The lists of now are the best so far."""
    return replace(lists, kept=lists.chosen)


def kept_lists(lists: Lists) -> Whole:
    """The best lists."""
    return lists.kept


def move_lists(lists: Lists, number: int, dearer: Floats, cheaper: Floats, many: int) -> Lists:
    """New lists for one part of the people at what one more recommendation costs, each counting its own out."""
    who = np.flatnonzero(lists.demand.mark % np.uint32(PARTS) == number)
    if who.size == 0:
        return replace(lists, moved=0)
    chosen = lists.chosen.copy()
    chosen[who] = _move(some_people(lists.demand, who), lists.chosen[who], dearer, cheaper, many)
    return replace(lists, chosen=chosen, moved=int((chosen[who] != lists.chosen[who]).any(axis=1).sum()))


def _mend(
    crowd: Held, shop: Shop, many: int, rounds: int, progress: Callable[[float], None]
) -> tuple[Whole, Floats, float]:
    """Let a part of the people at a time take the best list at what one more recommendation costs; keep the best."""
    now = crowd.total(tally_lists)
    kept_load, kept_value = now.load, shop.value(now)
    for turn in range(rounds):
        moved = 0
        for number in range(PARTS):
            crowd = crowd.turned(move_lists, number, *shop.steps(now.load), many)
            now = crowd.total(tally_lists)
            moved += now.moved
            progress((turn + (number + 1) / PARTS) / rounds)
        value = shop.value(now)
        if value > kept_value:
            crowd, kept_load, kept_value = crowd.turned(keep_lists), now.load, value
        if not moved:
            break
    return np.concatenate(crowd.ask(kept_lists)), kept_load.astype(np.float64), kept_value


def _move(part: Demand, own: Whole, dearer: Floats, cheaper: Floats, many: int) -> Whole:
    """New lists for some people, each counting its own present recommendations out."""
    worth = worth_at(part, dearer)
    rows = np.arange(len(own))[:, None]
    mine = np.maximum(own, 0)
    held = part.posting[rows, mine]
    relief = np.where(own >= 0, dearer[held] - cheaper[held], 0.0)
    np.add.at(worth, (np.broadcast_to(rows, mine.shape), mine), relief)
    return choose_lists(part, worth, many)
