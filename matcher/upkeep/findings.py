"""What a look at an installation finds: how grave it is, and a wording code with arguments.

In: nothing. Out: `Finding`s.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from matcher.domain.facts import Phrase


class State(StrEnum):
    """How grave a finding is."""

    OK = "ok"
    LOOK = "look"
    BAD = "bad"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at."""

    state: State
    phrase: Phrase


def found(state: State, code: str, **args: str | int) -> Finding:
    """A finding in short."""
    return Finding(state, Phrase(code, dict(args)))
