"""The book of figures: everybody's traits and the postings of the day, from which every report is counted.

In: an office. Out: a `Book` of one moment. Small offices count when asked; large ones keep sealed pages that a process
of its own writes anew when something has changed, and say of which moment their figures are.
"""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import msgspec

from matcher.domain.division import division_prefix
from matcher.domain.posting import PostingFacts, PostingState, Wage
from matcher.domain.worker import WorkerFacts
from matcher.listings import Scope
from matcher.office import Office, StoredPosting
from matcher.reference.name_forms import plain_village
from matcher.reports.told_work import service_of, told_work
from matcher.reports.traits import NO_WORK, Trait, trait_of
from matcher.store.store import UnitOfWork

Tell = Callable[[float], None]
T = TypeVar("T")
_ENCODER, _DECODER = msgspec.msgpack.Encoder(), msgspec.msgpack.Decoder(list[Trait])
_PREFECTURE = "postings"
"""The page of postings among the pages of places."""


class Job(msgspec.Struct, frozen=True, array_like=True):
    """What is counted of one live posting."""

    key: int
    place: str
    occupation: str
    openings: int
    pay: float | None
    kind: str


_JOBS = msgspec.msgpack.Decoder(list[Job])


@dataclass(frozen=True, eq=False)
class Book:
    """Everybody's traits and the live postings of one moment."""

    stamp: str
    as_of: date
    made_at: datetime
    people: tuple[Trait, ...]
    jobs: tuple[Job, ...]
    home: str
    """The digits all divisions of the office's prefecture begin with."""
    counted: dict[Hashable, Any] = field(default_factory=dict)
    """What has been counted from this book already."""

    def of(self, scope: Scope, division: str = "") -> list[Trait]:
        """The people of a scope, narrowed to a division."""
        own, asked = division_prefix(scope.division), division_prefix(division)
        chosen = [one for one in self.people if one.home.startswith(own) and one.home.startswith(asked)]
        return [one for one in chosen if one.village in scope.villages] if scope.villages else chosen

    def village(self, one: Trait) -> str:
        """The village of a person as most people of the place write it: 海力斯吐 and 海力斯吐嘎查 are one."""
        written: dict[tuple[str, str], str] = self.once("villages", lambda: usual_villages(self.people))
        return written[one.home[:9], plain_village(one.village)]

    def once(self, key: Hashable, count: Callable[[], T]) -> T:
        """What was counted under a key, counted now where nobody asked before."""
        if key not in self.counted:
            self.counted[key] = count()
        found: T = self.counted[key]
        return found


def usual_villages(people: Iterable[Trait]) -> dict[tuple[str, str], str]:
    """(township, plain name) → the form most people have, the longer of equals."""
    forms: dict[tuple[str, str], Counter[str]] = {}
    for one in people:
        forms.setdefault((one.home[:9], plain_village(one.village)), Counter())[one.village] += 1
    return {key: max(counted, key=lambda form: (counted[form], len(form), form)) for key, counted in forms.items()}


@dataclass(frozen=True, slots=True)
class Shelf:
    """A book with whether the data have changed since, or no book yet."""

    book: Book | None
    stale: bool


_KEPT: WeakKeyDictionary[Office, Book] = WeakKeyDictionary()
_LOCK = threading.Lock()


def shelf(office: Office) -> Shelf:
    """The book there is: counted now for a small office, else as the pages tell."""
    today = office.today()
    with office.reading() as unit:
        stamp = unit.figures.stamp(today)
        kept = _KEPT.get(office)
        if kept is not None and kept.stamp == stamp:
            return Shelf(kept, False)
        if _few(office, unit):
            return Shelf(_keep(office, count_book(office, unit)), False)
        made = unit.figures.made()
        if made is None:
            return Shelf(None, True)
        if kept is None or (kept.stamp, kept.made_at) != made:
            kept = _keep(office, _read(unit, _home(office)))
    return Shelf(kept, kept.stamp != stamp)


def _few(office: Office, unit: UnitOfWork) -> bool:
    """Whether everybody can be counted while a page is asked for."""
    return unit.workers.count() <= office.policy.at(office.today()).whole("reports.at_once")


def counts_at_once(office: Office) -> bool:
    """Whether an office is small enough to count when asked."""
    with office.reading() as unit:
        return _few(office, unit)


