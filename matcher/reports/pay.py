"""Pay wished against pay offered: what people hope for and what their suggested postings state.

In: a book, a scope, a division. Out: medians with how many people stand behind them, and both distributions; groups
of too few people are not shown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from matcher.listings import Scope
from matcher.reports.book import Book
from matcher.reports.tables import level_below, median, place_below
from matcher.reports.traits import Trait

STEP, TOP = 500, 8000
"""Yuan a month of one bar of the distribution, and where the last one begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PayLine:
    """One division; None = fewer people than may be shown."""

    kind: str
    code: str
    inner: str
    wishes: int | None
    wish: float | None
    offers: int | None
    offer: float | None
    reached: float | None
    """Share of those with both whose best suggested posting pays at least the wish."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pay:
    """The table and the two distributions: people by what they wish, and by the middle of what they are offered."""

    lines: tuple[PayLine, ...]
    total: PayLine
    edges: tuple[int, ...]
    wished: tuple[int, ...]
    offered: tuple[int, ...]


def pay(book: Book, scope: Scope, division: str, least: int) -> Pay:
    """The pay of a division."""
    return book.once(("pay", scope, division, least), lambda: _pay(book, scope, division, least))


def _pay(book: Book, scope: Scope, division: str, least: int) -> Pay:
    """Counted."""
    people = book.of(scope, division)
    level = level_below(division or scope.division)
    groups: dict[tuple[str, str], list[Trait]] = {}
    for one in people:
        groups.setdefault(place_below(one.home, "" if level else book.village(one), level), []).append(one)
    lines = tuple(_line(kind, code, members, least, level) for (kind, code), members in sorted(groups.items()))
    edges = tuple(range(0, TOP + STEP, STEP))
    return Pay(
        lines=lines,
        total=_line("total", division or scope.division, people, least, 0),
        edges=edges,
        wished=_bars([one.wish for one in people if one.wish is not None], edges),
        offered=_bars([offer for one in people if (offer := median(one.pays)) is not None], edges),
    )


def _line(kind: str, code: str, people: Sequence[Trait], least: int, level: int) -> PayLine:
    """One line."""
    wishes = [one.wish for one in people if one.wish is not None]
    offers = [offer for one in people if (offer := median(one.pays)) is not None]
    both = [max(one.pays) >= one.wish for one in people if one.wish is not None and one.pays]
    few_wishes, few_offers = 0 < len(wishes) < least, 0 < len(offers) < least
    return PayLine(
        kind=kind,
        code=code,
        inner=code if kind == "division" and len(code) == level else "",
        wishes=None if few_wishes else len(wishes),
        wish=None if few_wishes else median(wishes),
        offers=None if few_offers else len(offers),
        offer=None if few_offers else median(offers),
        reached=sum(both) / len(both) if len(both) >= least else None,
    )


def _bars(values: Sequence[float], edges: Sequence[int]) -> tuple[int, ...]:
    """How many lie in each step; the last one holds everything above."""
    counts = [0] * len(edges)
    for value in values:
        counts[min(int(value // STEP), len(edges) - 1)] += 1
    return tuple(counts)
