"""What a class adds: skills, papers and a trade, and what they are worth to each person.

In: classes, people as columns, their candidates and near misses. Out: gains a person and effect. The skills and papers
are put into the profile and only the pairs they touch are scored again, by what the effect can change of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np
import numpy.typing as npt

from matcher.aspects import ASPECTS, BY_FEATURE
from matcher.columns import Pairs, PostingColumns, Vocabulary, WorkerColumns
from matcher.columns.arrays import Bools, Index, Kind, Rows, place_in_run, runs, some_of
from matcher.domain.match import Part
from matcher.domain.training import TrainingClass, TrainingFacts
from matcher.filters import named, surviving
from matcher.policy import PolicyAt
from matcher.scoring import Scorecard, capped, effect_on, scorecard
from matcher.shortlist import Candidates, Market

Exact = npt.NDArray[np.float64]
LEARNT = tuple(aspect for aspect in ASPECTS if aspect.learnable)
"""The aspects a class can change."""
CHANGED = tuple(BY_FEATURE[name] for aspect in LEARNT for name in aspect.features)
LEARNABLE = named([code for aspect in LEARNT for code in aspect.learnable])
SUMMED = 3
"""A class is worth what it adds to the best so many."""


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A stored class ready for planning."""

    key: int
    training: TrainingClass
    facts: TrainingFacts
    seats_left: int | None = None


@dataclass(frozen=True, slots=True)
class Effect:
    """What a class adds to a profile; classes with the same effect are scored once."""

    skills: tuple[str, ...]
    occupations: tuple[str, ...]
    business: bool = False


def effect_of(row: ClassRow, vocabulary: Vocabulary) -> Effect:
    """Skills, papers and occupations one leaves a class with."""
    skills = vocabulary.with_implied(term.code for term in row.facts.skills if term.code in vocabulary.skill_at)
    occupations = {term.code for term in row.facts.occupations if term.code in vocabulary.occupation_at}
    return Effect(tuple(sorted(skills)), tuple(sorted(occupations)), row.facts.business)


def open_classes(rows: Iterable[ClassRow], policy: PolicyAt) -> list[ClassRow]:
    """Classes that start within the horizon, can still be joined and have seats, in a stable order."""
    last = policy.on + timedelta(days=policy.whole("training.horizon_days"))
    found = []
    for row in rows:
        starts, until = row.training.starts_on, row.training.enrol_until
        seats = row.seats_left if row.seats_left is not None else row.training.seats
        in_time = starts is not None and policy.on <= starts <= last
        if in_time and (until is None or until >= policy.on) and (seats is None or seats > 0):
            found.append(row)
    return sorted(found, key=lambda row: (row.training.starts_on or policy.on, row.training.ref, row.training.sender))


def concerned(effect: Effect, postings: PostingColumns, vocabulary: Vocabulary) -> Bools:
    """Postings whose work, skills or papers an effect has to do with, shape (postings,)."""
    columns = [vocabulary.skill_at[code] for code in effect.skills]
    targets = [vocabulary.occupation_at[code] for code in effect.occupations]
    words = vocabulary.licence_words(effect.skills)
    relevant = np.isin(postings.occupation, targets)
    relevant |= (postings.profiles[:, columns].sum(axis=1) > 0)[postings.profile]
    relevant |= ((postings.required | postings.preferred | postings.either) & words).any(axis=1)
    return np.asarray(relevant, dtype=np.bool_)


def taught_by(
    rows: Iterable[ClassRow], postings: PostingColumns, vocabulary: Vocabulary, policy: PolicyAt
) -> tuple[Bools, Bools]:
    """Postings that some class which can still be joined has to do with, and the occupations such classes lead to."""
    taught: Bools = np.zeros(len(postings), dtype=np.bool_)
    trades: Bools = np.zeros(len(vocabulary.occupations), dtype=np.bool_)
    for effect in {effect_of(row, vocabulary) for row in open_classes(rows, policy)}:
        taught |= concerned(effect, postings, vocabulary)
        trades[[vocabulary.occupation_at[code] for code in effect.occupations]] = True
    return taught, trades


def with_effect(workers: WorkerColumns, effect: Effect, people: Index, market: Market) -> WorkerColumns:
    """The same people after the class: skills and papers held, the trained work no longer strange."""
    vocabulary = market.vocabulary
    columns = [vocabulary.skill_at[code] for code in effect.skills]
    targets = [vocabulary.occupation_at[code] for code in effect.occupations]
    held, new = _copied(workers.held, people)
    new[:, columns] = 1
    experience, done = _copied(workers.experience, people)
    done[:, targets] = np.maximum(done[:, targets], np.float32(market.policy.number("training.counts_as")))
    licences = workers.licences.copy()
    licences[people] |= vocabulary.licence_words(effect.skills)
    return replace(workers, held=held, licences=licences, experience=experience)


def _copied(rows: Rows[Kind], people: Index) -> tuple[Rows[Kind], npt.NDArray[Kind]]:
    """The rows with the kinds of some people copied for them alone, and the copies, to be written into."""
    kinds, position = np.unique(rows.kind[people], return_inverse=True)
    table = np.concatenate([rows.table, rows.table[kinds]])
    kind = rows.kind.copy()
    kind[people] = len(rows.table) + position
    return Rows(table, kind), table[len(rows.table) :]


@dataclass(slots=True, eq=False)
class Gains:
    """What every effect would add, (people, effects), and how many more postings become suitable."""

    gain: Exact
    unlocked: npt.NDArray[np.int32]
    concerned: Sequence[Bools]
    """Of every effect that is open to anybody, the postings it has to do with, shape (postings,)."""


