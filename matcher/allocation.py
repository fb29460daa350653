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

from matcher.policy import PolicyAt

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
PARTS = 8
"""In a mending round the people move in so many parts, so that they see each other's moves."""
LOOKED_AT = 16
"""Candidates at today's prices among which a list that keeps the rules is sought."""


@dataclass(frozen=True, slots=True, eq=False)
class Demand:
    """What is to be shared: candidates (people, K), -1 = none; `bonus` keeps pairs already on paper."""

    posting: npt.NDArray[np.int32]
    score: Floats
    daily: npt.NDArray[np.bool_]
    mark: npt.NDArray[np.uint32]
    openings: Floats
    employer: npt.NDArray[np.int32]
    twin: npt.NDArray[np.int32]
    base: Floats
    """Recommendations that stand already, in plans of people who are not shared out to now."""


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


@dataclass(frozen=True, slots=True)
class Crowding:
    """The price of one more recommendation at a load, and what all of them cost together."""

    loads: tuple[float, ...]
    prices: tuple[float, ...]

    @classmethod
    def of(cls, policy: PolicyAt) -> Crowding:
        """The crowding price of a policy."""
        return cls(policy.numbers("crowding.load"), policy.numbers("crowding.price"))

    def price(self, load: Floats, openings: Floats) -> Floats:
        """Price at load ÷ openings; beyond the last point the last slope goes on."""
        ratio = load / np.maximum(openings, 1e-9)
        last, before = self.loads[-1], self.loads[-2]
        slope = (self.prices[-1] - self.prices[-2]) / (last - before)
        return np.asarray(np.interp(ratio, self.loads, self.prices) + slope * np.maximum(ratio - last, 0))

    def cost(self, load: Floats, openings: Floats) -> Floats:
        """The integral of the price from nothing to the load, in scores."""
        knots = np.array(self.loads)
        heights = np.array(self.prices)
        ratio = load / np.maximum(openings, 1e-9)
        areas = np.concatenate([[0.0], np.cumsum(np.diff(knots) * (heights[1:] + heights[:-1]) / 2)])
        segment = np.clip(np.searchsorted(knots, ratio, side="right") - 1, 0, len(knots) - 1)
        start = knots[segment]
        reached = self.price(ratio, np.ones_like(ratio))
        return np.asarray(openings * (areas[segment] + (ratio - start) * (heights[segment] + reached) / 2))


def _loads(posting: npt.NDArray[np.int32], chosen: Whole, size: int) -> Floats:
    """Recommendations a posting."""
    taken = np.take_along_axis(posting, np.maximum(chosen, 0), axis=1)[chosen >= 0]
    return np.bincount(taken, minlength=size).astype(np.float64)


def best(worth: Floats, many: int) -> Whole:
    """Positions of the highest `many` of every row, best first, ties to the left; -1 where worth is -inf."""
    many = min(many, worth.shape[1])
    order = np.argsort(-worth, axis=1, kind="stable")[:, :many]
    return np.where(np.isneginf(np.take_along_axis(worth, order, axis=1)), -1, order)


def _top(worth: Floats, many: int) -> Whole:
    """Positions of the highest `many` of every row in no order, -1 where worth is -inf."""
    if worth.shape[1] <= many:
        return best(worth, many)
    order = np.argpartition(-worth, many - 1, axis=1)[:, :many]
    return np.where(np.isneginf(np.take_along_axis(worth, order, axis=1)), -1, order)


def _worth(demand: Demand, price: Floats) -> Floats:
    """Scores at today's prices; -inf where there is no candidate. Ties fall by a mark of person and posting."""
    spread = demand.mark[:, None] * np.uint32(2654435761) ^ np.maximum(demand.posting, 0).astype(np.uint32)
    tie = (spread * np.uint32(2246822519) >> np.uint32(8)).astype(np.float64) * 1e-16
    return np.asarray(np.where(demand.posting >= 0, demand.score - price[demand.posting] + tie, -np.inf))


def _taken(table: Floats, chosen: Whole) -> float:
    """Sum of the chosen places of a table."""
    values = np.take_along_axis(table, np.maximum(chosen, 0), axis=1)
    return float(values[chosen >= 0].sum())


