"""Answers that took work to make, kept while nothing changed.

In: a name that changes with the content. Out: its bytes, made by one request at a time, so that readers from outside
never keep all threads of the office busy.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable

WAIT_SECONDS = 4.0
MOST_BYTES = 48 * 1024 * 1024


class ShelfBusy(Exception):
    """Another request is making something; ask again soon."""


class Shelf:
    """Bytes by name, the longest unused thrown away first."""

    def __init__(self, most_bytes: int = MOST_BYTES, wait_seconds: float = WAIT_SECONDS) -> None:
        self._kept: OrderedDict[str, bytes] = OrderedDict()
        self._most_bytes, self._wait_seconds = most_bytes, wait_seconds
        self._look, self._make = threading.Lock(), threading.Lock()

    def get(self, name: str, make: Callable[[], bytes]) -> bytes:
        """The bytes of a name; ShelfBusy where somebody else's take too long."""
        if (found := self._find(name)) is not None:
            return found
        if not self._make.acquire(timeout=self._wait_seconds):
            raise ShelfBusy
        try:
            if (found := self._find(name)) is None:
                found = make()
                self._put(name, found)
            return found
        finally:
            self._make.release()

    def _find(self, name: str) -> bytes | None:
        """What is kept under a name."""
        with self._look:
            if name in self._kept:
                self._kept.move_to_end(name)
            return self._kept.get(name)

    def _put(self, name: str, content: bytes) -> None:
        """Keeps something, and throws away what is too much."""
        with self._look:
            self._kept[name] = content
            while sum(map(len, self._kept.values())) > self._most_bytes:
                self._kept.popitem(last=False)
