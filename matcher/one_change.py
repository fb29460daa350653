"""“Would fit if”: the single change that would make an excluded posting suitable.

In: a person, a live posting, and the limits the pair breaks. Out: the changes that open the posting, as phrases. Each
is proved: the change is put into the person's facts and every limit, and the score, is worked out anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from matcher.columns import PostingRow, WorkerRow
from matcher.columns.places import place_key
from matcher.domain.facts import Fact, LinkedTerm, Phrase, PhraseValue
from matcher.domain.localtime import clock
from matcher.domain.match import Exclusion
from matcher.domain.worker import Constraint, Experience, SkillHeld, Transport, WorkerFacts
from matcher.explain import exclusions_for
from matcher.filters import RELAXABLE
from matcher.planning import encode_people
from matcher.scoring import exact_scores, scorecard
from matcher.shortlist import Market

MEANS = (Transport.EBIKE, Transport.MOTORBIKE, Transport.CAR)
"""What one could get about with, the cheapest first; only the first that is enough is named."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that could be different about a person."""

    code: str
    args: dict[str, PhraseValue]
    facts: WorkerFacts


Proposal = Callable[[WorkerRow, PostingRow, Exclusion], Iterator[Change]]


def would_fit_if(person: WorkerRow, market: Market, exclusions: Sequence[Exclusion]) -> tuple[Phrase, ...]:
    """Every single change that opens the one posting of a market to a person; none where limits cannot be relaxed."""
    codes = [exclusion.code.removeprefix("EXCLUDED_") for exclusion in exclusions]
    if not set(codes) <= set(RELAXABLE):
        return ()
    (posting,) = market.postings.rows
    found: list[Phrase] = []
    for code, exclusion in zip(codes, exclusions, strict=True):
        for change in PROPOSALS[code](person, posting, exclusion):
            if opens(change.facts, person, market):
                found.append(Phrase(change.code, change.args))
                break
    return tuple(found)


def opens(facts: WorkerFacts, person: WorkerRow, market: Market) -> bool:
    """Whether the one posting of a market would be suggested to a person of whom these facts were true."""
    workers = encode_people([replace(person, facts=facts)], {place_key(person.worker.home): 0}, market)
    pairs = market.pairs(workers, np.zeros(1, dtype=np.intp), np.zeros(1, dtype=np.intp))
    if exclusions_for(pairs, 0):
        return False
    score = exact_scores(pairs, scorecard(market.policy)).score[0]
    return bool(score >= market.policy.number("plan.minimum_score"))


def _paper(person: WorkerRow, posting: PostingRow, exclusion: Exclusion) -> Iterator[Change]:
    """The one paper that is lacking; two papers are two changes."""
    papers = str(exclusion.args.get("certificate", "")).split()
    if len(papers) == 1:
        kept = tuple(held for held in person.facts.skills if held.skill != papers[0])
        facts = replace(person.facts, skills=(*kept, SkillHeld(skill=papers[0])))
        yield Change("FIT_IF_PAPER", {"certificate": papers[0]}, facts)


def _way(person: WorkerRow, posting: PostingRow, exclusion: Exclusion) -> Iterator[Change]:
    """A faster means, else living away from home."""
    yield from _faster(person, posting, exclusion)
    yield Change("FIT_IF_MOVE", {}, replace(person.facts, willing_to_move=Fact(True)))


def _faster(person: WorkerRow, posting: PostingRow, exclusion: Exclusion) -> Iterator[Change]:
    """A means that brings one home at night."""
    for means in MEANS:
        yield Change(f"FIT_IF_{means.name}", {}, replace(person.facts, transport=Fact(means)))


def _hours(person: WorkerRow, posting: PostingRow, exclusion: Exclusion) -> Iterator[Change]:
    """Being free from the start to the end of the work."""
    start, end = posting.facts.start_minute.value, posting.facts.end_minute.value
    held = next((item for item in person.facts.constraints if item.code == "HOURS" and len(item.values) == 2), None)
    if held is None:
        return
    first = held.values[0] if start is None else min(held.values[0], start)
    last = held.values[1] if end is None else max(held.values[1], end)
    args: dict[str, PhraseValue] = {"first": clock(first), "last": clock(last)}
    yield Change("FIT_IF_HOURS", args, _with(person.facts, "HOURS", replace(held, values=(first, last))))


def _season(person: WorkerRow, posting: PostingRow, exclusion: Exclusion) -> Iterator[Change]:
    """Being free in the months of the work."""
    season = posting.facts.season.value
    if season is not None:
        args: dict[str, PhraseValue] = {"first": season[0], "last": season[1]}
        yield Change("FIT_IF_SEASON", args, _with(person.facts, "SEASONAL", None))


def _with(facts: WorkerFacts, code: str, instead: Constraint | None) -> WorkerFacts:
    """Facts with another need, or none, in place of those of a code."""
    others = tuple(item for item in facts.constraints if item.code != code)
    return replace(facts, constraints=others if instead is None else (*others, instead))


def _not_refused(person: WorkerRow, posting: PostingRow, exclusion: Exclusion) -> Iterator[Change]:
    """No longer saying no to the work."""
    work = posting.facts.occupation
    refused = tuple(term for term in person.facts.refused if term.code != work)
    yield Change("FIT_IF_NOT_REFUSED", {"occupation": work}, replace(person.facts, refused=refused))


def _learnt(person: WorkerRow, posting: PostingRow, exclusion: Exclusion) -> Iterator[Change]:
    """Having learnt the work."""
    work = posting.facts.occupation
    if work:
        experience = (*person.facts.experience, Experience(occupation=work))
        yield Change("FIT_IF_LEARNT", {"occupation": work}, replace(person.facts, experience=experience))


def _wished(person: WorkerRow, posting: PostingRow, exclusion: Exclusion) -> Iterator[Change]:
    """Wishing for the work too."""
    work = posting.facts.occupation
    if work:
        wished = (*person.facts.wished, LinkedTerm(work))
        yield Change("FIT_IF_WISHED", {"occupation": work}, replace(person.facts, wished=wished))


PROPOSALS: dict[str, Proposal] = {
    "CERTIFICATE": _paper,
    "REACH": _way,
    "BED": _faster,
    "HOURS": _hours,
    "SEASON": _season,
    "REFUSED": _not_refused,
    "ABILITY": _learnt,
    "UNRELATED": _wished,
}
"""What could be different, by the limit it would lift: one for everything that can be relaxed."""
