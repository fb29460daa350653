"""Claims of money after taking a job: one a stretch of work and year, or one of an organisation for many people.

In: nothing. Out: frozen records. Where a claim stands follows from its last step that was not undone; steps are
dated, by whom, and never deleted.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from matcher.domain.errors import CodedRefusal


class ClaimState(StrEnum):
    """Where a claim stands."""

    CLAIMED = "claimed"
    APPROVED = "approved"
    POSTED = "posted"
    """On the notice board."""
    PUBLICISED = "publicised"
    PAID = "paid"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"

    @property
    def standing(self) -> bool:
        """Whether it keeps others for the same work from being made."""
        return self not in {ClaimState.REFUSED, ClaimState.WITHDRAWN}


NEXT: dict[ClaimState, tuple[ClaimState, ...]] = {
    ClaimState.CLAIMED: (ClaimState.APPROVED, ClaimState.REFUSED, ClaimState.WITHDRAWN),
    ClaimState.APPROVED: (ClaimState.POSTED, ClaimState.REFUSED, ClaimState.WITHDRAWN),
    ClaimState.POSTED: (ClaimState.PUBLICISED, ClaimState.REFUSED, ClaimState.WITHDRAWN),
    ClaimState.PUBLICISED: (ClaimState.PAID, ClaimState.REFUSED, ClaimState.WITHDRAWN),
    ClaimState.PAID: (),
    ClaimState.REFUSED: (),
    ClaimState.WITHDRAWN: (),
}
"""What may follow a state; everything else is refused."""
WITH_A_REASON = frozenset({ClaimState.REFUSED, ClaimState.WITHDRAWN})
BY_HAND = frozenset({ClaimState.APPROVED, ClaimState.REFUSED, ClaimState.WITHDRAWN, ClaimState.PAID})
"""What somebody decides; POSTED and PUBLICISED follow from the notice board."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimStep:
    """One step of a claim; `yuan` where an amount was set with it."""

    key: int
    state: ClaimState
    on: date
    note: str = ""
    yuan: int | None = None
    actor: str = ""
    recorded_at: datetime
    undone_at: datetime | None = None
    undone_by: str = ""


def state_after(steps: Sequence[ClaimStep]) -> ClaimState:
    """Where a claim stands after its steps, the oldest first."""
    standing = [step.state for step in steps if step.undone_at is None]
    return standing[-1] if standing else ClaimState.WITHDRAWN


def yuan_after(steps: Sequence[ClaimStep]) -> int | None:
    """The amount after its steps; None = still to be entered by the office."""
    named = [step.yuan for step in steps if step.undone_at is None and step.yuan is not None]
    return named[-1] if named else None


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimPerson:
    """Somebody whom an organisation names in its claim: how long, and what was paid."""

    worker_key: int
    months: int = 0
    yuan: int | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One claim; `worker_key` None = of an organisation, which `claimant` names."""

    key: int = 0
    kind: str
    """A code of claims/kinds.csv."""
    worker_key: int | None = None
    claimant: str = ""
    division: str = ""
    spell_key: int | None = None
    class_key: int | None = None
    """The class a claim for training is for."""
    year: int
    tier: str = ""
    since: date
    until: date
    months: int = 0
    employer: str = ""
    place: str = ""
    proofs: tuple[str, ...] = ()
    """Kinds of proof that were there when it was made."""
    note: str = ""
    state: ClaimState = ClaimState.CLAIMED
    state_on: date | None = None
    yuan: int | None = None
    made_on: date
    actor: str = ""


def standing_mark(claim: Claim) -> str:
    """What at most one standing claim may carry: once a person, kind and year; once an organisation and year;
    for training once a class."""
    whose = f"worker:{claim.worker_key}" if claim.worker_key is not None else f"body:{claim.division}:{claim.claimant}"
    course = f":class:{claim.class_key}" if claim.class_key is not None else ""
    return f"{claim.kind}:{whose}:{claim.year}{course}"


class ClaimRefused(CodedRefusal):
    """A step that cannot be taken; `code` and `args` are the sentence of the catalogue that says so."""

    def __init__(self, code: str, message: str, args: Mapping[str, str | int]) -> None:
        super().__init__(code, message)
        self.filling = dict(args)
