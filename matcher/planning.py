"""From people and a market to plans, without any input or output.

In: worker rows, posting rows, class rows, the policy of the day. Out: one ServicePlan a person, in no order that
depends on how the rows came in, and the figures of the run. `score_block` is the map, `settle` the reduce.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import chain

import numpy as np
import numpy.typing as npt

from matcher.allocation import Allocation, share_out
from matcher.by_hand import hold_given, insert_given
from matcher.cells import build_cells
from matcher.checkpoint import Checkpoint, Checkpoints, digest_of
from matcher.class_gains import ClassRow, taught_by
from matcher.columns import (
    PostingColumns,
    PostingRow,
    Vocabulary,
    WorkerColumns,
    WorkerRow,
    encode_postings,
    encode_workers,
)
from matcher.columns.arrays import column, joined
from matcher.columns.places import build_places, place_key
from matcher.columns.traits import limit_codes
from matcher.domain.division import Place
from matcher.domain.plan import Track
from matcher.known_employers import without_known_employers
from matcher.lists import lists_at
from matcher.live import closed_because
from matcher.parts import Engine, Held, bare_people, bare_places, bare_postings, split_people, workers_at
from matcher.policy import PolicyAt
from matcher.pricing import Demand, some_people
from matcher.shortlist import Candidates, Market, shortlist
from matcher.tracks import Entitlement, decide_track, service_priority
from matcher.training_choice import Offer, choose_classes

Progress = Callable[[float, str], None]
Standing = Mapping[int, int] | Callable[[Sequence[int]], Mapping[int, int]]
"""In how many plans of others postings stand: told of all, or asked for those of a market."""
HomeAt = dict[tuple[str, float | None, float | None], int]
"""The position of a home in the tables of distances."""

TRAINED = frozenset({Track.FULL, Track.PUBLIC_POST_EXIT, Track.ON_REQUEST})
"""Tracks that carry a class."""


@dataclass(frozen=True, slots=True)
class Person:
    """A person with what is owed; `row` carries track and priority."""

    row: WorkerRow
    entitlement: Entitlement


@dataclass(frozen=True, slots=True, eq=False)
class Settled:
    """Everything the plans are composed from, in the order of the columns."""

    workers: WorkerColumns
    market: Market
    found: Candidates
    allocation: Allocation
    chosen: npt.NDArray[np.int64]
    """Posting positions, (people, 3), -1 where there are fewer."""
    offers: Sequence[Offer]


def entitle(rows: Iterable[WorkerRow], policy: PolicyAt) -> list[Person]:
    """Track and order of service of everybody."""
    people = []
    for row in rows:
        entitlement = decide_track(row.worker, row.facts, policy)
        priority = service_priority(row.worker, row.facts, policy)
        people.append(Person(replace(row, track=entitlement.track, priority=priority), entitlement))
    return people


def build_market(
    people: Sequence[WorkerRow],
    rows: Iterable[PostingRow],
    vocabulary: Vocabulary,
    policy: PolicyAt,
    *,
    classes: Iterable[ClassRow] = (),
    every: bool = False,
) -> tuple[Market, HomeAt]:
    """The live postings (or `every` one) as columns with the distances to all homes, and each home's position."""
    live = [row for row in rows if every or closed_because(row, policy) is None]
    return market_of(people, encode_postings(live, vocabulary, policy), vocabulary, policy, classes=classes)


def market_of(
    people: Sequence[WorkerRow],
    postings: PostingColumns,
    vocabulary: Vocabulary,
    policy: PolicyAt,
    *,
    classes: Iterable[ClassRow] = (),
) -> tuple[Market, HomeAt]:
    """A market of postings that stand as columns already, and each home's position."""
    homes = _distinct(row.worker.home for row in people)
    workplaces = _distinct(row.posting.place for row in postings.rows)
    at = {place_key(place): position for position, place in enumerate(workplaces)}
    place = column((at[place_key(row.posting.place)] for row in postings.rows), np.int32, len(postings))
    postings = replace(postings, place=place)
    table = build_places(homes, workplaces, policy)
    taught, trades = taught_by(classes, postings, vocabulary, policy)
    cells = build_cells(postings, vocabulary, taught, trades)
    market = Market(postings, table, vocabulary, policy, taught, cells)
    return market, {place_key(place): position for position, place in enumerate(homes)}


def at_homes(people: Sequence[WorkerRow], market: Market) -> tuple[Market, HomeAt]:
    """The same market with the distances to the homes of other people, and each home's position."""
    homes = _distinct(row.worker.home for row in people)
    table = build_places(homes, market.places.workplaces, market.policy)
    return replace(market, places=table), {place_key(place): position for position, place in enumerate(homes)}


