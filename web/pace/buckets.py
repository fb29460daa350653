"""Buckets that fill evenly: whoever asks takes a drop, and waits where none is left.

In: an asker and how many requests a minute are allowed. Out: seconds to wait. Here in the memory of one process.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field

MINUTE = 60.0
_MOST_KNOWN = 10_000


def taken(bucket: tuple[float, float] | None, most: int, now: float) -> tuple[tuple[float, float], float]:
    """A bucket (what is left, since when) after one more request, and the seconds until that one is fine."""
    left, since = bucket or (float(most), now)
    left = min(float(most), left + max(0.0, now - since) * most / MINUTE)
    return (left - 1 if left >= 1 else left, now), (0.0 if left >= 1 else (1 - left) * MINUTE / most)


@dataclass(slots=True)
class Pace:
    """How many requests each asker has left."""

    now: Callable[[], float]
    _left: dict[str, tuple[float, float]] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def take(self, asker: str, most: int) -> float:
        """0 where one more is fine, else the seconds until it is; who has not asked for a minute is forgotten."""
        with self._lock:
            now = self.now()
            if len(self._left) > _MOST_KNOWN:
                self._left = {name: one for name, one in self._left.items() if now - one[1] < MINUTE}
            self._left[asker], seconds = taken(self._left.get(asker), most, now)
            return seconds
