"""What staff say of a person beside the texts: facts that are wrong, that are something else, or that no text states.

In: nothing. Out: the kinds of fact that can be corrected, and `Correction`, one decision about one fact.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class FactKind(StrEnum):
    """Which fact a correction is about."""

    WISHED = "wished"
    REFUSED = "refused"
    EXPERIENCE = "experience"
    SKILL = "skill"
    TRAINED = "trained"
    TRAINING_WISHED = "training_wished"
    CONSTRAINT = "constraint"
    SITUATION = "situation"
    PLACE = "place"
    UNLINKED = "unlinked"
    """Words nobody could place; taken off the list once somebody has said what they mean."""
    BIRTH = "birth"
    EDUCATION = "education"
    TRANSPORT = "transport"
    MOVES = "moves"
    WAGE = "wage"
    MANDARIN = "mandarin"
    MONGOLIAN = "mongolian"
    WILLING = "willing"
    STATUS = "status"
    HOUSEHOLD = "household"
    ANSWERED = "answered"
    """A question that was answered with “nothing”: it is not asked again."""


LISTED = frozenset(
    {
        FactKind.WISHED,
        FactKind.REFUSED,
        FactKind.EXPERIENCE,
        FactKind.SKILL,
        FactKind.TRAINED,
        FactKind.TRAINING_WISHED,
        FactKind.CONSTRAINT,
        FactKind.SITUATION,
        FactKind.PLACE,
        FactKind.UNLINKED,
        FactKind.ANSWERED,
    }
)
"""Kinds of which a person may have several; of every other kind there is one value."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Correction:
    """One decision: `was` without `now` = wrong; both = it is `now` instead; `now` alone = also so.

    Codes of the lexicon, of places and enumerations; of kinds with one value `was` is "" and `now` the value, "" for
    unknown. `values` are those of a constraint, of a wage the yuan a month.
    """

    kind: FactKind
    was: str = ""
    now: str = ""
    values: tuple[int, ...] = ()
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptCorrection:
    """A correction as stored; `change_key` names the change of life it came with, None for one of its own."""

    key: int
    worker_key: int
    correction: Correction
    actor: str
    recorded_at: datetime
    change_key: int | None = None
