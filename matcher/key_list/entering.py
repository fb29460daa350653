"""Who comes onto the list by itself: a monitored household whose risk is unsteady work, until the risk is cleared.

In: people as rosters state them. Out: new entries, and entries whose words have changed; nobody has to agree first.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from importlib.resources import files

from matcher.domain.service.key_list import EntryReason, KeyEntry, KeyLine, LeaveReason, LogKind
from matcher.domain.worker import HouseholdType, Worker, WorkStatus
from matcher.office import Office
from matcher.store.store import UnitOfWork

LOST = frozenset({WorkStatus.UNEMPLOYED, WorkStatus.NEWLY_UNEMPLOYED})


@dataclass(frozen=True, slots=True)
class Renewed:
    """How many people were looked at, came onto the list, and whose words changed."""

    people: int = 0
    entered: int = 0
    changed: int = 0


@lru_cache(maxsize=1)
def unstable_words() -> tuple[str, ...]:
    """How ledgers write that the risk is unsteady work."""
    text = files("matcher.key_list").joinpath("unstable_words.csv").read_text(encoding="utf-8")
    return tuple(row["word"] for row in csv.DictReader(text.splitlines(), strict=True))


def belongs(worker: Worker) -> bool:
    """Whether somebody has to be on the list: monitored, at risk because work is unsteady, the risk not cleared."""
    monitored = worker.monitor_category is not None or worker.household_type is HouseholdType.MONITORED
    return monitored and not is_cleared(worker) and any(word in worker.risk_reason for word in unstable_words())


def is_cleared(worker: Worker) -> bool:
    """Whether the ledger says that the household's risk is cleared."""
    return worker.ledger is not None and worker.ledger.risk_cleared is True


def include(unit: UnitOfWork, people: Mapping[int, Worker], *, on: date, first_contact_days: int) -> Renewed:
    """Puts everybody on the list who belongs there and is not on it yet."""
    named = {key: worker for key, worker in people.items() if belongs(worker)}
    known = unit.watching.entries.newest(named)
    fresh = [key for key in sorted(named) if key not in known or _again(named[key], known[key])]
    told = [
        one for key, one in known.items() if one.left_on is None and _words(named[key]) != (one.words, one.measures)
    ]
    due = on + timedelta(days=first_contact_days)
    entries = [_entry(key, named[key], on, due) for key in fresh]
    for one in told:
        _say_anew(unit, one, named[one.worker_key], on)
    keys = unit.watching.entries.enter(entries, by_itself=True)
    lines = [
        KeyLine(key=0, entry_key=key, worker_key=one.worker_key, kind=LogKind.ENTERED, on=one.entered_on,
                next_due=one.next_due)
        for key, one in zip(keys, entries, strict=True)
    ]  # fmt: skip
    unit.watching.cards.write(lines, by_itself=True)
    return Renewed(len(people), len(fresh), len(told))


def _say_anew(unit: UnitOfWork, entry: KeyEntry, worker: Worker, on: date) -> None:
    """The ledger's words of somebody on the list; measures it names from now on count from this day."""
    unit.watching.entries.say(entry.key, *_words(worker))
    if entry.measure_on is None and _words(worker)[1]:
        unit.watching.entries.change(entry.key, measure_on=on)


def renew(office: Office, *, actor: str) -> Renewed:
    """Looks at everybody of the office; what large imports have missed is put right."""
    policy = office.policy.at(office.today())
    with office.unit(actor) as unit:
        everybody = {one.key: one.value for one in unit.workers.all_for_planning()}
        done = include(unit, everybody, on=policy.on, first_contact_days=policy.whole("key_list.first_contact_days"))
        unit.audit.note("key_list_renewed", subject="key_list", fields=str(done.entered))
    return done


def _again(worker: Worker, left: KeyEntry) -> bool:
    """Whether somebody who left the list belongs on it again: identified anew, or work was lost since."""
    if left.left_on is None:
        return False
    identified = worker.ledger.identified_on if worker.ledger else None
    lost = worker.unemployed_since if worker.work_status in LOST else None
    anew = any(day is not None and day > left.left_on for day in (identified, lost))
    return anew or left.left_reason in {LeaveReason.GONE, LeaveReason.MISTAKE}


def _words(worker: Worker) -> tuple[str, str]:
    """The risk and the measures as the ledger writes them."""
    return worker.risk_reason, worker.ledger.measures if worker.ledger else ""


def _entry(key: int, worker: Worker, on: date, due: date) -> KeyEntry:
    """A new stay, with the first contact due."""
    words, measures = _words(worker)
    return KeyEntry(
        key=0,
        worker_key=key,
        reason=EntryReason.UNSTABLE_WORK,
        entered_on=on,
        identified_on=worker.ledger.identified_on if worker.ledger else None,
        owner=worker.guide_name,
        measure_on=on if measures else None,
        next_due=due,
        words=words,
        measures=measures,
    )
