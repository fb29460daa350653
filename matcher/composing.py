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
from matcher.columns.workers import WorkerColumns, WorkerRow, active
from matcher.domain.facts import Phrase
from matcher.domain.match import Match
from matcher.domain.plan import GuidanceSession, ServicePlan, Shortfall, Track, TrainingChoice
from matcher.domain.worker import Worker, WorkerFacts
from matcher.explain import CloseLook, Said, lone_papers
from matcher.guidance import Situation
from matcher.parts import workers_at
from matcher.planning import TRAINED, Person, Settled
from matcher.policy import PolicyAt
from matcher.questions import to_ask
from matcher.relaxing import relaxations
from matcher.scoring import Scorecard, exact_scores, scorecard
from matcher.session import hold_session
from matcher.shortlist import Market
from matcher.sights import AskedOnce, sights
from matcher.training_choice import Offer, offer_phrases
from matcher.views import ViewShelf
from matcher.welfare import policy_notes

BLOCK = 500
"""People composed at once: enough for arrays to pay, few enough to share out evenly."""
WISHED, DONE = 0.8, 0.6
"""From here on a posting counts as wished for, or as work the person knows."""
NO_SHORTFALL = Shortfall()
GUIDED = frozenset({Track.FULL, Track.PUBLIC_POST_EXIT, Track.STABILISE, Track.ON_REQUEST, Track.SCHOOL_RETURN})


@dataclass(frozen=True, slots=True, eq=False)
class Workshop:
    """What all plans of one market are composed with; what was said of postings already is kept in it."""

    market: Market
    card: Scorecard
    local_pay: Mapping[int, float]
    asked: AskedOnce
    said: Said
    shelf: ViewShelf


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """Some people with what was settled for them; the columns hold those who get postings, in the same order."""

    people: Sequence[Person]
    starts: Sequence[str]
    carries: Sequence[bool]
    workers: WorkerColumns
    chosen: npt.NDArray[np.int64]
    near: npt.NDArray[np.int32]
    offers: Sequence[Offer]


@dataclass(frozen=True, slots=True)
class Found:
    """What composing knows of one person who gets postings."""

    matches: tuple[Match, ...]
    occupations: tuple[int, ...]
    shortfall: Shortfall
    paper: str
    kept_away: int
    offer: Offer


class Cutter:
    """Everybody a run is about with what was settled, to be cut into parts."""

    def __init__(self, people: Sequence[Person], settled: Settled, starts: Mapping[int, str]) -> None:
        self.people, self.settled, self.starts = people, settled, starts
        self._place = {row.key: at for at, row in enumerate(settled.workers.rows)}

    def blocks(self) -> list[slice]:
        """Always the same blocks, however many processes share them."""
        size = len(self.people)
        return [slice(start, min(start + BLOCK, size)) for start in range(0, size, BLOCK)]

    def cut(self, block: slice) -> Part:
        """The part of one block."""
        people, settled = self.people[block], self.settled
        places = [self._place.get(person.row.key, -1) for person in people]
        own = np.array([place for place in places if place >= 0], dtype=np.intp)
        return Part(
            people,
            [self.starts.get(person.row.key, "") for person in people],
            [place >= 0 for place in places],
            workers_at(settled.workers, own),
            settled.chosen[own],
            settled.found.near[own],
            [settled.offers[place] for place in own.tolist()],
        )


def open_workshop(market: Market) -> Workshop:
    """A workshop for one market."""
    asked = AskedOnce(market.postings, market.vocabulary)
    return Workshop(market, scorecard(market.policy), local_pay(market), asked, Said(), ViewShelf())


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


def compose(
    people: Sequence[Person], settled: Settled, starts: Mapping[int, str], workshop: Workshop | None = None
) -> Iterator[ServicePlan]:
    """The plans of everybody; `starts` are the sessions by worker key, `workshop` one kept ready for the market."""
    here, cutter = at_work(settled, workshop), Cutter(people, settled, starts)
    for block in cutter.blocks():
        yield from compose_part(here, cutter.cut(block))


def at_work(settled: Settled, workshop: Workshop | None) -> Workshop:
    """A workshop that sees the market from the homes of these people."""
    return open_workshop(settled.market) if workshop is None else replace(workshop, market=settled.market)


def compose_part(workshop: Workshop, part: Part) -> Iterator[ServicePlan]:
    """The plans of some people, in their order."""
    found = _found(workshop, part)
    for person, start, carries in zip(part.people, part.starts, part.carries, strict=True):
        yield _whole(person, next(found), workshop, start) if carries else _bare(person, workshop, start)


