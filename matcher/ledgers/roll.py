"""A ledger on a page: some rows of a scope, who is left out, how complete the columns are.

In: the book of figures and a unit of work. Out: pages of rows, figures of ledgers, lines of training needs. Numbers
come from the book; only the people shown are opened.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from matcher.domain.service.ledgers import LedgerKind
from matcher.ledgers.belonging import counted_in
from matcher.ledgers.forms import Cell
from matcher.ledgers.sheet import Place, Sight, places, row_of
from matcher.ledgers.subject import Around, load
from matcher.listings import Page, Scope
from matcher.reports.book import Book
from matcher.reports.filled import FILLED, complete, shares
from matcher.reports.traits import Trait
from matcher.store.store import UnitOfWork

PAGE_SIZE = 25
SHEET_SIZE = 400
"""Rows of a sheet that is printed from a page."""


@dataclass(frozen=True, slots=True)
class Line:
    """One person of a page."""

    key: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class RollPage:
    """Some rows of a ledger; `hidden` people are in confidence and stand on no list."""

    places: tuple[Place, ...]
    page: Page[Line]
    hidden: int


def people_in(book: Book, ledger: LedgerKind, scope: Scope, division: str = "", village: str = "") -> list[Trait]:
    """Who stands in a ledger, those in confidence too, by place."""

    def count() -> list[Trait]:
        found = (one for one in book.of(scope, division) if counted_in(ledger, one))
        return sorted(found, key=lambda one: (one.home, one.village, one.key))

    everybody = book.once(("ledger", ledger, scope, division), count)
    return [one for one in everybody if one.village == village] if village else everybody


def roll_page(
    unit: UnitOfWork,
    ledger: LedgerKind,
    people: Sequence[Trait],
    about: Around,
    sight: Sight,
    *,
    number: int,
    size: int = PAGE_SIZE,
    language: str = "zh",
) -> RollPage:
    """A page of a ledger; somebody who asked for confidence since the count is left out, too."""
    shown = [one.key for one in people if not one.hidden]
    first = (number - 1) * size
    subjects = load(unit, ledger, shown[first : first + size], about, first=first + 1)
    sheet = sorted(places(ledger, sight, language=language), key=_not_the_name)
    lines = tuple(
        Line(one.key, tuple(row_of(one, sheet, sight, language=language))) for one in subjects if not one.hidden
    )
    return RollPage(tuple(sheet), Page(lines, len(shown), number, size), len(people) - len(shown))


def _not_the_name(place: Place) -> bool:
    """On a page the name stands first, so that it stays in sight."""
    return place.column is None or place.column.code != "NAME"


def without_empty(heads: Sequence[str], rows: Sequence[Sequence[Cell]]) -> tuple[list[str], list[list[Cell]]]:
    """A table without the columns in which nothing stands: paper is narrow."""
    kept = [place for place in range(len(heads)) if any(row[place] not in (None, "") for row in rows)]
    return [heads[place] for place in kept], [[row[place] for place in kept] for row in rows]


@dataclass(frozen=True, slots=True)
class Figures:
    """A ledger at a glance."""

    ledger: LedgerKind
    people: int
    hidden: int


def figures_of(book: Book, scope: Scope, division: str = "") -> list[Figures]:
    """How many people stand in each ledger of a scope."""
    return book.once(("ledger figures", scope, division), lambda: _figures(book, scope, division))


def _figures(book: Book, scope: Scope, division: str) -> list[Figures]:
    """The same, counted."""
    here = [one for one in book.of(scope, division) if one.here]
    found = []
    for ledger in LedgerKind:
        inside = [one for one in here if counted_in(ledger, one)]
        if ledger is LedgerKind.TRAINING:
            inside = [one for one in inside if one.learn]
        found.append(Figures(ledger, len(inside), sum(one.hidden for one in inside)))
    return found


@dataclass(frozen=True, slots=True)
class Completeness:
    """How complete the base ledger of a place is; `weakest` = the columns that say least, with their shares."""

    code: str
    village: str
    people: int
    share: float
    weakest: tuple[tuple[str, float], ...]


WEAKEST = 3


@dataclass(frozen=True, slots=True)
class Filled:
    """How complete a place is: every counted column with its share, every village with its own, least first."""

    columns: tuple[tuple[str, float], ...]
    villages: tuple[Completeness, ...]


def filled_in(book: Book, scope: Scope, division: str = "") -> Filled:
    """How complete the base ledger of a place is."""

    def count() -> Filled:
        people = people_in(book, LedgerKind.BASE, scope, division)
        told = shares(one.filled for one in people)
        columns = tuple((name, told[name]) for name in FILLED) if told else ()
        return Filled(columns, tuple(by_village(book, people)))

    return book.once(("ledger filled", scope, division), count)


def by_village(book: Book, people: Iterable[Trait]) -> list[Completeness]:
    """How complete each village is, the least complete first."""
    groups: dict[tuple[str, str], list[Trait]] = {}
    for one in people:
        groups.setdefault((one.home, book.village(one)), []).append(one)
    found = [_completeness(code, village, group) for (code, village), group in groups.items()]
    return sorted(found, key=lambda one: (one.share, one.code, one.village))


def _completeness(code: str, village: str, people: Sequence[Trait]) -> Completeness:
    """How complete one village is."""
    told = shares(one.filled for one in people)
    missing = sorted((share, name) for name, share in told.items() if share < 1)[:WEAKEST]
    share = sum(complete(one.filled) for one in people) / len(people)
    return Completeness(code, village, len(people), share, tuple((name, share) for share, name in missing))
