"""Plans out of what was settled: matches with reasons, the class, the session, what is missing.

In: everybody's entitlement, and for those who get postings what was settled. Out: ServicePlans.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice

import numpy as np
import numpy.typing as npt

from matcher.appointments import Request, assign_starts
from matcher.columns.workers import WorkerRow, active
from matcher.domain.facts import Phrase
from matcher.domain.match import Match
from matcher.domain.plan import ServicePlan, Shortfall, Track, TrainingChoice
from matcher.domain.worker import Worker, WorkerFacts
from matcher.explain import CloseLook, Said, lone_papers
from matcher.guidance import Situation
from matcher.planning import TRAINED, Person, Settled
from matcher.policy import PolicyAt
from matcher.relaxing import relaxations
from matcher.scoring import Scorecard, exact_scores, scorecard
from matcher.session import hold_session
from matcher.shortlist import Market
from matcher.sights import Sides, sights
from matcher.tracks import open_questions
from matcher.training_choice import Offer, offer_phrases
from matcher.views import ViewShelf
from matcher.welfare import policy_notes

BLOCK = 500
"""People composed at once: enough for arrays to pay, few enough to share out evenly."""
WISHED, DONE = 0.8, 0.6
"""From here on a posting counts as wished for, or as work the person knows."""
NO_SHORTFALL = Shortfall()
MOST_QUESTIONS = 3
GUIDED = frozenset({Track.FULL, Track.PUBLIC_POST_EXIT, Track.STABILISE, Track.ON_REQUEST, Track.SCHOOL_RETURN})


@dataclass(frozen=True, slots=True, eq=False)
class Workshop:
    """Everything plans are composed from, block by block; what was said of postings already is kept in it."""

    people: Sequence[Person]
    settled: Settled
    starts: Mapping[int, str]
    """Start of the session by worker key."""
    position: Mapping[int, int]
    """Worker key → place in the columns."""
    card: Scorecard
    local_pay: Mapping[int, float]
    sides: Sides
    said: Said
    shelf: ViewShelf


@dataclass(frozen=True, slots=True)
class Found:
    """What composing knows of one person who gets postings."""

    matches: tuple[Match, ...]
    shortfall: Shortfall
    paper: str
    kept_away: int


def open_workshop(people: Sequence[Person], settled: Settled, starts: Mapping[int, str]) -> Workshop:
    """A workshop for these people; `starts` are their sessions by worker key."""
    return Workshop(
        people,
        settled,
        starts,
        {row.key: at for at, row in enumerate(settled.workers.rows)},
        scorecard(settled.market.policy),
        local_pay(settled.market),
        Sides(settled.market.vocabulary),
        Said(),
        ViewShelf(),
    )


def local_pay(market: Market) -> dict[int, float]:
    """Occupation position → median stated pay of its live postings, where at least three state one."""
    stated = np.flatnonzero(~np.isnan(market.postings.pay) & (market.postings.occupation > 0))
    occupation, pay = market.postings.occupation[stated], market.postings.pay[stated].astype(np.float64)
    order = np.argsort(occupation, kind="stable")
    kinds, first, many = np.unique(occupation[order], return_index=True, return_counts=True)
    return {
        int(kind): float(np.median(pay[order[start : start + size]]))
        for kind, start, size in zip(kinds, first, many, strict=True)
        if size >= 3
    }


def compose_block(workshop: Workshop, block: slice) -> list[ServicePlan]:
    """The plans of some of the people, in their order."""
    people, position = workshop.people[block], workshop.position
    places = [position.get(person.row.key, -1) for person in people]
    found = _found(np.array([place for place in places if place >= 0], dtype=np.intp), workshop)
    plans = []
    for person, place in zip(people, places, strict=True):
        start = workshop.starts.get(person.row.key, "")
        whole = place >= 0
        plans.append(_whole(person, place, next(found), workshop, start) if whole else _bare(person, workshop, start))
    return plans


def compose(people: Sequence[Person], settled: Settled, starts: Mapping[int, str]) -> Iterator[ServicePlan]:
    """The plans of everybody; `starts` are the sessions by worker key."""
    workshop = open_workshop(people, settled, starts)
    for block in blocks_of(len(people)):
        yield from compose_block(workshop, block)


def blocks_of(size: int) -> list[slice]:
    """The blocks plans are composed in: always the same ones, however many processes share them."""
    return [slice(start, min(start + BLOCK, size)) for start in range(0, size, BLOCK)]


def _found(places: npt.NDArray[np.intp], workshop: Workshop) -> Iterator[Found]:
    """Matches, shortfall and missing paper of people, in the order of their places."""
    settled = workshop.settled
    chosen = settled.chosen[places]
    missing = (settled.market.policy.whole("package.postings") - (chosen >= 0).sum(axis=1)).tolist()
    relaxed = relaxations(settled.workers, places[np.array(missing, dtype=np.intp) > 0], settled.market)
    papers = _papers(places, settled)
    matches = _matches(places, workshop)
    for place, short in zip(places.tolist(), missing, strict=True):
        shortfall = Shortfall(missing=short, relaxations=relaxed[place]) if short > 0 else NO_SHORTFALL
        yield Found(next(matches), shortfall, *papers.get(place, ("", 0)))


def _papers(places: npt.NDArray[np.intp], settled: Settled) -> dict[int, tuple[str, int]]:
    """Person → the paper that alone keeps most wished postings away, and how many."""
    near = settled.found.near[places]
    rows, columns = np.nonzero(near >= 0)
    pairs = settled.market.pairs(settled.workers, places[rows], near[rows, columns].astype(np.intp))
    paper = lone_papers(pairs)
    wanted = ((pairs.wished >= WISHED) | (pairs.done >= DONE)) & (paper >= 0)
    asked, counts = np.unique(np.stack([pairs.wi[wanted], paper[wanted]]), axis=1, return_counts=True)
    best: dict[int, tuple[str, int]] = {}
    licences = settled.market.vocabulary.licences
    for person, licence, count in zip(asked[0].tolist(), asked[1].tolist(), counts.tolist(), strict=True):
        if person not in best or count > best[person][1]:
            best[person] = licences[licence], count
    return best


def _matches(places: npt.NDArray[np.intp], workshop: Workshop) -> Iterator[tuple[Match, ...]]:
    """The postings of each person, best first."""
    settled = workshop.settled
    chosen = settled.chosen[places]
    rows, columns = np.nonzero(chosen >= 0)
    pairs = settled.market.pairs(settled.workers, places[rows], chosen[rows, columns].astype(np.intp))
    scores = exact_scores(pairs, workshop.card)
    look = CloseLook(pairs, scores, workshop.card, workshop.said)
    lines = enumerate(zip(sights(pairs, workshop.sides), scores.fit.tolist(), scores.wish.tolist(), strict=True))
    for many in np.bincount(rows, minlength=len(places)).tolist():
        yield tuple(
            Match(
                rank=rank,
                posting_key=sight.posting.key,
                posting=workshop.shelf.posting(sight),
                distance_km=sight.km,
                minutes=sight.minutes if sight.within_day else None,
                score=fit * wish,
                fit=fit,
                wish=wish,
                reasons=look.reasons(sight, at),
                cautions=look.cautions(sight, at),
                first_choice=rank == 1,
            )
            for rank, (at, (sight, fit, wish)) in enumerate(islice(lines, many), start=1)
        )


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
    return tuple(islice(open_questions(row.worker, row.facts), MOST_QUESTIONS))


def _frame(person: Person, policy: PolicyAt) -> ServicePlan:
    """What every plan has."""
    row = person.row
    return ServicePlan(
        worker_key=row.key,
        worker_ref=row.worker.ref,
        worker_name=row.worker.name,
        village=row.worker.village,
        made_on=policy.on,
        valid_until=policy.on + timedelta(days=policy.whole("plan.valid_days")),
        track=row.track,
        track_reasons=person.entitlement.reasons,
        questions=_questions(row) if row.track is not Track.REFUSE_UNDER16 else (),
        policy=policy_notes(row, policy) if row.track in TRAINED else (),
        priority=row.priority,
    )


def _bare(person: Person, workshop: Workshop, start: str) -> ServicePlan:
    """A plan without postings."""
    market = workshop.settled.market
    frame = _frame(person, market.policy)
    if person.row.track is not Track.SCHOOL_RETURN:
        return frame
    case = Situation(
        worker=person.row.worker,
        facts=person.row.facts,
        policy=market.policy,
        lexicon=market.vocabulary.lexicon,
        track=person.row.track,
        matches=(),
        occupations=(),
        training=None,
        shortfall=NO_SHORTFALL,
        missing_paper="",
        kept_away=0,
        local_pay=None,
    )
    return replace(frame, guidance=hold_session(case, start))


def _whole(person: Person, at: int, found: Found, workshop: Workshop, start: str) -> ServicePlan:
    """A plan with postings, as far as there are any."""
    row, settled, matches = person.row, workshop.settled, found.matches
    frame = _frame(person, settled.market.policy)
    offer = settled.offers[at] if row.track in TRAINED else None
    training = _training(offer, matches, workshop.shelf)
    occupations = settled.market.postings.occupation[settled.chosen[at, : len(matches)]].tolist()
    case = Situation(
        worker=row.worker,
        facts=_in_force(row, settled.market.policy),
        policy=settled.market.policy,
        lexicon=settled.market.vocabulary.lexicon,
        track=row.track,
        matches=matches,
        occupations=tuple(settled.market.vocabulary.occupations[occupation] for occupation in occupations),
        training=training,
        shortfall=found.shortfall,
        missing_paper=found.paper,
        kept_away=found.kept_away,
        local_pay=workshop.local_pay.get(occupations[0]) if occupations else None,
    )
    return replace(
        frame,
        valid_until=_first_deadline(matches, frame.valid_until),
        guidance=hold_session(case, start),
        matches=matches,
        training=training,
        training_none=Phrase(offer.none_code, {}) if offer is not None and offer.row is None else None,
        shortfall=found.shortfall,
    )


def _in_force(row: WorkerRow, policy: PolicyAt) -> WorkerFacts:
    """The facts with the limits that stand on the day."""
    standing = active(row.facts.constraints, policy.on)
    return row.facts if len(standing) == len(row.facts.constraints) else replace(row.facts, constraints=standing)


def _first_deadline(matches: Sequence[Match], last: date) -> date:
    """A plan is good until the first of its postings closes."""
    ends = [date.fromisoformat(match.posting.deadline) for match in matches if match.posting.deadline]
    return min([last, *ends])


def _training(offer: Offer | None, matches: Sequence[Match], shelf: ViewShelf) -> TrainingChoice | None:
    """The class of an offer."""
    if offer is None or offer.row is None:
        return None
    return TrainingChoice(
        training_key=offer.row.key,
        training=shelf.training(offer.row),
        reasons=offer_phrases(offer, {match.posting_key for match in matches}),
        unlocked_postings=offer.unlocked,
        gain=offer.gain,
    )
