"""Sharing out: three postings a person under a price that rises with crowding.

In: candidates, openings, and who employs whom. Out: three positions into each person's candidates, the loads and
prices they lead to, and how far from the best possible the whole is. The result depends only on the people and
postings, not on their order.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from matcher.checkpoint import Checkpoint
from matcher.mending import first_lists, held_lists, mend
from matcher.parts import Held, Here, cores_for
from matcher.policy import PolicyAt
from matcher.pricing import UNITS, Crowding, Demand, Floats, Shop, Whole, find_prices, some_people


@dataclass(frozen=True, slots=True, eq=False)
class Allocation:
    """`chosen` holds positions into the candidates, (people, n), -1 where there are fewer."""

    chosen: Whole
    load: Floats
    price: Floats
    value: float
    """Sum of scores less the price of crowding."""
    bound: float
    """No way of sharing out, even without list rules, is worth more."""
    scores: float
    """Sum of scores."""
    rounds: int

    @property
    def gap(self) -> float:
        """How much more sharing out could be worth at most, as a share of the sum of scores."""
        return max(0.0, (self.bound - self.value) / self.scores) if self.scores > 0 else 0.0


def share_out(
    demand: Demand,
    policy: PolicyAt,
    *,
    many: int = 3,
    hold: Callable[[Demand], Held] | None = None,
    progress: Callable[[float], None] | None = None,
    book: Checkpoint | None = None,
) -> Allocation:
    """Share the postings out: prices first, then lists that keep the rules, then exchanges as long as they gain.

    `hold` says where the demand is held in parts, in the order of its people, and worked on.
    """
    size, wanted = len(demand.openings), np.unique(demand.posting[demand.posting >= 0])
    if not wanted.size:
        nobody = np.full((demand.posting.shape[0], many), -1, dtype=np.int64)
        return Allocation(nobody, np.zeros(size), np.zeros(size), 0.0, 0.0, 0.0, 0)
    small, crowding, tell = only(demand, wanted.astype(np.int64)), Crowding.of(policy), progress or _quiet
    shop, crowd = Shop(crowding, small.openings, small.base), (hold or _held_here)(small)
    rounds, mending = policy.whole("crowding.rounds"), policy.whole("crowding.mending_rounds")
    price, bound, rounds = find_prices(crowd, shop, many, rounds, progress=lambda share: tell(share / 2), book=book)
    lists, taken = mend(crowd.turned(first_lists, price, many), shop, mending, lambda share: tell((1 + share) / 2))
    chosen = np.concatenate(lists.ask(held_lists))
    if book is not None:
        book.done()
    load = np.zeros(size)
    load[wanted] = taken.load
    whole = Shop(crowding, demand.openings, demand.base)
    return Allocation(chosen, load, whole.price(load), shop.value(taken), bound, taken.worth / UNITS, rounds)


def _quiet(share: float) -> None:
    """Nobody is watching."""


def only(demand: Demand, wanted: Whole) -> Demand:
    """The same demand in a market of the postings somebody could have."""
    position = np.full(len(demand.openings), -1, dtype=np.int32)
    position[wanted] = np.arange(len(wanted))
    return replace(
        demand,
        posting=np.where(demand.posting >= 0, position[demand.posting], -1).astype(np.int32),
        openings=demand.openings[wanted],
        employer=demand.employer[wanted],
        twin=demand.twin[wanted],
        base=demand.base[wanted],
    )


def _held_here(demand: Demand) -> Held:
    """A part a core, where there are people enough."""
    size = len(demand.posting)
    many = cores_for(size)
    edges = [size * number // many for number in range(many + 1)]
    runs = [np.arange(start, stop) for start, stop in zip(edges, edges[1:], strict=False)]
    return Here([replace(some_people(demand, rows), first=int(rows[0]) if len(rows) else 0) for rows in runs])
