"""What became of what was shown: shown → answered → wanted → begun, a month and a channel; and days to the first offer.

In: plans and answers of a division, the months asked for. Out: `Funnel`s by the month a posting was first shown to the
person, so that a month's line grows until everybody has answered, and never mixes people of different months.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from statistics import median

from matcher.domain.answer import AnswerKind
from matcher.store.cooperation.outcomes import ShownPair
from matcher.store.store import UnitOfWork

_YES = frozenset({AnswerKind.WANTED.value, AnswerKind.CALLED.value, AnswerKind.STARTED.value})
_SUITED = _YES | {AnswerKind.TRIED_NOT_HIRED.value}
"""Answers of people who found the posting suited to them, whatever came of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Funnel:
    """One month or one channel: postings shown to people, each pair once."""

    name: str
    people: int
    shown: int
    answered: int
    suited: int
    wanted: int
    begun: int

    def share(self, part: int, of: int, least: int) -> float | None:
        """A rate; None where it would rest on too few."""
        return part / of if of >= least else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Offers:
    """How long people waited for a first posting after their case was opened."""

    cases: int
    offered: int
    median_days: float | None
    within_ten: int


def funnels(pairs: Iterable[ShownPair]) -> tuple[list[Funnel], list[Funnel]]:
    """By month, the newest first, and by channel, the largest first."""
    months: dict[str, _Count] = {}
    kinds: dict[str, _Count] = {}
    for pair in pairs:
        months.setdefault(pair.shown_on.isoformat()[:7], _Count()).add(pair)
        kinds.setdefault(pair.kind, _Count()).add(pair)
    by_month = [months[name].funnel(name) for name in sorted(months, reverse=True)]
    by_kind = sorted((count.funnel(name) for name, count in kinds.items()), key=lambda one: (-one.shown, one.name))
    return by_month, by_kind


class _Count:
    """Counting one line."""

    def __init__(self) -> None:
        self._people: set[int] = set()
        self._answers: Counter[str] = Counter()

    def add(self, pair: ShownPair) -> None:
        """One pair."""
        self._people.add(pair.worker_key)
        self._answers[pair.answer] += 1

    def funnel(self, name: str) -> Funnel:
        """The line."""
        answers = self._answers
        return Funnel(
            name=name,
            people=len(self._people),
            shown=answers.total(),
            answered=answers.total() - answers[""],
            suited=sum(answers[kind] for kind in _SUITED),
            wanted=sum(answers[kind] for kind in _YES),
            begun=answers[AnswerKind.STARTED.value],
        )


def offers(unit: UnitOfWork, since: date, until: date, *, division: str = "") -> Offers:
    """Days from cases opened between two days to the first posting shown."""
    cases = unit.cooperation.outcomes.first_offers(since, until, division=division)
    days = [(offer - opened).days for opened, offer in cases if offer is not None]
    return Offers(
        cases=len(cases),
        offered=len(days),
        median_days=float(median(days)) if days else None,
        within_ten=sum(day <= 10 for day in days),
    )


def first_month(today: date, months: int) -> date:
    """The first day of the month so many months back, this one counted."""
    total = today.year * 12 + today.month - months
    return date(total // 12, total % 12 + 1, 1)
