"""How good the sharing out is against the exact flow, at the size of a banner: `python -m tests.benchmarks.sharing`.

In: sizes and a seed. Out: seconds, the gap to the exact optimum before list rules, what the rules cost, and the gap the
run itself would report, all as shares of the sum of scores.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass, replace
from datetime import date
from time import perf_counter

import numpy as np

from matcher.allocation import share_out
from matcher.policy import PolicyAt, load_policy
from matcher.pricing import Crowding, Demand
from tests.flow_oracle import best_flow

MANY = 3


def a_crowd(people: int, postings: int, *, candidates: int = 60, seed: int = 131) -> Demand:
    """A made-up market: everybody looks near home and in a few trades, and good postings are good for many."""
    dice = np.random.default_rng(seed)
    district, trade = dice.integers(0, 12, postings), dice.zipf(1.6, postings) % 40
    appeal = dice.normal(0, 0.08, postings)
    home, own = dice.integers(0, 12, people), dice.zipf(1.6, (people, 2)) % 40
    posting = np.empty((people, candidates), dtype=np.int32)
    score = np.empty((people, candidates))
    for at in range(people):
        near, able = district == home[at], np.isin(trade, own[at])
        worth = 0.25 + 0.15 * near + 0.2 * able + appeal + dice.normal(0, 0.03, postings)
        best = np.argsort(-worth)[:candidates]
        posting[at], score[at] = best, np.clip(worth[best], 0.2, 1.0)
    return Demand(
        posting=posting,
        score=score,
        daily=district[posting] == home[:, None],
        mark=dice.integers(1, 2**32, people, dtype=np.uint32),
        openings=dice.choice([1.0, 1.0, 2.0, 3.0, 5.0], postings),
        employer=dice.integers(0, postings // 3, postings).astype(np.int32),
        twin=dice.integers(0, postings // 2, postings).astype(np.int32),
        base=np.zeros(postings),
    )


def without_rules(demand: Demand) -> Demand:
    """The same demand where every list keeps the rules."""
    each = np.arange(len(demand.openings), dtype=np.int32)
    return replace(demand, employer=each, twin=each, daily=np.ones_like(demand.daily))


@dataclass(frozen=True, slots=True)
class Quality:
    """Shares of the sum of scores of the optimum."""

    gap: float
    """The exact optimum less our sharing out, both without list rules."""
    loss: float
    """What the list rules cost."""
    reported: float
    """The gap stored on the run: the bound less the lists with rules."""


def measure(demand: Demand, policy: PolicyAt) -> Quality:
    """Our sharing out, with rules and without, beside the exact flow."""
    demand = replace(demand, near_worth=policy.number("crowding.near_worth"))
    best = best_flow(without_rules(demand), Crowding.of(policy), MANY)
    free, ruled = share_out(without_rules(demand), policy), share_out(demand, policy)
    return Quality((best.value - free.value) / best.scores, (free.value - ruled.value) / best.scores, ruled.gap)


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--postings", type=int, default=2_500)
    size = parser.parse_args()
    demand, policy = a_crowd(size.people, size.postings), load_policy().at(date(2026, 11, 24))
    began = perf_counter()
    share_out(demand, policy)
    seconds = perf_counter() - began
    found = measure(demand, policy)
    print(f"{size.people} people, {size.postings} postings, sharing out {seconds:.2f} s")  # noqa: T201
    print(f"gap {found.gap:.3%}, loss by list rules {found.loss:.3%}, reported {found.reported:.3%}")  # noqa: T201


if __name__ == "__main__":
    main()
