"""Reading many texts at once, in processes of their own.

In: records and the day they are read at. Out: what was understood of each, in order. A few records are read right
here; from `POOL_FROM` on starting other processes pays.
"""

from __future__ import annotations

import os
from collections import Counter, deque
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from datetime import date
from hashlib import sha256
from multiprocessing import get_context
from typing import Generic, TypeVar

import msgspec

from matcher.reading import load_tools

T = TypeVar("T")
F = TypeVar("F")

POOL_FROM = 2_500
"""Records; a process needs two seconds to load what reading needs, a record one to two milliseconds."""
_CHUNK = 250
_AHEAD = 4
"""Chunks handed out for each process beyond those whose results were taken: memory stays small."""
_MOST_PROCESSES = 4


class Reader(Generic[T, F]):
    """How one kind of record is read, so that another process can do it too."""

    def __init__(
        self, kind: type[T], facts: type[F], read: Callable[[T, date], F], core: Callable[[T], T] | None = None
    ) -> None:
        self.kind, self.facts, self.read = kind, facts, read
        self.core = core
        """A record without what reading does not look at: records with the same core are read once."""


def read_all(reader: Reader[T, F], values: Sequence[T], read_on: date, *, processes: int | None = None) -> Iterator[F]:
    """What was understood of each record, in order; `read` must be a function that other processes can import."""
    if reader.core is None:
        yield from _read_each(reader, values, read_on, processes)
        return
    places: dict[bytes, int] = {}
    order: list[int] = []
    firsts: list[T] = []
    for value in values:
        mark = sha256(msgspec.json.encode(reader.core(value))).digest()
        order.append(places.setdefault(mark, len(places)))
        if order[-1] == len(firsts):
            firsts.append(value)
    uses = Counter(order)
    fresh = _read_each(reader, firsts, read_on, processes)
    known: dict[int, F] = {}
    for next_place, place in zip(_firsts(order), order, strict=True):
        if next_place:
            known[place] = next(fresh)
        uses[place] -= 1
        yield known[place] if uses[place] else known.pop(place)


def _firsts(order: Sequence[int]) -> Iterator[bool]:
    """Whether each place is seen for the first time; places are numbered as they come."""
    highest = -1
    for place in order:
        yield place > highest
        highest = max(highest, place)


def _read_each(reader: Reader[T, F], values: Sequence[T], read_on: date, processes: int | None) -> Iterator[F]:
    """Every record read, in processes of their own where that pays."""
    count = processes or min(os.cpu_count() or 1, _MOST_PROCESSES)
    if count == 1 or (processes is None and len(values) < POOL_FROM):
        yield from (reader.read(value, read_on) for value in values)
        return
    chunks = [values[start : start + _CHUNK] for start in range(0, len(values), _CHUNK)]
    decode = msgspec.json.Decoder(list[reader.facts]).decode  # type: ignore[name-defined]
    with ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=load_tools) as pool:
        try:
            waiting: deque[Future[bytes]] = deque()
            for chunk in chunks:
                waiting.append(pool.submit(_read_chunk, reader, msgspec.json.encode(chunk), read_on))
                if len(waiting) > count * _AHEAD:
                    yield from decode(waiting.popleft().result())
            while waiting:
                yield from decode(waiting.popleft().result())
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _read_chunk(reader: Reader[T, F], payload: bytes, read_on: date) -> bytes:
    """One chunk in another process."""
    values = msgspec.json.decode(payload, type=list[reader.kind])  # type: ignore[name-defined]
    return msgspec.json.encode([reader.read(value, read_on) for value in values])
