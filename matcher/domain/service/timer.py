"""The subsidy clock of one person and one kind of claim: how far the months are, what is still missing.

In: nothing. Out: frozen records.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class TimerState(StrEnum):
    """What the clock shows."""

    NOT_YET = "not_yet"
    DUE_SOON = "due_soon"
    MAY_CLAIM = "may_claim"
    MISSING_PROOF = "missing_proof"
    LAPSED = "lapsed"
    BROKEN = "broken"
    """The work ended before the months were full."""
    CLAIMED = "claimed"
    APPROVED = "approved"
    POSTED = "posted"
    PUBLICISED = "publicised"
    PAID = "paid"
    REFUSED = "refused"


WITHOUT_CLAIM = (TimerState.DUE_SOON, TimerState.MAY_CLAIM, TimerState.MISSING_PROOF, TimerState.NOT_YET)
"""States of the clock that no claim has to do with, in the order they are looked at."""


class Settled(StrEnum):
    """What a check found."""

    FINE = "fine"
    ASK = "ask"
    """Nobody knows yet; it does not stop the claim from being prepared."""
    STOP = "stop"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing looked at before money may be claimed."""

    code: str
    settled: Settled


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """Work joined over short breaks; as `Stability`, without what is proved."""

    since: date
    until: date
    days: int
    gap_days: int
    reached: bool
    reached_on: date
    running: bool
    spells: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Timer:
    """The clock of one person and one kind."""

    worker_key: int
    kind: str
    state: TimerState
    stretch: Stretch
    last_day: date | None = None
    """Until when to claim; None = the office has not entered a last day."""
    tier: str = ""
    name: str = ""
    village: str = ""
    home_code: str = ""
    home_name: str = ""
    claim_key: int | None = None

    def days_left(self, on: date) -> int:
        """Days until the months are full."""
        return max((self.stretch.reached_on - on).days, 0)
