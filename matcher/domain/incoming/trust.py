"""What is held against a posting, and what is known of its employer.

In: what checks found, what staff and callers said. Out: plain records that the store keeps and pages show.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from matcher.domain.facts import Evidence, PhraseValue
from matcher.domain.posting import PostingState


class Severity(StrEnum):
    """What a flag does: hold the posting for a person, send the employer a letter, or warn whoever goes there."""

    HOLD = "hold"
    LETTER = "letter"
    CAUTION = "caution"


@dataclass(frozen=True, slots=True)
class Flag:
    """One thing found, with the words it rests on."""

    code: str
    severity: Severity
    evidence: tuple[Evidence, ...] = ()
    args: dict[str, PhraseValue] | None = None


class Decided(StrEnum):
    """What staff decided about a checked posting."""

    RELEASED = "released"
    RETURNED = "returned"
    HELD = "held"


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingCheck:
    """What the last check of a posting found, and what was decided since."""

    posting_key: int
    flags: tuple[Flag, ...]
    checked_at: datetime
    text_digest: str = ""
    """Of the text that was checked."""
    decided: Decided | None = None
    decided_by: str = ""
    decided_at: datetime | None = None

    def of(self, severity: Severity) -> tuple[Flag, ...]:
        """The flags of one kind."""
        return tuple(flag for flag in self.flags if flag.severity is severity)


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingEvent:
    """One change of where a posting stands; `why` is a code, `reason` what a person typed."""

    posting_key: int
    at: datetime
    actor: str
    from_state: PostingState | None
    to_state: PostingState
    why: str
    reason: str = ""


class VerifiedHow(StrEnum):
    """How a posting was verified."""

    PHONE = "phone"
    VISIT = "visit"
    COUNTER = "counter"
    PAPERS = "papers"


class VerifiedResult(StrEnum):
    """What came of it."""

    CONFIRMED = "confirmed"
    CHANGED = "changed"
    UNREACHABLE = "unreachable"
    FILLED = "filled"
    GONE = "gone"

    @property
    def proves(self) -> bool:
        """Whether somebody of the employer answered for the posting."""
        return self in {VerifiedResult.CONFIRMED, VerifiedResult.CHANGED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """One call or visit about a posting."""

    posting_key: int
    on: date
    by: str
    how: VerifiedHow
    result: VerifiedResult
    note: str = ""
    key: int | None = None


class MarkKind(StrEnum):
    """Why nothing of an employer is suggested."""

    BLACKLISTED = "blacklisted"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class EmployerMark:
    """An employer nothing is suggested of; `until` None = until it is lifted."""

    name: str
    kind: MarkKind
    reason: str
    since: date
    uscc: str = ""
    until: date | None = None
    actor: str = ""
    lifted_at: datetime | None = None
    lifted_by: str = ""
    key: int | None = None

    def stands_on(self, day: date) -> bool:
        """Whether it is in force."""
        return self.lifted_at is None and self.since <= day and (self.until is None or day <= self.until)


class ComplaintBy(StrEnum):
    """Who complained, by kind only."""

    WORKER = "worker"
    COORDINATOR = "coordinator"
    STAFF = "staff"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """One complaint about an employer; the text is sealed, who complained is kept by kind only."""

    employer: str
    on: date
    by: ComplaintBy
    text: str
    uscc: str = ""
    posting_key: int | None = None
    actor: str = ""
    settled_at: datetime | None = None
    key: int | None = None


@dataclass(frozen=True, slots=True)
class EmployerRecord:
    """What is known of an employer on a day."""

    mark: EmployerMark | None = None
    complaints: int = 0
    fairs_without_hire: int = 0
    """For the fairs of the office to fill in."""
    recorded: bool = False
    """Whether who employs, or who sent the posting, is a recorded intermediary."""


def employer_key(name: str) -> str:
    """An employer's name as it is compared: one width, no blanks, brackets or stops."""
    folded = unicodedata.normalize("NFKC", name).lower()
    return "".join(sign for sign in folded if sign.isalnum())
