"""The months people served at public-welfare posts.

In: people. Out: of each the posts held, now or before, and the months of a stretch that count.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from matcher.domain.service.around.local_work import Stage
from matcher.store.store import UnitOfWork


@dataclass(frozen=True, slots=True)
class ServedPost:
    """A public-welfare post somebody took up, with the months of which somebody noted that nobody came."""

    started_on: date | None
    ended_on: date | None
    absent: frozenset[str] = frozenset()

    def months(self, on: date) -> set[str]:
        """The months served up to a day, begun ones too; one of which nobody came is none."""
        first, last = self.started_on, min(self.ended_on or on, on)
        if first is None or first > last:
            return set()
        return {f"{year}-{month:02d}" for year, month in _between(first, last)} - self.absent


def _between(first: date, last: date) -> Iterable[tuple[int, int]]:
    """Year and month of every month between two days."""
    for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        yield number // 12, number % 12 + 1


def months_served(posts: Iterable[ServedPost], on: date) -> int:
    """How many months somebody served, each once however many posts shared it."""
    return len(set().union(*(post.months(on) for post in posts)))


def served_posts(unit: UnitOfWork, people: Collection[int]) -> dict[int, list[ServedPost]]:
    """The posts these people took up."""
    absent: dict[int, set[str]] = {}
    held: dict[int, tuple[int, date | None, date | None]] = {}
    for row in unit.local_work.members.served(people, (Stage.SERVING, Stage.ENDED)):
        held[row.member_key] = (row.worker_key, row.started_on, row.ended_on)
        if row.month and row.days_due and not row.days_present:
            absent.setdefault(row.member_key, set()).add(row.month)
    found: dict[int, list[ServedPost]] = {}
    for key, (worker, started, ended) in held.items():
        found.setdefault(worker, []).append(ServedPost(started, ended, frozenset(absent.get(key, ()))))
    return found
