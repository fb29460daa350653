"""What one single change would open: “接受旗外 +12”, “考电工证 +4”.

In: people who have fewer than three, and the market. Out: for each of them the limits they could do something
about, with how many postings each alone keeps away. Every count is of pairs that break that limit and no other.
"""

from __future__ import annotations

from collections import Counter

import numpy as np
import numpy.typing as npt

from matcher.columns import Pairs, WorkerColumns
from matcher.domain.plan import Relaxation
from matcher.explain import lacking_papers, papers_of
from matcher.filters import LIMITS, RELAXABLE
from matcher.scoring import exact_scores, scorecard
from matcher.shortlist import Market

MOST = 4
"""Relaxations a plan names."""
BLOCK = 64
CERTIFICATE = next(number for number, limit in enumerate(LIMITS) if limit.code == "CERTIFICATE")


def relaxations(
    workers: WorkerColumns, people: npt.NDArray[np.intp], market: Market
) -> dict[int, tuple[Relaxation, ...]]:
    """Position of a person → what would open more, the most first."""
    found: dict[int, Counter[tuple[str, str]]] = {int(person): Counter() for person in people}
    postings = np.arange(len(market.postings), dtype=np.intp)
    for start in range(0, len(people), BLOCK):
        block = people[start : start + BLOCK]
        _count(market.pairs(workers, block[:, None], postings[None, :]), workers, block, market, found)
    return {person: _ranked(counts) for person, counts in found.items()}


def _count(
    dense: Pairs,
    workers: WorkerColumns,
    block: npt.NDArray[np.intp],
    market: Market,
    found: dict[int, Counter[tuple[str, str]]],
) -> None:
    """Count, for one block, the pairs kept away by one relaxable limit alone."""
    shape = (len(block), len(market.postings))
    times = np.zeros(shape, dtype=np.int8)
    which = np.zeros(shape, dtype=np.int8)
    for number, limit in enumerate(LIMITS):
        hit = np.broadcast_to(limit.breaks(dense), shape)
        times += hit
        which[hit] = number
    soft = np.array([limit.code in RELAXABLE for limit in LIMITS])
    row, place = np.nonzero((times == 1) & soft[which])
    pairs = market.pairs(workers, block[row], place.astype(np.intp))
    good = exact_scores(pairs, scorecard(market.policy)).score >= market.policy.number("plan.minimum_score")
    limits, lacking = which[row, place][good].astype(np.int64), lacking_papers(pairs)[good]
    lacking[limits != CERTIFICATE] = 0
    keys = np.column_stack([pairs.wi[good], limits, lacking.view(np.int64)])
    kinds, counts = np.unique(keys, axis=0, return_counts=True)
    for (person, limit, *words), many in zip(kinds.tolist(), counts.tolist(), strict=True):
        found[person][LIMITS[limit].code, " ".join(papers_of(words, market.vocabulary))] += many


def _ranked(counts: Counter[tuple[str, str]]) -> tuple[Relaxation, ...]:
    """The most telling relaxations, most postings first."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(
        Relaxation(code=f"RELAX_{code}", args={"certificate": paper} if paper else {}, postings=number)
        for (code, paper), number in ordered[:MOST]
    )
