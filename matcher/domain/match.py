"""Why a posting suits a person, or why it does not, as data."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from matcher.domain.facts import Evidence, Phrase, PhraseValue


class Part(StrEnum):
    """The two scorecards: can get and keep it; wants it."""

    FIT = "fit"
    WISH = "wish"


@dataclass(frozen=True, slots=True)
class Reason:
    """One line of a scorecard; the effects of a part, BASE included, sum to the part."""

    code: str
    part: Part
    effect: float
    args: dict[str, PhraseValue] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class Exclusion:
    """Why a posting is not suitable, with the code of the ground it rests on."""

    code: str
    basis: str
    args: dict[str, PhraseValue] = field(default_factory=dict)
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingView:
    """What a paper says of a posting, kept with the plan so that it can be printed again word for word."""

    ref: str
    title: str
    employer: str
    kind: str
    place: str
    wage: Phrase
    hours: Phrase
    board: Phrase
    insurance: Phrase
    duties: str = ""
    needs: tuple[Phrase, ...] = ()
    """What is asked and whether this person has it: NEED_MET, NEED_TODO."""
    contact: str = ""
    phone: str = ""
    openings: int | None = None
    deadline: str = ""
    verified: str = ""
    verified_by: str = ""
    verified_how: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One of the three postings of a plan."""

    rank: int
    posting_key: int
    posting: PostingView
    distance_km: float | None
    minutes: int | None
    score: float
    fit: float
    wish: float
    reasons: tuple[Reason, ...]
    cautions: tuple[Phrase, ...] = ()
    would_fit_if: tuple[Phrase, ...] = ()
    first_choice: bool = False
    by_hand: bool = False
    """Chosen at the desk with the person, not by the run."""
