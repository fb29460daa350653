"""The best possible sharing out by an exact minimum-cost flow, to hold the fast one against.

In: a demand. Out: what the best lists without list rules are worth, and their sum of scores.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from ortools.graph.python.min_cost_flow import SimpleMinCostFlow

from matcher.pricing import Crowding, Demand

SCALE = 10**7
"""Costs are whole numbers in a flow; a score of one is so many."""


@dataclass(frozen=True, slots=True)
class BestSharing:
    """The exact optimum: sum of scores less the cost of crowding, and the sum of scores alone."""

    value: float
    scores: float


def best_flow(demand: Demand, crowding: Crowding, many: int) -> BestSharing:
    """Everybody sends as many recommendations as they can, at most `many`, to different postings; every further
    recommendation of a posting has an arc of its own at what it adds to the cost of crowding."""
    people, size = len(demand.posting), len(demand.openings)
    person, place = np.nonzero(demand.posting >= 0)
    posting = demand.posting[person, place].astype(np.int64)
    wanted = np.bincount(posting, minlength=size)
    unit_of = np.repeat(np.arange(size), wanted)
    unit = np.arange(len(unit_of)) - np.repeat(np.cumsum(wanted) - wanted, wanted)
    load, openings = demand.base[unit_of] + unit, demand.openings[unit_of]
    step = crowding.cost(load + 1, openings) - crowding.cost(load, openings)
    flow = SimpleMinCostFlow()
    _add(flow, person, people + posting, -demand.score[person, place])
    _add(flow, people + unit_of, np.full(len(unit_of), people + size), step)
    given = np.minimum(np.bincount(person, minlength=people), many)
    supply = np.concatenate([given, np.zeros(size, dtype=np.int64), [-given.sum()]])
    flow.set_nodes_supplies(np.arange(people + size + 1), supply)
    status = flow.solve()
    assert status == flow.OPTIMAL, status
    taken = flow.flows(np.arange(len(person))) > 0
    scores = float(demand.score[person[taken], place[taken]].sum())
    return BestSharing(-flow.optimal_cost() / SCALE, scores)


def _add(flow: SimpleMinCostFlow, tail: np.ndarray, head: np.ndarray, cost: np.ndarray) -> None:
    """Arcs of capacity one."""
    ones = np.ones(len(tail), dtype=np.int64)
    whole = np.round(cost * SCALE).astype(np.int64)
    flow.add_arcs_with_capacity_and_unit_cost(tail.astype(np.int32), head.astype(np.int32), ones, whole)
