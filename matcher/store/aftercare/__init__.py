"""What comes after the paper, inside one unit of work: slips, spells of work, calls, rounds, what is due in a village.

In: a unit's context. Out: `Aftercare`, one table class a concept.
"""

from __future__ import annotations

from matcher.store.aftercare.calls import Calls
from matcher.store.aftercare.due import Due
from matcher.store.aftercare.returns import SlipReturns
from matcher.store.aftercare.rounds import Rounds
from matcher.store.aftercare.spells import Spells
from matcher.store.context import StoreContext


class Aftercare:
    """The tables of what comes after the paper."""

    def __init__(self, context: StoreContext) -> None:
        self.returns = SlipReturns(context)
        self.spells = Spells(context)
        self.calls = Calls(context)
        self.rounds = Rounds(context)
        self.due = Due(context)