def _keep(office: Office, book: Book) -> Book:
    """Kept as long as the office is open."""
    with _LOCK:
        _KEPT[office] = book
    return book


def _read(unit: UnitOfWork, home: str) -> Book:
    """The book of the pages there are."""
    pages = unit.figures.read()
    people: list[Trait] = []
    jobs: tuple[Job, ...] = ()
    for page in pages:
        if page.place == _PREFECTURE:
            jobs = tuple(_JOBS.decode(page.body))
        else:
            people += _DECODER.decode(page.body)
    return Book(pages[0].stamp, pages[0].as_of, pages[0].made_at, tuple(people), jobs, home)


def _home(office: Office) -> str:
    """The digits all divisions of the office's prefecture begin with."""
    return division_prefix(office.gazetteer.home)


def write_pages(office: Office, tell: Tell = lambda share: None) -> Book:
    """Counts everybody and writes the pages anew, whole or not at all."""
    with office.reading() as unit:
        book = count_book(office, unit, tell)
    places: dict[str, list[Trait]] = {}
    for one in book.people:
        places.setdefault(one.home[:9], []).append(one)
    pages = [(place, len(people), _ENCODER.encode(people)) for place, people in sorted(places.items())]
    pages.append((_PREFECTURE, len(book.jobs), _ENCODER.encode(book.jobs)))
    with office.unit() as unit:
        unit.figures.put(pages, stamp=book.stamp, as_of=book.as_of)
    return book


def count_book(office: Office, unit: UnitOfWork, tell: Tell = lambda share: None) -> Book:
    """The book of this moment."""
    today, figures = office.today(), unit.figures
    stamp = figures.stamp(today)
    postings = [(stored, stored.facts or PostingFacts()) for stored in unit.postings.all_for_planning(only_open=False)]
    pay_of = {stored.key: pay for stored, facts in postings if (pay := middle(facts.wage)) is not None}
    tell(0.2)
    plans, suggested, answered = figures.plan_lines(), figures.suggested(), figures.answered()
    hired, cases = figures.hired(today.replace(month=1, day=1), today), figures.open_cases()
    work, accepted = told_work(unit, today, office.policy.at(today)), figures.accepted()
    served = service_of(unit, today, office.policy.at(today))
    tell(0.5)
    people, total, gone = [], max(1, unit.workers.count()), unit.life.gone()
    for number, stored in enumerate(unit.workers.all_for_planning()):
        if number % 1000 == 0:
            tell(0.5 + 0.5 * number / total)
        key = stored.key
        facts = stored.facts or WorkerFacts()
        people.append(
            trait_of(
                key, stored.value, facts, today, plan=plans.get(key), postings=suggested.get(key, ()), pay_of=pay_of,
                answered=answered, hired=hired.get(key, ""), case=cases.get(key), here=key not in gone,
                work=work.get(key, NO_WORK), accepted=accepted,
                service=served(key),
            )
        )  # fmt: skip
    spoken = unit.sameness.spoken(today, office.policy.at(today).whole("plan.stale_days"))
    live = [(stored, facts) for stored, facts in postings if stored.key not in spoken and _is_live(stored, today)]
    return Book(stamp, today, office.clock(), tuple(people), tuple(_jobs(live, office)), _home(office))


def _is_live(stored: StoredPosting, today: date) -> bool:
    """Whether a posting is open and in time."""
    deadline = stored.value.deadline
    return stored.state is PostingState.OPEN and (deadline is None or deadline >= today)


def _jobs(live: Iterable[tuple[StoredPosting, PostingFacts]], office: Office) -> Iterable[Job]:
    """What is counted of live postings; openings nobody stated count as the policy says."""
    unknown = office.policy.at(office.today()).whole("plan.openings_unknown")
    for stored, facts in live:
        left = stored.openings_left if stored.openings_left is not None else stored.value.openings
        openings = unknown if left is None else left
        yield Job(
            stored.key, stored.value.place.code, facts.occupation, openings, middle(facts.wage), stored.value.kind.value
        )


def middle(wage: Wage | None) -> float | None:
    """The middle of the pay an advert states, in yuan a month, None where it states none."""
    if wage is None:
        return None
    ends = [end for end in (wage.low, wage.high) if end is not None]
    return sum(ends) / len(ends) if ends else None
