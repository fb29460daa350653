"""What is watched, inside one unit of work: the key-assistance list, the care for alerts, months as counted.

In: a unit's context. Out: `Watching`, one table class a concept.
"""

from __future__ import annotations

from matcher.store.context import StoreContext
from matcher.store.watching.cards import Cards
from matcher.store.watching.cares import Cares
from matcher.store.watching.entries import KeyEntries
from matcher.store.watching.losses import Losses
from matcher.store.watching.months import Months


class Watching:
    """The tables of what is watched."""

    def __init__(self, context: StoreContext) -> None:
        self.entries = KeyEntries(context)
        self.cards = Cards(context)
        self.cares = Cares(context)
        self.months = Months(context)
        self.losses = Losses(context)
