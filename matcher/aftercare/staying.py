"""How long people stay at each employer, as far as it may speak in a plan.

In: stretches of work as told, a day. Out: of every employer how many of those who began are there ninety days later,
beside the share of all other employers; worked out once and kept until a stretch of work begins, ends or grows old
enough to count.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from hashlib import blake2b
from weakref import WeakKeyDictionary

from matcher.domain.incoming.trust import employer_key
from matcher.domain.service.around.visiting import Kept, Record
from matcher.office import Office
from matcher.store.cooperation.books import Engagement
from matcher.store.store import UnitOfWork

SOON, STABLE = 30, 90
"""Days after which it is asked whether somebody is still there."""
_NAMES: WeakKeyDictionary[Office, dict[int, str]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class Records:
    """The employers of whom anything is known, by the key of their name."""

    by_key: Mapping[str, Record] = field(default_factory=dict)
    digest: str = ""
    """Alike where every record is: what was made from these records need not be made anew."""

    def of(self, employer: str) -> Record | None:
        """What is known of the employer of a posting, None of a new one."""
        return self.by_key.get(employer_key(employer)) if self.by_key else None


def names_known(office: Office) -> dict[int, str]:
    """Employers' names as people told them, by stretch of work: opened once and kept in memory."""
    return _NAMES.setdefault(office, {})


def records(office: Office, unit: UnitOfWork, on: date) -> Records:
    """The records of all employers on a day."""
    books, least = unit.cooperation.books, office.policy.at(on).whole("visiting.small_cell")
    stamp = (books.stamp(), on, least)
    return office.shelf.get(
        ("employer_records",), stamp, lambda: records_of(books.engagements(names_known(office)), on, least)
    )


def records_of(found: Iterable[Engagement], on: date, least: int) -> Records:
    """The records that stretches of work make; numbers of fewer than `least` people are not told."""
    by_key: dict[str, list[Engagement]] = {}
    for one in found:
        key = employer_key(one.employer)
        if key and one.started_on <= on:
            by_key.setdefault(key, []).append(one)
    counted = {key: kept(ones, on) for key, ones in sorted(by_key.items())}
    known = {key: one for key, one in counted.items() if one.of_90}
    stayed, began = sum(one.at_90 for one in known.values()), sum(one.of_90 for one in known.values())
    made = {
        key: Record(one.at_90, one.of_90, (stayed - one.at_90) / (began - one.of_90), one.of_90 >= least)
        for key, one in known.items()
        if began > one.of_90
    }
    lines = "\n".join(f"{key} {one}" for key, one in made.items())
    return Records(made, blake2b(lines.encode(), digest_size=16).hexdigest())


def kept(found: Sequence[Engagement], on: date) -> Kept:
    """Of the people who began at an employer, how many were there 30 and 90 days later; each beginning once.

    Whoever began less than so many days ago is counted in neither number of that span.
    """
    counts = {SOON: [0, 0], STABLE: [0, 0]}
    started = {(one.worker_key, one.started_on): one for one in found if one.started_on <= on}
    for one in started.values():
        for days, count in counts.items():
            reached = one.started_on + timedelta(days=days)
            if reached <= on:
                count[0] += 1
                count[1] += one.ended_on is None or one.ended_on >= reached
    return Kept(
        started=len(started),
        of_30=counts[SOON][0],
        at_30=counts[SOON][1],
        of_90=counts[STABLE][0],
        at_90=counts[STABLE][1],
    )
