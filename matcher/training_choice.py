"""The one class that opens most within reach, or the reason why none is recommended.

In: classes, people as columns, their candidates and near misses. Out: a class position or a reason a person.
A class is worth what it adds to the best three: its skills and papers are put into the profile and the pairs they
touch are scored again. Seats are hard.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np
import numpy.typing as npt

from matcher.class_fit import may_renew, of_ones_trade, wish_bonus
from matcher.columns import PostingColumns, Vocabulary, WorkerColumns, WorkerRow
from matcher.columns.arrays import Bools, Floats
from matcher.columns.places import build_places
from matcher.columns.traits import limit_codes
from matcher.domain.facts import Phrase
from matcher.domain.training import TrainingClass, TrainingFacts, TrainingMode
from matcher.policy import PolicyAt
from matcher.scoring import exact_scores, scorecard
from matcher.shortlist import LEARNABLE, Candidates, Market, named, surviving

TRAVEL_DAILY = frozenset({TrainingMode.FULL_TIME, TrainingMode.HALF_DAY, TrainingMode.EVENING, None})


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A stored class ready for planning."""

    key: int
    training: TrainingClass
    facts: TrainingFacts
    seats_left: int | None = None


@dataclass(frozen=True, slots=True)
class Offer:
    """A class chosen for a person, or why there is none; `gain` is in scores, mean of the best three."""

    row: ClassRow | None
    gain: float = 0.0
    unlocked: int = 0
    certifies: bool = False
    wished: bool = False
    touched: tuple[int, ...] = ()
    """Keys of suitable postings that the class has to do with."""
    none_code: str = ""


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


def admitted(row: ClassRow, workers: WorkerColumns, market: Market) -> Bools:
    """Whether each person may and can attend: place, age, schooling, health, language, not learnt already."""
    facts, policy = row.facts, market.policy
    fine = _reachable(row, workers, market)
    if facts.age is not None:
        low, high = facts.age.low or 0, facts.age.high or 999
        fine &= np.isnan(workers.age) | ((workers.age >= low) & (workers.age <= high))
    if facts.education.value is not None:
        fine &= (workers.education < 0) | (workers.education >= int(facts.education.value))
    if facts.languages and "mn" not in facts.languages:
        fine &= workers.mandarin != 0
    fine &= np.isnan(workers.age) | (workers.age >= policy.number("entitlement.age_min"))
    fine &= may_renew(row, workers, market.vocabulary)
    fine &= of_ones_trade(row, workers, market.vocabulary, policy)
    return fine & ~_shut_out(row, workers, market) & ~_learnt(row, workers, market.vocabulary)


def _reachable(row: ClassRow, workers: WorkerColumns, market: Market) -> Bools:
    """Daily return to the class, a bed there for those who may stay away, or no travel at all."""
    training, policy = row.training, market.policy
    if training.mode is TrainingMode.ONLINE:
        return np.ones(len(workers), dtype=np.bool_)
    table = build_places(market.places.homes, [training.place], policy)
    km = table.km[workers.home, 0] * np.float32(policy.number("commute.detour"))
    same = table.same_county[workers.home, 0]
    if training.mode is TrainingMode.IN_VILLAGE:
        return np.asarray(table.same_township[workers.home, 0] | (same & (len(training.place.code) <= 6)))
    minutes = km * workers.minutes_per_km + workers.wait
    daily = (minutes <= policy.number("commute.daily_minutes")) | same
    residential = (km <= policy.number("training.residential_km")) | _one_prefecture(row, workers, market)
    away = np.full(len(workers), _is_short(row, policy)) | (workers.moves != 0)
    stays = bool(row.facts.lodging.value) & ~workers.day_return & away & residential
    return np.asarray(daily | stays)


def _is_short(row: ClassRow, policy: PolicyAt) -> bool:
    """Whether a class is over so soon that also people who would not go away for work can stay for it."""
    start, end = row.training.starts_on, row.training.ends_on
    return start is not None and end is not None and (end - start).days <= policy.whole("training.short_days")


