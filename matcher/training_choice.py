"""The one class that opens most within reach, or the reason why none is recommended.

In: classes, people as columns, their candidates and near misses. Out: a class position or a reason a person.
A class is worth what it adds to the best three. Seats are hard.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

from matcher.class_fit import Ambitions, ambitions, may_renew, of_ones_trade, wish_bonus
from matcher.class_gains import ClassRow, Gains, effect_of, measure_gains, open_classes
from matcher.columns import Vocabulary, WorkerColumns, WorkerRow
from matcher.columns.arrays import Bools, Rows
from matcher.columns.places import PlaceTable, build_places
from matcher.columns.traits import limit_codes
from matcher.domain.facts import Phrase
from matcher.domain.training import TrainingMode
from matcher.policy import PolicyAt
from matcher.reading.wordlists import words
from matcher.shortlist import Candidates, Market

HOUSEBOUND, EVENING_AT_HOME = frozenset({"AT_HOME"}), frozenset({"AT_HOME", "NO_NIGHT", "LACTATION"})
"""Limits of people who attend no class outside, and none in the evening."""


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


_LEADS_AWAY = re.compile(words("class.leads_away"))
"""A class for work in Beijing is for those who would go: “赴京家政一周班”."""


def admitted(
    row: ClassRow, people: Ambitions, workers: WorkerColumns, market: Market, table: PlaceTable, site: int
) -> Bools:
    """Whether each person may and can attend: place, trade, age, schooling, health, language, not learnt already.

    `table` has the ways to the sites of classes, this one's at `site`. What keeps most people out comes first.
    """
    facts, policy = row.facts, market.policy
    fine = _reachable(row, workers, market, table, site)
    if fine.any():
        fine &= of_ones_trade(row, people, workers, market.vocabulary, policy)
    if not fine.any():
        return fine
    if facts.age is not None:
        low, high = facts.age.low or 0, facts.age.high or 999
        fine &= np.isnan(workers.age) | ((workers.age >= low) & (workers.age <= high))
    if facts.education.value is not None:
        fine &= (workers.education < 0) | (workers.education >= int(facts.education.value))
    if facts.languages and "mn" not in facts.languages:
        fine &= workers.mandarin != 0
    fine &= np.isnan(workers.age) | (workers.age >= policy.number("entitlement.age_min"))
    fine &= may_renew(row, people, market.vocabulary)
    if _LEADS_AWAY.search(row.training.title):
        fine &= (workers.moves != 0) & ~workers.day_return
    fine &= ~_busy(row, workers, market)
    return fine & ~_shut_out(row, workers, market) & ~_learnt(row, workers, market.vocabulary)


def _busy(row: ClassRow, workers: WorkerColumns, market: Market) -> Bools:
    """Who cannot leave home, or has only a few hours, in classes of the day; who has to be home, in evening classes."""
    codes, policy = limit_codes(market.vocabulary), market.policy
    mode = row.training.mode
    if mode is TrainingMode.ONLINE:
        return np.zeros(len(workers), dtype=np.bool_)
    if mode is TrainingMode.EVENING:
        return _with_any(workers, codes, EVENING_AT_HOME)
    housebound = _with_any(workers, codes, HOUSEBOUND)
    if mode is not TrainingMode.FULL_TIME:
        return housebound
    short = workers.end - workers.start <= np.float32(60 * policy.number("training.least_free_hours"))
    return np.asarray(housebound | short | _with_any(workers, codes, ("PART_TIME",)))


def _with_any(workers: WorkerColumns, codes: tuple[str, ...], wanted: Collection[str]) -> Bools:
    """Who has one of some limits."""
    bits = np.uint64(sum(1 << codes.index(code) for code in wanted if code in codes))
    return np.asarray((workers.bits & bits) != 0)


def _reachable(row: ClassRow, workers: WorkerColumns, market: Market, table: PlaceTable, site: int) -> Bools:
    """Daily return to the class, a bed there for those who may stay away, or no travel at all."""
    training, policy = row.training, market.policy
    if training.mode is TrainingMode.ONLINE:
        return np.ones(len(workers), dtype=np.bool_)
    km = table.km[workers.home, site] * np.float32(policy.number("commute.detour"))
    same = table.same_county[workers.home, site]
    if training.mode is TrainingMode.IN_VILLAGE:
        return np.asarray(table.same_township[workers.home, site] | (same & (len(training.place.code) <= 6)))
    minutes = km * workers.minutes_per_km + workers.wait
    daily = (minutes <= policy.number("commute.daily_minutes")) | same
    if not row.facts.lodging.value:
        return np.asarray(daily)
    residential = (km <= policy.number("training.residential_km")) | _one_prefecture(row, workers, market)
    away = np.full(len(workers), _is_short(row, policy)) | (workers.moves != 0)
    return np.asarray(daily | (~workers.day_return & away & residential))


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
    vocabulary, known = market.vocabulary, market.vocabulary.lexicon.occupations
    trades = tuple(term.code for term in row.facts.occupations if term.code in known)
    guarded = market.policy.texts("limits.record_families")
    shut = (workers.bits & _shutting_limits(tuple(row.facts.excludes), trades, guarded, vocabulary)) != 0
    if trades:
        refused = [vocabulary.occupation_at[code] for code in trades]
        shut |= _per_person(workers.refuses, workers.refuses.table[:, refused].all(axis=1))
        if min(known[code].load for code in trades) > market.policy.whole("limits.weak_load"):
            shut |= workers.weak
    return np.asarray(shut)


@lru_cache(maxsize=1024)
def _shutting_limits(
    excludes: tuple[str, ...], trades: tuple[str, ...], guarded: tuple[str, ...], vocabulary: Vocabulary
) -> np.uint64:
    """Bits of the limits that a class, or the trades it leads to, goes against; `guarded` are families of trades that
    are shut to people with a record."""
    codes, lexicon = {*excludes}, vocabulary.lexicon
    each = [lexicon.occupations[code].hazards for code in trades]
    hazards = frozenset.intersection(*each) if each else frozenset[str]()
    lightest = min((lexicon.occupations[code].load for code in trades), default=0)
    for code, entry in lexicon.constraints.items():
        heavy = entry.max_load is not None and lightest > entry.max_load
        if entry.family in {"health", "law"} and (entry.excludes_hazards & (hazards - {"live_in"}) or heavy):
            codes.add(code)
    if {lexicon.occupations[code].family for code in trades} & {*guarded}:
        codes.add("NO_SECURITY")
    places = limit_codes(vocabulary)
    return np.uint64(sum(1 << places.index(code) for code in codes if code in places))


def _per_person(rows: Rows[Any], of_kind: Bools | np.bool_) -> Bools:
    """What holds for the kinds of rows, person by person."""
    return np.asarray(of_kind)[rows.kind]


def _learnt(row: ClassRow, workers: WorkerColumns, vocabulary: Vocabulary) -> Bools:
    """People who had this class, hold its paper, or, for a beginner class, do the work already."""
    effect = effect_of(row, vocabulary)
    papers = [code for code in effect.skills if code in vocabulary.licence_at]
    targets = [vocabulary.occupation_at[code] for code in effect.occupations]
    learnt = np.zeros(len(workers), dtype=np.bool_)
    if papers and not row.facts.renewal:
        learnt |= _per_person(
            workers.held, workers.held.table[:, [vocabulary.skill_at[code] for code in papers]].all(axis=1)
        )
    if targets:
        done = workers.experience.table[:, targets].max(axis=1)[workers.experience.kind]
        if row.facts.certification_only:
            learnt |= done < 0.5
        elif not papers:
            learnt |= done >= 0.85
    return np.asarray(learnt | _per_person(workers.trained, workers.trained.table[:, targets].any(axis=1)))


def choose_classes(
    rows: Iterable[ClassRow], workers: WorkerColumns, found: Candidates, market: Market, *, owed: Bools
) -> list[Offer]:
    """One offer a person, in the order of the columns; seats go to those who are `owed` one, fewest options first."""
    classes, size = open_classes(rows, market.policy), len(workers)
    if not classes:
        return [Offer(None, none_code="TRAINING_NONE_OPEN")] * size
    left_with = [effect_of(row, market.vocabulary) for row in classes]
    effects = sorted({*left_with}, key=lambda item: (item.occupations, item.skills, item.business))
    number = {effect: position for position, effect in enumerate(effects)}
    kind = [number[effect] for effect in left_with]
    refused = np.fromiter((bool(row.facts.training_refused.value) for row in workers.rows), np.bool_, size)
    people = ambitions(workers)
    table = build_places(market.places.homes, [row.training.place for row in classes], market.policy)
    wanting = owed & ~refused
    may = [admitted(row, people, workers, market, table, site) & wanting for site, row in enumerate(classes)]
    any_open = np.zeros((len(effects), size), dtype=np.bool_)
    for at, one in enumerate(kind):
        any_open[one] |= may[at]
    gains = measure_gains(workers, found, effects, any_open, market)
    bonus, wished = wish_bonus(effects, np.asarray(any_open.any(axis=1)), people, market.vocabulary, market.policy)
    worth = gains.gain + bonus
    return _hand_out(classes, kind, np.stack(may, axis=1), worth, gains, wished, workers, market, found)


def _hand_out(
    classes: Sequence[ClassRow],
    kind: Sequence[int],
    may: Bools,
    worth: npt.NDArray[np.float64],
    gains: Gains,
    wished: Bools,
    workers: WorkerColumns,
    market: Market,
    found: Candidates,
) -> list[Offer]:
    """Everybody's best class that still has a seat; who has fewest choices chooses first."""
    seats = [row.seats_left if row.seats_left is not None else row.training.seats for row in classes]
    left = np.array([10**6 if count is None else count for count in seats], dtype=np.int64)
    useful = may & (worth >= market.policy.number("training.minimum_gain"))[:, kind]
    options = useful.sum(axis=1)
    priority = np.array([row.priority for row in workers.rows])
    reach = np.flatnonzero(may.any(axis=1))
    anywhere = set(reach.tolist())
    offers = [Offer(None, none_code=_none_code(at in anywhere, row)) for at, row in enumerate(workers.rows)]
    kinds = np.array(kind, dtype=np.intp)
    for person in np.lexsort((workers.mark, priority, options)):
        if not options[person]:
            continue
        mine = np.flatnonzero(useful[person])
        mine = mine[left[mine] > 0]
        if not mine.size:
            offers[person] = Offer(None, none_code="TRAINING_NONE_SEATS")
            continue
        at = mine[np.argmax(worth[person, kinds[mine]])]
        left[at] -= 1
        one, row = kind[at], classes[at]
        offers[person] = Offer(
            row,
            float(gains.gain[person, one]),
            int(gains.unlocked[person, one]),
            row.facts.certification_only,
            bool(wished[person, one]),
            _touched_keys(found.posting[person], gains.concerned[one], market),
        )
    return offers


def _touched_keys(posting: npt.NDArray[np.int32], relevant: Bools, market: Market) -> tuple[int, ...]:
    """Keys of a person's suitable postings that a class has to do with."""
    places = posting[(posting >= 0) & relevant[posting]]
    return tuple(int(key) for key in market.postings.key[places])


def _none_code(reach: bool, row: WorkerRow) -> str:
    """Why nothing is recommended: not wanted, nothing may be attended, or nothing would help."""
    if row.facts.training_refused.value:
        return "TRAINING_NONE_REFUSED"
    return "TRAINING_NONE_GAIN" if reach else "TRAINING_NONE_REACH"


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
