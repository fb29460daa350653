"""One person against one posting: the scorecard, every reason against, and what would change the answer.

In: a person and a posting as rows. Out: an `Answer`, worked out by the same limits, features and weights as any plan.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from matcher.columns import PostingRow, WorkerRow, load_vocabulary
from matcher.domain.facts import Phrase
from matcher.domain.match import Exclusion, Reason
from matcher.explain import CloseLook, exclusions_for
from matcher.known_employers import exclusion_of
from matcher.live import closed_because
from matcher.one_change import would_fit_if
from matcher.planning import build_market, encode_people
from matcher.policy import PolicyAt
from matcher.scoring import exact_scores, scorecard
from matcher.sights import sights


@dataclass(frozen=True, slots=True)
class Answer:
    """Why a posting suits a person (no exclusions), or why not."""

    exclusions: tuple[Exclusion, ...]
    reasons: tuple[Reason, ...]
    fit: float
    wish: float
    score: float
    would_fit_if: tuple[Phrase, ...] = ()
    """Single changes, each proved, that would make an excluded posting fit."""


def answer_of(person: WorkerRow, row: PostingRow, policy: PolicyAt) -> Answer:
    """Any person, whose track is known, against any posting."""
    market, homes = build_market([person], [row], load_vocabulary(), policy, every=True)
    workers = encode_people([person], homes, market)
    pairs = market.pairs(workers, np.zeros(1, dtype=np.intp), np.zeros(1, dtype=np.intp))
    card = scorecard(policy)
    scores = exact_scores(pairs, card)
    shut = (closed_because(row, policy), exclusion_of(person, row))
    exclusions = tuple(one for one in shut if one) + exclusions_for(pairs, 0)
    (sight,) = sights(pairs)
    reasons = CloseLook(pairs, scores, card).reasons(sight, 0)
    changes = would_fit_if(person, market, exclusions) if exclusions else ()
    return Answer(exclusions, reasons, float(scores.fit[0]), float(scores.wish[0]), float(scores.score[0]), changes)
