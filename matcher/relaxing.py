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
from matcher.reference.ways import NOTHING_KNOWN
from matcher.scoring import exact_scores, scorecard
from matcher.shortlist import Market

MOST = 4
"""Relaxations a plan names."""
BLOCK = 64
CERTIFICATE, REACH, UNRELATED = (
    next(number for number, limit in enumerate(LIMITS) if limit.code == code)
    for code in ("CERTIFICATE", "REACH", "UNRELATED")
)


def _lone() -> npt.NDArray[np.int8]:
    """For every set of broken limits as bits: the limit, where it is one alone and can be relaxed, else -1; a bed
    somewhere is nobody's to give."""
    table = np.full(1 << len(LIMITS), -1, dtype=np.int8)
    for number, limit in enumerate(LIMITS):
        table[1 << number] = number if limit.code in RELAXABLE and limit.code != "BED" else -1
    return table


LONE = _lone()


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
    """Count, for one block, the pairs kept away by one relaxable limit alone.

    Of other work what is usually open to anybody counts; going away brings no work at home nearer.
    """
    limits = lone_limits(broken_limits(dense), dense)
    row, place = np.nonzero(limits >= 0)
    pairs = market.pairs(workers, block[row], place.astype(np.intp))
    good = exact_scores(pairs, scorecard(market.policy)).score >= market.policy.number("plan.minimum_score")
    limits, people = limits[row, place][good].astype(np.intp), pairs.wi[good]
    paper = limits == CERTIFICATE
    many = np.bincount(people[~paper] * len(LIMITS) + limits[~paper])
    for at in np.flatnonzero(many).tolist():
        found[at // len(LIMITS)][LIMITS[at % len(LIMITS)].code, ""] = int(many[at])
    for person, words in zip(people[paper].tolist(), lacking_papers(pairs)[good][paper].tolist(), strict=True):
        found[person]["CERTIFICATE", " ".join(papers_of(words, market.vocabulary))] += 1


def broken_limits(dense: Pairs) -> npt.NDArray[np.uint16]:
    """For every pair the limits it breaks, as bits in the order of LIMITS."""
    broken = np.zeros(np.broadcast_shapes(dense.wi.shape, dense.pi.shape), dtype=np.uint16)
    for number, limit in enumerate(LIMITS):
        broken += limit.breaks(dense) * np.uint16(1 << number)
    return broken


def lone_limits(broken: npt.NDArray[np.uint16], dense: Pairs) -> npt.NDArray[np.int8]:
    """For every pair the one limit that alone keeps it away and can be relaxed, else -1."""
    alone = LONE[broken]
    alone[(broken == 1 << REACH) & dense.p.at_home[dense.pi]] = -1
    usual = dense.vocabulary.ways[:, dense.vocabulary.way_at[NOTHING_KNOWN]] > 0
    alone[(broken == 1 << UNRELATED) & ~usual[dense.p.occupation[dense.pi]]] = -1
    return alone


def _ranked(counts: Counter[tuple[str, str]]) -> tuple[Relaxation, ...]:
    """The most telling relaxations, most postings first."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(
        Relaxation(code=f"RELAX_{code}", args={"certificate": paper} if paper else {}, postings=number)
        for (code, paper), number in ordered[:MOST]
    )
