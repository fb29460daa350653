"""Errands: work that takes too long for one answer, ordered by somebody and done by a process of its own.

In: nothing. Out: what was ordered and how it stands; an order is sealed and forgotten once it is over.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

Tell = Callable[[float], None]
"""Is told how far something is, from 0 to 1; raises Cancelled where somebody wants it to stop."""


def untold(share: float) -> None:
    """Nobody watches."""


class ErrandKind(StrEnum):
    """What is to be done."""

    SLICE_OUT = "slice_out"
    SLICE_IN = "slice_in"
    INVITE = "invite"
    SETTLED = "settled"
    RAIN_DEW = "rain_dew"


class ErrandState(StrEnum):
    """Where an errand stands."""

    WAITING = "waiting"
    AT_WORK = "at_work"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"

    @property
    def over(self) -> bool:
        """Whether nothing happens any more."""
        return self in {ErrandState.DONE, ErrandState.FAILED, ErrandState.STOPPED}


@dataclass(frozen=True, slots=True, kw_only=True)
class ErrandOrder:
    """What was ordered; `division` and `villages` are those the work is about, `may_*` what the account may see."""

    kind: ErrandKind
    division: str = ""
    villages: tuple[str, ...] = ()
    may_division: str = ""
    may_villages: tuple[str, ...] = ()
    fair_key: int = 0
    passphrase: str = ""
    purpose: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One sentence of an outcome, as a code with arguments; `warn` = to be looked at."""

    code: str
    args: dict[str, str | int]
    warn: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """One errand as stored."""

    key: int
    kind: ErrandKind
    state: ErrandState
    actor: str
    division: str
    fair_key: int
    message: str
    told: tuple[Told, ...]
    asked_at: datetime
    began_at: datetime | None
    done_at: datetime | None
