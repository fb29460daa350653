"""Whom one posting suits: the people of a scope, best first, with the reasons.

In: an office, a posting and the scope of an account. Out: the best few with scores, reasons and what to ask; scored
by the same features, limits and weights as every plan.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from matcher.aftercare.staying import records
from matcher.columns import PostingRow, WorkerRow, load_vocabulary
from matcher.domain.casenumber import case_number
from matcher.domain.division import lies_within
from matcher.domain.facts import Phrase
from matcher.domain.match import Exclusion, Reason
from matcher.explain import CloseLook
from matcher.listings import Scope
from matcher.live import closed_because
from matcher.office import Office
from matcher.past import NO_PLAN, Past
from matcher.planning import build_market, encode_people, entitle, score_block
from matcher.policy import PolicyAt
from matcher.scoring import exact_scores, scorecard
from matcher.sights import sights
from matcher.store.store import UnitOfWork
from matcher.store.workers import StoredWorker
from matcher.stored_rows import posting_row

MOST_SUITED = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Suited:
    """One person a posting suits; `held` = how many postings the person's current plan holds."""

    key: int
    case_no: str
    name: str
    village: str
    distance_km: float | None
    score: float
    fit: float
    wish: float
    held: int
    on_plan: bool
    """Whether this very posting stands in the person's plan."""
    reasons: tuple[Reason, ...]
    cautions: tuple[Phrase, ...]


@dataclass(frozen=True, slots=True)
class SuitedPeople:
    """The people a posting suits; `closed` says why it is suggested to nobody."""

    people: tuple[Suited, ...] = ()
    total: int = 0
    looked_at: int = 0
    closed: Exclusion | None = None


def suits(
    office: Office, posting_keys: Sequence[int], scope: Scope, *, most: int = MOST_SUITED
) -> dict[int, SuitedPeople]:
    """For each of some postings the people of a scope it suits today, the best first."""
    policy = office.policy.at(office.today())
    found: dict[int, SuitedPeople] = {}
    with office.reading() as unit:
        stored = unit.postings.many(posting_keys)
        known = records(office, unit, policy.on)
        rows = [posting_row(stored[key], office, known=known) for key in posting_keys if key in stored]
        live = []
        for row in rows:
            closed = closed_because(row, policy)
            found[row.key] = SuitedPeople(closed=closed)
            live += [row] if closed is None else []
        near = {row.posting.place.county for row in live}
        entitled = entitle(_people(office, unit, scope, near, policy), policy) if live else []
        people = [one.row for one in entitled if one.row.track.carries_postings]
        for row in live:
            found[row.key] = _of_one(unit, people, row, policy, most)
    return found


def _of_one(
    unit: UnitOfWork, people: Sequence[WorkerRow], row: PostingRow, policy: PolicyAt, most: int
) -> SuitedPeople:
    """The people one posting suits."""
    if not people:
        return SuitedPeople()
    best, total = _best(people, row, policy, most)
    standing = unit.plans.standing([person.key for person, _ in best])
    told = [_suited(person, line, standing.get(person.key, NO_PLAN)[0], row.key) for person, line in best]
    return SuitedPeople(tuple(told), total, len(people))


def _people(office: Office, unit: UnitOfWork, scope: Scope, near: Collection[str], policy: PolicyAt) -> list[WorkerRow]:
    """The people of a scope, those of the postings' counties first, up to a limit, and what each has said no to."""
    stored = _looked_at(unit, scope, near, policy.whole("suits.people"))
    past = Past.of(office, unit, list(stored), policy.on)
    return [past.row(one, office, policy.on) for one in stored.values()]


def _looked_at(unit: UnitOfWork, scope: Scope, near: Collection[str], most: int) -> dict[int, StoredWorker]:
    """The people of a scope, those of some counties first, up to a limit."""
    found: dict[int, StoredWorker] = {}
    counties = sorted(county for county in near if county and lies_within(county, scope.division))
    for division in [*counties, scope.division]:
        for stored in unit.workers.all_for_planning(division=division):
            if stored.key in found or (scope.villages and stored.value.village not in scope.villages):
                continue
            if len(found) >= most:
                return found
            found[stored.key] = stored
    return found


@dataclass(frozen=True, slots=True)
class _Line:
    """What is said of one pair."""

    score: float
    fit: float
    wish: float
    distance_km: float | None
    reasons: tuple[Reason, ...]
    cautions: tuple[Phrase, ...]


def _best(
    people: Sequence[WorkerRow], row: PostingRow, policy: PolicyAt, most: int
) -> tuple[list[tuple[WorkerRow, _Line]], int]:
    """The best people with what is said of each, and how many the posting suits at all."""
    market, homes = build_market(people, [row], load_vocabulary(), policy)
    workers = encode_people(people, homes, market)
    candidates = score_block(workers, market)
    fitting = np.flatnonzero(candidates.posting[:, 0] >= 0)
    order = fitting[np.lexsort((fitting, -candidates.score[fitting, 0]))][:most]
    pairs = market.pairs(workers, order, np.zeros(len(order), dtype=np.intp))
    card = scorecard(policy)
    scores = exact_scores(pairs, card)
    look = CloseLook(pairs, scores, card)
    lines = [
        _Line(
            float(scores.score[at]),
            float(scores.fit[at]),
            float(scores.wish[at]),
            sight.km,
            look.reasons(sight, at),
            look.cautions(sight, at),
        )
        for at, sight in enumerate(sights(pairs))
    ]
    return [(workers.rows[at], line) for at, line in zip(order.tolist(), lines, strict=True)], len(fitting)


def _suited(person: WorkerRow, line: _Line, held: frozenset[int], posting_key: int) -> Suited:
    """One person of the list."""
    return Suited(
        key=person.key,
        case_no=case_number(person.key),
        name=person.worker.name,
        village=person.worker.village,
        distance_km=line.distance_km,
        score=line.score,
        fit=line.fit,
        wish=line.wish,
        held=len(held),
        on_plan=posting_key in held,
        reasons=line.reasons,
        cautions=line.cautions,
    )