def _one_prefecture(row: ClassRow, workers: WorkerColumns, market: Market) -> Bools:
    """Whether a home lies in the prefecture of the class."""
    prefecture = row.training.place.code[:4]
    inside = [bool(prefecture) and home.code[:4] == prefecture for home in market.places.homes]
    return np.array(inside, dtype=np.bool_)[workers.home]


def _shut_out(row: ClassRow, workers: WorkerColumns, market: Market) -> Bools:
    """People whose limits the class, or the work it leads to, goes against."""
    codes, lexicon = {*row.facts.excludes}, market.vocabulary.lexicon
    hazards = {name for term in row.facts.occupations for name in _hazards(term.code, market.vocabulary)}
    loads = [lexicon.occupations[term.code].load for term in row.facts.occupations if term.code in lexicon.occupations]
    for code, entry in lexicon.constraints.items():
        heavy = entry.max_load is not None and loads and min(loads) > entry.max_load
        if entry.family in {"health", "law"} and (entry.excludes_hazards & (hazards - {"live_in"}) or heavy):
            codes.add(code)
    families = {market.vocabulary.lexicon.occupations[one].family for one in _trades(row, market.vocabulary)}
    if families & set(market.policy.texts("limits.record_families")):
        codes.add("NO_SECURITY")
    places = limit_codes(market.vocabulary)
    shut = (workers.bits & np.uint64(sum(1 << places.index(code) for code in codes if code in places))) != 0
    refused = [
        market.vocabulary.occupation_at[term.code] for term in row.facts.occupations if term.code in lexicon.occupations
    ]
    if refused:
        shut |= workers.refuses[:, refused].all(axis=1)
    light = market.policy.whole("limits.weak_load")
    return np.asarray(shut | (workers.weak & bool(loads and min(loads) > light)))


def _trades(row: ClassRow, vocabulary: Vocabulary) -> list[str]:
    """Occupations a class leads to."""
    return [term.code for term in row.facts.occupations if term.code in vocabulary.lexicon.occupations]


def _hazards(code: str, vocabulary: Vocabulary) -> frozenset[str]:
    """Hazards of an occupation."""
    occupation = vocabulary.lexicon.occupations.get(code)
    return occupation.hazards if occupation else frozenset()


def _learnt(row: ClassRow, workers: WorkerColumns, vocabulary: Vocabulary) -> Bools:
    """People who had this class, hold its paper, or, for a beginner class, do the work already."""
    effect = effect_of(row, vocabulary)
    papers = [code for code in effect.skills if code in vocabulary.licence_at]
    targets = [vocabulary.occupation_at[code] for code in effect.occupations]
    learnt = np.zeros(len(workers), dtype=np.bool_)
    if papers and not row.facts.renewal:
        learnt |= workers.held[:, [vocabulary.skill_at[code] for code in papers]].all(axis=1)
    if targets and not row.facts.certification_only and not papers:
        learnt |= workers.experience[:, targets].max(axis=1) >= 0.85
    if targets and row.facts.certification_only:
        learnt |= workers.experience[:, targets].max(axis=1) < 0.5
    return np.asarray(learnt | workers.trained[:, targets].any(axis=1))


def with_effect(workers: WorkerColumns, effect: Effect, people: npt.NDArray[np.intp], market: Market) -> WorkerColumns:
    """The same people after the class: skills and papers held, the trained work no longer strange."""
    vocabulary = market.vocabulary
    held, licences, experience = workers.held.copy(), workers.licences.copy(), workers.experience.copy()
    columns = [vocabulary.skill_at[code] for code in effect.skills]
    targets = [vocabulary.occupation_at[code] for code in effect.occupations]
    held[people[:, None], np.array(columns, dtype=np.intp)] = 1
    licences[people] |= vocabulary.licence_words(effect.skills)
    trained = np.float32(market.policy.number("training.counts_as"))
    for target in targets:
        experience[people, target] = np.maximum(experience[people, target], trained)
    return replace(workers, held=held, licences=licences, experience=experience)


@dataclass(slots=True, eq=False)
class Gains:
    """What every effect would add, (people, effects), and how many more postings become suitable."""

    gain: npt.NDArray[np.float64]
    unlocked: npt.NDArray[np.int32]


