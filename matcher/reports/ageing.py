"""How long people have been waiting: since their case was opened, and since a plan nobody has answered.

In: a book, a scope, a division, the steps of the policy. Out: how many people wait so many days.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from matcher.listings import Scope
from matcher.reports.book import Book
from matcher.reports.traits import Trait

WAITS = ("CASE", "ANSWER")


@dataclass(frozen=True, slots=True, kw_only=True)
class Ageing:
    """Counts by step: up to the first number of days, up to the second, …, longer; and what is overdue."""

    steps: tuple[int, ...]
    cases: tuple[int, ...]
    answers: tuple[int, ...]
    overdue: int


def ageing(book: Book, scope: Scope, division: str, steps: Sequence[float]) -> Ageing:
    """The counts of a division."""
    whole = tuple(round(step) for step in steps)
    return book.once(("ageing", scope, division, whole), lambda: _ageing(book, scope, division, whole))


def _ageing(book: Book, scope: Scope, division: str, steps: tuple[int, ...]) -> Ageing:
    """Counted."""
    people = book.of(scope, division)
    return Ageing(
        steps=steps,
        cases=steps_of(people, "CASE", book.as_of, steps),
        answers=steps_of(people, "ANSWER", book.as_of, steps),
        overdue=sum(one.due_on is not None and one.due_on < book.as_of for one in people),
    )


def steps_of(people: Sequence[Trait], wait: str, today: date, steps: Sequence[int]) -> tuple[int, ...]:
    """How many of some people wait, by step: since their case was opened, or since a plan nobody answered."""
    days = [one.opened_on if wait == "CASE" else one.made_on if _waits(one) else None for one in people]
    return _by_step((day for day in days if day is not None), today, steps)


def _waits(one: Trait) -> bool:
    """Whether a plan with postings has no answer."""
    return one.owed and bool(one.postings) and not one.answered


def _by_step(days: Iterable[date], today: date, steps: Sequence[int]) -> tuple[int, ...]:
    """How many days ago, by step."""
    counts = [0] * (len(steps) + 1)
    for day in days:
        counts[bisect_left(steps, (today - day).days)] += 1
    return tuple(counts)


def waiting(book: Book, scope: Scope, division: str, wait: str, step: int, steps: Sequence[float]) -> list[int]:
    """Keys of the people of one step."""
    whole = [round(one) for one in steps]
    found = []
    for one in book.of(scope, division):
        day = one.opened_on if wait == "CASE" else one.made_on if _waits(one) else None
        if day is not None and bisect_left(whole, (book.as_of - day).days) == step:
            found.append(one.key)
    return found
