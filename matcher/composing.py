"""Plans out of what was settled: matches with reasons, the class, the session, what is missing.

In: everybody's entitlement, and for those who get postings what was settled. Out: ServicePlans.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from statistics import median

import numpy as np

from matcher.appointments import Request, assign_starts
from matcher.columns import Pairs
from matcher.columns.workers import WorkerRow, active
from matcher.domain.facts import Phrase
from matcher.domain.match import Match
from matcher.domain.plan import ServicePlan, Shortfall, Track, TrainingChoice
from matcher.domain.worker import Worker, WorkerFacts
from matcher.explain import cautions_for, missing_papers, reasons_for, sight_of
from matcher.guidance import Situation
from matcher.planning import TRAINED, Person, Settled
from matcher.policy import PolicyAt
from matcher.relaxing import relaxations
from matcher.scoring import Scorecard, Scores, exact_scores, scorecard
from matcher.session import hold_session
from matcher.tracks import open_questions
from matcher.training_choice import Offer, offer_phrases
from matcher.views import posting_view, training_view
from matcher.welfare import policy_notes

MOST_QUESTIONS = 3
GUIDED = frozenset({Track.FULL, Track.PUBLIC_POST_EXIT, Track.STABILISE, Track.ON_REQUEST, Track.SCHOOL_RETURN})


@dataclass(frozen=True, slots=True, eq=False)
class Workshop:
    """What composing needs beside the settled columns."""

    settled: Settled
    card: Scorecard
    pairs: Pairs
    scores: Scores
    first_pair: np.ndarray[tuple[int], np.dtype[np.intp]]
    """Where each person's pairs start, shape (people + 1,)."""
    relaxed: Mapping[int, Shortfall]
    papers: Mapping[int, tuple[str, int]]
    local_pay: Mapping[int, float]


def open_workshop(settled: Settled) -> Workshop:
    """Exact scores of all chosen pairs, what is missing, and what would open more."""
    rows, places = np.nonzero(settled.chosen >= 0)
    pairs = settled.market.pairs(settled.workers, rows, settled.chosen[rows, places].astype(np.intp))
    card = scorecard(settled.market.policy)
    starts = np.searchsorted(rows, np.arange(len(settled.workers) + 1))
    return Workshop(
        settled,
        card,
        pairs,
        exact_scores(pairs, card),
        starts,
        _shortfalls(settled),
        _papers(settled),
        _local_pay(settled),
    )


def _shortfalls(settled: Settled) -> dict[int, Shortfall]:
    """What is missing for whom, with what would open more."""
    policy = settled.market.policy
    missing = policy.whole("package.postings") - (settled.chosen >= 0).sum(axis=1)
    people = np.flatnonzero(missing > 0)
    relaxed = relaxations(settled.workers, people, settled.market)
    return {int(at): Shortfall(missing=int(missing[at]), relaxations=relaxed[int(at)]) for at in people}


def _papers(settled: Settled) -> dict[int, tuple[str, int]]:
    """Person → the paper that alone keeps most wished postings away, and how many."""
    rows, places = np.nonzero(settled.found.near >= 0)
    postings = settled.found.near[rows, places].astype(np.intp)
    pairs = settled.market.pairs(settled.workers, rows, postings)
    wanted = np.flatnonzero((pairs.wished >= 0.8) | (pairs.done >= 0.6))
    counts: dict[int, Counter[str]] = defaultdict(Counter)
    for at in wanted:
        lacking = missing_papers(pairs, int(at))
        if len(lacking) == 1:
            counts[int(rows[at])][lacking[0]] += 1
    return {person: min(found.items(), key=lambda item: (-item[1], item[0])) for person, found in counts.items()}


def _local_pay(settled: Settled) -> dict[int, float]:
    """Occupation position → median stated pay of its live postings, where at least three state one."""
    found: dict[int, list[float]] = defaultdict(list)
    postings = settled.market.postings
    for occupation, pay in zip(postings.occupation.tolist(), postings.pay.tolist(), strict=True):
        if pay == pay:
            found[occupation].append(pay)
    return {occupation: median(values) for occupation, values in found.items() if occupation and len(values) >= 3}


def compose(people: Sequence[Person], settled: Settled, starts: Mapping[int, str]) -> Iterator[ServicePlan]:
    """The plans of everybody; `starts` are the sessions by worker key."""
    policy = settled.market.policy
    position = {row.key: at for at, row in enumerate(settled.workers.rows)}
    workshop = open_workshop(settled)
    for person in people:
        at = position.get(person.row.key)
        start = starts.get(person.row.key, "")
        yield _bare(person, policy, settled, start) if at is None else _whole(person, at, workshop, start)


def guide_key(worker: Worker) -> str:
    """Whose hours a session takes: the guide's, else those of the township's window."""
    return worker.guide_name or worker.home.township or worker.home.code