def measure_gains(
    workers: WorkerColumns, found: Candidates, effects: Sequence[Effect], open_to: Sequence[Bools], market: Market
) -> Gains:
    """Score again, for each effect, the pairs it touches of the people it is open to."""
    size = len(workers)
    known = np.where(np.isneginf(found.score), 0.0, found.score)
    before = -np.sort(-known, axis=1)[:, :3]
    gains = Gains(np.zeros((size, len(effects))), np.zeros((size, len(effects)), dtype=np.int32))
    for number, (effect, may) in enumerate(zip(effects, open_to, strict=True)):
        people = np.flatnonzero(may)
        if people.size:
            _measure_one(workers, found, effect, people, market, before, gains, number)
    return gains


def _touched(effect: Effect, posting: npt.NDArray[np.int32], market: Market) -> Bools:
    """Places of a candidate table whose posting the effect says anything about."""
    relevant = concerned(effect, market.postings, market.vocabulary)
    return np.asarray((posting >= 0) & relevant[posting])


def concerned(effect: Effect, postings: PostingColumns, vocabulary: Vocabulary) -> Bools:
    """Postings whose work, skills or papers an effect has to do with, shape (postings,)."""
    columns = [vocabulary.skill_at[code] for code in effect.skills]
    targets = [vocabulary.occupation_at[code] for code in effect.occupations]
    words = vocabulary.licence_words(effect.skills)
    relevant = np.isin(postings.occupation, targets)
    relevant |= (postings.profiles[:, columns].sum(axis=1) > 0)[postings.profile]
    relevant |= ((postings.required | postings.preferred) & words).any(axis=1)
    return np.asarray(relevant, dtype=np.bool_)


def taught_postings(
    rows: Iterable[ClassRow], postings: PostingColumns, vocabulary: Vocabulary, policy: PolicyAt
) -> Bools:
    """Postings that some class which can still be joined has to do with, shape (postings,)."""
    taught: Bools = np.zeros(len(postings), dtype=np.bool_)
    for effect in {effect_of(row, vocabulary) for row in open_classes(rows, policy)}:
        taught |= concerned(effect, postings, vocabulary)
    return taught


def _measure_one(
    workers: WorkerColumns,
    found: Candidates,
    effect: Effect,
    people: npt.NDArray[np.intp],
    market: Market,
    before: npt.NDArray[np.float64],
    gains: Gains,
    number: int,
) -> None:
    """Gain and unlocked postings of one effect for the people it is open to."""
    after = with_effect(workers, effect, people, market)
    score = np.where(np.isneginf(found.score[people]), 0.0, found.score[people])
    near = np.zeros(found.near[people].shape)
    least = market.policy.number("plan.minimum_score")
    learnt = named(LEARNABLE)
    for table, target, closed in ((found.posting, score, False), (found.near, near, True)):
        row, place = np.nonzero(_touched(effect, table[people], market))
        pairs = market.pairs(after, people[row], table[people][row, place].astype(np.intp))
        value = exact_scores(pairs, scorecard(market.policy)).score
        value = np.where(surviving(pairs, learnt), value, 0.0) if closed else value
        target[row, place] = np.where(value >= least, value, 0.0)
    both = -np.sort(-np.concatenate([score, near], axis=1), axis=1)[:, :3]
    gains.gain[people, number] = np.maximum((both.sum(axis=1) - before[people].sum(axis=1)) / 3, 0.0)
    gains.unlocked[people, number] = (near > 0).sum(axis=1)


