"""How far an import is, how fast it goes and how long it will take.

In: steps with the rows done and all rows. Out: a share from 0 to 1, and for who wants to know more a `Beat` with rows a
second and seconds left.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from time import monotonic

FILE, ROWS, PLAN = "IMPORT_STEP_FILE", "IMPORT_STEP_ROWS", "IMPORT_STEP_PLAN"
READ, STORE, DONE = "IMPORT_STEP_READ", "IMPORT_STEP_STORE", "IMPORT_STEP_DONE"
BANDS: Mapping[str, tuple[float, float]] = {
    FILE: (0.0, 0.05),
    ROWS: (0.05, 0.17),
    PLAN: (0.17, 0.3),
    READ: (0.3, 0.92),
    STORE: (0.92, 1.0),
    DONE: (1.0, 1.0),
}
"""Where each step lies in a whole import, by the time it takes on 100,000 postings (docs/performance.md)."""
_TRIED_ENDS = BANDS[PLAN][1]
_KNOWN_AFTER = 1.0
"""Seconds before a rate or a remaining time is told."""


def share_of(code: str, done: int, total: int, *, tried: bool = False) -> float:
    """The share of the whole that is done; a preview ends with the plan."""
    start, end = BANDS[code]
    share = start + (end - start) * min(1.0, done / total if total else 0.0)
    return min(1.0, share / _TRIED_ENDS) if tried else share


@dataclass(frozen=True, slots=True)
class Beat:
    """One sign of life; `rate` in rows a second and `left` in seconds are None while nobody can know."""

    share: float
    code: str
    done: int = 0
    total: int = 0
    rate: float | None = None
    left: float | None = None


class Pace:
    """A listener to an import that is told the rows too; `show` gets every beat."""

    def __init__(self, show: Callable[[Beat], None], clock: Callable[[], float] = monotonic) -> None:
        self._show, self._clock = show, clock
        self._started = self._step_started = clock()
        self._code = ""

    def __call__(self, share: float, code: str, done: int = 0, total: int = 0) -> None:
        """How far it is."""
        now = self._clock()
        if code != self._code:
            self._code, self._step_started = code, now
        in_step, in_all = now - self._step_started, now - self._started
        rate = done / in_step if done and in_step >= _KNOWN_AFTER else None
        left = in_all * (1 - share) / share if share > 0 and in_all >= _KNOWN_AFTER else None
        self._show(Beat(share, code, done, total, rate, left))
