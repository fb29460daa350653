"""A market kept ready for one person after the other.

In: postings and classes as stored, and the policy of the day. Out: the live market as columns, made once for the day
and its policy; of postings that change, only those are put in anew. The distances from a person's home are worked out
for each person, and so is how often others were recommended the postings of that person's list.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from time import perf_counter
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from matcher.by_hand import insert_given
from matcher.class_gains import ClassRow, open_classes
from matcher.columns import PostingColumns, PostingRow, WorkerColumns, WorkerRow, load_vocabulary
from matcher.columns.changing import columns_after
from matcher.columns.places import build_places
from matcher.composing import Workshop, open_workshop
from matcher.domain.division import Place
from matcher.domain.training import TrainingMode
from matcher.live import closed_because
from matcher.planning import (
    Settled,
    Standing,
    at_homes,
    build_market,
    encode_people,
    market_of,
    score_block,
    settle,
)
from matcher.policy import PolicyAt
from matcher.shortlist import Candidates, Market

MOST_KEPT = 512
"""Things on a shelf."""
MOST_SESSIONS = 400_000
"""Plans in the book of sessions, a few runs of a large office."""
WORTH_KEEPING = 0.1
"""Seconds: what takes less is always made anew."""
RENEWED_AFTER = 10
"""Times as long as it took to make."""
TOO_OLD = 600.0
"""Seconds after which nothing is handed out any more without being made anew."""
Kept = TypeVar("Kept")
Stamp = tuple[object, ...]
"""What a market was made from: policy, day, and how often postings and classes have changed."""


@dataclass(frozen=True, slots=True)
class Adverts:
    """All postings as they were read, by key, and the number of the last change that is in them."""

    rows: Mapping[int, PostingRow]
    spoken: Mapping[int, int]
    """Postings another advert of the same job speaks for; they stand in `rows`, and in no market."""
    last_change: int

    @property
    def speaking(self) -> tuple[PostingRow, ...]:
        """Those a market is made from."""
        return tuple(row for key, row in self.rows.items() if key not in self.spoken)


@dataclass(frozen=True, slots=True)
class Lying:
    """A thing on a shelf: what it was made from, when, and how many seconds that took."""

    stamp: Stamp
    made_at: float
    took: float
    thing: Any


@dataclass(frozen=True, slots=True, eq=False)
class WarmMarket:
    """The live market of a day."""

    market: Market
    classes: tuple[ClassRow, ...]
    """Classes that can still be joined."""
    sites: tuple[Place, ...]
    """Their places."""
    beds: npt.NDArray[np.bool_]
    anywhere: npt.NDArray[np.bool_]
    """Which of them have beds, and which take no travel; shape (classes,)."""
    workshop: Workshop
    adverts: Adverts | None = None
    """What it was made from, where it is to be renewed."""

    def classes_near(self, workers: WorkerColumns, market: Market) -> list[ClassRow]:
        """The classes any of these people could get to by day, and all with beds; who may stay there is decided later.

        The first of the others stands for all that are too far.
        """
        policy = market.policy
        table = build_places(market.places.homes, self.sites, policy)
        km = table.km[workers.home] * np.float32(policy.number("commute.detour"))
        minutes = km * workers.minutes_per_km[:, None] + workers.wait[:, None]
        near = (minutes <= policy.number("commute.daily_minutes")) | table.same_county[workers.home]
        reached = near.any(axis=0) | self.beds | self.anywhere
        far = np.flatnonzero(~reached)[:1]
        return [self.classes[at] for at in sorted([*np.flatnonzero(reached).tolist(), *far.tolist()])]


def warm_market(postings: Sequence[PostingRow], classes: Sequence[ClassRow], policy: PolicyAt) -> WarmMarket:
    """A market made ready."""
    joinable = tuple(open_classes(classes, policy))
    market, _ = build_market([], postings, load_vocabulary(), policy, classes=joinable)
    return _ready(market, joinable)


def renewed_market(
    before: WarmMarket, adverts: Adverts, changed: Collection[int], classes: Sequence[ClassRow]
) -> WarmMarket:
    """The market after some postings have changed, come or gone, on the same day under the same policy."""
    policy, joinable = before.market.policy, tuple(open_classes(classes, before.market.policy))
    told = [adverts.rows[key] for key in changed if key in adverts.rows and key not in adverts.spoken]
    fresh = [row for row in told if closed_because(row, policy) is None]
    postings = columns_after(before.market.postings, set(changed), fresh, before.market.vocabulary, policy)
    market, _ = market_of([], postings, before.market.vocabulary, policy, classes=joinable)
    return replace(_ready(market, joinable), adverts=adverts)


def _ready(market: Market, joinable: tuple[ClassRow, ...]) -> WarmMarket:
    """A market with its classes, ready to compose with."""
    return WarmMarket(
        market,
        joinable,
        tuple(row.training.place for row in joinable),
        np.array([bool(row.facts.lodging.value) for row in joinable], dtype=np.bool_),
        np.array([row.training.mode is TrainingMode.ONLINE for row in joinable], dtype=np.bool_),
        open_workshop(market),
    )


class WarmKeeper:
    """Keeps the newest market; safe to share between threads, and made once where several ask for it together."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._kept: tuple[Stamp, WarmMarket] | None = None

    def holds(self, stamp: Stamp) -> bool:
        """Whether the market kept is the one of a stamp."""
        return self._kept is not None and self._kept[0] == stamp

    def get(self, stamp: Stamp, make: Callable[[WarmMarket | None], WarmMarket]) -> WarmMarket:
        """The market of a stamp: the one kept, or a new one, made from the one kept where only postings or classes,
        which the last part of a stamp tells, or how long people stay at employers have changed since."""
        with self._lock:
            if self._kept is None or self._kept[0] != stamp:
                same = self._kept is not None and self._kept[0][:-1] == stamp[:-1]
                before = self._kept[1] if self._kept is not None and same else None
                self._kept = (stamp, make(before))
            return self._kept[1]


