"""The scorecards and limits cut into aspects: kinds of people by kinds of postings.

In: columns. Out: for every aspect a small table with what it adds to fit and wish and where its limits are broken,
worked out by the features and limits themselves, once for every two kinds that occur instead of once a pair.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt

from matcher.columns import Pairs, PostingColumns
from matcher.columns.arrays import Bools, Index, Rows
from matcher.domain.match import Part
from matcher.features import FEATURES
from matcher.filters import LIMITS
from matcher.scoring import Scorecard, effect_on

Exact = npt.NDArray[np.float64]
Kinds = npt.NDArray[np.intp]
BY_FEATURE = {feature.name: feature for feature in FEATURES}
BY_LIMIT = {limit.code: limit for limit in LIMITS}


@dataclass(frozen=True, slots=True)
class Aspect:
    """Features and limits that read the same few columns of people and of postings.

    `certain` are limits that nothing lifts, `learnable` those that a class can.
    """

    name: str
    people: tuple[str, ...]
    postings: tuple[str, ...]
    features: tuple[str, ...] = ()
    certain: tuple[str, ...] = ()
    learnable: tuple[str, ...] = ()
    by_day: bool = False
    """Whether it also depends on being home the same day, which is looked up first."""


WAY_POSTINGS = ("place", "at_home", "anywhere", "lodging", "local_first")
WAY_PEOPLE = (
    *("home", "minutes_per_km", "wait", "max_km", "nearer_km", "day_return", "weekend_home", "midday_home"),
    *("home_suits", "moves", "place_bound", "place_wish", "place_wish_stated"),
)
ASPECTS: tuple[Aspect, ...] = (
    Aspect(
        "work",
        ("experience", "wish", "wish_stated", "refuses"),
        ("occupation", "experience_years"),
        ("experience", "occupation"),
        ("REFUSED",),
        ("UNRELATED",),
    ),
    Aspect(
        "skill", ("held", "experience"), ("profile", "occupation", "experience_years"), ("skill",), (), ("ABILITY",)
    ),
    Aspect(
        "papers",
        ("licences",),
        ("required", "preferred", "either", "asks_papers"),
        ("certificate",),
        (),
        ("CERTIFICATE",),
    ),
    Aspect("schooling", ("education",), ("education",), ("education",), ("EDUCATION",)),
    Aspect("age", ("age",), ("age_low", "age_high"), ("age",), ("AGE",)),
    Aspect("strength", ("weak", "age"), ("load",), ("ability",)),
    Aspect("language", ("mandarin",), ("talk", "mongolian_ok", "mandarin_needed"), ("language",)),
    Aspect("record", (), ("retention",), ("retention",)),
    Aspect("hours", ("start", "end", "months"), ("start", "end", "months", "at_home"), (), ("HOURS", "SEASON")),
    Aspect("offer", ("pay_wish",), ("pay", "shift", "steady"), ("pay", "schedule", "stability")),
    Aspect("way", WAY_PEOPLE, WAY_POSTINGS, ("distance",), ("REACH", "NEARER", "PLACE", "BED", "LOCAL_FIRST")),
    Aspect("comfort", (), ("board", "lodging"), ("board",), by_day=True),
    Aspect("need", ("bits",), ("hard",), (), ("CONSTRAINT",), by_day=True),
)
"""Every feature and every limit stands in exactly one aspect; a test holds the columns against what is read."""
BY_DAY = frozenset(aspect.name for aspect in ASPECTS if aspect.by_day)


def kinds(columns: Sequence[npt.NDArray[Any] | Rows[Any]], size: int) -> tuple[Index, Kinds]:
    """Where each kind of so many records first stands, and every record's kind; alike in all columns is one kind."""
    of = np.zeros(size, dtype=np.int64)
    first = np.zeros(min(size, 1), dtype=np.intp)
    for values in columns:
        flat = values.kind if isinstance(values, Rows) else values
        for column in flat.T if flat.ndim > 1 else [flat]:
            _, codes = np.unique(column, return_inverse=True)
            _, first, of = np.unique(
                of * (int(codes.max(initial=0)) + 1) + codes, return_index=True, return_inverse=True
            )
    return first.astype(np.intp), of.astype(np.intp)


