"""Everybody's plans composed and packed, in processes of their own where there are many people.

In: people with what was settled for them. Out: blocks of packed plans, in the order of the people; the same bytes
however many processes share the work. A process works on memory alone: it has no database connection, does not
outlive its parent, and is stopped by closing the generator.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import closing

from threadpoolctl import threadpool_limits

from matcher.composing import Cutter, Part, Workshop, compose_part, open_workshop
from matcher.packing import PackedPlan, pack_plan
from matcher.planning import Person, Settled

POOL_FROM = 2_000
"""People; fewer are composed sooner than other processes are ready."""
MOST_PROCESSES = 4
AHEAD = 4
"""Blocks a process may be ahead of the one that collects them, so that memory stays flat."""


def compose_packed(
    people: Sequence[Person], settled: Settled, starts: Mapping[int, str], *, processes: int | None = None
) -> Iterator[list[PackedPlan]]:
    """Packed plans of everybody, a block at a time; `processes` None = as many as pay."""
    workshop, cutter = open_workshop(settled.market), Cutter(people, settled, starts)
    blocks = cutter.blocks()
    many = processes or (min(os.cpu_count() or 1, MOST_PROCESSES) if len(people) >= POOL_FROM else 1)
    if many == 1:
        with threadpool_limits(1, "blas"):
            yield from (_packed(workshop, cutter.cut(block)) for block in blocks)
        return
    with closing(_shared(workshop, cutter, blocks, many)) as shared:
        yield from shared


def _packed(workshop: Workshop, part: Part) -> list[PackedPlan]:
    """The plans of one part, packed."""
    return [pack_plan(plan) for plan in compose_part(workshop, part)]


def _shared(workshop: Workshop, cutter: Cutter, blocks: Sequence[slice], many: int) -> Iterator[list[PackedPlan]]:
    """Blocks composed by several processes, handed out in their order."""
    forks = can_fork()
    context = multiprocessing.get_context("fork" if forks else "spawn")
    kit = (workshop, cutter if forks else None)
    with ProcessPoolExecutor(many, mp_context=context, initializer=_begin, initargs=kit) as pool:
        waiting: deque[Future[list[PackedPlan]]] = deque()
        try:
            for block in blocks:
                waiting.append(pool.submit(_work, block if forks else cutter.cut(block)))
                if len(waiting) > many * AHEAD:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


def can_fork() -> bool:
    """Whether this process may be doubled as it is: on Linux, and with no other thread that could hold a lock."""
    return sys.platform == "linux" and threading.active_count() == 1


_KIT: list[tuple[Workshop, Cutter | None]] = []
"""What a process of the pool works with, once it has begun."""


def _begin(workshop: Workshop, cutter: Cutter | None) -> None:
    """A new process: leaves Ctrl-C to its parent, ends with it, and counts on one core."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()
    threadpool_limits(1, "blas")
    gc.disable()
    gc.freeze()
    _KIT[:] = [(workshop, cutter)]


def _end_with_parent() -> None:
    """Waits for the parent's end, however it comes, and goes too."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _work(share: slice | Part) -> list[PackedPlan]:
    """One block in a process of the pool."""
    ((workshop, cutter),) = _KIT
    if isinstance(share, Part):
        return _packed(workshop, share)
    assert cutter is not None
    return _packed(workshop, cutter.cut(share))