def _distinct(places: Iterable[Place]) -> list[Place]:
    """Different places in a stable order; never empty, so that tables have a shape."""
    found = {place_key(place): place for place in places}
    ordered = [found[key] for key in sorted(found, key=lambda item: (item[0], item[1] or 0.0, item[2] or 0.0))]
    return ordered or [Place()]


def encode_people(people: Sequence[WorkerRow], homes: HomeAt, market: Market) -> WorkerColumns:
    """Columns of people for a market."""
    codes = limit_codes(market.vocabulary)
    people = without_known_employers(people, market.postings)
    return encode_workers(people, homes, market.places.workplaces, codes, market.vocabulary, market.policy)


def score_people(
    engine: Engine, workers: WorkerColumns, market: Market, progress: Callable[[int], None] | None = None
) -> Candidates:
    """Everybody's best suitable postings, found in parts where the engine has more than one."""
    parts = split_people(workers.home, market.places.homes, engine.blocks(len(workers)))
    if len(parts) < 2:
        return score_block(workers, market, progress)
    bare = replace(market, postings=bare_postings(market.postings), places=bare_places(market.places))
    places = np.arange(len(workers), dtype=np.intp)
    people = (bare_people(workers_at(workers, places[rows])) for rows in parts)
    answers = engine.map(_score_alone, people, bare)
    found = []
    for rows, answer in zip(parts, answers, strict=True):
        found.append(answer)
        if progress is not None:
            progress(rows.stop)
    return joined(found)


def _score_alone(workers: WorkerColumns, market: Market) -> Candidates:
    """One part, by one thread: the other cores have parts of their own."""
    return score_block(workers, market, threads=1)


def score_block(
    workers: WorkerColumns,
    market: Market,
    progress: Callable[[int], None] | None = None,
    *,
    threads: int | None = None,
) -> Candidates:
    """The map: everybody's best suitable postings; public-welfare posts only where the market has fewer than three."""
    found = shortlist(workers, market, progress=progress, threads=threads)
    if len(market.postings) == 0:
        return found
    three = market.policy.whole("package.postings")
    known = found.posting >= 0
    public = known & market.postings.public[found.posting]
    _drop(found, public & (_different(found, known & ~public, market) >= three)[:, None])
    return found


def _drop(found: Candidates, places: npt.NDArray[np.bool_]) -> None:
    """Take candidates off the table."""
    found.score[places] = -np.inf
    found.posting[places] = -1


def _different(found: Candidates, places: npt.NDArray[np.bool_], market: Market) -> npt.NDArray[np.int64]:
    """How many of some candidates may stand on one list: twins count once, shape (people,)."""
    twins = np.sort(np.where(places, market.postings.twin[found.posting], -1), axis=1)
    new = np.diff(twins, axis=1, prepend=-1) != 0
    return np.asarray((new & (twins >= 0)).sum(axis=1), dtype=np.int64)


def _scarce(found: Candidates, workers: WorkerColumns, market: Market, standing: npt.NDArray[np.float64]) -> None:
    """Public-welfare posts are hard: one person an opening. They go round by round to those the market leaves short,
    fewest options first, then order of service."""
    known = found.posting >= 0
    if not known.any():
        return
    public = known & market.postings.public[found.posting]
    people = np.flatnonzero(public.any(axis=1))
    left = market.postings.openings - standing
    many = market.policy.whole("package.postings")
    wanting = many - _different(found, known & ~public, market)
    priority = np.array([row.priority for row in workers.rows], dtype=np.int64)
    order = people[np.lexsort((workers.mark[people], priority[people], known.sum(axis=1)[people]))]
    granted = np.zeros_like(public)
    for turn in range(many):
        for person in order[wanting[order] > turn]:
            _grant(found.posting[person], public[person], granted[person], left, market)
    _drop(found, public & ~granted)


def _grant(
    posting: npt.NDArray[np.int32],
    public: npt.NDArray[np.bool_],
    granted: npt.NDArray[np.bool_],
    left: npt.NDArray[np.float64],
    market: Market,
) -> None:
    """One more public-welfare post for a person: the best that is left and no twin of what the person has."""
    twin = market.postings.twin
    mine = twin[posting[(posting >= 0) & (granted | ~public)]]
    for place in np.flatnonzero(public & ~granted):
        if left[posting[place]] >= 1 and twin[posting[place]] not in mine:
            granted[place] = True
            left[posting[place]] -= 1
            return


def _kept(found: Candidates, workers: WorkerColumns, market: Market) -> npt.NDArray[np.float64]:
    """A bonus for pairs that already stand on a plan, more for those on a printed sheet and those given by hand."""
    bonus = np.zeros(found.score.shape)
    for held, worth in (
        ([row.kept_postings for row in workers.rows], market.policy.number("plan.keep_bonus")),
        ([row.printed_postings for row in workers.rows], market.policy.number("plan.keep_printed")),
        ([row.given_postings for row in workers.rows], market.policy.number("plan.keep_given")),
    ):
        person = np.repeat(np.arange(len(held)), [len(keys) for keys in held])
        key = np.fromiter(chain.from_iterable(held), np.int64, len(person))
        pair, place = np.nonzero(np.append(market.postings.key, -1)[found.posting[person]] == key[:, None])
        bonus[person[pair], place] += worth
    return bonus


