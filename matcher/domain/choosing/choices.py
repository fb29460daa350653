"""Changes of a plan made by hand, and what a person said is all right too.

In: nothing. Out: frozen records; `Hand` is what stands of all changes of one person.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Verb(StrEnum):
    """What was done to a plan."""

    ADD = "add"
    SWAP = "swap"
    TAKE_OUT = "take_out"
    RESTORE = "restore"


class Switch(StrEnum):
    """What a person may say is all right too."""

    OUT_OF_COUNTY = "out_of_county"
    OUT_OF_CITY = "out_of_city"
    LODGING = "lodging"
    LOWER_PAY = "lower_pay"


@dataclass(frozen=True, slots=True)
class Hand:
    """Keys of postings given to a person by hand, and of those taken out by hand."""

    given: frozenset[int] = frozenset()
    taken: frozenset[int] = frozenset()

    def after(self, came: int | None, left: int | None) -> Hand:
        """What stands after one posting came and another left."""
        given, taken = set(self.given), set(self.taken)
        if left is not None:
            given.discard(left)
            taken.add(left)
        if came is not None:
            taken.discard(came)
            given.add(came)
        return Hand(frozenset(given), frozenset(taken))


NO_HAND = Hand()


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One change of a plan: from which plan to which, what came and what left, why, and what was overridden."""

    key: int
    worker_key: int
    plan_key: int
    from_plan_key: int
    verb: Verb
    came: int | None
    left: int | None
    reason: str
    overridden: tuple[str, ...]
    """Codes of the limits and warnings that were known and set aside."""
    hand: Hand
    actor: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Concession:
    """What a person said is all right too, on which day, and who wrote it down."""

    switches: tuple[Switch, ...]
    on: date
    actor: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Somebody whose current plan, or whose printed sheet, holds a posting; `told_on` None = not told yet."""

    worker_key: int
    name: str
    village: str
    place_name: str
    on_plan: bool
    """Whether the current plan holds it."""
    printed: bool
    """Whether a sheet that holds it was printed."""
    told_on: date | None
    told_by: str
