"""Alerts about what there is on offer: villages without a posting within reach, classes nobody has signed up for.

In: a book, classes, the gazetteer, the policy. Out: alerts; a place without coordinates tells nothing.
"""

from __future__ import annotations

from datetime import timedelta

from matcher.alerts.people import about, by_village
from matcher.columns.places import great_circle_km
from matcher.domain.service.alert import Alert, Level
from matcher.policy import PolicyAt
from matcher.reference.divisions import Gazetteer
from matcher.reports.book import Book
from matcher.store.store import UnitOfWork


def market_alerts(unit: UnitOfWork, book: Book, gazetteer: Gazetteer, policy: PolicyAt) -> list[Alert]:
    """All of them."""
    return [*out_of_reach(book, gazetteer, policy), *_empty_classes(unit, book, policy)]


def out_of_reach(book: Book, gazetteer: Gazetteer, policy: PolicyAt) -> list[Alert]:
    """Villages whose people are owed postings and to which no live posting is near enough."""
    people = by_village(book, [one for one in book.people if one.owed])
    homes = {home: place for home in {home for home, _ in people} if (place := gazetteer.place(home)).lat is not None}
    sites = [place for code in {job.place for job in book.jobs if job.place}
             if (place := gazetteer.place(code)).lat is not None]  # fmt: skip
    codes = sorted(homes)
    if not codes:
        return []
    reach = policy.number("alerts.reach_km")
    least = dict.fromkeys(codes, float("inf"))
    if sites:
        straight = great_circle_km([homes[code] for code in codes], sites)
        least = dict(zip(codes, (straight.min(axis=1) * policy.number("commute.detour")).tolist(), strict=True))
    return [
        about("NO_POSTING_NEAR", Level.SOON, place, some, km=round(reach))
        for place, some in people.items()
        if least.get(place[0], 0.0) > reach
    ]


def _empty_classes(unit: UnitOfWork, book: Book, policy: PolicyAt) -> list[Alert]:
    """Classes that begin soon and that nobody has signed up for."""
    until, found = book.as_of + timedelta(days=policy.whole("alerts.class_days")), []
    edits, taken = unit.class_life.edits(), unit.class_life.taken()
    for stored in unit.classes.all_for_planning():
        edit = edits.get(stored.key)
        now = edit.over(stored.value) if edit else stored.value
        begins = now.starts_on
        if begins is None or not book.as_of <= begins <= until or taken.get(stored.key) or (edit and edit.cancelled):
            continue
        found.append(
            Alert(
                code="CLASS_EMPTY",
                mark=f"CLASS_EMPTY:{stored.key}",
                level=Level.SOON,
                division=now.place.code or book.home,
                due_on=begins,
                args={"title": now.title, "starts_on": begins.isoformat()},
                endpoint="classes.one",
                values={"key": stored.key},
            )
        )
    return found
