"""Every posting of the market for one person: what fits, best first, and what one single thing keeps away.

In: a seat. Out: places of fitting postings with their scores; for every limit that can be relaxed, those it alone
keeps away; of the best of them `Match`es that say why.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from matcher.choosing.seat import Seat
from matcher.columns import Pairs
from matcher.domain.match import Match
from matcher.explain import lacking_papers, papers_of
from matcher.filters import LIMITS
from matcher.relaxing import CERTIFICATE, broken_limits, lone_limits
from matcher.scoring import exact_scores, scorecard

Places = npt.NDArray[np.intp]
SHOWN = 3
"""Postings named for each thing that keeps some away."""


@dataclass(frozen=True, slots=True, eq=False)
class Survey:
    """The market before one person; places are positions of postings, best first."""

    fitting: Places
    score: npt.NDArray[np.float64]
    """Scores of those that fit, in the same order."""
    lone: dict[tuple[str, str], Places]
    """(RELAX code, paper) → postings that this alone keeps away, best first."""


@dataclass(frozen=True, slots=True)
class KeptAway:
    """What one thing keeps away: how many postings, and the best of them."""

    code: str
    paper: str
    postings: int
    best: tuple[Match, ...]


def survey(seat: Seat) -> Survey:
    """Looks at every live posting; what the person said no to, or that was taken out by hand, is left out."""
    many = len(seat.market.postings)
    if not many or not seat.row.track.carries_postings:
        nothing = np.zeros(0, dtype=np.intp)
        return Survey(nothing, np.zeros(0), {})
    dense = seat.market.pairs(seat.workers, np.zeros((1, 1), dtype=np.intp), np.arange(many, dtype=np.intp)[None, :])
    broken = broken_limits(dense)
    alone = lone_limits(broken, dense)[0]
    open_to = ~np.isin(seat.market.postings.key, list(seat.workers.rows[0].refused_postings))
    fitting, score = _good(seat, np.flatnonzero((broken[0] == 0) & open_to))
    near, _ = _good(seat, np.flatnonzero((alone >= 0) & open_to))
    return Survey(fitting, score, _by_limit(seat, near, alone[near]))


def _good(seat: Seat, places: Places) -> tuple[Places, npt.NDArray[np.float64]]:
    """The postings that are called suitable by their score, best first; public-welfare posts last."""
    score = exact_scores(seat.against(places), scorecard(seat.market.policy)).score
    good = score >= seat.market.policy.number("plan.minimum_score")
    places, score = places[good], score[good]
    order = np.lexsort((places, -score, seat.market.postings.public[places]))
    return places[order], score[order]


def _by_limit(seat: Seat, places: Places, limits: npt.NDArray[np.int8]) -> dict[tuple[str, str], Places]:
    """The postings by what keeps them away; lacking papers each by itself."""
    found: dict[tuple[str, str], list[int]] = {}
    papers = _papers(seat.against(places))
    for place, limit, paper in zip(places.tolist(), limits.tolist(), papers, strict=True):
        key = (f"RELAX_{LIMITS[limit].code}", paper if limit == CERTIFICATE else "")
        found.setdefault(key, []).append(place)
    ordered = sorted(found.items(), key=lambda item: (-len(item[1]), item[0]))
    return {key: np.array(some, dtype=np.intp) for key, some in ordered}


def _papers(pairs: Pairs) -> list[str]:
    """The papers each pair lacks, as codes."""
    return [" ".join(papers_of(words, pairs.vocabulary)) for words in lacking_papers(pairs).tolist()]


def without_twins(seat: Seat, places: Places, held: Collection[int], many: int) -> Places:
    """The first postings of a list that are no twins of those held, nor of one another."""
    postings = seat.market.postings
    seen = set(postings.twin[np.isin(postings.key, list(held))].tolist())
    found = []
    for place in places.tolist():
        if int(postings.twin[place]) not in seen:
            seen.add(int(postings.twin[place]))
            found.append(place)
        if len(found) == many:
            break
    return np.array(found, dtype=np.intp)


def alternatives(seat: Seat, looked: Survey) -> tuple[Match, ...]:
    """The next best postings below those of the plan."""
    held = [match.posting_key for match in seat.stored.plan.matches] if seat.stored else []
    many = seat.market.policy.whole("desk.alternatives")
    return seat.matches(without_twins(seat, looked.fitting, held, many))


def kept_away(seat: Seat, looked: Survey) -> tuple[KeptAway, ...]:
    """What single things keep away, the most first, with the best postings of each."""
    held = [match.posting_key for match in seat.stored.plan.matches] if seat.stored else []
    return tuple(
        KeptAway(code, paper, len(places), seat.matches(without_twins(seat, places, held, SHOWN)))
        for (code, paper), places in looked.lone.items()
    )
