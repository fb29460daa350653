"""The questions of a roster asked anew of whoever is stored, so that what was changed by hand is asked about, too.

In: an office and a scope. Out: how many questions are new and how many are cured; a village is opened at a time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from jobs_feed.rosters.asking import Limits, ask_person
from jobs_feed.rosters.kin import ask_household, ask_village
from matcher.domain.facts import Phrase
from matcher.domain.worker import Worker
from matcher.office import Office
from matcher.reading.identity import IdProblem, read_id_number
from matcher.reference.name_forms import plain_village
from matcher.store import UnitOfWork

Tell = Callable[[float], None]


@dataclass(frozen=True, slots=True)
class Asked:
    """What came of asking."""

    people: int
    fresh: int
    cured: int


def ask_again(
    office: Office, *, division: str = "", villages: tuple[str, ...] = (), actor: str, tell: Tell = lambda share: None
) -> Asked:
    """Asks about everybody of a scope; a village is asked whole or not at all."""
    today = office.today()
    limits = Limits.of(office.policy.at(today))
    with office.reading() as unit:
        groups = unit.ledgers.people.by_village(division=division, villages=villages, plain=plain_village)
    people = fresh = cured = 0
    for number, keys in enumerate(groups):
        with office.unit(actor) as unit:
            asked = _of_village(unit, keys, limits, today)
            new, gone = unit.questions.settle(asked, on=today)
        people, fresh, cured = people + len(keys), fresh + new, cured + gone
        tell((number + 1) / len(groups))
    with office.unit(actor) as unit:
        unit.audit.note("questions_asked", subject="questions", fields=f"{people} {fresh} {cured}")
    return Asked(people, fresh, cured)


def _of_village(unit: UnitOfWork, keys: Sequence[int], limits: Limits, today: date) -> dict[int, list[Phrase]]:
    """Everything to be asked about the people of one village."""
    stored = unit.workers.many(keys)
    workers = {key: stored[key].value for key in keys if key in stored}
    asked = {key: ask_person(worker, limits, today) + _number(worker) for key, worker in workers.items()}
    order = list(workers)
    for place, phrases in ask_village(list(workers.values()), limits).items():
        asked[order[place]] += phrases
    for members in _households(unit, workers):
        for place, phrases in ask_household([workers[key] for key in members]).items():
            asked[members[place]] += phrases
    for key, many in unit.ledgers.people.same_number(order).items():
        asked[key].append(Phrase("VERIFY_SAME_ID", {"count": many}))
    return asked


def _households(unit: UnitOfWork, workers: dict[int, Worker]) -> list[list[int]]:
    """The people of each household."""
    found: dict[str, list[int]] = defaultdict(list)
    for key, worker in workers.items():
        if index := unit.workers.household_index(worker):
            found[index].append(key)
    return list(found.values())


def _number(worker: Worker) -> list[Phrase]:
    """An identity number that cannot be one."""
    wrong = bool(worker.id_number) and isinstance(read_id_number(worker.id_number), IdProblem)
    return [Phrase("VERIFY_ID")] if wrong else []