@dataclass(frozen=True, slots=True, eq=False)
class Touched:
    """Candidates as a list of pairs: whose, which posting, fit and wish now, and whether suitable now."""

    person: Index
    posting: Index
    fit: Exact
    score: Exact
    ready: Bools


def measure_gains(
    workers: WorkerColumns, found: Candidates, effects: Sequence[Effect], open_to: Bools, market: Market
) -> Gains:
    """Score again, for each effect, the pairs it touches of the people it is open to, `open_to` (effects, people)."""
    size = (len(workers), len(effects))
    nothing: Bools = np.zeros(len(market.postings), dtype=np.bool_)
    about = [
        concerned(effect, market.postings, market.vocabulary) if may.any() else nothing
        for effect, may in zip(effects, open_to, strict=True)
    ]
    gains = Gains(np.zeros(size), np.zeros(size, dtype=np.int32), about)
    every = _listed(found, np.asarray(open_to.any(axis=0)), np.asarray(np.stack(about).any(axis=0)))
    best, card = _best_now(found), scorecard(market.policy)
    by_posting = np.argsort(every.posting, kind="stable")
    edge = np.searchsorted(every.posting[by_posting], np.arange(len(market.postings) + 1))
    for number, (effect, may) in enumerate(zip(effects, open_to, strict=True)):
        postings = np.flatnonzero(about[number])
        mine = by_posting[runs(edge[postings], edge[postings + 1] - edge[postings])]
        touched = some_of(every, mine[may[every.person[mine]]])
        if touched.person.size:
            _measure(workers, touched, effect, market, card, best, gains, number)
    return gains


def _listed(found: Candidates, people: Bools, postings: Bools) -> Touched:
    """Candidates and near misses of some people, as far as they are some postings, as one list."""
    parts = []
    for table, fit, score, ready in (
        (found.posting, found.fit, found.score, True),
        (found.near, found.near_fit, found.near_score, False),
    ):
        at = np.flatnonzero(np.append(postings, False)[table] & people[:, None])
        person, posting = at // table.shape[1], table.ravel()[at].astype(np.intp)
        parts.append((person, posting, fit.ravel()[at], score.ravel()[at], np.full(len(at), ready)))
    return Touched(*(np.concatenate(columns) for columns in zip(*parts, strict=True)))


def _best_now(found: Candidates) -> tuple[npt.NDArray[np.int32], Exact]:
    """Everybody's best candidates, (people, SUMMED): postings, -1 where there are fewer, and scores."""
    first = np.argsort(-found.score, axis=1, kind="stable")[:, :SUMMED]
    posting = np.take_along_axis(found.posting, first, axis=1)
    score = np.take_along_axis(found.score, first, axis=1)
    return posting, np.where(posting >= 0, score, 0.0)


def _measure(
    workers: WorkerColumns,
    touched: Touched,
    effect: Effect,
    market: Market,
    card: Scorecard,
    best: tuple[npt.NDArray[np.int32], Exact],
    gains: Gains,
    number: int,
) -> None:
    """Gain and unlocked postings of one effect. A class lowers no pair, so the best three after it are among those
    it touches and the best three of before."""
    people, position = np.unique(touched.person, return_inverse=True)
    value = _scores_after(workers, with_effect(workers, effect, people, market), touched, market, card)
    value[value < market.policy.number("plan.minimum_score")] = 0.0
    opened = ~touched.ready & (value > 0)
    gains.unlocked[people, number] = np.bincount(position[opened], minlength=len(people))
    posting, score = best[0][people], best[1][people]
    kept = (posting >= 0) & ~gains.concerned[number][posting]
    row, place = np.nonzero(kept)
    after = _sum_of_best(np.concatenate([position, row]), np.concatenate([value, score[row, place]]), len(people))
    gains.gain[people, number] = np.maximum(after - score.sum(axis=1), 0.0) / SUMMED


def _scores_after(
    workers: WorkerColumns, after: WorkerColumns, touched: Touched, market: Market, card: Scorecard
) -> Exact:
    """Scores after the class, nought where a limit is still broken; only what a class can change is worked out."""
    before, then = (market.pairs(who, touched.person, touched.posting) for who in (workers, after))
    gained = {part: _effects(then, part, card) - _effects(before, part, card) for part in Part}
    wish = np.divide(touched.score, touched.fit, out=np.zeros_like(touched.score), where=touched.fit > 0)
    fit = capped(touched.fit + gained[Part.FIT], market.postings.retention[touched.posting])
    value: Exact = fit * (wish + gained[Part.WISH])
    closed = np.flatnonzero(~touched.ready)
    shut = ~surviving(market.pairs(after, touched.person[closed], touched.posting[closed]), LEARNABLE)
    value[closed[shut]] = 0.0
    return value


def _effects(pairs: Pairs, part: Part, card: Scorecard) -> Exact:
    """What the features a class can change add to a part."""
    total = np.zeros(pairs.wi.shape)
    for feature in CHANGED:
        if feature.part is part:
            total += effect_on(feature, pairs, card)[1]
    return total


def _sum_of_best(row: Index, value: Exact, rows: int) -> Exact:
    """Sum of the highest SUMMED values of every row."""
    order = np.lexsort((-value, row))
    row, value = row[order], value[order]
    among = place_in_run(row) < SUMMED
    return np.bincount(row[among], weights=value[among], minlength=rows).astype(np.float64)
