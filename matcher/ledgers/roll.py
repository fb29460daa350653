"""A ledger on a page: some rows of a scope, who is left out, how complete the columns are.

In: the book of figures and a unit of work. Out: pages of rows, figures of ledgers, lines of training needs. Numbers
come from the book; only the people shown are opened.
"""

from __future__ import annotations

from collections import Counter
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
    found = [one for one in book.of(scope, division) if counted_in(ledger, one)]
    if village:
        found = [one for one in found if one.village == village]
    return sorted(found, key=lambda one: (one.home, one.village, one.key))


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
    sheet = places(ledger, sight, language=language)
    lines = tuple(
        Line(one.key, tuple(row_of(one, sheet, sight, language=language))) for one in subjects if not one.hidden
    )
    return RollPage(tuple(sheet), Page(lines, len(shown), number, size), len(people) - len(shown))


@dataclass(frozen=True, slots=True)
class Figures:
    """A ledger at a glance."""

    ledger: LedgerKind
    people: int
    hidden: int


def figures_of(book: Book, scope: Scope, division: str = "") -> list[Figures]:
    """How many people stand in each ledger of a scope."""
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


def by_column(people: Iterable[Trait]) -> list[tuple[str, float]]:
    """Every counted column with the share of people of whom it says something, in the order of the ledger."""
    told = shares(one.filled for one in people)
    return [(name, told.get(name, 0.0)) for name in FILLED] if told else []


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


def learners(people: Iterable[Trait]) -> Counter[tuple[str, str]]:
    """(township or banner, what people want to learn) → how many."""
    return Counter((one.township or one.county, code) for one in people for code in one.learn)
