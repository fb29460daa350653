"""Read views for pages: people, postings, and what the home page counts, each within the scope of an account.

In: a unit of work, filters, a scope, a page number. Out: `Page`s of summaries. Postings are public and are
listed whole; people only within the scope.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Generic, TypeVar

from matcher.domain.casenumber import case_number
from matcher.domain.intake.errands import Tell
from matcher.domain.localtime import full_years
from matcher.domain.plan import Track
from matcher.store.store import UnitOfWork
from matcher.store.views import PeopleWanted, PersonRow, PostingRow, PostingsWanted
from matcher.store.workers import StoredWorker

T = TypeVar("T")
PAGE_SIZE = 30
_TOLD_EVERY = 200
MOST_ROWS = 500
AGE_BANDS = ((16, "<16"), (25, "16–24"), (35, "25–34"), (45, "35–44"), (55, "45–54"), (60, "55–59"))


@dataclass(frozen=True, slots=True)
class Scope:
    """Whose records an account may see: a division and, where named, villages in it; empty = everything."""

    division: str = ""
    villages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Page(Generic[T]):
    """Some rows of a list; pages are numbered from one."""

    rows: tuple[T, ...]
    total: int
    number: int
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class PeopleFilter:
    """Which people; `text` is part of a name, initials, reference, case number or a whole phone number."""

    text: str = ""
    track: str = ""
    only_short: bool = False
    division: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingFilter:
    """Which postings; `text` is part of the title or employer, or the reference."""

    text: str = ""
    kind: str = ""
    state: str = ""
    division: str = ""
    only_unfilled: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonSummary:
    """One person of a list; without a plan `track` is "" and `plan_run` None; `age_band` "" = unknown."""

    key: int
    case_no: str
    ref: str
    name: str
    village: str
    place_name: str
    age_band: str
    track: str
    matches: int
    missing: int
    plan_run: int | None
    has_training: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PostingSummary:
    """One posting of a list; `recommended` counts the current plans that hold it."""

    key: int
    ref: str
    title: str
    employer: str
    place: str
    wage_text: str
    openings: int | None
    recommended: int
    state: str
    deadline: date | None
    kind: str
    occupation: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeCounts:
    """What the home page says at a glance: people of the scope, postings and classes open on the day."""

    people: int
    planned: int
    owed: int
    complete: int
    short: int
    with_training: int
    printed: int
    live_postings: int
    live_openings: int
    unfilled_postings: int
    open_classes: int

    @property
    def without_plan(self) -> int:
        """People nobody has planned for yet."""
        return self.people - self.planned


def people(
    unit: UnitOfWork, wanted: PeopleFilter, scope: Scope, *, number: int = 1, size: int = PAGE_SIZE
) -> Page[PersonSummary]:
    """People of the scope, by village and name."""
    number, size = max(1, number), _bounded(size)
    rows, total = unit.views.people(_in(scope, wanted), first=(number - 1) * size, size=size)
    return Page(_summaries(unit, rows), total, number, size)


def people_after(
    unit: UnitOfWork, wanted: PeopleFilter, scope: Scope, *, after: int, size: int
) -> tuple[PersonSummary, ...]:
    """People of the scope behind a key, in the order they were stored; for readers that take a list piece by piece."""
    return _summaries(unit, unit.views.people_after(_in(scope, wanted), after=after, size=_bounded(size)))


def postings_after(
    unit: UnitOfWork, wanted: PostingFilter, *, after: int, size: int, live_on: date | None = None
) -> tuple[PostingSummary, ...]:
    """Postings behind a key, in the order they were stored; `live_on` = those that can be suggested on a day."""
    found = replace(_wanted(wanted), live_on=live_on)
    return tuple(_posting(row) for row in unit.views.postings_after(found, after=after, size=_bounded(size)))


def short_people(unit: UnitOfWork, scope: Scope, *, size: int = PAGE_SIZE, ages: bool = True) -> Page[PersonSummary]:
    """People without three postings, those who miss most first; their ages stand sealed and need not be opened."""
    size = _bounded(size)
    wanted = _in(scope, PeopleFilter(only_short=True))
    rows, total = unit.views.people(wanted, first=0, size=size, neediest_first=True)
    return Page(_summaries(unit, rows, ages=ages), total, 1, size)


def postings(
    unit: UnitOfWork, wanted: PostingFilter, scope: Scope, *, number: int = 1, size: int = PAGE_SIZE
) -> Page[PostingSummary]:
    """Postings, those in the scope's division first, then the newest."""
    number, size = max(1, number), _bounded(size)
    rows, total = unit.views.postings(_wanted(wanted), first=(number - 1) * size, size=size, near=scope.division)
    return Page(tuple(_posting(row) for row in rows), total, number, size)


