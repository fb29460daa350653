"""What staff put on record of a case: a session held, a plan delivered, a referral, a way out, who is responsible.

In: nothing. Out: frozen records. Nothing on record is changed or deleted: taking something back is a record of its own,
and can be taken back like any other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class CaseStep(StrEnum):
    """What happened."""

    GUIDANCE = "guidance"
    DELIVERED = "delivered"
    TRAINING = "training"
    """What the person said of the class, or that none fits, with the reason."""
    REFERRED = "referred"
    STUB = "stub"
    """The return stub of a referral came back; `about` names the referral."""
    EXIT = "exit"
    OWNER = "owner"
    CLOSED = "closed"
    UNDO = "undo"
    """What `about` names does not count; a reason stands in the note."""


class GuidanceWay(StrEnum):
    """How a session was held."""

    WINDOW = "window"
    VISIT = "visit"
    PHONE = "phone"


class Signed(StrEnum):
    """How the person confirmed."""

    NONE = ""
    NAME = "name"
    THUMB = "thumb"


class DeliveryWay(StrEnum):
    """What proves that a plan reached the person."""

    SIGNED_SLIP = "signed_slip"
    PAPER = "paper"
    READ_ALOUD = "read_aloud"
    PHONE = "phone"


class ClassWord(StrEnum):
    """What was said of the class of a plan."""

    WANTED = "wanted"
    REFUSED = "refused"
    NONE_FITS = "none_fits"
    """The plan holds none, with its reason; it was explained to the person."""


class StubResult(StrEnum):
    """What a return stub says."""

    HIRED = "hired"
    TRIAL = "trial"
    NOT_HIRED = "not_hired"
    NOT_COME = "not_come"

    @property
    def goes_on(self) -> bool:
        """Whether something may still come of the referral."""
        return self in {StubResult.HIRED, StubResult.TRIAL}


class ExitKind(StrEnum):
    """Ways out beside work that lasts."""

    PUBLIC_POST = "public_post"
    SELF_EMPLOYED = "self_employed"
    SCHOOL = "school"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseEvent:
    """One record; `way` holds a value of the enumeration that belongs to its step."""

    key: int = 0
    uid: str = ""
    worker_key: int
    step: CaseStep
    on: date
    way: str = ""
    who: str = ""
    """The guide, who handed the plan over, who is responsible: a member of staff."""
    minutes: int = 0
    signed: str = ""
    read_aloud: bool = False
    plan_code: str = ""
    posting_key: int | None = None
    title: str = ""
    employer: str = ""
    """The posting as the store knows it now; read, never written."""
    due_on: date | None = None
    about: str = ""
    """The uid of the record this one is about."""
    note: str = ""
    actor: str = ""
    recorded_at: datetime | None = None


def standing(events: Sequence[CaseEvent]) -> tuple[CaseEvent, ...]:
    """The records that count, in their order: what was taken back does not, unless taking it back was taken back."""
    gone: set[str] = set()
    for event in sorted(events, key=lambda one: one.key, reverse=True):
        if event.step is CaseStep.UNDO and event.uid not in gone:
            gone.add(event.about)
    return tuple(one for one in events if one.uid not in gone and one.step is not CaseStep.UNDO)