def choose_classes(
    rows: Iterable[ClassRow], workers: WorkerColumns, found: Candidates, market: Market, *, owed: Bools
) -> list[Offer]:
    """One offer a person, in the order of the columns; seats go to those who are `owed` one, fewest options first."""
    classes, size = open_classes(rows, market.policy), len(workers)
    if not classes:
        return [Offer(None, none_code="TRAINING_NONE_OPEN")] * size
    effects = sorted(
        {effect_of(row, market.vocabulary) for row in classes},
        key=lambda item: (item.occupations, item.skills, item.business),
    )
    number = {effect: position for position, effect in enumerate(effects)}
    refused = np.fromiter((bool(row.facts.training_refused.value) for row in workers.rows), np.bool_, size)
    may = [admitted(row, workers, market) & owed & ~refused for row in classes]
    kind = [number[effect_of(row, market.vocabulary)] for row in classes]
    any_open = [np.logical_or.reduce([may[at] for at, k in enumerate(kind) if k == one]) for one in range(len(effects))]
    gains = measure_gains(workers, found, effects, any_open, market)
    bonus, wished = wish_bonus(effects, workers, market.vocabulary, market.policy)
    worth = gains.gain + bonus
    table = np.stack([np.where(open_to, worth[:, one], -1.0) for open_to, one in zip(may, kind, strict=True)], axis=1)
    return _hand_out(classes, kind, table, gains, wished, workers, market, found, effects)


def _hand_out(
    classes: Sequence[ClassRow],
    kind: Sequence[int],
    worth: npt.NDArray[np.float64],
    gains: Gains,
    wished: Bools,
    workers: WorkerColumns,
    market: Market,
    found: Candidates,
    effects: Sequence[Effect],
) -> list[Offer]:
    """Everybody's best class that still has a seat; who has fewest choices chooses first."""
    least = market.policy.number("training.minimum_gain")
    seats = [row.seats_left if row.seats_left is not None else row.training.seats for row in classes]
    left = np.array([10**6 if count is None else count for count in seats], dtype=np.int64)
    useful = worth >= least
    options = useful.sum(axis=1)
    priority = np.array([row.priority for row in workers.rows])
    relevant = [concerned(effect, market.postings, market.vocabulary) for effect in effects]
    offers = [Offer(None, none_code=_none_code(worth[at], row)) for at, row in enumerate(workers.rows)]
    for person in np.lexsort((workers.mark, priority, options)):
        order = np.argsort(-worth[person], kind="stable")
        for at in order[: int(options[person])]:
            if left[at] > 0:
                left[at] -= 1
                one, row = kind[at], classes[at]
                offers[person] = Offer(
                    row,
                    float(gains.gain[person, one]),
                    int(gains.unlocked[person, one]),
                    row.facts.certification_only,
                    bool(wished[person, one]),
                    _touched_keys(found.posting[person], relevant[one], market),
                )
                break
        else:
            if options[person]:
                offers[person] = Offer(None, none_code="TRAINING_NONE_SEATS")
    return offers


def _touched_keys(posting: npt.NDArray[np.int32], relevant: Bools, market: Market) -> tuple[int, ...]:
    """Keys of a person's suitable postings that a class has to do with."""
    places = posting[(posting >= 0) & relevant[posting]]
    return tuple(int(key) for key in market.postings.key[places])


def _none_code(worth: Floats | npt.NDArray[np.float64], row: WorkerRow) -> str:
    """Why nothing is recommended: not wanted, nothing may be attended, or nothing would help."""
    if row.facts.training_refused.value:
        return "TRAINING_NONE_REFUSED"
    return "TRAINING_NONE_REACH" if (worth < 0).all() else "TRAINING_NONE_GAIN"


def offer_phrases(offer: Offer, printed: Collection[int]) -> tuple[Phrase, ...]:
    """Why this class, as data; `printed` are the keys of the postings of the plan."""
    found = []
    if offer.wished:
        found.append(Phrase("TRAINING_WISHED", {}))
    if offer.certifies:
        found.append(Phrase("TRAINING_CERTIFIES", {}))
    if offer.unlocked:
        found.append(Phrase("TRAINING_UNLOCKS", {"count": offer.unlocked}))
    if offer.gain > 0 and not offer.unlocked:
        helps = len(set(offer.touched) & set(printed))
        if helps:
            found.append(Phrase("TRAINING_STRENGTHENS", {"count": helps}))
        elif offer.touched:
            found.append(Phrase("TRAINING_OTHERS", {"count": len(offer.touched)}))
    return tuple(found)