@dataclass(frozen=True, slots=True, eq=False)
class PostingKinds:
    """Of every aspect, one posting of each kind and the kind of every posting."""

    first: Mapping[str, Index]
    of: Mapping[str, Kinds]


def posting_kinds(postings: PostingColumns) -> PostingKinds:
    """The kinds of all postings."""
    found = {
        aspect.name: kinds([getattr(postings, name) for name in aspect.postings], len(postings)) for aspect in ASPECTS
    }
    return PostingKinds(
        {name: pair[0] for name, pair in found.items()}, {name: pair[1] for name, pair in found.items()}
    )


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """One aspect of some people: (kinds of people, kinds of postings); None where the aspect says nothing of it.

    Where it depends on being home the same day, the kinds of people stand twice, those who are from `home_from` on.
    """

    person: Kinds
    posting: Kinds
    fit: Exact | None
    wish: Exact | None
    shut: Bools | None
    learnable: Bools | None
    within_day: Bools | None = None
    home_from: int = 0

    def at(self, row: Index, posting: Index, daily: Bools | None = None) -> Index:
        """Where pairs stand in the flattened tables; rows are positions among the people of the table."""
        at: Index = np.take(self.person * np.intp(self.width), row)
        at += np.take(self.posting, posting)
        if daily is not None:
            at += daily * np.intp(self.home_from * self.width)
        return at

    def look_up(self, name: str, row: Index, posting: Index, daily: Bools | None = None) -> npt.NDArray[Any]:
        """One of the tables for pairs."""
        return np.take(getattr(self, name), self.at(row, posting, daily))

    @property
    def width(self) -> int:
        """Kinds of postings."""
        return int(next(t.shape[1] for t in (self.fit, self.wish, self.shut, self.learnable) if t is not None))


def build_table(aspect: Aspect, pairs: Pairs, person: Kinds, posting: Kinds, card: Scorecard) -> Table:
    """The table of an aspect; `pairs` are all kinds of people with all kinds of postings."""
    shape = (pairs.wi.shape[0], pairs.pi.shape[1])

    def added(part: Part) -> Exact | None:
        chosen = [BY_FEATURE[name] for name in aspect.features if BY_FEATURE[name].part is part]
        if not chosen:
            return None
        total = np.zeros(shape)
        for feature in chosen:
            total += effect_on(feature, pairs, card)[1]
        return total

    def broken(codes: tuple[str, ...]) -> Bools | None:
        if not codes:
            return None
        hit: Bools = np.zeros(shape, dtype=np.bool_)
        for code in codes:
            hit |= BY_LIMIT[code].breaks(pairs)
        return hit

    within = np.broadcast_to(pairs.within_day, shape) if aspect.name == "way" else None
    return Table(
        person,
        posting,
        added(Part.FIT),
        added(Part.WISH),
        broken(aspect.certain),
        broken(aspect.learnable),
        within,
        shape[0] // 2 if aspect.by_day else 0,
    )


def open_tables(pairs: Pairs, known: PostingKinds, card: Scorecard) -> dict[str, Table]:
    """The tables of the people of `pairs.wi` with all kinds of postings."""
    tables = {}
    for aspect in ASPECTS:
        columns = [getattr(pairs.w, name) for name in aspect.people]
        some = [Rows(c.table, c.kind[pairs.wi]) if isinstance(c, Rows) else c[pairs.wi] for c in columns]
        first, of = kinds(some, len(pairs.wi))
        people = np.concatenate([first, first]) if aspect.by_day else first
        every = replace(pairs, wi=pairs.wi[people][:, None], pi=known.first[aspect.name][None, :], _cache={})
        if aspect.by_day:
            every.prepare(within_day=(np.arange(len(people)) >= len(first))[:, None])
        tables[aspect.name] = build_table(aspect, every, of, known.of[aspect.name], card)
    return tables
