"""Names in adverts that the program is not sure of, and what staff have decided they mean.

In: nothing. Out: the kinds of such names, a decision, and a name that waits for one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class NameKind(StrEnum):
    """What a name is a name of."""

    TITLE = "title"
    PLACE = "place"


@dataclass(frozen=True, slots=True)
class NameDecision:
    """What staff decided a name means; `code` "" = the decision was taken back."""

    kind: NameKind
    text: str
    code: str
    actor: str
    placed_at: datetime


@dataclass(frozen=True, slots=True)
class UnsureName:
    """A name in open postings that waits for a decision: as what it is read now, and how often it comes."""

    kind: NameKind
    text: str
    code: str
    confidence: float
    postings: int
    example: int
    """The key of one of these postings."""
