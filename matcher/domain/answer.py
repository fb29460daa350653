"""What a person answered to a posting of the plan.

In: ticks of a slip, a call, a page. Out: `Answer`; some of them close a posting for this person.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class AnswerKind(StrEnum):
    """What became of a suggested posting."""

    WANTED = "wanted"
    NOT_WANTED = "not_wanted"
    CALLED = "called"
    TRIED_NOT_HIRED = "tried_not_hired"
    STARTED = "started"

    @property
    def closes(self) -> bool:
        """Whether the posting is not suggested to this person again: not wanted, not hired, or worked at."""
        return self in {AnswerKind.NOT_WANTED, AnswerKind.TRIED_NOT_HIRED, AnswerKind.STARTED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """One answer as recorded; a later one to the same posting counts."""

    key: int
    plan_key: int
    posting_key: int
    kind: AnswerKind
    on: date
    reason: str = ""
    actor: str = ""
