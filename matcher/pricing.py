"""Prices of crowding: found in rounds of whole numbers, whoever adds them up.

In: candidates, openings. Out: the price of one more recommendation of every posting, and a bound on what any sharing
out can be worth. One round is a pure function of some people and the prices of the moment; its answers are added up.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt

from matcher.checkpoint import Arrays, Checkpoint
from matcher.parts import Held
from matcher.policy import PolicyAt

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
UNITS = 1 << 30
"""Scores and prices are compared and added up in whole units of so many to one, in whatever order and parts."""
NEVER = -(1 << 54)
"""What a place without a posting is bid for."""
ROWS_AT_ONCE = 4096


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
    first: int = 0
    """Where the first of these people stands among all."""
    near_worth: float = np.inf
    """What it is worth to a list to hold a posting within a day's return, in scores; inf: whatever that costs."""

    @property
    def brings(self) -> float:
        """What the first posting within a day's return adds to a list; a boundless worth is a rule and adds nothing."""
        return self.near_worth if np.isfinite(self.near_worth) else 0.0


def some_people(demand: Demand, rows: npt.NDArray[np.intp] | Whole) -> Demand:
    """The demand of some people."""
    return replace(
        demand,
        posting=demand.posting[rows],
        score=demand.score[rows],
        daily=demand.daily[rows],
        mark=demand.mark[rows],
    )


@dataclass(frozen=True)
class Crowding:
    """The price of one more recommendation at a load, and what all of them cost together."""

    loads: tuple[float, ...]
    prices: tuple[float, ...]

    @cached_property
    def _knots(self) -> Floats:
        """The loads."""
        return np.array(self.loads)

    @cached_property
    def _heights(self) -> Floats:
        """The prices at them."""
        return np.array(self.prices)

    @cached_property
    def _areas(self) -> Floats:
        """What all recommendations up to each of the loads cost, an opening."""
        steps = np.diff(self._knots) * (self._heights[1:] + self._heights[:-1]) / 2
        return np.concatenate([[0.0], np.cumsum(steps)])

    @classmethod
    def of(cls, policy: PolicyAt) -> Crowding:
        """The crowding price of a policy."""
        return cls(policy.numbers("crowding.load"), policy.numbers("crowding.price"))

    def price(self, load: Floats, openings: Floats) -> Floats:
        """Price at load ÷ openings; beyond the last point the last slope goes on."""
        return self._price_at(load / np.maximum(openings, 1e-9))

    def _price_at(self, ratio: Floats) -> Floats:
        """The price at so many recommendations an opening."""
        last, before = self.loads[-1], self.loads[-2]
        slope = (self.prices[-1] - self.prices[-2]) / (last - before)
        return np.asarray(np.interp(ratio, self._knots, self._heights) + slope * np.maximum(ratio - last, 0))

    def cost(self, load: Floats, openings: Floats) -> Floats:
        """The integral of the price from nothing to the load, in scores."""
        ratio = load / np.maximum(openings, 1e-9)
        segment = np.maximum(np.searchsorted(self._knots, ratio, side="right") - 1, 0)
        beyond = (ratio - self._knots[segment]) * (self._heights[segment] + self._price_at(ratio)) / 2
        return np.asarray(openings * (self._areas[segment] + beyond))

    def steps(self, load: Floats, openings: Floats) -> tuple[Floats, Floats]:
        """What one more recommendation would cost, and what one less would save."""
        now = self.cost(load, openings)
        return self.cost(load + 1, openings) - now, now - self.cost(np.maximum(load - 1, 0), openings)

    def gain(self, price: Floats, base: Floats, openings: Floats) -> Floats:
        """The most that selling whole recommendations at a price can bring over their cost, from `base` on."""
        knots, heights = self._knots, self._heights
        slope = (heights[-1] - heights[-2]) / (knots[-1] - knots[-2])
        flat = int(np.flatnonzero(heights <= heights[0])[-1])
        ratio = np.interp(price, heights[flat:], knots[flat:])
        if slope > 0:
            ratio += np.maximum(price - heights[-1], 0) / slope
        wanted = np.floor(np.maximum(ratio * openings - base, 0))
        sold = np.maximum(wanted + np.arange(-1, 3)[:, None], 0)
        brought = price * sold - (self.cost(base + sold, openings) - self.cost(base, openings))
        return np.asarray(np.maximum(brought.max(axis=0), 0))