def unfilled_postings(unit: UnitOfWork, scope: Scope, as_of: date, *, size: int = PAGE_SIZE) -> Page[PostingSummary]:
    """Live postings of the scope's division with openings nobody was sent to, most openings first."""
    size = _bounded(size)
    wanted = PostingsWanted(division=scope.division, live_on=as_of, only_unfilled=True)
    rows, total = unit.views.postings(wanted, first=0, size=size, emptiest_first=True)
    return Page(tuple(_posting(row) for row in rows), total, 1, size)


def home_counts(
    unit: UnitOfWork, scope: Scope, as_of: date, *, unfilled: int | None = None, classes: bool = True
) -> HomeCounts:
    """The figures of the home page; `unfilled` where that was counted already, `classes` where they are asked for."""
    owed_tracks = [track.value for track in Track if track.carries_postings]
    counts = unit.views.people_counts(_in(scope, PeopleFilter()), owed_tracks)
    live, openings = unit.views.posting_counts(PostingsWanted(division=scope.division, live_on=as_of))
    if unfilled is None:
        wanted = PostingsWanted(division=scope.division, live_on=as_of, only_unfilled=True)
        unfilled = unit.views.posting_counts(wanted)[0]
    return HomeCounts(
        people=counts.people,
        planned=counts.planned,
        owed=counts.owed,
        complete=counts.complete,
        short=counts.short,
        with_training=counts.with_training,
        printed=counts.printed,
        live_postings=live,
        live_openings=openings,
        unfilled_postings=unfilled,
        open_classes=unit.views.open_classes(as_of) if classes else 0,
    )


def age_band(birth_date: date | None, as_of: date) -> str:
    """The age on a day as a band, "" where the birth date is unknown."""
    if birth_date is None:
        return ""
    age = full_years(birth_date, as_of)
    return next((band for limit, band in AGE_BANDS if age < limit), "60+")


def _bounded(size: int) -> int:
    """A page size that no address can make too large."""
    return min(max(1, size), MOST_ROWS)


def _in(scope: Scope, wanted: PeopleFilter) -> PeopleWanted:
    """A filter within a scope."""
    return PeopleWanted(
        scope_division=scope.division,
        scope_villages=scope.villages,
        text=wanted.text,
        division=wanted.division,
        track=wanted.track,
        only_short=wanted.only_short,
    )


def _wanted(wanted: PostingFilter) -> PostingsWanted:
    """A filter of postings for the store."""
    return PostingsWanted(
        text=wanted.text,
        kind=wanted.kind,
        state=wanted.state,
        division=wanted.division,
        only_unfilled=wanted.only_unfilled,
    )


def _summaries(unit: UnitOfWork, rows: list[PersonRow], *, ages: bool = True) -> tuple[PersonSummary, ...]:
    """The rows shown, each with the age band out of its sealed body."""
    as_of = unit.today()
    opened = unit.workers.many([row.key for row in rows]) if ages else {}
    return tuple(_person(row, opened.get(row.key), as_of) for row in rows)


def _person(row: PersonRow, stored: StoredWorker | None, as_of: date) -> PersonSummary:
    """One person of a list."""
    read = stored.facts.birth_date.value if stored is not None and stored.facts is not None else None
    stated = stored.value.birth_date if stored is not None else None
    return PersonSummary(
        key=row.key,
        case_no=case_number(row.key),
        ref=row.ref,
        name=row.name,
        village=row.village,
        place_name=row.place_name,
        age_band=age_band(read or stated, as_of),
        track=row.track,
        matches=row.matches,
        missing=row.missing,
        plan_run=row.plan_run,
        has_training=row.has_training,
    )


def _posting(row: PostingRow) -> PostingSummary:
    """One posting of a list."""
    return PostingSummary(
        key=row.key,
        ref=row.ref,
        title=row.title,
        employer=row.employer,
        place=row.place,
        wage_text=row.wage_text,
        openings=row.openings,
        recommended=row.recommended,
        state=row.state,
        deadline=row.deadline,
        kind=row.kind,
        occupation=row.occupation,
    )


def watched(unit: UnitOfWork, division: str, tell: Tell) -> Iterator[StoredWorker]:
    """Everybody of a division one after the other, with somebody told how far it is."""
    many = max(1, unit.workers.count(division=division))
    for number, one in enumerate(unit.workers.all_for_planning(division=division)):
        if number % _TOLD_EVERY == 0:
            tell(min(1.0, number / many))
        yield one