def session_starts(
    people: Sequence[Person], policy: PolicyAt, taken: Mapping[str, Sequence[str]] | None = None
) -> dict[int, str]:
    """A free hour of the right guide for everybody who gets a session; `taken` are hours of plans that stand."""
    requests = [
        Request(
            person.row.key,
            guide_key(person.row.worker),
            (int(person.row.track is not Track.FULL), person.row.priority, person.row.worker.ref),
        )
        for person in people
        if person.row.track in GUIDED
    ]
    return assign_starts(requests, policy, taken)


def _questions(row: WorkerRow) -> tuple[Phrase, ...]:
    """At most three questions, the most telling first."""
    return tuple(open_questions(row.worker, row.facts)[:MOST_QUESTIONS])


def _frame(person: Person, policy: PolicyAt) -> ServicePlan:
    """What every plan has."""
    row = person.row
    last = policy.on + timedelta(days=policy.whole("plan.valid_days"))
    return ServicePlan(
        worker_key=row.key,
        worker_ref=row.worker.ref,
        worker_name=row.worker.name,
        village=row.worker.village,
        made_on=policy.on,
        valid_until=last,
        track=row.track,
        track_reasons=person.entitlement.reasons,
        questions=_questions(row) if row.track is not Track.REFUSE_UNDER16 else (),
        policy=policy_notes(row, policy) if row.track in TRAINED else (),
        priority=row.priority,
    )


def _bare(person: Person, policy: PolicyAt, settled: Settled, start: str) -> ServicePlan:
    """A plan without postings."""
    frame = _frame(person, policy)
    if person.row.track is not Track.SCHOOL_RETURN:
        return frame
    case = Situation(
        worker=person.row.worker,
        facts=person.row.facts,
        policy=policy,
        lexicon=settled.market.vocabulary.lexicon,
        track=person.row.track,
        matches=(),
        occupations=(),
        training=None,
        shortfall=Shortfall(),
        missing_paper="",
        kept_away=0,
        local_pay=None,
    )
    return replace(frame, guidance=hold_session(case, start))


def _whole(person: Person, at: int, workshop: Workshop, start: str) -> ServicePlan:
    """A plan with postings, as far as there are any."""
    row, settled = person.row, workshop.settled
    frame = _frame(person, settled.market.policy)
    matches = tuple(_matches(at, workshop))
    shortfall = workshop.relaxed.get(at, Shortfall())
    offer = settled.offers[at] if row.track in TRAINED else None
    training = _training(offer, {match.posting_key for match in matches})
    paper, kept_away = workshop.papers.get(at, ("", 0))
    chosen = [int(posting) for posting in settled.chosen[at] if posting >= 0]
    occupations = settled.market.postings.occupation
    case = Situation(
        worker=row.worker,
        facts=_in_force(row, settled.market.policy),
        policy=settled.market.policy,
        lexicon=settled.market.vocabulary.lexicon,
        track=row.track,
        matches=matches,
        occupations=tuple(settled.market.vocabulary.occupations[int(occupations[posting])] for posting in chosen),
        training=training,
        shortfall=shortfall,
        missing_paper=paper,
        kept_away=kept_away,
        local_pay=workshop.local_pay.get(int(occupations[chosen[0]])) if chosen else None,
    )
    return replace(
        frame,
        valid_until=_first_deadline(matches, frame.valid_until),
        guidance=hold_session(case, start),
        matches=matches,
        training=training,
        training_none=Phrase(offer.none_code, {}) if offer is not None and offer.row is None else None,
        shortfall=shortfall,
    )


def _in_force(row: WorkerRow, policy: PolicyAt) -> WorkerFacts:
    """The facts with the limits that stand on the day."""
    return replace(row.facts, constraints=active(row.facts.constraints, policy.on))


def _first_deadline(matches: Sequence[Match], last: date) -> date:
    """A plan is good until the first of its postings closes."""
    ends = [date.fromisoformat(match.posting.deadline) for match in matches if match.posting.deadline]
    return min([last, *ends])


def _matches(at: int, workshop: Workshop) -> Iterator[Match]:
    """The postings of one person, best first."""
    pairs, scores = workshop.pairs, workshop.scores
    for rank, pair in enumerate(range(int(workshop.first_pair[at]), int(workshop.first_pair[at + 1])), start=1):
        row = pairs.p.rows[int(pairs.pi[pair])]
        sight = sight_of(pairs, pair)
        fit, wish = float(scores.fit[pair]), float(scores.wish[pair])
        yield Match(
            rank=rank,
            posting_key=row.key,
            posting=posting_view(row, sight),
            distance_km=sight.km,
            minutes=sight.minutes if sight.within_day else None,
            score=fit * wish,
            fit=fit,
            wish=wish,
            reasons=reasons_for(sight, scores, pair, workshop.card),
            cautions=cautions_for(sight, pairs, pair),
            first_choice=rank == 1,
        )


def _training(offer: Offer | None, printed: Collection[int]) -> TrainingChoice | None:
    """The class of an offer."""
    if offer is None or offer.row is None:
        return None
    return TrainingChoice(
        training_key=offer.row.key,
        training=training_view(offer.row),
        reasons=offer_phrases(offer, printed),
        unlocked_postings=offer.unlocked,
        gain=offer.gain,
    )