class SessionBook:
    """When sessions of plans are held; a plan that was looked into once is not opened again. Safe between threads."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[str, str]] = {}

    def taken(
        self, plans: Sequence[int], opened: Callable[[Sequence[int]], Mapping[int, tuple[str, str]]]
    ) -> list[tuple[str, str]]:
        """(guide, start) of each of some plans, "" where none; `opened` looks into those nobody knows yet."""
        known = self._known if len(self._known) < MOST_SESSIONS else {}
        fresh = opened([key for key in plans if key not in known])
        self._known = {**known, **fresh} if fresh else known
        return [found for key in plans if (found := known.get(key) or fresh.get(key)) is not None]


class Shelf:
    """Things worked out once and kept; safe between threads."""

    def __init__(self, clock: Callable[[], float] = perf_counter) -> None:
        self._lock = threading.Lock()
        self._kept: dict[Stamp, Lying] = {}
        self._working: set[Stamp] = set()
        self._clock = clock

    def get(self, name: Stamp, stamp: Stamp, make: Callable[[], Kept]) -> Kept:
        """What lies here under a name as long as it was made from the same, else made anew."""
        held = self._kept.get(name)
        if held is not None and held.stamp == stamp:
            kept: Kept = held.thing
            return kept
        return self._put(name, stamp, make)

    def holds(self, name: Stamp) -> bool:
        """Whether anything lies here under a name."""
        return name in self._kept

    def soon(self, name: Stamp, make: Callable[[], Kept]) -> tuple[Kept, float]:
        """A thing that is never quite up to date, and how many seconds old it is.

        What is quickly made is made anew each time. What takes long is handed out as it lies here and renewed behind
        the scenes; what has lain for too long is made anew while one waits.
        """
        held = self._kept.get(name)
        if held is None or held.took < WORTH_KEEPING or self._clock() - held.made_at > TOO_OLD:
            return self._put(name, (), make), 0.0
        age = self._clock() - held.made_at
        if age > held.took * RENEWED_AFTER:
            self.behind(name, lambda: self._put(name, (), make))
        kept: Kept = held.thing
        return kept, age

    def take_away(self, name: Stamp) -> None:
        """Away with a thing that somebody has just changed: the next who asks gets it made anew."""
        with self._lock:
            self._kept.pop(name, None)

    def _put(self, name: Stamp, stamp: Stamp, make: Callable[[], Kept]) -> Kept:
        """Makes a thing and lays it here; the oldest makes room."""
        began = self._clock()
        made = make()
        with self._lock:
            if name not in self._kept and len(self._kept) >= MOST_KEPT:
                self._kept.pop(next(iter(self._kept)))
            self._kept[name] = Lying(stamp, self._clock(), self._clock() - began, made)
        return made

    def behind(self, name: Stamp, work: Callable[[], object]) -> None:
        """Does something behind the scenes, in a thread of its own, unless just that is being done."""
        with self._lock:
            if name in self._working:
                return
            self._working.add(name)

        def done() -> None:
            try:
                work()
            finally:
                self._working.discard(name)

        threading.Thread(target=done, name="shelf", daemon=True).start()


def settle_warm(people: Sequence[WorkerRow], warm: WarmMarket, standing: Standing) -> Settled:
    """Columns, shortlist and sharing out for a few people on a market kept ready."""
    market, homes = at_homes(people, warm.market)
    workers = encode_people(people, homes, market)
    return settle_workers(workers, warm, market, standing)


def settle_workers(workers: WorkerColumns, warm: WarmMarket, market: Market, standing: Standing) -> Settled:
    """The same for people who stand as columns already, in a market that sees their homes."""
    found = score_block(workers, market)
    insert_given(found, workers, market)
    return _settle_narrowly(workers, found, warm, market, standing)


def _settle_narrowly(
    workers: WorkerColumns, found: Candidates, warm: WarmMarket, market: Market, standing: Standing
) -> Settled:
    """`settle` over the postings on these people's lists alone: only ties between equal scores may fall otherwise."""
    known = [table[table >= 0] for table in (found.posting, found.near)]
    kept = np.unique(np.concatenate(known)).astype(np.int32)
    if kept.size == 0:
        kept = np.arange(min(len(market.postings), 1), dtype=np.int32)
    few = replace(market, postings=_some_postings(market.postings, kept), taught=market.taught[kept])
    lists = replace(found, posting=_moved(found.posting, kept), near=_moved(found.near, kept))
    settled = settle(workers, lists, few, warm.classes_near(workers, market), standing=standing)
    chosen = np.where(settled.chosen >= 0, np.append(kept, -1)[settled.chosen], -1).astype(np.int64)
    load, price = np.zeros(len(market.postings)), np.zeros(len(market.postings))
    load[kept], price[kept] = settled.allocation.load, settled.allocation.price
    allocation = replace(settled.allocation, load=load, price=price)
    return replace(settled, market=market, found=found, allocation=allocation, chosen=chosen)


def _moved(table: npt.NDArray[np.int32], kept: npt.NDArray[np.int32]) -> npt.NDArray[np.int32]:
    """Positions among all postings as positions among those kept."""
    return np.where(table >= 0, np.searchsorted(kept, table), -1).astype(np.int32)


def _some_postings(postings: PostingColumns, places: npt.NDArray[np.int32]) -> PostingColumns:
    """The columns of some postings; the table of skill profiles is common to all."""
    columns = {item.name: getattr(postings, item.name) for item in fields(postings) if item.name != "rows"}
    few = {name: values if name == "profiles" else values[places] for name, values in columns.items()}
    return PostingColumns(rows=tuple(postings.rows[place] for place in places.tolist()), **few)
