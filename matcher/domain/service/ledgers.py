"""Ledgers as the service hands them in: which there are, in whose columns, what was written, which months were closed.

In: nothing. Out: frozen records.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class LedgerKind(StrEnum):
    """The ledgers of notice 二(三), the service ledger of “131” and the work ledger of the national system."""

    BASE = "base"
    WISHES = "wishes"
    NEEDS = "needs"
    TRAINING = "training"
    SERVICE = "service"
    WORK = "work"


class Mask(StrEnum):
    """How far a column may be seen (reliability.md, Privacy)."""

    OPEN = "open"
    PHONE = "phone"
    IDENTITY = "identity"
    BIRTH = "birth"
    """The whole date on an internal sheet, the age at the desk, a band of ages in the village."""
    PRIVATE = "private"
    """Health, poverty and monitoring status, reasons, free text: the office only, and only on an internal sheet."""


@dataclass(frozen=True, slots=True)
class ProfileColumn:
    """One column of an office's own sheet: what stands in it ("" = left empty), under which header, in which form."""

    code: str
    header: str
    form: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """The columns of an office's own sheet under a name; `division` = whose it is, "" = ships with the program."""

    key: int = 0
    ledger: LedgerKind
    name: str
    division: str = ""
    columns: tuple[ProfileColumn, ...]
    actor: str = ""
    saved_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportOrder:
    """A ledger somebody wants as a file; `whole` = with numbers and private columns, for an office of the service."""

    ledger: LedgerKind
    division: str = ""
    villages: tuple[str, ...] = ()
    month: str = ""
    """YYYY-MM: only what happened in it; "" = as things stand today."""
    profile: str = ""
    ending: str = "xlsx"
    whole: bool = False
    purpose: str = ""


class ExportState(StrEnum):
    """How far an export is; only DONE was ever a file."""

    WAITING = "waiting"
    MAKING = "making"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"

    @property
    def over(self) -> bool:
        """Whether nothing more happens."""
        return self not in {ExportState.WAITING, ExportState.MAKING}


@dataclass(frozen=True, slots=True, kw_only=True)
class Export:
    """One export: who asked for it, how far it is, how many people stand on it and how many were left out."""

    key: int
    ledger: LedgerKind
    state: ExportState
    actor: str
    division: str
    place: str
    month: str
    ending: str
    people: int
    hidden: int
    """People in confidence, who stand on no list."""
    progress: float
    message: str
    asked_at: datetime
    done_at: datetime | None = None
    stop_asked: bool = False


class RoundStep(StrEnum):
    """What happened to the month of a village."""

    SUBMITTED = "submitted"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True, kw_only=True)
class RoundEvent:
    """The month of a village was handed in, or opened again with a reason."""

    key: int = 0
    month: str
    home_code: str
    village: str
    """The name without 嘎查 or 村 at its end, so that two ways of writing it are one village."""
    step: RoundStep
    happened_on: date
    people: int = 0
    changed: int = 0
    reason: str = ""
    actor: str = ""
    recorded_at: datetime | None = None

    @property
    def place(self) -> tuple[str, str]:
        """The village."""
        return self.home_code, self.village