@dataclass(frozen=True, slots=True, eq=False)
class Shop:
    """The postings as a whole: openings, and the recommendations that stand already."""

    crowding: Crowding
    openings: Floats
    base: Floats

    def price(self, load: npt.NDArray[Any]) -> Floats:
        """The price of one more recommendation at a load."""
        return self.crowding.price(self.base + load, self.openings)

    def cost(self, load: npt.NDArray[Any]) -> Floats:
        """What a load costs beside what stands already."""
        standing = self.crowding.cost(self.base, self.openings)
        return np.asarray(self.crowding.cost(self.base + load, self.openings) - standing)

    def steps(self, load: Whole) -> tuple[Floats, Floats]:
        """What one recommendation more costs, and what one less saves."""
        return self.crowding.steps(self.base + load, self.openings)

    def gain(self, price: Floats) -> float:
        """The most that selling whole recommendations at some prices can bring over what they cost."""
        return float(self.crowding.gain(price, self.base, self.openings).sum())

    def value(self, taken: Tally) -> float:
        """Scores less crowding."""
        return taken.worth / UNITS - float(self.cost(taken.load).sum())


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """What some people take: recommendations a posting, and their worth in whole units."""

    load: Whole
    worth: int

    def __add__(self, other: Tally) -> Tally:
        """What both take."""
        return Tally(self.load + other.load, self.worth + other.worth)


@dataclass(frozen=True, slots=True, eq=False)
class Bids:
    """What some people bid for their candidates: scores in units with the place in the low bits, so that equal scores
    fall to the better place; (people, K)."""

    key: Whole
    posting: npt.NDArray[np.intp]
    bits: int
    size: int
    """Postings there are."""


def bids_of(demand: Demand) -> Bids:
    """The bids of a demand."""
    known = demand.posting >= 0
    bits = max(demand.posting.shape[1] - 1, 1).bit_length()
    units = np.round(np.where(known, demand.score, 0.0) * UNITS).astype(np.int64)
    places = (1 << bits) - 1 - np.arange(demand.posting.shape[1])
    key = np.where(known, (units << bits) + places, NEVER)
    return Bids(key, np.maximum(demand.posting, 0).astype(np.intp), bits, len(demand.openings))


def in_units(price: Floats) -> Whole:
    """Prices in whole units."""
    return np.round(price * UNITS).astype(np.int64)


def take_best(bids: Bids, price: Whole, many: int) -> Tally:
    """One round of prices: what some people take when everybody takes the best there is at prices in units."""
    taken = Tally(np.zeros(bids.size, dtype=np.int64), 0)
    dear = price << bids.bits
    for start in range(0, len(bids.key), ROWS_AT_ONCE):
        some = slice(start, start + ROWS_AT_ONCE)
        key, posting = bids.key[some], bids.posting[some]
        best = np.sort(key - np.take(dear, posting), axis=1)[:, -many:]
        there = best > NEVER // 2
        place = (1 << bids.bits) - 1 - (best & ((1 << bids.bits) - 1))
        wanted = np.take_along_axis(posting, np.where(there, place, 0), axis=1)[there]
        taken += Tally(np.bincount(wanted, minlength=bids.size), int((best[there] >> bids.bits).sum()))
    return taken


def find_prices(
    crowd: Held, shop: Shop, many: int, rounds: int, *, progress: Callable[[float], None], book: Checkpoint | None
) -> tuple[Floats, float, int]:
    """Prices at which everybody's best lists crowd least (Frank–Wolfe), the upper bound they prove, the rounds.

    The load of a round is the mean of all rounds so far, each weighing as much as its number: whole numbers until
    the last division, so that neither parts nor a stop between two rounds change anything.
    """
    found, bidders = _Search.resumed(book, len(shop.openings)), crowd.turned(bids_of)
    for turn in range(found.turn, rounds):
        now = in_units(shop.price(found.weighed * (2.0 / max(turn * (turn + 1), 1))))
        taken = bidders.total(take_best, now, many)
        value = taken.worth / UNITS + shop.gain(now / UNITS)
        better = value < found.bound
        bound, price = (value, now / UNITS) if better else (found.bound, found.price)
        found = _Search(turn + 1, found.weighed + (turn + 1) * taken.load, bound, price)
        if book is not None:
            book.write(found.arrays())
        progress((turn + 1) / rounds)
    return found.price, found.bound, rounds


@dataclass(frozen=True, slots=True, eq=False)
class _Search:
    """Where the search for prices stands."""

    turn: int
    weighed: Whole
    """The loads of all rounds, each times its number."""
    bound: float
    price: Floats

    @classmethod
    def resumed(cls, book: Checkpoint | None, size: int) -> _Search:
        """Where it was broken off, or its start."""
        stored = book.read() if book is not None else None
        if stored is None:
            return cls(0, np.zeros(size, dtype=np.int64), np.inf, np.zeros(size))
        return cls(int(stored["turn"]), stored["weighed"], float(stored["bound"]), stored["price"])

    def arrays(self) -> Arrays:
        """As arrays to be kept."""
        return {
            "turn": np.array(self.turn),
            "weighed": self.weighed,
            "bound": np.array(self.bound),
            "price": self.price,
        }