def _found(workshop: Workshop, part: Part) -> Iterator[Found]:
    """What is known of each person of the columns."""
    market, chosen = workshop.market, part.chosen
    missing = market.policy.whole("package.postings") - (chosen >= 0).sum(axis=1)
    relaxed = relaxations(part.workers, np.flatnonzero(missing > 0), market)
    papers, matches = _papers(workshop, part), matches_of(workshop, part.workers, part.chosen)
    occupations = np.append(market.postings.occupation, -1)[chosen]
    for place, (short, offer, work) in enumerate(zip(missing.tolist(), part.offers, occupations.tolist(), strict=True)):
        shortfall = Shortfall(missing=short, relaxations=relaxed[place]) if short > 0 else NO_SHORTFALL
        kinds = tuple(occupation for occupation in work if occupation >= 0)
        yield Found(next(matches), kinds, shortfall, *papers.get(place, ("", 0)), offer)


def _papers(workshop: Workshop, part: Part) -> dict[int, tuple[str, int]]:
    """Person → the paper that alone keeps most wished postings away, and how many."""
    rows, columns = np.nonzero(part.near >= 0)
    pairs = workshop.market.pairs(part.workers, rows, part.near[rows, columns].astype(np.intp))
    paper = lone_papers(pairs)
    wanted = ((pairs.wished >= WISHED) | (pairs.done >= DONE)) & (paper >= 0)
    asked, counts = np.unique(np.stack([pairs.wi[wanted], paper[wanted]]), axis=1, return_counts=True)
    best: dict[int, tuple[str, int]] = {}
    licences = workshop.market.vocabulary.licences
    for person, licence, count in zip(asked[0].tolist(), asked[1].tolist(), counts.tolist(), strict=True):
        if person not in best or count > best[person][1]:
            best[person] = licences[licence], count
    return best


def matches_of(
    workshop: Workshop, workers: WorkerColumns, chosen: npt.NDArray[np.int64]
) -> Iterator[tuple[Match, ...]]:
    """The postings of each person as said, in the order of `chosen`, which holds places in the market."""
    rows, columns = np.nonzero(chosen >= 0)
    pairs = workshop.market.pairs(workers, rows, chosen[rows, columns].astype(np.intp))
    scores = exact_scores(pairs, workshop.card)
    look = CloseLook(pairs, scores, workshop.card, workshop.said)
    lines = enumerate(zip(sights(pairs, workshop.asked), scores.fit.tolist(), scores.wish.tolist(), strict=True))
    for many in np.bincount(rows, minlength=len(chosen)).tolist():
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
                by_hand=sight.posting.key in sight.worker.given_postings,
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


def _plan(
    person: Person,
    policy: PolicyAt,
    *,
    guidance: GuidanceSession | None = None,
    matches: tuple[Match, ...] = (),
    training: TrainingChoice | None = None,
    training_none: Phrase | None = None,
    shortfall: Shortfall = NO_SHORTFALL,
) -> ServicePlan:
    """What every plan has, and what this one has beside that."""
    row = person.row
    last = policy.on + timedelta(days=policy.whole("plan.valid_days"))
    return ServicePlan(
        worker_key=row.key,
        worker_ref=row.worker.ref,
        worker_name=row.worker.name,
        village=row.worker.village,
        made_on=policy.on,
        valid_until=_first_deadline(matches, last),
        track=row.track,
        track_reasons=person.entitlement.reasons,
        questions=to_ask(row.worker, row.facts, matches, shortfall) if row.track is not Track.REFUSE_UNDER16 else (),
        guidance=guidance,
        matches=matches,
        training=training,
        training_none=training_none,
        shortfall=shortfall,
        policy=policy_notes(row, policy) if row.track in TRAINED else (),
        priority=row.priority,
    )


def _bare(person: Person, workshop: Workshop, start: str) -> ServicePlan:
    """A plan without postings."""
    market = workshop.market
    if person.row.track is not Track.SCHOOL_RETURN:
        return _plan(person, market.policy)
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
    return _plan(person, market.policy, guidance=hold_session(case, start))


def _whole(person: Person, found: Found, workshop: Workshop, start: str) -> ServicePlan:
    """A plan with postings, as far as there are any."""
    row, market, matches = person.row, workshop.market, found.matches
    offer = found.offer if row.track in TRAINED else None
    training = _training(offer, matches, workshop.shelf)
    case = Situation(
        worker=row.worker,
        facts=_in_force(row, market.policy),
        policy=market.policy,
        lexicon=market.vocabulary.lexicon,
        track=row.track,
        matches=matches,
        occupations=tuple(market.vocabulary.occupations[kind] for kind in found.occupations),
        training=training,
        shortfall=found.shortfall,
        missing_paper=found.paper,
        kept_away=found.kept_away,
        local_pay=workshop.local_pay.get(found.occupations[0]) if found.occupations else None,
    )
    return _plan(
        person,
        market.policy,
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
