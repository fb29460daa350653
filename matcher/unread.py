"""People who were stored unread: a large roster is taken first, and read before anybody of it is planned for.

In: an office. Out: everybody in a division has facts. Each block is stored as it is read, so stopping loses nothing; a
person changed meanwhile is left to the next reading.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from matcher.domain.localtime import local_date
from matcher.domain.worker import Worker, WorkerFacts
from matcher.office import Office
from matcher.reading import load_tools, read_worker
from matcher.reading_pool import Reader, read_all

READ_LATER_FROM = 20_000
"""People in one roster; reading so many takes longer than everything else an import does (docs/performance.md)."""
_BLOCK = 20_000
_STORED_AT_ONCE = 500

Told = Callable[[int, int], None]
"""Told how many were read, of how many."""


def _read_person(worker: Worker, read_on: date) -> WorkerFacts:
    """What was understood of a person."""
    return read_worker(worker, load_tools(), read_on=read_on)


PEOPLE_READER = Reader(Worker, WorkerFacts, _read_person)


def read_unread(office: Office, *, division: str = "", tell: Told | None = None) -> int:
    """Reads and stores everybody of a division who has not been read; how many."""
    with office.reading() as unit:
        keys = unit.workers.unread(division=division)
    done = 0
    for start in range(0, len(keys), _BLOCK):
        with office.reading() as unit:
            stored = list(unit.workers.many(keys[start : start + _BLOCK]).values())
        days = {local_date(one.updated_at) for one in stored}
        for day in sorted(days):
            people = [one for one in stored if local_date(one.updated_at) == day]
            found = read_all(PEOPLE_READER, [one.value for one in people], day)
            for first in range(0, len(people), _STORED_AT_ONCE):
                part = people[first : first + _STORED_AT_ONCE]
                facts = [(one.key, one.revision, next(found)) for one in part]
                with office.unit() as unit:
                    unit.workers.put_facts_many(facts)
                done += len(part)
                if tell is not None:
                    tell(done, len(keys))
    return done
