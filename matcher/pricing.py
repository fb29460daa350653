"""Prices of crowding: found in rounds of whole numbers, whoever adds them up.

In: candidates, openings. Out: the price of one more recommendation of every posting, and a bound on what any sharing
out can be worth. One round is a pure function of some people and the prices of the moment; its answers are added up.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from matcher.checkpoint import Arrays, Checkpoint
from matcher.parts import Held
from matcher.policy import PolicyAt

Floats = npt.NDArray[np.float64]
Whole = npt.NDArray[np.int64]
UNITS = float(1 << 32)
"""Worth is added up in whole units of so many to a score, so that a sum does not depend on its order."""


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
        now = self.base + load
        here = self.crowding.cost(now, self.openings)
        more, fewer = (self.crowding.cost(np.maximum(now + by, 0), self.openings) for by in (1, -1))
        return more - here, here - fewer

    def value(self, taken: Tally) -> float:
        """Scores less crowding."""
        return taken.worth / UNITS - float(self.cost(taken.load).sum())


def loads(posting: npt.NDArray[np.int32], chosen: Whole, size: int) -> Whole:
    """Recommendations a posting."""
    taken = np.take_along_axis(posting, np.maximum(chosen, 0), axis=1)[chosen >= 0]
    return np.bincount(taken, minlength=size).astype(np.int64)


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


def worth_at(demand: Demand, price: Floats) -> Floats:
    """Scores at today's prices; -inf where there is no candidate. Ties fall by a mark of person and posting."""
    spread = demand.mark[:, None] * np.uint32(2654435761) ^ np.maximum(demand.posting, 0).astype(np.uint32)
    tie = (spread * np.uint32(2246822519) >> np.uint32(8)).astype(np.float64) * 1e-16
    return np.asarray(np.where(demand.posting >= 0, demand.score - price[demand.posting] + tie, -np.inf))


def in_units(table: Floats, chosen: Whole) -> int:
    """Sum of the chosen places of a table in whole units, the same in whatever order and parts it is added up."""
    values = np.take_along_axis(table, np.maximum(chosen, 0), axis=1)[chosen >= 0]
    return int(np.rint(values * UNITS).astype(np.int64).sum())


@dataclass(frozen=True, slots=True, eq=False)
class Tally:
    """What some people take: recommendations a posting, their worth in whole units, how many lists are new."""

    load: Whole
    worth: int
    moved: int = 0

    def __add__(self, other: Tally) -> Tally:
        """What both take."""
        return Tally(self.load + other.load, self.worth + other.worth, self.moved + other.moved)


def take_best(demand: Demand, price: Floats, many: int) -> Tally:
    """One round of prices: what some people take when everybody takes the best there is at a price."""
    worth = worth_at(demand, price)
    picks = _top(worth, many)
    return Tally(loads(demand.posting, picks, len(price)), in_units(worth, picks))


def find_prices(
    crowd: Held, shop: Shop, many: int, rounds: int, *, progress: Callable[[float], None], book: Checkpoint | None
) -> tuple[Floats, float, int]:
    """Prices at which everybody's best lists crowd least (Frank–Wolfe), the upper bound they prove, the rounds.

    The load of a round is the mean of all rounds so far, each weighing as much as its number: whole numbers until
    the last division, so that neither parts nor a stop between two rounds change anything.
    """
    found = _Search.resumed(book, len(shop.openings))
    for turn in range(found.turn, rounds):
        load = found.weighed * (2.0 / max(turn * (turn + 1), 1))
        now = shop.price(load)
        taken = crowd.total(take_best, now, many)
        value = taken.worth / UNITS + float((now * load - shop.cost(load)).sum())
        better = value < found.bound
        bound, price = (value, now) if better else (found.bound, found.price)
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
