"""Which columns of the base ledger say something of a person, a bit each.

In: a person as stored and what was understood. Out: one whole number; the bits stand in the order of `FILLED`, which
only grows at its end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

from matcher.domain.worker import HouseholdType, Worker, WorkerFacts

Says = Callable[[Worker, WorkerFacts], bool]
FILLED: dict[str, Says] = {
    "ID": lambda worker, _: bool(worker.id_number),
    "BIRTH": lambda worker, facts: worker.birth_date is not None or facts.birth_date.value is not None,
    "PHONE": lambda worker, _: bool(worker.phone),
    "TOWNSHIP": lambda worker, _: bool(worker.home.township),
    "VILLAGE": lambda worker, _: bool(worker.village),
    "HOUSEHOLD": lambda worker, _: bool(worker.household_no),
    "HOUSEHOLD_TYPE": lambda worker, _: worker.household_type is not None,
    "MONITORED": lambda worker, _: (
        worker.household_type is not HouseholdType.MONITORED or worker.monitor_category is not None
    ),
    "EDUCATION": lambda worker, facts: bool(worker.education_text) or facts.education.value is not None,
    "LABOUR": lambda worker, _: worker.labour_skill is not None,
    "HEALTH": lambda worker, _: bool(worker.health or worker.health_text),
    "STATUS": lambda worker, _: worker.work_status is not None,
    "WILLING": lambda worker, _: worker.willingness is not None,
    "WISH": lambda worker, facts: bool(worker.wish_text or facts.wished or facts.any_work.value),
    "WISH_PLACE": lambda worker, facts: bool(worker.wish_place_text or facts.wished_places),
    "WAGE": lambda worker, facts: bool(worker.wage_text or facts.wage_wish),
    "TRANSPORT": lambda worker, _: worker.transport is not None,
    "TRAINING": lambda worker, facts: bool(worker.training_wish_text or facts.training_wished),
    "SKILLS": lambda worker, facts: bool(worker.skills_text or facts.skills or facts.experience),
    "GUIDE": lambda worker, _: bool(worker.guide_name),
}
"""Column of the base ledger → whether it says something; a class of monitoring is owed by monitored households only."""


def filled_of(worker: Worker, facts: WorkerFacts) -> int:
    """The bits of one person."""
    return sum(1 << bit for bit, says in enumerate(FILLED.values()) if says(worker, facts))


def shares(filled: Iterable[int]) -> dict[str, float]:
    """Column → the share of some people of whom it says something."""
    bits = list(filled)
    if not bits:
        return {}
    return {name: sum(one >> bit & 1 for one in bits) / len(bits) for bit, name in enumerate(FILLED)}


def complete(filled: int) -> float:
    """The share of the columns that say something of one person."""
    return filled.bit_count() / len(FILLED)
