"""Alerts about people, out of the book of figures: one a village and matter.

In: a book, the policy. Out: the only earner of a monitored household without work, public-welfare posts and
certificates that end, sessions nobody has an hour for, incomes that are all the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from matcher.domain.service.alert import Alert, Level
from matcher.policy import PolicyAt
from matcher.reports.book import Book
from matcher.reports.traits import Trait

Place = tuple[str, str]


def people_alerts(book: Book, policy: PolicyAt) -> list[Alert]:
    """All of them."""
    return [
        *_sole_earners(book, policy),
        *_ending(book, policy),
        *_without_hour(book),
        *_same_incomes(book, policy),
    ]


def by_village(book: Book, people: Sequence[Trait]) -> dict[Place, list[Trait]]:
    """(home, village) → people."""
    found: dict[Place, list[Trait]] = {}
    for one in people:
        found.setdefault((one.home, book.village(one)), []).append(one)
    return dict(sorted(found.items()))


def about(
    code: str,
    level: Level,
    place: Place,
    people: Sequence[Trait],
    *,
    due_on: date | None = None,
    **args: str | int | float,
) -> Alert:
    """An alert about people of a village."""
    home, village = place
    return Alert(
        code=code,
        mark=f"{code}:{home}:{village}",
        level=level,
        division=home,
        village=village,
        due_on=due_on,
        args={"count": len(people), "village": village, **args},
        people=tuple(sorted(one.key for one in people)),
    )


def sole_earners(book: Book, policy: PolicyAt) -> list[Trait]:
    """The one of a monitored household who could earn, without work for longer than the policy's days."""
    until = book.as_of - timedelta(days=policy.whole("alerts.sole_earner_days"))
    earning = {one.household for one in book.people if one.household and one.in_work}
    able = Counter(one.household for one in book.people if one.household and one.fit)
    return [
        one
        for one in book.people
        if one.monitored
        and one.lost_on is not None
        and one.lost_on < until
        and (one.sole or (able[one.household] == 1 and one.fit and one.household not in earning))
    ]


def _sole_earners(book: Book, policy: PolicyAt) -> list[Alert]:
    """One a village."""
    villages = by_village(book, sole_earners(book, policy))
    days = policy.whole("alerts.sole_earner_days")
    return [
        about(
            "SOLE_EARNER", Level.NOW, place, people, due_on=min(one.lost_on or book.as_of for one in people), days=days
        )
        for place, people in villages.items()
    ]


def _ending(book: Book, policy: PolicyAt) -> list[Alert]:
    """Public-welfare posts and certificates that end soon."""
    kinds: tuple[tuple[str, str, Callable[[Trait], date | None]], ...] = (
        ("PUBLIC_POST_ENDING", "entitlement.public_post_exit_days", lambda one: one.public_until),
        ("CERTIFICATE_EXPIRING", "alerts.certificate_days", lambda one: one.certificate_until),
    )
    found = []
    for code, key, day_of in kinds:
        days = policy.whole(key)
        last = book.as_of + timedelta(days=days)
        ending = [one for one in book.people if (day := day_of(one)) is not None and book.as_of <= day <= last]
        for place, people in by_village(book, ending).items():
            first = min(day for one in people if (day := day_of(one)) is not None)
            found.append(about(code, Level.SOON, place, people, due_on=first, first_on=first.isoformat(), days=days))
    return found


def _without_hour(book: Book) -> list[Alert]:
    """People whose plan has no hour for the session: the guide is full for as many working days as are looked at."""
    waiting = [one for one in book.people if one.owed and not one.guided]
    return [about("NO_GUIDANCE_HOUR", Level.NOW, place, people) for place, people in by_village(book, waiting).items()]


def _same_incomes(book: Book, policy: PolicyAt) -> list[Alert]:
    """Villages where most incomes are one and the same number."""
    stated = by_village(book, [one for one in book.people if one.income])
    share, least = policy.number("roster.same_income_share"), policy.whole("roster.same_income_people")
    found = []
    for place, people in stated.items():
        income, many = Counter(one.income for one in people).most_common(1)[0]
        if many >= least and many >= share * len(people):
            same = [one for one in people if one.income == income]
            found.append(about("SAME_INCOME", Level.KNOW, place, same, income=round(income or 0), stated=len(people)))
    return found
