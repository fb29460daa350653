"""Reading many texts at once, in processes of their own.

In: records and the day they are read at. Out: what was understood of each, in order. A few records are read right
here; from `POOL_FROM` on starting other processes pays.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from multiprocessing import get_context
from typing import Generic, TypeVar

import msgspec

from matcher.reading import load_tools

T = TypeVar("T")
F = TypeVar("F")

POOL_FROM = 2_500
"""Records; a process needs two seconds to load what reading needs, a record one to two milliseconds."""
_CHUNK = 250
_MOST_PROCESSES = 4


class Reader(Generic[T, F]):
    """How one kind of record is read, so that another process can do it too."""

    def __init__(self, kind: type[T], facts: type[F], read: Callable[[T, date], F]) -> None:
        self.kind, self.facts, self.read = kind, facts, read


def read_all(reader: Reader[T, F], values: Sequence[T], read_on: date, *, processes: int | None = None) -> Iterator[F]:
    """What was understood of each record, in order; `read` must be a function that other processes can import."""
    count = processes or min(os.cpu_count() or 1, _MOST_PROCESSES)
    if count == 1 or (processes is None and len(values) < POOL_FROM):
        yield from (reader.read(value, read_on) for value in values)
        return
    chunks = [values[start : start + _CHUNK] for start in range(0, len(values), _CHUNK)]
    decode = msgspec.json.Decoder(list[reader.facts]).decode  # type: ignore[name-defined]
    with ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=load_tools) as pool:
        try:
            tasks = [pool.submit(_read_chunk, reader, msgspec.json.encode(chunk), read_on) for chunk in chunks]
            for task in tasks:
                yield from decode(task.result())
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def _read_chunk(reader: Reader[T, F], payload: bytes, read_on: date) -> bytes:
    """One chunk in another process."""
    values = msgspec.json.decode(payload, type=list[reader.kind])  # type: ignore[name-defined]
    return msgspec.json.encode([reader.read(value, read_on) for value in values])
