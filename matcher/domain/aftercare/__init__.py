"""What comes after the paper: slips handed back, work begun and ended, calls that are due, the monthly round.

In: nothing. Out: frozen records; what was said is a claim of somebody, never a proof.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from matcher.domain.answer import AnswerKind
from matcher.domain.errors import CodedRefusal


class SlipRefused(CodedRefusal):
    """A slip that cannot be taken as typed; `code` is the sentence of the catalogue that says so in any language."""


class SaidBy(StrEnum):
    """Who says it; nothing but pay slips and insurance is more than a claim."""

    WORKER = "worker"
    FAMILY = "family"
    VILLAGE = "village"
    EMPLOYER = "employer"
    PAYROLL = "payroll"
    INSURANCE = "insurance"


class Voice(StrEnum):
    """What people report of a posting; one voice marks it for a call, it never closes it."""

    FULL = "full"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """The posting as it stood when somebody spoke of it: what “too far” and “too little” are measured by."""

    title: str = ""
    employer: str = ""
    place: str = ""
    place_code: str = ""
    occupation: str = ""
    km: float | None = None
    yuan: float | None = None
    """The least pay stated, in yuan a month."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Started:
    """Work begun, as told."""

    place: str = ""
    yuan: int | None = None
    on: date


THE_CLASS = 0
"""Stands where the key of a posting would, for the class of a plan."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """What was ticked for one posting of a slip, or the class; `why` are codes of reference/refusal_reasons.csv."""

    posting_key: int
    kind: AnswerKind
    why: tuple[str, ...] = ()
    note: str = ""
    started: Started | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptTick:
    """A tick as stored, with the answer it became; `dropped` are reasons that were taken back since."""

    tick: Tick
    answer_key: int
    measure: Measure = Measure()
    dropped: tuple[str, ...] = ()

    @property
    def standing(self) -> tuple[str, ...]:
        """The reasons that still stand."""
        return tuple(code for code in self.tick.why if code not in self.dropped)


@dataclass(frozen=True, slots=True, kw_only=True)
class SlipReturn:
    """One slip as it was handed back once."""

    key: int
    plan_key: int
    worker_key: int
    on: date
    said_by: SaidBy
    ticks: tuple[KeptTick, ...]
    actor: str = ""
    recorded_at: datetime | None = None
    taken_back_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spell:
    """A stretch of work of one person, as told; `ended_on` None = as far as anybody knows it goes on."""

    key: int
    worker_key: int
    started_on: date
    said_by: SaidBy
    employer: str = ""
    title: str = ""
    place: str = ""
    yuan: int | None = None
    posting_key: int | None = None
    return_key: int | None = None
    ended_on: date | None = None
    status_before: str = ""
    """The work status that stood before, for taking it back."""
    unemployed_before: date | None = None


class CallResult(StrEnum):
    """What a call to somebody in work found."""

    STILL = "still"
    LEFT = "left"
    NOT_REACHED = "not_reached"
    MISSED = "missed"
    """Nobody called before the next call was due."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """A call that is due so many days after work began, with whom it is about."""

    key: int
    spell_key: int
    worker_key: int
    after_days: int
    due_on: date
    tries: int = 0
    tried_on: date | None = None
    name: str = ""
    village: str = ""
    home_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundState:
    """What the monthly round says of one person; `status` is a value of WorkStatus or "" where nobody knows."""

    status: str = ""
    where: str = ""
    yuan: int | None = None
    phone_ok: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundRow:
    """One person's line of one month; `changed` False = confirmed as it was."""

    worker_key: int
    month: str
    state: RoundState
    changed: bool
    confirmed_on: date
    actor: str = ""
