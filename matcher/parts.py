"""People in parts, and what an engine does with parts.

In: people as columns. Out: runs of neighbours that follow the banners, and the two things asked of any engine: work
on every part, and parts held where they are while rounds are asked of them. No result depends on the parts.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, replace
from functools import reduce
from typing import Any, Protocol, Self, TypeVar

import numpy as np
import numpy.typing as npt

from matcher.columns import PostingColumns, PostingRow, WorkerColumns, WorkerRow
from matcher.columns.arrays import Index, Rows
from matcher.columns.places import PlaceTable
from matcher.domain.division import Place
from matcher.domain.posting import Posting, PostingFacts
from matcher.domain.worker import Worker, WorkerFacts

NOBODY = WorkerRow(0, Worker(ref="", name=""), WorkerFacts())
NOTHING = PostingRow(0, Posting(ref="", title="", employer=""), PostingFacts())


class Summable(Protocol):
    """What can be added up in any order with one and the same result, as whole numbers can."""

    def __add__(self, other: Any, /) -> Self:
        """Both together."""
        ...


Answer = TypeVar("Answer")
Sum = TypeVar("Sum", bound=Summable)


class Held(Protocol):
    """Parts that stay where they are worked on; only answers travel."""

    def ask(self, question: Callable[..., Answer], *told: object) -> list[Answer]:
        """question(part, *told) of every part, in the order of the parts."""
        ...

    def total(self, question: Callable[..., Sum], *told: object) -> Sum:
        """The sum of question(part, *told) over all parts."""
        ...

    def turned(self, step: Callable[..., object], *told: object) -> Held:
        """The parts after step(part, *told)."""
        ...


class Engine(Protocol):
    """Where the work is done."""

    @property
    def name(self) -> str:
        """How a run names it."""
        ...

    def blocks(self, people: int) -> int:
        """In how many parts so many people are scored at most."""
        ...

    def shares(self, people: int) -> int:
        """In how many parts so many people are held at most."""
        ...

    def map(self, work: Callable[..., Answer], parts: Iterator[object], *told: object) -> Iterator[Answer]:
        """work(part, *told) of every part, in the order of the parts."""
        ...

    def hold(self, make: Callable[..., object], parts: Iterator[object], *told: object) -> Held:
        """make(part, *told) of every part, held for rounds."""
        ...


PEOPLE_A_CORE = 4096
"""A part held in this process has at least so many people."""


def cores_for(people: int) -> int:
    """In how many parts so many people are held in this process."""
    return max(1, min(os.cpu_count() or 1, people // PEOPLE_A_CORE))


class Here:
    """Parts held in this process."""

    def __init__(self, parts: Sequence[object]) -> None:
        self._parts = parts

    def ask(self, question: Callable[..., Answer], *told: object) -> list[Answer]:
        """The answers of all parts, by a thread a core."""
        if len(self._parts) < 2:
            return [question(part, *told) for part in self._parts]
        with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
            return list(pool.map(lambda part: question(part, *told), self._parts))

    def total(self, question: Callable[..., Sum], *told: object) -> Sum:
        """The sum of the answers."""
        return reduce(lambda left, right: left + right, self.ask(question, *told))

    def turned(self, step: Callable[..., object], *told: object) -> Self:
        """The parts after a step."""
        return type(self)(self.ask(step, *told))


def split_people(home: npt.NDArray[np.int32], homes: Sequence[Place], many: int) -> list[slice]:
    """At most `many` runs of neighbours, about equal in size: cut between banners where one ends near by, else
    between townships, else between two people. The same people are always cut alike."""
    size = len(home)
    banner = np.unique([place.county for place in homes], return_inverse=True)[1][home]
    between = [np.flatnonzero(np.diff(where)) + 1 for where in (banner, home)]
    cuts = {0, size} | {_cut(size * number // many, between, size // (2 * many)) for number in range(1, many)}
    edges = sorted(cuts)
    return [slice(start, stop) for start, stop in zip(edges, edges[1:], strict=False)]


def _cut(ideal: int, between: Sequence[npt.NDArray[np.intp]], slack: int) -> int:
    """The best place to cut within some slack of the ideal one."""
    for edges in between:
        if edges.size:
            nearest = int(edges[np.abs(edges - ideal).argmin()])
            if abs(nearest - ideal) <= slack:
                return nearest
    return ideal


def workers_at(workers: WorkerColumns, places: Index) -> WorkerColumns:
    """The columns of some people, in the order of their places."""
    names = [item.name for item in fields(workers) if item.name != "rows"]
    whole = {name: getattr(workers, name) for name in names}
    columns: dict[str, Any] = {
        name: values.of(places) if isinstance(values, Rows) else values[places] for name, values in whole.items()
    }
    return WorkerColumns(rows=tuple(workers.rows[place] for place in places.tolist()), **columns)


def bare_people(workers: WorkerColumns) -> WorkerColumns:
    """The columns without names, papers or texts: who people are stays here."""
    return replace(workers, rows=tuple(_bare(row) for row in workers.rows))


def _bare(row: WorkerRow) -> WorkerRow:
    """Nobody, with somebody's answers."""
    return replace(NOBODY, refused_postings=row.refused_postings) if row.refused_postings else NOBODY


def bare_postings(postings: PostingColumns) -> PostingColumns:
    """The columns of postings without the records."""
    return replace(postings, rows=(NOTHING,) * len(postings))


def bare_places(places: PlaceTable) -> PlaceTable:
    """The distances without anything anybody wrote: of a home only its division."""
    return replace(places, homes=tuple(Place(code=place.code) for place in places.homes), workplaces=())