def settle(
    workers: WorkerColumns,
    found: Candidates,
    market: Market,
    classes: Iterable[ClassRow],
    progress: Progress | None = None,
    *,
    standing: Standing | None = None,
    engine: Engine | None = None,
    checkpoints: Checkpoints | None = None,
) -> Settled:
    """The reduce: share the postings out, then the classes; `standing` counts recommendations of other plans.

    People in work get lists at the prices the unemployed have made; they crowd nobody out.
    """
    tell = progress or (lambda share, code: None)
    keys = [row.key for row in market.postings.rows]
    told = standing(keys) if callable(standing) else standing or {}
    before = np.array([told.get(key, 0) for key in keys], dtype=np.float64)
    _scarce(found, workers, market, before)
    insert_given(found, workers, market)
    score = found.score + _kept(found, workers, market)
    owed = np.array([row.track is not Track.STABILISE for row in workers.rows], dtype=np.bool_)
    many = market.policy.whole("package.postings")
    demand = _demand(workers, found, score, market, before)
    now = some_people(demand, np.flatnonzero(owed))
    allocation = share_out(
        now,
        market.policy,
        many=many,
        hold=(lambda small: _crowd(engine, small, workers.home[owed], market)) if engine is not None else None,
        progress=lambda share: tell(share * 0.7, "RUN_SHARING"),
        book=_book(checkpoints, now, market.policy) if checkpoints is not None else None,
    )
    chosen = np.full((len(workers), many), -1, dtype=np.int64)
    chosen[owed] = allocation.chosen
    later = np.flatnonzero(~owed)
    if later.size:
        chosen[later] = lists_at(some_people(demand, later), allocation.price, many)
    chosen = hold_given(chosen, found, workers, market)
    tell(0.8, "RUN_TRAINING")
    trained = np.array([row.track in TRAINED for row in workers.rows], dtype=np.bool_)
    offers = choose_classes(classes, workers, found, market, owed=trained)
    postings = np.where(chosen >= 0, np.take_along_axis(found.posting, np.maximum(chosen, 0), axis=1), -1)
    return Settled(workers, market, found, allocation, _best_first(postings, chosen, found), offers)


def _demand(
    workers: WorkerColumns,
    found: Candidates,
    score: npt.NDArray[np.float64],
    market: Market,
    standing: npt.NDArray[np.float64],
) -> Demand:
    """What is to be shared out."""
    postings = market.postings
    return Demand(
        found.posting,
        score,
        found.daily,
        workers.mark,
        postings.openings,
        postings.employer,
        postings.twin,
        standing,
        near_worth=market.policy.number("crowding.near_worth"),
    )


def _crowd(engine: Engine, demand: Demand, home: npt.NDArray[np.int32], market: Market) -> Held:
    """The demand in parts, each where the rounds are to be worked on."""
    parts = split_people(home, market.places.homes, engine.shares(len(home)))
    side = demand.openings, demand.employer, demand.twin, demand.base
    bare = replace(
        demand,
        openings=demand.openings[:0],
        employer=demand.employer[:0],
        twin=demand.twin[:0],
        base=demand.base[:0],
    )
    places = np.arange(len(home))
    return engine.hold(
        _with_postings, (replace(some_people(bare, places[rows]), first=rows.start) for rows in parts), *side
    )


def _with_postings(
    demand: Demand,
    openings: npt.NDArray[np.float64],
    employer: npt.NDArray[np.int32],
    twin: npt.NDArray[np.int32],
    base: npt.NDArray[np.float64],
) -> Demand:
    """Some people's demand with the postings it is for, which all parts share."""
    return replace(demand, openings=openings, employer=employer, twin=twin, base=base)


def _book(checkpoints: Checkpoints, demand: Demand, policy: PolicyAt) -> Checkpoint:
    """Where the rounds over just this demand are noted."""
    arrays = [np.asarray(getattr(demand, item.name)) for item in fields(demand)]
    return checkpoints.of(digest_of(arrays, policy.digest, policy.on.isoformat()))


def _best_first(
    postings: npt.NDArray[np.int64], chosen: npt.NDArray[np.int64], found: Candidates
) -> npt.NDArray[np.int64]:
    """Each person's postings in the order of their scores."""
    score = np.take_along_axis(found.score, np.maximum(chosen, 0), axis=1)
    order = np.argsort(np.where(chosen >= 0, -score, np.inf), axis=1, kind="stable")
    return np.take_along_axis(postings, order, axis=1).astype(np.int64)
