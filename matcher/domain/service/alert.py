"""An alert: something that somebody has to look at, told by the part of the service that sees it.

In: nothing. Out: one frozen record. Every part of the service that has something to tell offers in a module
`signals.py` a function `signals(unit, scope, on, policy) -> list[Alert]`; `matcher.alerts` collects them. The words
of a code stand in a wording catalogue as `ALERT_<CODE>` and are filled from `args`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Level(StrEnum):
    """How much it presses."""

    NOW = "now"
    SOON = "soon"
    KNOW = "know"


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One thing to look at; `mark` tells it from every other alert and stays the same from day to day."""

    code: str
    mark: str
    level: Level
    division: str
    """Digits of the division it is about, as in scopes; people see alerts of their own division only."""
    village: str = ""
    due_on: date | None = None
    """Until when somebody has to act, None where no day is set."""
    args: Mapping[str, str | int | float] = field(default_factory=dict)
    """What the sentence is filled with; no number of an identity, no telephone, no illness."""
    endpoint: str = ""
    """The page that shows more, as the web names it, with `values`."""
    values: Mapping[str, str | int] = field(default_factory=dict)
    people: tuple[int, ...] = ()
    """Keys of the people it is about, for drilling down."""
