"""The months people served at public-welfare posts.

In: people. Out: of each the posts held, now or before, and the months of a stretch that count.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from matcher.domain.service.around.local_work import Attendance, Member, SiteKind, Stage
from matcher.store.store import UnitOfWork

_HELD = frozenset({Stage.SERVING, Stage.ENDED})


@dataclass(frozen=True, slots=True)
class ServedPost:
    """A post somebody took up, with the months of which attendance was noted."""

    member: Member
    noted: Sequence[Attendance] = ()

    def months(self, on: date) -> set[str]:
        """The months served up to a day, begun ones too; a month of which somebody noted that nobody came is none."""
        first, last = self.member.started_on, min(self.member.ended_on or on, on)
        if first is None or first > last:
            return set()
        absent = {one.month for one in self.noted if one.days_due and not one.days_present}
        return {f"{year}-{month:02d}" for year, month in _between(first, last)} - absent


def _between(first: date, last: date) -> Iterable[tuple[int, int]]:
    """Year and month of every month between two days."""
    for number in range(first.year * 12 + first.month - 1, last.year * 12 + last.month):
        yield number // 12, number % 12 + 1


def months_served(posts: Iterable[ServedPost], on: date) -> int:
    """How many months somebody served, each once however many posts shared it."""
    return len(set().union(*(post.months(on) for post in posts)))


def served_posts(unit: UnitOfWork, people: Collection[int]) -> dict[int, list[ServedPost]]:
    """The posts these people took up, the earliest first."""
    members = unit.local_work.members.of_people(people)
    taken = [one for ones in members.values() for one in ones if one.stage in _HELD]
    sites = unit.local_work.sites.many({one.site_key for one in taken}) if taken else {}
    held = [one for one in taken if one.site_key in sites and sites[one.site_key].kind is SiteKind.POST]
    noted = unit.local_work.members.months([one.key for one in held]) if held else {}
    found: dict[int, list[ServedPost]] = {}
    for one in sorted(held, key=lambda held_post: (held_post.started_on or date.max, held_post.key)):
        found.setdefault(one.worker_key, []).append(ServedPost(one, noted.get(one.key, ())))
    return found