def find_prices(
    demand: Demand, crowding: Crowding, many: int, rounds: int, progress: Callable[[float], None] | None = None
) -> tuple[Floats, float, int]:
    """Prices at which everybody's best lists crowd least (Frank–Wolfe), the upper bound they prove, the rounds."""
    size = len(demand.openings)
    load = np.zeros(size)
    bound, price = np.inf, np.zeros(size)
    for turn in range(rounds):
        now = crowding.price(demand.base + load, demand.openings)
        worth = _worth(demand, now)
        picks = _top(worth, many)
        cost = crowding.cost(demand.base + load, demand.openings) - crowding.cost(demand.base, demand.openings)
        value = _taken(worth, picks) + float((now * load - cost).sum())
        if value < bound:
            bound, price = value, now
        step = 2.0 / (turn + 2.0)
        load = (1 - step) * load + step * _loads(demand.posting, picks, size)
        if progress is not None:
            progress((turn + 1) / rounds)
    return price, bound, rounds


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
    demand: Demand, policy: PolicyAt, *, many: int = 3, progress: Callable[[float], None] | None = None
) -> Allocation:
    """Share the postings out: prices first, then lists that keep the rules, moved until they see each other."""
    crowding, size = Crowding.of(policy), len(demand.openings)
    if demand.posting.shape[0] == 0 or size == 0:
        nobody = np.full((demand.posting.shape[0], many), -1, dtype=np.int64)
        return Allocation(nobody, np.zeros(size), np.zeros(size), 0.0, 0.0, 0)
    price, bound, rounds = find_prices(demand, crowding, many, policy.whole("crowding.rounds"), progress)
    chosen = choose_lists(demand, _worth(demand, price), many)
    chosen, load, value = _mend(demand, crowding, chosen, many, policy.whole("crowding.mending_rounds"))
    price = crowding.price(demand.base + load, demand.openings)
    return Allocation(chosen, load, price, value, bound, rounds)


def _value(demand: Demand, crowding: Crowding, chosen: Whole, load: Floats) -> float:
    """Scores less crowding."""
    cost = crowding.cost(demand.base + load, demand.openings) - crowding.cost(demand.base, demand.openings)
    return _taken(demand.score, chosen) - float(cost.sum())


def _mend(demand: Demand, crowding: Crowding, chosen: Whole, many: int, rounds: int) -> tuple[Whole, Floats, float]:
    """Let a part of the people at a time take the best list at what one more recommendation costs; keep the best."""
    size = len(demand.openings)
    load = _loads(demand.posting, chosen, size)
    kept, kept_load, kept_value = chosen, load, _value(demand, crowding, chosen, load)
    chosen = chosen.copy()
    part = demand.mark % np.uint32(PARTS)
    for _ in range(rounds):
        before = chosen.copy()
        for number in range(PARTS):
            who = np.flatnonzero(part == number)
            if who.size:
                chosen[who] = _move(demand, crowding, chosen[who], who, load, many)
                load = _loads(demand.posting, chosen, size)
        value = _value(demand, crowding, chosen, load)
        if value > kept_value:
            kept, kept_load, kept_value = chosen.copy(), load, value
        if (before == chosen).all():
            break
    return kept, kept_load, kept_value


def _move(demand: Demand, crowding: Crowding, own: Whole, who: Whole, load: Floats, many: int) -> Whole:
    """New lists for some people, each counting its own present recommendations out."""
    part = some_people(demand, who)
    now = demand.base + load
    dearer = crowding.cost(now + 1, demand.openings) - crowding.cost(now, demand.openings)
    cheaper = crowding.cost(now, demand.openings) - crowding.cost(np.maximum(now - 1, 0), demand.openings)
    worth = _worth(part, dearer)
    rows = np.arange(len(who))[:, None]
    mine = np.maximum(own, 0)
    held = part.posting[rows, mine]
    relief = np.where(own >= 0, dearer[held] - cheaper[held], 0.0)
    np.add.at(worth, (np.broadcast_to(rows, mine.shape), mine), relief)
    return choose_lists(part, worth, many)
