"""Case files inside one unit of work: records of cases, statements about spells, proofs.

In: a unit's context. Out: `CaseFile`, one table class a concept.
"""

from __future__ import annotations

from matcher.store.casefile.details import SpellDetails
from matcher.store.casefile.events import CaseEvents
from matcher.store.casefile.gathering import CaseRows
from matcher.store.casefile.proofs import Proofs
from matcher.store.context import StoreContext


class CaseFile:
    """The tables of case files."""

    def __init__(self, context: StoreContext) -> None:
        self.events = CaseEvents(context)
        self.details = SpellDetails(context)
        self.proofs = Proofs(context)
        self.rows = CaseRows(context)
