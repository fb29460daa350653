"""An order for papers, the printing it became, and the parts that were printed.

In: what somebody asked for. Out: frozen records; the body of a part is a view model as data, so that the same words
can be printed again however plans, templates and settings have changed since.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

DIED = "打印的进程中断了，没有印出半份；请再印一次。"
"""What a printing says whose process was killed."""


class PaperKind(StrEnum):
    """What can be printed."""

    SHEET = "sheet"
    GUIDANCE = "guidance"
    NOTICE = "notice"
    REFERRAL = "referral"
    KEY_LIST = "key_list"
    PUBLIC_LIST = "public_list"
    EMPLOYER = "employer"
    TICKET = "ticket"
    POLICY_LIST = "policy_list"
    POLICY_QA = "policy_qa"
    EMPLOYER_POLICY = "employer_policy"
    CLAIM = "claim"
    BOARD = "board"
    PAYMENT = "payment"
    DUE = "due"

    @property
    def personal(self) -> bool:
        """Whether each paper is about one person and rests on a plan."""
        return self in {PaperKind.SHEET, PaperKind.GUIDANCE, PaperKind.NOTICE, PaperKind.REFERRAL}


class PrintState(StrEnum):
    """How far a printing is; only DONE was ever a paper."""

    WAITING = "waiting"
    MAKING = "making"
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"

    @property
    def over(self) -> bool:
        """Whether nothing more happens."""
        return self not in {PrintState.WAITING, PrintState.MAKING}


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintOrder:
    """What somebody asked for; everything empty means everyone, `again` names a printing to be made once more."""

    kind: PaperKind = PaperKind.SHEET
    division: str = ""
    villages: tuple[str, ...] = ()
    worker_key: int | None = None
    ending: str = "pdf"
    lang: str = "zh"
    large: bool = False
    pack: bool = False
    """With the list of each village before its sheets and the reading scripts after them."""
    only_changed: bool = False
    rank: int = 0
    """The place of a posting in a plan, 0 = each of them; of a claim for training its class."""
    employer: str = ""
    topic: str = ""
    first: int = 1
    count: int = 1
    purpose: str = ""
    again: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Printing:
    """One printing: who ordered what, how far it is, what came of it."""

    key: int
    kind: PaperKind
    state: PrintState
    actor: str
    division: str
    place: str
    ending: str
    lang: str
    large: bool
    pack: bool
    only_changed: bool
    sheets: int
    progress: float
    message: str
    versions: str
    asked_at: datetime
    heartbeat_at: datetime | None = None
    done_at: datetime | None = None
    again: int | None = None
    stop_asked: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PaperPart:
    """One part that was printed: the papers of a person, or a row of a list."""

    kind: str
    body: bytes
    worker_key: int | None = None
    plan_key: int | None = None
    mark: bytes = b""
    """What the person would notice: where it is the same, the old paper still holds."""
    made_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PrintedFor:
    """One line of the papers of a person."""

    printing: int
    kind: PaperKind
    actor: str
    done_at: datetime
    sheets: int
    ending: str
    large: bool
    plan_key: int | None
    digest: str
    """Equal for equal words."""
    current: bool
    """Whether it was printed from the plan that holds now."""
