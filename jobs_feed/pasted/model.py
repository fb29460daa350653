"""What is found in a pasted text: values with their places, and what was left out.

In: nothing. Out: the words the modules of this package speak in.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Surety(StrEnum):
    """How a value was found."""

    STATED = "stated"
    """Under its own label."""
    READ = "read"
    """From what a sentence says."""
    GUESSED = "guessed"
    """By its place or from another field; to be looked at."""


@dataclass(frozen=True, slots=True)
class Told:
    """A value for a field and the stretch of the piece it was read from; label and value lie in `outer`."""

    field: str
    value: str
    start: int
    end: int
    surety: Surety
    outer: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Spot:
    """The place of a field's value in the whole text, for the eye beside the form."""

    field: str
    start: int
    end: int
    surety: Surety


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Words that belong to no advert, the line they stand in, and the code of the reason."""

    code: str
    start: int
    end: int
    line: int
