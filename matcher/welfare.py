"""Policies a person may be able to use: yes, no, or the one question that settles it.

In: a worker row. Out: PolicyNotes for the back of the sheet. Amounts and dates are never stated here: they are
for the office to enter.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from matcher.columns import WorkerRow
from matcher.domain.facts import Phrase
from matcher.domain.plan import PolicyNote, PolicyState
from matcher.domain.worker import HouseholdType
from matcher.policy import PolicyAt
from matcher.reference.tables import read_table

State = PolicyState


def _population(row: WorkerRow) -> bool | None:
    """Whether the household belongs to the population the notice speaks of."""
    worker = row.worker
    if worker.monitor_category is not None:
        return True
    if worker.household_type is None:
        return None
    return worker.household_type is not HouseholdType.ORDINARY


def _moves(row: WorkerRow) -> bool | None:
    """Whether the person would work outside the home county."""
    willing = row.facts.willing_to_move.value
    return row.worker.willing_to_move if willing is None else willing


def _business(row: WorkerRow) -> bool | None:
    """Whether the person wants a business of one's own."""
    return row.facts.situation("WANTS_BUSINESS") is not None


NEEDS: dict[str, Callable[[WorkerRow], bool | None]] = {
    "training": lambda row: True,
    "moves": _moves,
    "flexible": lambda row: None,
    "business": _business,
}


@lru_cache(maxsize=1)
def _catalogue() -> list[dict[str, str]]:
    """The policies named by the notice."""
    return read_table("benefits")


def policy_notes(row: WorkerRow, policy: PolicyAt) -> tuple[PolicyNote, ...]:
    """What may be got, leaving out what certainly may not."""
    return _notes(_population(row), tuple(test(row) for test in NEEDS.values()))


@lru_cache(maxsize=256)
def _notes(belongs: bool | None, met: tuple[bool | None, ...]) -> tuple[PolicyNote, ...]:
    """The notes of everybody who answers the few questions alike."""
    answers = dict(zip(NEEDS, met, strict=True))
    notes = []
    for entry in _catalogue():
        meets = answers[entry["needs"]]
        if meets is False or belongs is False:
            continue
        sure = meets is True and belongs is True
        question = None if sure else Phrase("ASK_HOUSEHOLD" if belongs is None else f"ASK_{entry['code']}", {})
        state = State.YES if sure else State.UNKNOWN
        notes.append(PolicyNote(code=entry["code"], state=state, text=Phrase(entry["code"], {}), question=question))
    return tuple(notes)
