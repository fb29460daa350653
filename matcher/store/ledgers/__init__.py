"""Ledgers inside one unit of work: own columns of offices, sheets that were written, months that were handed in.

In: a unit's context. Out: `Ledgers`, one table class a concept.
"""

from __future__ import annotations

from matcher.store.context import StoreContext
from matcher.store.ledgers.exports import Exports
from matcher.store.ledgers.months import Months
from matcher.store.ledgers.people import LedgerPeople
from matcher.store.ledgers.profiles import Profiles


class Ledgers:
    """The tables of the ledgers, and the people who stand in them."""

    def __init__(self, context: StoreContext) -> None:
        self.profiles = Profiles(context)
        self.exports = Exports(context)
        self.months = Months(context)
        self.people = LedgerPeople(context)
