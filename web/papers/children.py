"""Processes that typeset: each takes batch after batch and is replaced before it grows.

In: a batch as JSON. Out: its PDF; a process that dies, hangs or refuses is one clear line and no paper.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice
from types import TracebackType
from typing import TypeVar

from matcher.domain.errors import Job131Error
from web.papers.typesetting import message, received

CHILD_SECONDS = 300
CHILDREN = 2
"""Batches typeset at the same time; each takes a few hundred megabytes."""
BATCHES_A_CHILD = 8
Item, Made = TypeVar("Item"), TypeVar("Made")
FAILED = "排版失败，没有写出文件；请把内存和磁盘空间查一下再试"


class Child:
    """One typesetting process, started when it is first needed."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._done = 0

    def typeset(self, batch: bytes) -> bytes:
        """The PDF of a batch."""
        if self._done >= BATCHES_A_CHILD:
            self.close()
        process = self._process = self._process or self._started()
        alarm = threading.Timer(CHILD_SECONDS, process.kill)
        alarm.start()
        try:
            assert process.stdin is not None and process.stdout is not None
            process.stdin.write(message(batch))
            process.stdin.flush()
            made = received(process.stdout)
        except OSError as broken:
            raise Job131Error(FAILED) from broken
        finally:
            alarm.cancel()
        if not made:
            self.close()
            raise Job131Error(FAILED)
        self._done += 1
        return made

    def close(self) -> None:
        """Ends the process."""
        process, self._process, self._done = self._process, None, 0
        if process is None:
            return
        with contextlib.suppress(OSError):
            process.communicate(timeout=CHILD_SECONDS)

    @staticmethod
    def _started() -> subprocess.Popen[bytes]:
        """A fresh process."""
        return subprocess.Popen(
            [sys.executable, "-m", "web.papers.typesetting"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )


class Nursery:
    """A few children that work at the same time; batches come back in the order they were handed in."""

    def __init__(self) -> None:
        self._many = min(os.cpu_count() or 1, CHILDREN)
        self._threads = ThreadPoolExecutor(max_workers=self._many)
        self._own = threading.local()
        self._children: list[Child] = []

    def __enter__(self) -> Nursery:
        """Nothing is started yet."""
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        """Ends all processes; what was handed in and not begun is not done."""
        self._threads.shutdown(wait=True, cancel_futures=True)
        for child in self._children:
            child.close()

    def map(self, work: Callable[[Child, Item], Made], items: Iterable[Item]) -> Iterator[Made]:
        """The work done on each item with a child, in order, only so many at a time that memory does not grow."""
        coming = iter(items)
        under_way = [self._threads.submit(self._work, work, item) for item in islice(coming, self._many)]
        while under_way:
            yield under_way.pop(0).result()
            under_way += [self._threads.submit(self._work, work, item) for item in islice(coming, 1)]

    def _work(self, work: Callable[[Child, Item], Made], item: Item) -> Made:
        """One item, in the child of this thread."""
        child: Child | None = getattr(self._own, "child", None)
        if child is None:
            child = self._own.child = Child()
            self._children.append(child)
        return work(child, item)
