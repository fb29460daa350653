"""People against the postings of a fair: the same features, limits and weights as every plan.

In: people and postings as rows, the policy of the day. Out: for everybody the postings that suit, best first, with
scores and the reasons that speak for them. An employer that stands in the hall is not stale, whatever its advert says.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from matcher.columns import Pairs, PostingRow, WorkerRow, load_vocabulary
from matcher.domain.facts import Phrase
from matcher.domain.fairs import RouteStop
from matcher.domain.match import Reason
from matcher.explain import CloseLook, exclusions_for
from matcher.live import closed_because
from matcher.planning import build_market, encode_people, score_block
from matcher.policy import PolicyAt
from matcher.scoring import exact_scores, scorecard
from matcher.sights import sights

MOST_REASONS = 2
_PRIVATE = ("LOAD_", "BASE", "AGE_")
"""Reasons that stay in the office: how heavy work a person can do, and how old somebody is."""
ASKABLE = frozenset({"EXCLUDED_REACH", "EXCLUDED_FAR_TOWNSHIP", "EXCLUDED_BED", "EXCLUDED_PLACE", "EXCLUDED_UNRELATED"})
"""What the person alone decides about: how far to go, and work of another kind."""
PRESENT = frozenset({"EXCLUDED_STALE"})
"""What no longer holds of a posting whose employer stands in the hall."""


@dataclass(frozen=True, slots=True)
class Fit:
    """One posting that suits one person; positions in the lists handed in."""

    person: int
    posting: int
    score: float


def at_the_fair(rows: Iterable[PostingRow], policy: PolicyAt) -> list[PostingRow]:
    """The postings people may be sent to at a fair, as rows that are live on the day."""
    found = []
    for row in rows:
        closed = closed_because(row, policy)
        if closed is not None and closed.code in PRESENT:
            row = replace(row, posting=replace(row.posting, verified_on=policy.on))
            closed = closed_because(row, policy)
        if closed is None:
            found.append(row)
    return found


def fits(people: Sequence[WorkerRow], rows: Sequence[PostingRow], policy: PolicyAt) -> list[Fit]:
    """Everybody's suitable postings of a fair, the best pairs first; ties fall as the lists stand."""
    if not people or not rows:
        return []
    market, homes = build_market(people, rows, load_vocabulary(), policy)
    columns = encode_people(people, homes, market)
    found = score_block(columns, market)
    where, rank = np.nonzero(found.posting >= 0)
    at = {row.key: position for position, row in enumerate(rows)}
    keys = [row.key for row in market.postings.rows]
    person_at = {person.key: position for position, person in enumerate(people)}
    workers = [person_at[row.key] for row in columns.rows]
    pairs = [
        Fit(workers[person], at[keys[found.posting[person, place]]], float(found.score[person, place]))
        for person, place in zip(where.tolist(), rank.tolist(), strict=True)
    ]
    return sorted(pairs, key=lambda fit: (-fit.score, fit.person, fit.posting))


def explained(
    people: Sequence[WorkerRow], rows: Sequence[PostingRow], chosen: Sequence[Fit], policy: PolicyAt
) -> dict[tuple[int, int], RouteStop]:
    """Chosen pairs as stops of a way through the hall, each with why."""
    if not chosen:
        return {}
    pairs, card = _pairs(people, rows, chosen, policy), scorecard(policy)
    scores = exact_scores(pairs, card)
    look = CloseLook(pairs, scores, card)
    return {
        (fit.person, fit.posting): RouteStop(rows[fit.posting].key, _told(look.reasons(sight, at)), fit.score)
        for at, (fit, sight) in enumerate(zip(chosen, sights(pairs), strict=True))
    }


def may_ask(person: WorkerRow, rows: Sequence[PostingRow], policy: PolicyAt, *, most: int) -> list[RouteStop]:
    """Where somebody may ask whom nothing suits well: nothing but the way or a wish stands against it, and it is said.

    Limits of law, health, schooling and papers hold here too.
    """
    every = [Fit(0, at, 0.0) for at in range(len(rows))]
    if not every:
        return []
    pairs = _pairs([person], rows, every, policy)
    scores = exact_scores(pairs, scorecard(policy)).score
    against = [exclusions_for(pairs, at) for at in range(len(rows))]
    soft = [at for at in range(len(rows)) if all(one.code in ASKABLE for one in against[at])]
    ordered = sorted(soft, key=lambda at: (len(against[at]), -float(scores[at]), at))[:most]
    return [
        RouteStop(
            rows[at].key,
            tuple(Phrase(one.code, dict(one.args)) for one in against[at][:MOST_REASONS]),
            float(scores[at]),
        )
        for at in sorted(ordered)
    ]


def _pairs(people: Sequence[WorkerRow], rows: Sequence[PostingRow], chosen: Sequence[Fit], policy: PolicyAt) -> Pairs:
    """Pairs of a market of exactly these people and postings."""
    market, homes = build_market(people, rows, load_vocabulary(), policy, every=True)
    workers = encode_people(people, homes, market)
    person_at = {row.key: position for position, row in enumerate(workers.rows)}
    posting_at = {row.key: position for position, row in enumerate(market.postings.rows)}
    wi: npt.NDArray[np.intp] = np.array([person_at[people[fit.person].key] for fit in chosen], dtype=np.intp)
    pi: npt.NDArray[np.intp] = np.array([posting_at[rows[fit.posting].key] for fit in chosen], dtype=np.intp)
    return market.pairs(workers, wi, pi)


def _told(reasons: Sequence[Reason]) -> tuple[Phrase, ...]:
    """What speaks for a posting and may be said aloud, the strongest first."""
    fit_to_say = [one for one in reasons if one.effect > 0 and not one.code.startswith(_PRIVATE)]
    return tuple(Phrase(one.code, dict(one.args)) for one in fit_to_say[:MOST_REASONS])
